"""Submission to a court as a loop (立案): handed in, returned for correction, handed in again, diverted, docketed, or refused.

A submission is told from the events of the proceedings; nothing of it is stored twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from legal_service import labels
from legal_service.cases.proceedings import Event, Proceedings
from legal_service.errors import Finding, Words

STATUSES = ("pending", "returned", "diverted", "docketed", "not_accepted", "ended")
CAN_BE_MENDED = ("preparation", "submitted")

_STATUS_AFTER = {
    "handed_in": "pending",
    "order_applied": "pending",
    "receipt_given": "pending",
    "correction_required": "returned",
    "corrected": "pending",
    "diverted": "diverted",
    "docketed": "docketed",
    "order_accepted": "docketed",
    "not_accepted": "not_accepted",
    "suit_ended": "ended",
    "order_ended": "ended",
}
_BEGINS = ("handed_in", "order_applied")

labels.register(
    "submission_status",
    {
        "pending": ("待审", "under review"),
        "returned": ("退回补正", "returned for correction"),
        "diverted": ("诉前调", "diverted to mediation"),
        "docketed": ("立案", "docketed"),
        "not_accepted": ("不予受理", "not accepted"),
        "ended": ("已结束", "ended"),
    },
)


@dataclass(frozen=True, slots=True)
class Submission:
    """One submission: to which court, with which receipt, where it stands, and every event of it."""

    court: str
    receipt: str
    number: str
    status: str
    handed_in_on: date
    correct_until: date | None
    history: tuple[Event, ...]

    def as_json(self) -> dict[str, object]:
        """The shape that command line and API print."""
        return {
            "court": self.court,
            "receipt": self.receipt,
            "number": self.number,
            "status": self.status,
            "handed_in_on": self.handed_in_on.isoformat(),
            "correct_until": self.correct_until.isoformat() if self.correct_until else None,
            "history": [
                {"kind": one.kind, "on": one.on.isoformat(), "return_reason": one.data.get("return_reason", "")}
                for one in self.history
            ],
        }


def submissions(found: Proceedings) -> list[Submission]:
    """The submissions among the events of a case: each begins with its handing in."""
    groups: list[list[Event]] = []
    for one in sorted(found.all(*_STATUS_AFTER), key=lambda event: event.key):
        if one.kind in _BEGINS:
            groups.append([one])
        elif groups:
            groups[-1].append(one)
    return [_submission(group) for group in groups]


def _submission(group: list[Event]) -> Submission:
    def newest(name: str) -> str:
        return next((one.data[name] for one in reversed(group) if name in one.data), "")

    last = group[-1]
    returned = last if last.kind == "correction_required" else None
    return Submission(
        court=newest("court"),
        receipt=newest("receipt"),
        number=newest("number"),
        status=_STATUS_AFTER[last.kind],
        handed_in_on=group[0].on,
        correct_until=returned.day("until") if returned else None,
        history=tuple(group),
    )


def court_of(found: Proceedings) -> str:
    """The court of the newest submission; empty when none is known."""
    every = submissions(found)
    return every[-1].court if every else ""


@dataclass(frozen=True, slots=True)
class Return:
    """What courts returned in other cases: which court, why, on which day last, in how many cases."""

    court: str
    reason: str
    on: date
    cases: int

    def finding(self) -> Finding:
        """As a finding on a case that is not handed in yet, or not since."""
        why = labels.label("return_reason", self.reason)
        where = Words(zh=self.court or "法院", en=self.court or "the court")
        return Finding(
            "returned_elsewhere",
            "doubt",
            "submission",
            Words(
                zh=f"{where.zh}已因「{why.zh}」退回同类案件 {self.cases} 件（最近 {self.on}）；提交前先核对本案。",
                en=f"{where.en} returned {self.cases} like case(s) because: {why.en} (last on {self.on}); check this one before it is handed in.",
            ),
            "民事诉讼法解释(2022修正) 第二百零八条第二款",
        )


def to_mend(found: Iterable[Return], *, court: str, since: date | None) -> list[Return]:
    """The returns that concern a case: of its court where both are known, not older than its own last handing in; one line each.

    >>> one = Return("甲法院", "seal_missing", date(2026, 5, 1), 1)
    >>> to_mend([one, one], court="", since=None)[0].cases, to_mend([one], court="乙法院", since=None)
    (2, [])
    """
    newest: dict[tuple[str, str], Return] = {}
    for one in found:
        if (court and one.court and one.court != court) or (since is not None and one.on <= since):
            continue
        known = newest.get((one.court, one.reason))
        day = max(one.on, known.on) if known else one.on
        newest[one.court, one.reason] = Return(one.court, one.reason, day, one.cases + (known.cases if known else 0))
    return sorted(newest.values(), key=lambda one: (one.on, one.court, one.reason), reverse=True)
