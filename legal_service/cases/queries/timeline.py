"""The time line of a case, gathered from this room and those below; what higher rooms did is read from their milestones."""

from __future__ import annotations

import json

from sqlalchemy import select
from sqlalchemy.orm import Session

from legal_service.access.models import User
from legal_service.accounts import queries as accounts
from legal_service.accounts.models import Contract
from legal_service.cases import timeline as told
from legal_service.cases.models import Case, Deadline, Milestone, ServiceAttempt, StageEntry
from legal_service.cases.position import Milestone as MilestoneFact
from legal_service.cases.queries.cases import case_row, contracts_of, due_of
from legal_service.cases.queries.proceedings import recorded
from legal_service.cases.stages import CLOSING_REASONS
from legal_service.cases.timeline import Event, Titles
from legal_service.complaints import queries as complaints
from legal_service.contacts import queries as contacts
from legal_service.settlements import queries as settlements
from legal_service.vault import queries as vault


def timeline(session: Session, case_no: str, titles: Titles | None = None) -> list[Event]:
    """Everything that happened in a case, the newest first; refuses `unknown_case`.

    `titles` name documents and kinds of exhibits, which are defined in higher rooms; without one the code is shown.
    """
    case = case_row(session, case_no)
    contracts = contracts_of(session, case.id)
    names = {row.email: row.name for row in session.execute(select(User.email, User.name))}
    known = titles or {}
    return told.in_order([*_of_case(session, case, names, known), *_of_loans(session, case, contracts, names, known)])


def _of_case(session: Session, case: Case, names: dict[str, str], titles: Titles) -> list[Event]:
    def by(email: str) -> str:
        return names.get(email, email)

    events = [told.opening_event(case.case_no, case.opened_on, by(case.opened_by))]
    for entry in session.scalars(select(StageEntry).where(StageEntry.case_id == case.id)):
        reason = json.loads(entry.data).get("reason", "") if entry.to_stage == "closed" else ""
        events.append(
            told.stage_event(
                entry.id, entry.from_stage, entry.to_stage, entry.entered_on, entry.moved_at, by(entry.moved_by),
                reason if reason in CLOSING_REASONS else "",
            )
        )  # fmt: skip
    for deadline in session.scalars(select(Deadline).where(Deadline.case_id == case.id)):
        events += told.deadline_events(deadline.id, due_of(deadline, case.case_no))
    for one in recorded(session, case.id):
        events.append(told.proceeding_event(one.event, one.recorded_at, by(one.event.by), withdrawn=one.withdrawn))
    for paper in session.scalars(select(ServiceAttempt).where(ServiceAttempt.case_id == case.id)):
        events.append(
            told.service_event(
                paper.id, paper.document, paper.party, paper.mode, paper.outcome, paper.sent_on, paper.effective_on,
                by(paper.recorded_by), paper.recorded_at,
            )
        )  # fmt: skip
    for row in session.scalars(select(Milestone).where(Milestone.case_id == case.id)):
        fact = MilestoneFact(row.kind, row.subject, row.reached_on, row.by, row.reference)
        event = told.milestone_event(fact, row.recorded_at, by(row.by), titles)
        if event is not None:
            events.append(event)
    return events


def _of_loans(
    session: Session, case: Case, contracts: list[Contract], names: dict[str, str], titles: Titles
) -> list[Event]:
    keys = [one.id for one in contracts]
    events = [told.contact_event(one) for one in contacts.contacts_of(session, keys)]
    for complaint in complaints.complaints_of(session, keys):
        events += told.complaint_events(complaint.complaint_no, complaint.received_on, complaint.closed_on)
    for attempt in settlements.attempts_of(session, keys):
        key = attempt.row.partition(":")[2]
        events.append(
            told.settlement_event(key, attempt.attempted_on, attempt.channel, attempt.outcome, attempt.agreed_until)
        )
    for subject in [f"case:{case.case_no}", *(f"loan:{one.loan_no}" for one in contracts)]:
        for item in vault.items_of(session, subject):
            if item.form != "generated":
                by = names.get(item.deposited_by, item.deposited_by)
                events.append(told.evidence_event(item.id, item.kind, item.deposited_at, by, titles))
    for contract in contracts:
        events += [told.posting_event(line) for line in accounts.loan_facts(session, contract.loan_no).postings]
    return events
