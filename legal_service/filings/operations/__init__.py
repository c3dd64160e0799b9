"""The writes of the room: making a filing, approving it, approving one that was drawn up elsewhere, taking it out."""

from legal_service.filings.operations.brought import approve_brought
from legal_service.filings.operations.making import MAKES, MEDIA, Made, approve, make, note_seen, take_filing

__all__ = ["MAKES", "MEDIA", "Made", "approve", "approve_brought", "make", "note_seen", "take_filing"]
