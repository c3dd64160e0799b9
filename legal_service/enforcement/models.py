"""Tables of enforcement. Lines are added, never changed: a renewal, a release, a reversal is a line of its own."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, Boolean, Date, ForeignKey, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from legal_service.database import Base, Encrypted, Moment, Owned
from legal_service.redaction.kinds import Kind


class PropertyClue(Owned, Base):
    """A clue to property (财产线索): what, found when and where. `exempt`: living costs or necessities (SEI 3)."""

    __tablename__ = "property_clue"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("legal_case.id"), index=True)
    kind: Mapped[str] = mapped_column(String(30))
    party: Mapped[str] = mapped_column(String(20))
    description: Mapped[str] = mapped_column(Encrypted("property_clue.description"), info={"personal": Kind.ACCOUNT})
    source: Mapped[str] = mapped_column(String(30))
    found_on: Mapped[date] = mapped_column(Date)
    exempt: Mapped[bool] = mapped_column(Boolean)
    recorded_by: Mapped[str] = mapped_column(String(200), info={"staff": True})
    recorded_at: Mapped[datetime] = mapped_column(Moment)


class Measure(Owned, Base):
    """A measure asked of the court: kind, regime, against whom, on which clue, for how much (fen). Its fate stands in its entries."""

    __tablename__ = "enforcement_measure"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("legal_case.id"), index=True)
    kind: Mapped[str] = mapped_column(String(30))
    regime: Mapped[str] = mapped_column(String(15))
    party: Mapped[str] = mapped_column(String(20))
    clue_id: Mapped[int | None] = mapped_column(ForeignKey("property_clue.id"), default=None)
    amount: Mapped[int] = mapped_column(BigInteger)
    asked_on: Mapped[date] = mapped_column(Date)
    facts: Mapped[str] = mapped_column(Encrypted("enforcement_measure.facts"), info={"personal": Kind.PERSON})
    recorded_by: Mapped[str] = mapped_column(String(200), info={"staff": True})
    recorded_at: Mapped[datetime] = mapped_column(Moment)


class MeasureEntry(Owned, Base):
    """What became of a measure: took effect, was renewed, moved up the waiting list, released, failed, realised."""

    __tablename__ = "measure_entry"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    measure_id: Mapped[int] = mapped_column(ForeignKey("enforcement_measure.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    happened_on: Mapped[date] = mapped_column(Date)
    until: Mapped[date | None] = mapped_column(Date, default=None)
    rank: Mapped[int] = mapped_column(Integer, default=0)
    amount: Mapped[int] = mapped_column(BigInteger, default=0)
    proof_sha256: Mapped[str] = mapped_column(String(64), default="")
    recorded_by: Mapped[str] = mapped_column(String(200), info={"staff": True})
    recorded_at: Mapped[datetime] = mapped_column(Moment)


class TitleTerm(Owned, Base):
    """One money obligation of the title, beside what was claimed (fen). `version`: the whole set as recorded together."""

    __tablename__ = "title_term"
    __table_args__ = (UniqueConstraint("case_id", "version", "number"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("legal_case.id"))
    version: Mapped[int] = mapped_column(Integer)
    number: Mapped[int] = mapped_column(Integer)
    component: Mapped[str] = mapped_column(String(20))
    party: Mapped[str] = mapped_column(String(20))
    claimed: Mapped[int] = mapped_column(BigInteger)
    awarded: Mapped[int] = mapped_column(BigInteger)
    due_on: Mapped[date] = mapped_column(Date)
    reason: Mapped[str] = mapped_column(Encrypted("title_term.reason"), info={"personal": Kind.PERSON})
    recorded_by: Mapped[str] = mapped_column(String(200), info={"staff": True})
    recorded_at: Mapped[datetime] = mapped_column(Moment)


class Recovery(Owned, Base):
    """Money that came in on the title (fen), from where; a reversal is a line that names the one it takes back."""

    __tablename__ = "recovery"
    __table_args__ = (UniqueConstraint("case_id", "reference"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("legal_case.id"))
    reference: Mapped[str] = mapped_column(String(80))
    received_on: Mapped[date] = mapped_column(Date)
    source: Mapped[str] = mapped_column(String(30))
    amount: Mapped[int] = mapped_column(BigInteger)
    reverses: Mapped[str] = mapped_column(String(80), default="")
    recorded_by: Mapped[str] = mapped_column(String(200), info={"staff": True})
    recorded_at: Mapped[datetime] = mapped_column(Moment)


class ReleaseEntry(Owned, Base):
    """One thing of the release list done after payment, with its day and proof."""

    __tablename__ = "release_entry"
    __table_args__ = (UniqueConstraint("case_id", "item"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("legal_case.id"))
    item: Mapped[str] = mapped_column(String(40))
    done_on: Mapped[date] = mapped_column(Date)
    proof_sha256: Mapped[str] = mapped_column(String(64), default="")
    recorded_by: Mapped[str] = mapped_column(String(200), info={"staff": True})
    recorded_at: Mapped[datetime] = mapped_column(Moment)
