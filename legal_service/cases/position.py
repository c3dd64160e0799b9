"""Where a case stands, as frozen facts: what the guards, the escalation and the docket judge by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from legal_service.cases.docket import Due
from legal_service.cases.litigants import BORROWER, PLAINTIFF
from legal_service.cases.proceedings import Proceedings
from legal_service.cases.serving import DEMANDS
from legal_service.money import Fen

NOTHING_YET = Proceedings()


@dataclass(frozen=True, slots=True)
class LoanPosition:
    """One loan of the case at the close of a business date. Amounts in fen."""

    loan_no: str
    days_past_due: int
    oldest_due_on: date | None
    tier: str
    claim_total: Fen
    last_due_on: date
    accelerated_on: date | None
    arbitration_clause: bool
    notarised: bool
    compensated_on: date | None
    compensated_by: str
    co_lender_shares: str
    has_guarantors: bool


@dataclass(frozen=True, slots=True)
class Contacted:
    """An attempt to contact somebody: date, channel, party, outcome."""

    on: date
    channel: str
    party: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Served:
    """A paper served: which, on whom, when it took effect (None: it did not), whether its proof lies in the vault."""

    document: str
    party: str
    effective_on: date | None
    proven: bool


@dataclass(frozen=True, slots=True)
class Attempted:
    """An attempt to settle one loan."""

    on: date
    outcome: str
    agreed_until: date | None
    loan_no: str = ""


@dataclass(frozen=True, slots=True)
class Milestone:
    """What a higher room recorded: `statement`, `revision` and `approval` of a document, `package`. `reference` ties them."""

    kind: str
    subject: str
    on: date
    by: str
    reference: str = ""


@dataclass(frozen=True, slots=True)
class CasePosition:
    """A case, or a borrower's loans before a case is open (`case_no` empty, stage `assessment`).

    `proceedings` are the events that stand, `docket` its deadlines, `parties` those before the court; `step` is what the
    move that is judged tells besides its day.
    """

    case_no: str
    stage: str
    since: date
    as_of: date
    loans: tuple[LoanPosition, ...]
    contacts: tuple[Contacted, ...]
    settlements: tuple[Attempted, ...]
    served: tuple[Served, ...]
    open_complaints: tuple[str, ...]
    milestones: tuple[Milestone, ...]
    evidence_kinds: frozenset[str]
    proceedings: Proceedings = NOTHING_YET
    docket: tuple[Due, ...] = ()
    parties: tuple[str, ...] = (PLAINTIFF, BORROWER)
    step: Mapping[str, str] = field(default_factory=dict)

    @property
    def worst(self) -> LoanPosition:
        """The loan longest overdue."""
        return max(self.loans, key=lambda loan: (loan.days_past_due, loan.loan_no))

    @property
    def claim_total(self) -> Fen:
        """What may be claimed on all loans."""
        return sum(loan.claim_total for loan in self.loans)

    def performing_plan(self) -> Attempted | None:
        """A settlement agreed, not broken for the same loan since, and not yet at its end on the business date."""
        for position, attempt in enumerate(self.settlements):
            later = self.settlements[position + 1 :]
            if (
                attempt.outcome == "agreed"
                and attempt.agreed_until is not None
                and attempt.agreed_until >= self.as_of
                and not any(other.outcome == "broken" and other.loan_no == attempt.loan_no for other in later)
            ):
                return attempt
        return None

    def demand_served(self) -> Served | None:
        """The first demand or acceleration notice that took effect by the business date."""
        for one in self.served:
            if one.document in DEMANDS and one.effective_on is not None and one.effective_on <= self.as_of:
                return one
        return None

    def newest(self, kind: str, subject: str) -> Milestone | None:
        """The newest milestone of a kind and subject."""
        found = [one for one in self.milestones if (one.kind, one.subject) == (kind, subject)]
        return found[-1] if found else None

    def approved(self, document: str) -> Milestone | None:
        """The approval of the newest revision of a document; an approval of an older revision no longer counts."""
        revision = self.newest("revision", document)
        if revision is None:
            return None
        for one in reversed(self.milestones):
            if (one.kind, one.subject, one.reference) == ("approval", document, revision.reference):
                return one
        return None
