"""Tables of cases: position, history, milestones, service of demands, and the docket."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, Boolean, Date, ForeignKey, Index, Integer, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from legal_service.database import Base, Encrypted, Moment, Owned
from legal_service.redaction.kinds import Kind


class Case(Owned, Base):
    """One case: one borrower, one lender, one or more loans. `version` guards against two people moving it at once."""

    __tablename__ = "legal_case"
    __table_args__ = (
        UniqueConstraint("institution_id", "case_no"),
        Index("ix_legal_case_case_no", "case_no", postgresql_ops={"case_no": "varchar_pattern_ops"}),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    case_no: Mapped[str] = mapped_column(String(40))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    lender_id: Mapped[int] = mapped_column(ForeignKey("lender.id"))
    stage: Mapped[str] = mapped_column(String(30), index=True)
    stage_since: Mapped[date] = mapped_column(Date)
    opened_on: Mapped[date] = mapped_column(Date)
    opened_by: Mapped[str] = mapped_column(String(200), info={"staff": True})
    version: Mapped[int] = mapped_column(Integer)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - declarative


class CaseLoan(Owned, Base):
    """A loan pursued in a case. A loan is in at most one open case."""

    __tablename__ = "case_loan"
    __table_args__ = (UniqueConstraint("case_id", "contract_id"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("legal_case.id"))
    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id"), index=True)


class StageEntry(Owned, Base):
    """One move of a case: from, to, on which date, by whom, with what data (JSON). Append only."""

    __tablename__ = "stage_entry"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("legal_case.id"), index=True)
    from_stage: Mapped[str] = mapped_column(String(30))
    to_stage: Mapped[str] = mapped_column(String(30))
    entered_on: Mapped[date] = mapped_column(Date)
    moved_by: Mapped[str] = mapped_column(String(200), info={"staff": True})
    moved_at: Mapped[datetime] = mapped_column(Moment)
    data: Mapped[str] = mapped_column(Encrypted("stage_entry.data"), info={"personal": Kind.PERSON})


class ProceedingEvent(Owned, Base):
    """One event of the proceedings: its kind, its day, what it tells (JSON). `withdraws`: the event that this line takes back. Append only."""

    __tablename__ = "proceeding_event"
    __table_args__ = (Index("ix_proceeding_event_court", "institution_id", "kind", "court"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("legal_case.id"), index=True)
    kind: Mapped[str] = mapped_column(String(40))
    happened_on: Mapped[date] = mapped_column(Date)
    court: Mapped[str] = mapped_column(String(100), default="")
    reason: Mapped[str] = mapped_column(String(40), default="")
    data: Mapped[str] = mapped_column(Encrypted("proceeding_event.data"), info={"personal": Kind.PERSON})
    number_index: Mapped[str] = mapped_column(String(64), default="", index=True)
    withdraws: Mapped[int | None] = mapped_column(ForeignKey("proceeding_event.id"), default=None)
    recorded_by: Mapped[str] = mapped_column(String(200), info={"staff": True})
    recorded_at: Mapped[datetime] = mapped_column(Moment)


class ForcedMove(Owned, Base):
    """A move that somebody asked to make although guards stand against it; a second named person decides. Append only."""

    __tablename__ = "forced_move"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("legal_case.id"), index=True)
    from_stage: Mapped[str] = mapped_column(String(30))
    to_stage: Mapped[str] = mapped_column(String(30))
    entered_on: Mapped[date] = mapped_column(Date)
    data: Mapped[str] = mapped_column(Encrypted("forced_move.data"), info={"personal": Kind.PERSON})
    reason: Mapped[str] = mapped_column(Encrypted("forced_move.reason"), info={"personal": Kind.PERSON})
    guards: Mapped[str] = mapped_column(String(400))
    asked_by: Mapped[str] = mapped_column(String(200), info={"staff": True})
    asked_at: Mapped[datetime] = mapped_column(Moment)
    decided_by: Mapped[str] = mapped_column(String(200), info={"staff": True}, default="")
    decided_at: Mapped[datetime | None] = mapped_column(Moment, default=None)
    granted: Mapped[bool] = mapped_column(Boolean, default=False)


class Milestone(Owned, Base):
    """A fact that a higher room records for the guards to read: statement made, filing approved, package built."""

    __tablename__ = "milestone"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("legal_case.id"), index=True)
    kind: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(80), default="")
    reached_on: Mapped[date] = mapped_column(Date)
    by: Mapped[str] = mapped_column(String(200), info={"staff": True})
    reference: Mapped[str] = mapped_column(String(100), default="")
    recorded_at: Mapped[datetime] = mapped_column(Moment)


class ServiceAttempt(Owned, Base):
    """One attempt to serve (送达) a paper on a party: mode, address, outcome, and the date it took effect, with its proof."""

    __tablename__ = "service_attempt"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("legal_case.id"), index=True)
    document: Mapped[str] = mapped_column(String(40))
    party: Mapped[str] = mapped_column(String(15))
    mode: Mapped[str] = mapped_column(String(20))
    address: Mapped[str] = mapped_column(Encrypted("service_attempt.address"), info={"personal": Kind.ADDRESS})
    sent_on: Mapped[date] = mapped_column(Date)
    outcome: Mapped[str] = mapped_column(String(20))
    effective_on: Mapped[date | None] = mapped_column(Date, default=None)
    proof_sha256: Mapped[str] = mapped_column(String(64), default="")
    recorded_by: Mapped[str] = mapped_column(String(200), info={"staff": True})
    recorded_at: Mapped[datetime] = mapped_column(Moment)


class Deadline(Owned, Base):
    """A deadline on the docket: trigger, rule, raw, legal and internal date. Recomputed while open; done ones never move."""

    __tablename__ = "deadline"
    __table_args__ = (
        UniqueConstraint("case_id", "rule", "trigger_on", "subject"),
        Index(
            "ix_deadline_open", "institution_id", "last_day",
            sqlite_where=text("done_on IS NULL"), postgresql_where=text("done_on IS NULL"),
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("legal_case.id"), index=True)
    rule: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(80), default="")
    basis: Mapped[str] = mapped_column(String(200))
    trigger_on: Mapped[date] = mapped_column(Date)
    raw: Mapped[date] = mapped_column(Date)
    last_day: Mapped[date] = mapped_column(Date, index=True)
    internal: Mapped[date] = mapped_column(Date)
    provisional: Mapped[bool] = mapped_column(Boolean)
    done_on: Mapped[date | None] = mapped_column(Date, default=None)
    closed_reason: Mapped[str] = mapped_column(String(100), default="")


class WorkLine(Owned, Base):
    """A case as the work list shows it: its nearest open deadline, exposure and what it waits for. Rewritten with every write to the case.

    Derived, never a source: `cases.operations.work_lines` can make all of them anew. Amounts in fen.
    """

    __tablename__ = "work_line"
    __table_args__ = (
        UniqueConstraint("case_id"),
        Index("ix_work_line_due", "institution_id", "open", "next_last_day", "case_id"),
        Index("ix_work_line_limitation", "institution_id", "open", "limitation_on"),
        Index("ix_work_line_approval", "institution_id", "open", "awaits_approval"),
        Index("ix_work_line_gaps", "institution_id", "open", "gaps"),
        Index("ix_work_line_returned", "institution_id", "open", "returned"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("legal_case.id"))
    open: Mapped[bool] = mapped_column(Boolean)
    next_rule: Mapped[str] = mapped_column(String(60), default="")
    next_last_day: Mapped[date] = mapped_column(Date)
    next_internal: Mapped[date | None] = mapped_column(Date, default=None)
    next_provisional: Mapped[bool] = mapped_column(Boolean, default=False)
    limitation_on: Mapped[date | None] = mapped_column(Date, default=None)
    awaits_approval: Mapped[bool] = mapped_column(Boolean, default=False)
    gaps: Mapped[int] = mapped_column(Integer, default=0)
    returned: Mapped[bool] = mapped_column(Boolean, default=False)
    days_past_due: Mapped[int] = mapped_column(Integer, default=0)
    tier: Mapped[str] = mapped_column(String(10), default="none")
    claim_total: Mapped[int] = mapped_column(BigInteger, default=0)
    claim_as_of: Mapped[date | None] = mapped_column(Date, default=None)
