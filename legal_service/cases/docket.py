"""The docket (案件日程): every deadline computed from its trigger, with rule, article, raw, legal and internal date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from legal_service import labels
from legal_service.law.periods import Period

labels.register(
    "deadline",
    {
        "docketing": ("法院立案审查", "court's decision on docketing"),
        "limitation": ("诉讼时效届满", "end of the limitation period"),
    },
)


@dataclass(frozen=True, slots=True)
class Due:
    """One deadline as the contract prints it. `subject` is the loan or party it belongs to; `closed_reason` why it ended without being met."""

    case_no: str
    rule: str
    subject: str
    trigger: date
    period: Period
    done_on: date | None = None
    closed_reason: str = ""

    def as_json(self) -> dict[str, object]:
        """The shape of contract.md, with the subject added."""
        return {
            "case_no": self.case_no,
            "rule": self.rule,
            "subject": self.subject,
            "basis": self.period.basis,
            "trigger": self.trigger.isoformat(),
            "raw": self.period.raw.isoformat(),
            "last_day": self.period.last_day.isoformat(),
            "internal": self.period.internal.isoformat(),
            "provisional": self.period.provisional,
            "done_on": self.done_on.isoformat() if self.done_on else None,
        }
