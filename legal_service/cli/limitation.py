"""Commands of limitation on a case: where it stands, a proof that no longer counts, a lawyer's decision on the defence."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from legal_service.cases import operations, queries
from legal_service.cases.limitation import DECISIONS, WITHDRAWALS
from legal_service.cli import speech
from legal_service.cli.options import answer, by_option, json_option, opened, today_option


@click.command(name="limitation")
@click.argument("case_no")
@today_option("--as-of", "截至 as of")
@json_option
@speech.refusals()
def case_limitation(case_no: str, as_of: date, as_json: bool) -> None:
    """诉讼时效与保证期间：逐步列明条文与所需凭证。Limitation and guarantee periods, step by step."""
    with opened().reading() as session:
        document = queries.limitation_of(session, case_no, as_of, speech.language())
    answer(document, as_json=as_json, lines=_lines(document))


@click.command(name="withdraw-proof")
@click.argument("case_no")
@click.argument("service_id", type=int)
@click.option("--reason", required=True, help=" ".join(WITHDRAWALS))
@today_option("--on", "日期 date")
@by_option
@json_option
@speech.refusals()
def case_withdraw_proof(case_no: str, service_id: int, reason: str, on: date, by: str | None, as_json: bool) -> None:
    """撤回送达凭证并重算时效（具名律师）。A proof of service no longer counts; limitation is reckoned anew."""
    installation = opened()
    with installation.transaction(installation.actor(by)) as tx:
        operations.withdraw_proof(tx, case_no=case_no, service_id=service_id, reason=reason, on=on)
        document = queries.limitation_of(tx.session, case_no, on, speech.language())
    answer(document, as_json=as_json, lines=_lines(document))


@click.command(name="decide-limitation")
@click.argument("case_no")
@click.argument("loan_no")
@click.argument("decision")
@click.option("--reason", required=True, help="; ".join(f"{one}: {' '.join(DECISIONS[one])}" for one in DECISIONS))
@click.option("--proof", default="", help="证据 sha256 / an item of the vault; required for `lost`")
@today_option("--on", "日期 date")
@by_option
@json_option
@speech.refusals()
def case_decide_limitation(
    case_no: str, loan_no: str, decision: str, reason: str, proof: str, on: date, by: str | None, as_json: bool
) -> None:
    """认定债务人是否丧失时效抗辩：lost 或 stands（具名律师）。Whether the debtor still has the defence; no date moves."""
    installation = opened()
    with installation.transaction(installation.actor(by)) as tx:
        operations.decide_limitation(
            tx, case_no=case_no, loan_no=loan_no, decision=decision, reason=reason, on=on, proof=proof
        )
        document = queries.limitation_of(tx.session, case_no, on, speech.language())
    answer(document, as_json=as_json, lines=_lines(document))


def _lines(document: dict[str, Any]) -> list[str]:
    lines = []
    for loan in document["loans"]:
        ends = loan.get("legal_expiry"), loan.get("conservative_expiry")
        lines.append(f"{loan['loan_no']}  法定 legal {ends[0]}  保守 conservative {ends[1]}")
        lines += [f"  {step['on']}  {step['text']}〔{step['basis']}〕" for step in loan.get("steps", ())]
        lines += [f"  {one['on']}  {one['decision']} {one['reason']}  {one['by']}" for one in loan["decisions"]]
        lines += [
            f"  保证人 guarantor {one['number']}  {one['last_day']}  {one['state']}  {one['must_do']}"
            for one in loan["guarantors"]
            if "last_day" in one
        ]
    return lines
