"""The writes of the room: clues, measures and what becomes of them, judgment terms, recoveries, the release list."""

from legal_service.enforcement.operations.money_in import record_recovery, record_terms
from legal_service.enforcement.operations.recording import record_one
from legal_service.enforcement.operations.releasing import record_release
from legal_service.enforcement.operations.revealing import reveal_clue
from legal_service.enforcement.operations.taking import record_clue, record_entry, record_measure

__all__ = [
    "record_clue",
    "record_entry",
    "record_measure",
    "record_one",
    "record_recovery",
    "record_release",
    "record_terms",
    "reveal_clue",
]
