"""What stands against building a package, in the words of the desk, and how the redaction table is laid out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from legal_service.errors import Refusal, Words
from legal_service.exports.offers import Offer, Treatment
from legal_service.redaction.kinds import Audience, Kind

MENDED_BY: dict[str, tuple[str, Words]] = {
    "no_filing": ("case_filings", Words("制作起诉状", "make the statement of claim")),
    "not_approved": ("case_filings", Words("审阅并审批起诉状", "read and approve the statement of claim")),
    "stale_filing": ("case_filings", Words("看哪些变了，重新制作", "see what moved, make it again")),
    "several_contracts": ("case", Words("分案处理", "open one case for each loan")),
}
"""Refusal → the page that mends it, and what to do there."""

SAID: dict[str, Words] = {
    "no_filing": Words("本案还没有起诉状", "there is no statement of claim yet"),
    "not_approved": Words("起诉状尚未经具名律师审批", "no named lawyer has approved the statement of claim"),
}
"""Refusals that name a command: what the desk says instead, beside the link that mends it."""

FIRST = (
    Kind.PERSON,
    Kind.ID_NUMBER,
    Kind.MOBILE,
    Kind.BANK_CARD,
    Kind.ADDRESS,
    Kind.EMPLOYER,
    Kind.HEALTH,
    Kind.BIRTH_DATE,
)
"""Kinds shown at once; the others open below."""


@dataclass(frozen=True, slots=True)
class TreatedKind:
    """One kind of data: an invented value, and what becomes of it for each audience on offer."""

    example: Treatment
    becomes: tuple[Treatment, ...]


def on_the_desk(refusal: Refusal) -> Refusal:
    """A refusal of building without the command line's advice."""
    said = SAID.get(refusal.code)
    return refusal if said is None else Refusal(refusal.code, said, refusal.basis)


def recipient_needed(offer: Offer) -> bool:
    """Whether the desk asks for a recipient: where tokens depend on him. A court's copy may be handed in by ourselves."""
    return offer.recipient_required and offer.audience is not Audience.COURT


def common_blockers(offers: Sequence[Offer]) -> frozenset[str]:
    """The codes of what stands against every audience alike: told once, not in every column."""
    return frozenset.intersection(
        *(frozenset(no.code for no in offer.blocked) for offer in offers),
        frozenset(no.code for offer in offers for no in offer.blocked),
    )


def by_kind(offers: Sequence[Offer]) -> tuple[list[TreatedKind], list[TreatedKind]]:
    """The rows of the table: kinds most cases hold, and the rest."""
    rows = [
        TreatedKind(first, tuple(offer.treatments[at] for offer in offers))
        for at, first in enumerate(offers[0].treatments)
    ]
    return [row for row in rows if row.example.kind in FIRST], [row for row in rows if row.example.kind not in FIRST]
