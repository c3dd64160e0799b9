"""When the loans of a case are barred and its guarantors free: every step with article and proof, and what was decided."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from legal_service.accounts import queries as accounts
from legal_service.accounts.models import Contract
from legal_service.cases import limitation
from legal_service.cases.models import Case, Milestone, ServiceAttempt, StageEntry
from legal_service.cases.queries.cases import case_row, contracts_of, proofs_withdrawn, service_rows
from legal_service.errors import Language, Refusal
from legal_service.law import files as law
from legal_service.law import guarantee
from legal_service.law.guarantee_facts import Act, Guarantee
from legal_service.law.limitation import Event, Track
from legal_service.law.queries import calendar
from legal_service.parties.people import GuarantorFacts

_AT_ONCE = 500  # ids in one IN (…): below the limits of both databases


def acts_of(session: Session, case_ids: Iterable[int]) -> dict[int, tuple[Event, ...]]:
    """What was done in each of these cases that starts limitation anew; a proof that was withdrawn proves nothing."""
    wanted = list(case_ids)
    demands: dict[int, list[limitation.Demand]] = {one: [] for one in wanted}
    moves: dict[int, list[limitation.Move]] = {one: [] for one in wanted}
    served, entry = ServiceAttempt, StageEntry
    for start in range(0, len(wanted), _AT_ONCE):
        part = wanted[start : start + _AT_ONCE]
        withdrawn = proofs_withdrawn(session, part)
        query = select(
            served.id, served.case_id, served.party, served.mode, served.outcome, served.effective_on,
            served.proof_sha256,
        )  # fmt: skip
        for row in session.execute(query.where(served.case_id.in_(part)).order_by(served.id)):
            proven = bool(row.proof_sha256) and row.id not in withdrawn
            demands[row.case_id].append(limitation.Demand(row.party, row.mode, row.outcome, row.effective_on, proven))
        moved = select(entry.case_id, entry.from_stage, entry.to_stage, entry.entered_on)
        for went in session.execute(moved.where(entry.case_id.in_(part)).order_by(entry.id)):
            moves[went.case_id].append(limitation.Move(went.from_stage, went.to_stage, went.entered_on))
    return {one: limitation.events_of(demands[one], moves[one]) for one in wanted}


def limitation_of(session: Session, case_no: str, as_of: date, language: Language) -> dict[str, object]:
    """Both tracks of every loan of a case with their steps, its guarantors, and the decisions; refuses `unknown_case`."""
    case = case_row(session, case_no)
    events = acts_of(session, [case.id])[case.id]
    return {
        "case_no": case_no,
        "as_of": as_of.isoformat(),
        "loans": [
            _loan(session, case, contract, events, as_of, language) for contract in contracts_of(session, case.id)
        ],
        "services": [
            {"id": row.id, "document": row.document, "party": row.party, "proven": proven, "proof": row.proof_sha256}
            for row, proven in _proven(session, case_no)
        ],
    }


def runs_from(session: Session, case: Case, as_of: date) -> dict[str, date | None]:
    """Loan → the day from which its limitation runs on the conservative track; none while proceedings run.

    A loan whose limitation the loaded law cannot reckon is left out.
    """
    events = acts_of(session, [case.id])[case.id]
    found: dict[str, date | None] = {}
    for contract in contracts_of(session, case.id):
        term = limitation.term_of(accounts.loan_facts(session, contract.loan_no), as_of)
        try:
            reckoned = limitation.reckoned_for(term, events, as_of, law.parameters(), calendar(session))
        except Refusal:
            continue
        found[contract.loan_no] = reckoned.conservative.runs_from
    return found


def _proven(session: Session, case_no: str) -> list[tuple[ServiceAttempt, bool]]:
    rows = service_rows(session, case_no)
    withdrawn = proofs_withdrawn(session, {row.case_id for row in rows})
    return [(row, bool(row.proof_sha256) and row.id not in withdrawn) for row in rows]


def _loan(
    session: Session, case: Case, contract: Contract, events: tuple[Event, ...], as_of: date, language: Language
) -> dict[str, object]:
    term = limitation.term_of(accounts.loan_facts(session, contract.loan_no), as_of)
    told: dict[str, object] = {"loan_no": contract.loan_no, "last_due_on": term.last_due_on.isoformat()}
    try:
        found = limitation.reckoned_for(term, events, as_of, law.parameters(), calendar(session))
    except Refusal as refusal:
        told["unknown"] = refusal.as_json(language)
    else:
        told |= {
            "legal_expiry": found.legal.expiry and found.legal.expiry.isoformat(),
            "conservative_expiry": found.conservative.expiry and found.conservative.expiry.isoformat(),
            "running": found.running,
            "steps": _steps(found.conservative, language),
        }
    return told | {
        "decisions": _decisions(session, case, contract.loan_no),
        "guarantors": _guarantors(session, case, contract, term, events, as_of, language),
    }


def _steps(track: Track, language: Language) -> list[dict[str, object]]:
    return [
        {
            "on": step.on.isoformat(),
            "kind": step.kind,
            "text": step.words.read(language),
            "basis": step.basis,
            "proof": step.proof and step.proof.read(language),
            "expiry": step.expiry and step.expiry.isoformat(),
            "review": step.review,
        }
        for step in track.steps
    ]


def _decisions(session: Session, case: Case, loan_no: str) -> list[dict[str, object]]:
    query = select(Milestone).where(
        Milestone.case_id == case.id, Milestone.kind == "limitation_decision", Milestone.subject == loan_no
    )
    found: list[dict[str, object]] = []
    for row in session.scalars(query.order_by(Milestone.id)):
        decision, reason, proof = row.reference.split(":")
        found.append(
            {"on": row.reached_on.isoformat(), "decision": decision, "reason": reason, "proof": proof, "by": row.by}
        )
    return found


def _guarantors(
    session: Session, case: Case, contract: Contract, term: limitation.LoanTerm, events: tuple[Event, ...],
    as_of: date, language: Language,
) -> list[dict[str, object]]:  # fmt: skip
    """Each guarantor by number, without his name."""
    return [
        {"number": number} | _guarantor(one, language)
        for number, one in enumerate(_bound(session, case, contract, term, events, as_of), start=1)
    ]


def guarantees_of(session: Session, case: Case, as_of: date) -> dict[str, tuple[date, Guarantee] | None]:
    """Loan and guarantor (`L1:guarantor_1`) → when the main debt fell due, and how he stands on a day.

    None where the loaded law cannot reckon it: a person decides.
    """
    events = acts_of(session, [case.id])[case.id]
    found: dict[str, tuple[date, Guarantee] | None] = {}
    for contract in contracts_of(session, case.id):
        term = limitation.term_of(accounts.loan_facts(session, contract.loan_no), as_of)
        due = _main_due(term)
        for number, (_, one) in enumerate(_bound(session, case, contract, term, events, as_of), start=1):
            found[f"{contract.loan_no}:guarantor_{number}"] = (due, one) if isinstance(one, Guarantee) else None
    return found


def _bound(
    session: Session, case: Case, contract: Contract, term: limitation.LoanTerm, events: tuple[Event, ...], as_of: date
) -> list[tuple[GuarantorFacts, Guarantee | Refusal]]:
    """How each guarantor of a loan stands. With several, a demand does not say on whom it was served: none counts (GUA 29)."""
    people = accounts.guarantors(session, contract.id)
    if not people:
        return []
    demanded = [
        row.effective_on
        for row, proven in _proven(session, case.case_no)
        if proven and row.party == "guarantor" and row.effective_on and row.effective_on <= as_of
    ]
    told = limitation.guarantor_acts(demanded if len(people) == 1 else [], events)
    acts = tuple(act for act in told if act.on <= as_of)
    return [(one, _assessed(session, one, _main_due(term), acts, as_of)) for one in people]


def _main_due(term: limitation.LoanTerm) -> date:
    return min(term.last_due_on, term.accelerated_on or term.last_due_on)


def _assessed(
    session: Session, one: GuarantorFacts, due: date, acts: tuple[Act, ...], as_of: date
) -> Guarantee | Refusal:
    until = date.fromisoformat(one.guarantee_until) if one.guarantee_until else None
    try:
        return guarantee.assess(
            one.liability,  # type: ignore[arg-type]  # the tape's codes are those of the law
            law.parameters(), calendar(session), main_due_on=due, asked_on=as_of,
            agreed="until" if until else "none", agreed_until=until, acts=acts,
        )  # fmt: skip
    except Refusal as refusal:
        return refusal


def _guarantor(one: tuple[GuarantorFacts, Guarantee | Refusal], language: Language) -> dict[str, object]:
    person, found = one
    if isinstance(found, Refusal):
        return {"liability": person.liability, "unknown": found.as_json(language)}
    return {
        "liability": found.liability,
        "last_day": found.period.raw.isoformat(),
        "rolled": found.period.last_day.isoformat(),
        "state": found.state,
        "must_do": found.must_do.read(language),
        "basis": found.basis,
        "awaiting_counsel": [words.read(language) for words in found.awaiting],
    }
