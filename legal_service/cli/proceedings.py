"""Commands of the proceedings: `legal case event`, `withdraw-event`, `force`, `decide-force`, `stages`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from legal_service import labels
from legal_service.cases import operations, queries, stages
from legal_service.cases.proceeding_kinds import KINDS
from legal_service.cli import speech
from legal_service.cli.options import DAY, answer, by_option, json_option, opened, read_json, today_option

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command(name="event")
@click.argument("case_no")
@click.argument("kind")
@click.option("--on", type=DAY, required=True, help="日期 date")
@click.option("--data", type=FILE, default=None, help="事项的内容 JSON / what the event tells")
@by_option
@json_option
@speech.refusals()
def case_event(case_no: str, kind: str, on: date, data: Path | None, by: str | None, as_json: bool) -> None:
    """登记程序事项，期限随之开始或结束。Record an event of the proceedings; deadlines open and close with it."""
    installation = opened()
    told = read_json(data) if data else {}
    with installation.transaction(installation.actor(by)) as tx:
        number = operations.record_event(tx, case_no=case_no, kind=kind, on=on, data=told)
        docket = [one.as_json() for one in queries.docket(tx.session, case_no=case_no)]
    answer(
        {"case_no": case_no, "recorded": number, "kind": kind, "docket": docket},
        as_json=as_json,
        lines=[f"{case_no}: {labels.label('proceeding', kind).read(speech.language())}（{number}）"],
    )


@click.command(name="withdraw-event")
@click.argument("case_no")
@click.argument("event_id", type=int)
@by_option
@json_option
@speech.refusals()
def case_withdraw_event(case_no: str, event_id: int, by: str | None, as_json: bool) -> None:
    """撤销误登的程序事项（原记录仍可见）。Take back an event entered wrongly; the line stays visible."""
    installation = opened()
    with installation.transaction(installation.actor(by)) as tx:
        ended = operations.withdraw_event(tx, case_no=case_no, event_id=event_id)
    answer(
        {"case_no": case_no, "withdrawn": event_id, "ended": ended},
        as_json=as_json,
        lines=[f"{case_no}: ✗ {event_id} {' '.join(ended)}"],
    )


@click.command(name="force")
@click.argument("case_no")
@click.argument("stage")
@today_option("--on", "日期 date")
@click.option("--reason", required=True, help="理由 why")
@click.option("--data", type=FILE, default=None, help="附加数据 JSON / data of the step")
@by_option
@json_option
@speech.refusals()
def case_force(
    case_no: str, stage: str, on: date, reason: str, data: Path | None, by: str | None, as_json: bool
) -> None:
    """申请强制推进，由第二人决定。Ask to move a case although guards stand against it; a second person decides."""
    installation = opened()
    told = read_json(data) if data else None
    with installation.transaction(installation.actor(by)) as tx:
        number = operations.ask_force(tx, case_no=case_no, target=stage, on=on, reason=reason, data=told)
    answer({"case_no": case_no, "request": number}, as_json=as_json, lines=[f"{case_no}: {number}"])


@click.command(name="decide-force")
@click.argument("case_no")
@click.argument("request_id", type=int)
@click.option("--grant/--refuse", "grant", required=True, default=None, help="批准或驳回 grant or refuse")
@by_option
@json_option
@speech.refusals()
def case_decide_force(case_no: str, request_id: int, grant: bool, by: str | None, as_json: bool) -> None:
    """决定他人申请的强制推进。Decide on a forced move that somebody else asked for."""
    installation = opened()
    with installation.transaction(installation.actor(by)) as tx:
        position = operations.decide_force(tx, case_no=case_no, request_id=request_id, grant=grant)
    answer(
        {"case_no": case_no, "request": request_id, "granted": grant, "stage": position.stage},
        as_json=as_json,
        lines=[f"{case_no}: {position.stage}"],
    )


@click.command(name="stages")
@click.option("--diagram", is_flag=True, help="Mermaid")
@json_option
@speech.refusals()
def case_stages(diagram: bool, as_json: bool) -> None:
    """阶段表与程序事项表。The table of stages, and of the events within them."""
    if diagram:
        click.echo(stages.mermaid(), nl=False)
        return
    language = speech.language()
    moves = [
        {
            "from": one.source, "to": one.target, "who": list(one.who), "guards": [guard.__name__ for guard in one.guards],
            "opens": list(one.opens), "closes": list(one.closes), "papers": list(one.papers), "basis": one.basis,
            "needs": list(one.kind.needs) if one.kind else [], "allows": list(one.kind.allows) if one.kind else [],
        }
        for one in stages.TRANSITIONS
    ]  # fmt: skip
    events = [
        {
            "kind": code, "name": labels.label("proceeding", code).read(language), "stages": list(kind.stages),
            "needs": list(kind.needs), "allows": list(kind.allows), "by_move": kind.made_by_move, "basis": kind.basis,
        }
        for code, kind in KINDS.items()
    ]  # fmt: skip
    lines = [f"{one['from']} → {one['to']}  {' '.join(str(guard) for guard in one['guards'])}" for one in moves]
    answer({"moves": moves, "events": events}, as_json=as_json, lines=lines)


COMMANDS = (case_event, case_withdraw_event, case_force, case_decide_force, case_stages)
