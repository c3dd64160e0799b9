"""Commands of cases: recommend, case, settlement, service, docket."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from legal_service import labels
from legal_service.cases import operations, queries, serving
from legal_service.cases.escalation import recommend as recommended
from legal_service.cli import proceedings, speech
from legal_service.cli.limitation import case_decide_limitation, case_limitation, case_withdraw_proof
from legal_service.cli.options import DAY, answer, by_option, json_option, opened, read_json, today_option
from legal_service.errors import Refusal, Words

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("loan_no")
@click.option("--as-of", "as_of", required=True, type=DAY)
@json_option
@speech.refusals()
def recommend(loan_no: str, as_of: date, as_json: bool) -> None:
    """下一步建议及理由（由人决定）。What to do next and why; a person decides."""
    with opened().reading() as session:
        found = recommended(queries.position_of_loan(session, loan_no, as_of))
    language = speech.language()
    because = [one.read(language) for one in found.because]
    blocked = [f"{one.reason.read(language)}〔{one.basis}〕" for one in found.blocked_by]
    answer(
        {"action": found.action, "because": because, "blocked_by": blocked},
        as_json=as_json,
        lines=[
            f"{labels.label('action', found.action).read(language)}（{found.action}）",
            *because,
            *(f"✗ {one}" for one in blocked),
        ],
    )


@click.group()
def case() -> None:
    """案件。Cases."""


@case.command(name="open")
@click.argument("loan_nos", nargs=-1, required=True, metavar="LOAN_NO...")
@today_option("--on", "立案日期 date of opening")
@by_option
@json_option
@speech.refusals()
def case_open(loan_nos: tuple[str, ...], on: date, by: str | None, as_json: bool) -> None:
    """为同一借款人的贷款建案。Open one case for loans of one borrower."""
    installation = opened()
    with installation.transaction(installation.actor(by)) as tx:
        case_no = operations.open_case(tx, loan_nos=loan_nos, on=on)
        document = queries.case_json(tx.session, case_no, on, speech.language())
    answer(document, as_json=as_json, lines=[case_no])


@case.command(name="show")
@click.argument("case_no")
@today_option("--as-of", "截至 as of")
@json_option
@speech.refusals()
def case_show(case_no: str, as_of: date, as_json: bool) -> None:
    """案件现状：到哪一步、下一期限、卡在哪。Where a case stands, what is due next, what blocks it."""
    with opened().reading() as session:
        document = queries.case_json(session, case_no, as_of, speech.language())
    answer(document, as_json=as_json, lines=_case_lines(document))


def _case_lines(document: dict[str, Any]) -> list[str]:
    lines = [
        f"{document['case_no']}  {document['stage_label']} 自 since {document['since']}  可主张 claim {document['claim_total']}"
    ]
    lines += [
        f"  期限 due {one['last_day']}（内部 internal {one['internal']}）{one['rule']} {one['basis']}"
        for one in document["docket"]
        if one["done_on"] is None
    ]
    lines += [f"  ✗ {one['move']}: {one['reason']}〔{one['basis']}〕" for one in document["blocked_by"]]
    return lines


@case.command(name="list")
@json_option
@speech.refusals()
def case_list(as_json: bool) -> None:
    """列出案件。List cases."""
    with opened().reading() as session:
        rows = [
            {
                "case_no": row.case_no,
                "stage": row.stage,
                "since": row.stage_since.isoformat(),
                "opened_on": row.opened_on.isoformat(),
            }
            for row in queries.cases(session)
        ]
    answer(rows, as_json=as_json, lines=(f"{row['case_no']}  {row['stage']}  {row['since']}" for row in rows))


@case.command(name="advance")
@click.argument("case_no")
@click.argument("stage")
@today_option("--on", "日期 date")
@click.option("--data", type=FILE, default=None, help="附加数据 JSON / data of the step")
@by_option
@json_option
@speech.refusals()
def case_advance(case_no: str, stage: str, on: date, data: Path | None, by: str | None, as_json: bool) -> None:
    """推进案件；有未满足的条件即说明理由与依据。Move a case on; a guard that fails says why, with the article."""
    installation = opened()
    told = read_json(data) if data else None
    with installation.transaction(installation.actor(by)) as tx:
        operations.advance(tx, case_no=case_no, target=stage, on=on, data=told)
        document = queries.case_json(tx.session, case_no, on, speech.language())
    answer(document, as_json=as_json, lines=_case_lines(document))


for _command in (case_limitation, case_withdraw_proof, case_decide_limitation, *proceedings.COMMANDS):
    case.add_command(_command)


@click.group()
def settlement() -> None:
    """庭外和解。Settlement out of court."""


@settlement.command(name="record")
@click.argument("case_no")
@click.option("--data", type=FILE, required=True, help="on, channel, offer, outcome, agreed_until, loan_no")
@by_option
@json_option
@speech.refusals()
def settlement_record(case_no: str, data: Path, by: str | None, as_json: bool) -> None:
    """记录一次和解尝试。Record an attempt to settle."""
    installation = opened()
    told = read_json(data)
    with installation.transaction(installation.actor(by)) as tx:
        ids = operations.record_settlement(
            tx,
            case_no=case_no,
            loan_no=told.get("loan_no"),
            attempted_on=_day(told, "on", required=True),
            channel=str(told.get("channel", "")),
            offer=str(told.get("offer", "")),
            outcome=str(told.get("outcome", "")),
            agreed_until=_day(told, "agreed_until", required=False) if told.get("agreed_until") else None,
        )
    answer({"case_no": case_no, "recorded": ids}, as_json=as_json, lines=[f"{case_no}: {ids}"])


def _day(told: dict[str, Any], field: str, *, required: bool) -> date:
    try:
        return date.fromisoformat(str(told.get(field, "")))
    except ValueError:
        need = "必填，" if required else ""
        raise Refusal(
            "bad_settlement",
            Words(zh=f"字段 {field}：{need}应为 2026-03-01 形式的日期。", en=f"field {field}: a date like 2026-03-01."),
        ) from None


@click.group()
def service() -> None:
    """送达。Service of papers."""


@service.command(name="record")
@click.argument("case_no")
@click.option("--data", type=FILE, required=True, help=serving.FIELDS)
@by_option
@json_option
@speech.refusals()
def service_record(case_no: str, data: Path, by: str | None, as_json: bool) -> None:
    """记录一次送达及其凭证。Record an attempt to serve a demand, with its proof."""
    installation = opened()
    paper = serving.parse(read_json(data))
    with installation.transaction(installation.actor(by)) as tx:
        recorded = operations.record_service(tx, case_no=case_no, paper=paper)
    effective = paper.effective_on.isoformat() if paper.effective_on else None
    answer(
        {"case_no": case_no, "recorded": recorded, "effective_on": effective},
        as_json=as_json,
        lines=[f"{case_no}: {effective}"],
    )
