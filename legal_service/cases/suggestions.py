"""What the law suggests for a case before suit: where to sue, by which procedure, under which ceiling. A named person decides.

Loans of one case may carry different clauses and days; those alike are told together. The addresses of persons stand here
masked to their district, which is what a court is found by.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from legal_service.errors import Language
from legal_service.law.ceilings import Ceilings
from legal_service.law.forum_questions import ceilings_json, forum_json, track_json
from legal_service.law.jurisdiction import Forum
from legal_service.law.reasons import Reason
from legal_service.law.track import Track


@dataclass(frozen=True, slots=True)
class OfLoans:
    """What is suggested for some loans of the case alike; no ceilings where nobody recorded what the lender is."""

    loan_nos: tuple[str, ...]
    forum: Forum
    ceilings: Ceilings | None

    @property
    def warnings(self) -> tuple[Reason, ...]:
        """What to beware of in these loans."""
        return (*self.forum.warnings, *(self.ceilings.warnings if self.ceilings else ()))


@dataclass(frozen=True, slots=True)
class Suggestions:
    """The suggestions for a case if it were filed on a day, on what is claimed at its close."""

    case_no: str
    filed_on: date
    loans: tuple[OfLoans, ...]
    track: Track

    @property
    def barred(self) -> bool:
        """Whether an arbitration clause keeps a loan of the case from the court."""
        return any(one.forum.barred for one in self.loans)

    def warnings(self) -> Iterator[tuple[tuple[str, ...], Reason]]:
        """(loans, warning), each warning once: what concerns the loans, then what concerns the procedure (no loans named)."""
        said: dict[Reason, tuple[str, ...]] = {}
        for group in self.loans:
            for one in group.warnings:
                said[one] = (*said.get(one, ()), *group.loan_nos)
        yield from ((loans, one) for one, loans in said.items())
        yield from (((), one) for one in self.track.warnings if one not in said)

    def as_json(self, language: Language) -> dict[str, Any]:
        """`{"case_no", "filed_on", "loans": [{"loan_nos", "jurisdiction", "ceiling"}], "track"}`, as `legal law` answers."""
        return {
            "case_no": self.case_no,
            "filed_on": self.filed_on.isoformat(),
            "loans": [
                {
                    "loan_nos": list(one.loan_nos),
                    "jurisdiction": forum_json(one.forum, language),
                    "ceiling": one.ceilings and ceilings_json(one.ceilings, language),
                }
                for one in self.loans
            ],
            "track": track_json(self.track, language),
        }
