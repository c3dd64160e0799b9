"""The steps of the demonstration from the severe loans to the return: each a call of the operations everyone uses."""

from __future__ import annotations

from legal_service.accounts import files as written
from legal_service.accounts import queries as accounts
from legal_service.accounts.statement_json import as_json as statement_json
from legal_service.cases import operations as cases
from legal_service.cases import queries as case_queries
from legal_service.cases.escalation import recommend
from legal_service.cases.serving import ServedPaper
from legal_service.cli.demo.walk import (
    AS_OF,
    CASES,
    CLAIM_AS_OF,
    COMPLIANCE,
    COUNSEL,
    LAWYER,
    PREPARED_ON,
    SETTLED_ON,
    SUBMITTED_ON,
    Demo,
    say,
)
from legal_service.errors import Refusal
from legal_service.evidence import files as drawer
from legal_service.evidence import queries as evidence
from legal_service.exports import queries as exports
from legal_service.filings import operations as filings
from legal_service.redaction import files as redaction
from legal_service.redaction.gate import leaks
from legal_service.redaction.kinds import Audience


def severe(walk: Demo) -> list[str]:
    """The loans to sue on: severe, with the papers a claim needs, none with a bar to suit."""
    chosen: list[str] = []
    with walk.installation.reading() as session:
        for _contract_id, facts in accounts.portfolio_facts(session):
            position = case_queries.position_of_loan(session, facts.loan_no, AS_OF)
            ready = {"contract", "demand_letter", "delivery_receipt", "disbursement_receipt"} <= position.evidence_kinds
            barred = position.worst.arbitration_clause or position.worst.compensated_on or position.open_complaints
            if position.worst.days_past_due > 90 and ready and not barred and not position.performing_plan():
                rank = (not position.worst.has_guarantors, not position.worst.accelerated_on, facts.loan_no)
                chosen.append(f"{rank[0]:d}{rank[1]:d}{facts.loan_no}")
        loans = [one[2:] for one in sorted(chosen)[:CASES]]
        if not loans:
            raise RuntimeError("the sample portfolio has no loan that is ready for suit")
        found = recommend(case_queries.position_of_loan(session, loans[0], AS_OF))
    say(
        "5 升级建议 recommendation",
        f"{loans[0]} → {found.action}：{' '.join(one.zh for one in found.because)}",
        *(f"尚缺 blocked by: {one.reason.zh}〔{one.basis}〕" for one in found.blocked_by),
    )
    return loans


def prepared(walk: Demo, loan_no: str) -> str:
    """Open a case and bring it to preparation: demand served with its proof, settlement attempted."""
    lawyer = walk.installation.actor(LAWYER)
    with walk.installation.transaction(lawyer) as tx:
        case_no = cases.open_case(tx, loan_nos=[loan_no], on=AS_OF)
        contract = case_queries.contracts_of(tx.session, case_queries.case_row(tx.session, case_no).id)[0]
        if case_queries.case_row(tx.session, case_no).stage != "assessment":
            return case_no
        cases.advance(tx, case_no=case_no, target="contact", on=AS_OF)
        cases.advance(tx, case_no=case_no, target="settlement", on=SETTLED_ON)
        cases.record_settlement(
            tx,
            case_no=case_no,
            attempted_on=SETTLED_ON,
            channel="call",
            offer="减免部分罚息，余款分六期偿还",
            outcome="refused",
        )
        receipt = next(item for item in evidence.items_of_case(tx.session, case_no) if item.kind == "delivery_receipt")
        documents = ["acceleration_notice"] if contract.accelerated_on else []
        for document in ["demand_letter", *documents]:
            cases.record_service(
                tx,
                case_no=case_no,
                paper=ServedPaper(
                    document=document,
                    party="borrower",
                    mode="mail",
                    address=contract.address_for_service or "合同约定的送达地址",
                    sent_on=receipt.obtained_on or AS_OF,
                    outcome="delivered",
                    effective_on=receipt.obtained_on or AS_OF,
                    proof=receipt.sha256,
                ),
            )
        cases.advance(tx, case_no=case_no, target="preparation", on=PREPARED_ON)
    return case_no


def filed(walk: Demo, case_nos: list[str]) -> None:
    """Refused without an approval, then approved by a named lawyer, then submitted."""
    lawyer = walk.installation.actor(LAWYER)
    lines = []
    for position, case_no in enumerate(case_nos):
        with walk.installation.transaction(lawyer) as tx:
            made = filings.make(
                tx,
                store=walk.installation.store,
                case_no=case_no,
                document="statement_of_claim",
                as_of=CLAIM_AS_OF,
                own=walk.installation.settings.plaintiff,
            )
        for form, content in made.files.items():
            written.write(walk.out / "filings" / f"{case_no}-民事起诉状.{form}", content)
        lines.append(
            f"{case_no}  起诉状 statement of claim（模板 template {made.template_version}，标的 {made.claim_total / 100:,.2f} 元）"
        )
        if position == 0:
            lines += _refused(walk, case_no)
        with walk.installation.transaction(lawyer) as tx:
            filings.approve(tx, case_no=case_no, document="statement_of_claim")
            cases.advance(tx, case_no=case_no, target="submitted", on=SUBMITTED_ON)
        with walk.installation.reading() as session:
            due = case_queries.docket(session, case_no=case_no)
            row = case_queries.contracts_of(session, case_queries.case_row(session, case_no).id)[0]
            statement = case_queries.statement(session, row.loan_no, CLAIM_AS_OF)
            names = accounts.sheet_names(session, row.loan_no)
        folder = walk.out / "statements"
        written.write(folder / f"{row.loan_no}.json", written.json_bytes(statement_json(statement)))
        written.write(folder / f"{row.loan_no}.pdf", written.pdf(statement, names))
        for form in ("csv", "xlsx"):
            written.write(folder / f"{row.loan_no}.{form}", written.table(statement, form))
        lines += [f"   期限 {one.period.last_day} {one.rule}（{one.period.basis}）" for one in due]
    say("6 文书、审批、提交 filings, approval, submission", *lines)


def _refused(walk: Demo, case_no: str) -> list[str]:
    """Show that submission without a named lawyer's approval is refused, with the reason."""
    try:
        with walk.installation.transaction(walk.installation.actor(LAWYER)) as tx:
            cases.advance(tx, case_no=case_no, target="submitted", on=SUBMITTED_ON)
    except Refusal as refusal:
        return [f"   未审批即提交被拒 refused: {refusal.reason.zh}〔{refusal.basis}〕"]
    return []


def packages(walk: Demo, case_no: str) -> None:
    """Build the evidence package for the court and for external counsel, and verify both."""
    ca = (walk.installation.settings.keys / "tsa" / "ca.pem").read_bytes()
    lines = []
    for audience, recipient in (("court", ""), ("external_counsel", COUNSEL)):
        built = walk.run(
            "package",
            LAWYER,
            case_no=case_no,
            package="statement_of_claim",
            audience=audience,
            recipient=recipient,
            on=SUBMITTED_ON.isoformat(),
        )
        path = walk.out / "packages" / f"{built['package_id']}.zip"
        content = walk.installation.store.get(built["sha256"])
        written.write(path, content)
        checked = drawer.verify(path, ca)
        stamp = checked["timestamp"]
        lines.append(
            f"{path.name}  {built['pages']} 页 pages，未提供 withheld {built['withheld']}，缺 gaps {len(built['gaps'])}"
        )
        lines.append(
            f"   核对 verify ok={checked['ok']}  时间戳 timestamp ok={stamp['ok']} trusted={stamp['trusted']} by {stamp['by']}"
        )
        if audience != "court":
            policy = redaction.policy_for(Audience(audience))
            with walk.installation.reading() as session:
                known = [
                    (one.kind, one.value) for one in exports.known_values(session, case_no) if policy.hides(one.kind)
                ]
                row = case_queries.case_row(session, case_no)
                phone = exports.lender_values(session, row.lender_id)
            found = leaks(path.name, content, known, phone)
            lines.append(f"   泄漏检查 leak gate: {found or '干净 clean'}（已知个人信息 {len(known)} 项）")
    say("7 证据包 evidence packages", *lines)


def quarterly_return(walk: Demo) -> None:
    """Make the quarterly return for the regulator."""
    made = walk.run(
        "report", COMPLIANCE, name="collection_and_litigation", period="2026-Q3", out=str(walk.out / "return-2026-Q3")
    )
    say(
        "8 监管报表 quarterly return",
        f"{walk.out / 'return-2026-Q3'}  第 {made['issue']} 次 issue，可重算 re-run: legal report verify",
    )
