"""What only a named lawyer decides of limitation: that a proof of service no longer counts, whether the debtor still has the defence."""

from __future__ import annotations

from datetime import date

from legal_service.access import permissions
from legal_service.cases import queries
from legal_service.cases.limitation import DECISIONS, WITHDRAWALS
from legal_service.cases.operations import followed
from legal_service.cases.operations.records import record_milestone
from legal_service.database import Transaction
from legal_service.errors import Refusal, Words
from legal_service.vault import queries as vault

BASIS = "民法典 第一百九十二条第二款；诉讼时效规定(2020修正) 第十九条"


def withdraw_proof(tx: Transaction, *, case_no: str, service_id: int, reason: str, on: date) -> None:
    """Say that the proof of an attempt to serve no longer counts; limitation is reckoned anew without it. Nothing is deleted.

    Refuses `named_lawyer_required`, `unknown_case`, `unknown_service`, `reason_required`.
    """
    permissions.require(tx.actor, "case.record")
    permissions.require_named_lawyer(tx.actor)
    case = queries.case_row(tx.session, case_no)
    rows = {row.id: row for row in queries.service_rows(tx.session, case_no)}
    if service_id not in rows or not rows[service_id].proof_sha256:
        raise Refusal(
            "unknown_service",
            Words(
                zh=f"本案没有编号为 {service_id} 且附凭证的送达记录。",
                en=f"this case has no proven service {service_id}.",
            ),
            "诉讼时效规定(2020修正) 第八条",
        )
    if reason not in WITHDRAWALS:
        raise _reason_required(WITHDRAWALS)
    if service_id in queries.proofs_withdrawn(tx.session, [case.id]):
        return
    record_milestone(
        tx, case_no=case_no, kind="proof_withdrawn", subject=str(service_id), reached_on=on, reference=reason
    )
    followed.after_events(tx, case=case)


def decide_limitation(
    tx: Transaction, *, case_no: str, loan_no: str, decision: str, reason: str, on: date, proof: str = ""
) -> None:
    """Record whether the debtor still has the defence of limitation on a loan. No date moves by it; the period never restarts.

    `lost` needs a proof in the vault of the case or the loan (its SHA-256). Refuses `named_lawyer_required`, `unknown_case`,
    `loan_not_in_case`, `bad_decision`, `reason_required`, `unknown_proof`.
    """
    permissions.require(tx.actor, "case.record")
    permissions.require_named_lawyer(tx.actor)
    case = queries.case_row(tx.session, case_no)
    if loan_no not in {one.loan_no for one in queries.contracts_of(tx.session, case.id)}:
        raise Refusal("loan_not_in_case", Words(zh="该贷款不在本案之中。", en="the loan is not in this case."))
    if decision not in DECISIONS:
        listed = "、".join(DECISIONS)
        raise Refusal(
            "bad_decision", Words(zh=f"认定须为 {listed} 之一。", en=f"a decision is one of {listed}."), BASIS
        )
    if reason not in DECISIONS[decision]:
        raise _reason_required(DECISIONS[decision])
    subjects = (f"case:{case_no}", f"loan:{loan_no}")
    if (proof or decision == "lost") and not any(
        item.subject in subjects for item in (vault.with_content(tx.session, proof) if proof else ())
    ):
        raise Refusal(
            "unknown_proof",
            Words(
                zh="认定抗辩丧失须有凭证：先把签字的催收通知、新协议或还款凭证入库，再填其 sha256。",
                en="that the defence is lost must be shown: put the signed demand, agreement or receipt into the vault and give its sha256.",
            ),
            BASIS,
        )
    record_milestone(
        tx, case_no=case_no, kind="limitation_decision", subject=loan_no, reached_on=on,
        reference=f"{decision}:{reason}:{proof}",
    )  # fmt: skip


def _reason_required(known: tuple[str, ...]) -> Refusal:
    listed = "、".join(known)
    return Refusal(
        "reason_required", Words(zh=f"须写明理由：{listed}。", en=f"give a reason: {', '.join(known)}."), BASIS
    )
