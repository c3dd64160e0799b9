"""Recording what guards ask for: milestones of higher rooms, the service of demands, attempts to settle."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from legal_service.access import permissions
from legal_service.access.operations import record
from legal_service.cases import queries
from legal_service.cases.models import Milestone, ServiceAttempt
from legal_service.cases.operations import followed, work_lines
from legal_service.cases.serving import ServedPaper
from legal_service.database import Transaction
from legal_service.errors import Refusal, Words
from legal_service.settlements import operations as settlements
from legal_service.vault import queries as vault


def record_milestone(
    tx: Transaction, *, case_no: str, kind: str, subject: str, reached_on: date, reference: str = ""
) -> None:
    """Note for the guards that a higher room reached something; the newest one again changes nothing."""
    case = queries.case_row(tx.session, case_no)
    newest = tx.session.scalar(
        select(Milestone)
        .where(Milestone.case_id == case.id, Milestone.kind == kind, Milestone.subject == subject)
        .order_by(Milestone.id.desc())
        .limit(1)
    )
    if newest is not None and (newest.reference, newest.by) == (reference, tx.actor.email):
        return
    tx.session.add(
        Milestone(
            case_id=case.id, kind=kind, subject=subject, reached_on=reached_on, by=tx.actor.email, reference=reference,
            recorded_at=tx.moment,
        )
    )  # fmt: skip
    tx.session.flush()
    record(tx, action=f"case.milestone.{kind}", subject=f"case:{case_no}", of=subject, reference=reference)
    if kind in ("revision", "approval"):
        work_lines.after_record(tx, case=case)


def record_service(tx: Transaction, *, case_no: str, paper: ServedPaper) -> int:
    """Record an attempt to serve a demand; answer its id. The same attempt again is the one already there.

    `proof` is the SHA-256 of an item in the vault (of the case or one of its loans); refuses `unknown_proof`.
    """
    permissions.require(tx.actor, "case.record")
    case = queries.case_row(tx.session, case_no)
    subjects = {f"case:{case_no}"} | {f"loan:{row.loan_no}" for row in queries.contracts_of(tx.session, case.id)}
    if paper.proof and not any(item.subject in subjects for item in vault.with_content(tx.session, paper.proof)):
        raise Refusal(
            "unknown_proof",
            Words(
                zh="本案证据库中没有这份凭证；先执行 legal evidence add 案号 文件 --kind delivery_receipt，再填其 sha256。",
                en="the proof is not in this case's vault: legal evidence add CASE_NO FILE --kind delivery_receipt, then give its sha256.",
            ),
            "诉讼时效规定 第八条",
        )
    values = {
        "document": paper.document, "party": paper.party, "mode": paper.mode, "address": paper.address,
        "sent_on": paper.sent_on, "outcome": paper.outcome, "effective_on": paper.effective_on, "proof_sha256": paper.proof,
    }  # fmt: skip
    for row in tx.session.scalars(select(ServiceAttempt).where(ServiceAttempt.case_id == case.id)):
        if all(getattr(row, name) == value for name, value in values.items()):
            return row.id
    row = ServiceAttempt(case_id=case.id, recorded_by=tx.actor.email, recorded_at=tx.moment, **values)
    tx.session.add(row)
    tx.session.flush()
    record(
        tx, action="case.service", subject=f"case:{case_no}", document=paper.document, outcome=paper.outcome,
        effective=paper.effective_on.isoformat() if paper.effective_on else None,
    )  # fmt: skip
    followed.after_events(tx, case=case)
    return row.id


def record_settlement(
    tx: Transaction, *, case_no: str, attempted_on: date, channel: str, offer: str, outcome: str,
    agreed_until: date | None = None, loan_no: str | None = None,
) -> list[int]:  # fmt: skip
    """Record an attempt to settle the loans of a case (or one of them); answer the ids, one a loan.

    The same attempt again is the one already there. Refuses `unknown_case`, `loan_not_in_case`, `bad_settlement`.
    """
    case = queries.case_row(tx.session, case_no)
    wanted = [one for one in queries.contracts_of(tx.session, case.id) if loan_no in (None, one.loan_no)]
    if not wanted:
        raise Refusal("loan_not_in_case", Words(zh="loan_no 不在本案之中。", en="loan_no is not in this case."))
    recorded = [
        settlements.record_attempt(
            tx, contract_id=one.id, attempted_on=attempted_on, channel=channel, offer=offer, outcome=outcome,
            agreed_until=agreed_until,
        )
        for one in wanted
    ]  # fmt: skip
    work_lines.recount_gaps(tx, case_no=case_no)
    return recorded
