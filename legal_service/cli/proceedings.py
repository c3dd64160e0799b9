"""Commands of the proceedings: `legal case event`, `withdraw-event`, `force`, `decide-force`, `stages`."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import click

from legal_service import labels
from legal_service.cases import operations, queries, stages
from legal_service.cases.proceeding_kinds import KINDS
from legal_service.cli import speech
from legal_service.cli.options import DAY, answer, by_option, json_option, opened, read_json, today_option, watching
from legal_service.errors import Refusal, Words
from legal_service.installation import Installation
from legal_service.tasks import TASKS
from legal_service.worker import run_now

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


@click.command(name="advance-many")
@click.argument("stage")
@click.option(
    "--cases",
    "cases_file",
    type=FILE,
    default=None,
    help="每行一个案号，或 {case_no, on, data} / a case number or JSON a line",
)
@click.option("--from", "source", default=None, help="现处该阶段的全部案件 all cases in this stage")
@today_option("--on", "日期 date")
@click.option("--data", type=FILE, default=None, help="各案共同的数据 JSON / data told of every case")
@click.option("--preview", is_flag=True, help="只看结果，不写入 say what would happen, write nothing")
@by_option
@json_option
@speech.refusals()
def case_advance_many(
    stage: str, cases_file: Path | None, source: str | None, on: date, data: Path | None, preview: bool, by: str | None,
    as_json: bool,
) -> None:  # fmt: skip
    """批量推进，逐案报告；再次执行不重复。Move many cases as one job, each reported; safe to run twice."""
    if (cases_file is None) == (source is None):
        raise click.UsageError("--cases FILE 或 --from STAGE，二选一 / one of --cases and --from")
    for asked in (stage, source):
        if asked is not None and asked not in stages.STAGES:
            known = "、".join(stages.STAGES)
            raise Refusal(
                "unknown_stage",
                Words(zh=f"没有阶段 {asked[:40]}；可用：{known}", en=f"no stage {asked[:40]}; one of {known}"),
            )
    installation = opened()
    common = read_json(data) if data else {}
    if cases_file is not None:
        steps = _steps(cases_file, on, common)
    else:
        with installation.reading() as session:
            steps = [queries.Step(one, on, common) for one in queries.case_numbers(session, stage=source)]
    if preview:
        outcome = _previewed(installation, steps, stage)
    else:
        arguments = {"stage": stage, "steps": [one.as_json() for one in steps]}
        with watching("批量推进 moving") as watch:
            outcome = run_now(
                installation,
                actor=installation.actor(by),
                kind="case_advance",
                arguments=arguments,
                tasks=TASKS,
                watch=watch,
            )
    lines = [
        " ".join(f"{name}={value}" for name, value in outcome.items() if name != "refused"),
        *(f"✗ {one['case_no']}: {one['reason']}〔{one['basis']}〕" for one in outcome["refused"]),
    ]
    answer(outcome, as_json=as_json, lines=lines)
    if outcome["refused"]:
        raise SystemExit(1)


def _previewed(installation: Installation, steps: list[queries.Step], stage: str) -> dict[str, Any]:
    language = speech.language()
    with installation.reading() as session:
        found = queries.prospects(session, steps, stage)
    return {
        "would_move": sum(not one.refusals and not one.already for one in found),
        "unchanged": sum(one.already for one in found),
        "refused": [
            {
                "case_no": one.case_no,
                "reason": refusal.reason.read(language),
                "code": refusal.code,
                "basis": refusal.basis,
            }
            for one in found
            for refusal in one.refusals
        ],
    }


def _steps(path: Path, on: date, common: dict[str, Any]) -> list[queries.Step]:
    """The cases of a file: a case number a line, or an object with `case_no` and its own `on` and `data`."""
    found: dict[str, queries.Step] = {}
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as failure:
        raise _bad_line(path, 1, "不是 UTF-8 文本", "is no UTF-8 text") from failure
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        told: Any = line.strip()
        if told.startswith("{"):
            try:
                told = json.loads(told)
                day = date.fromisoformat(told["on"]) if "on" in told else on
                step = queries.Step(str(told["case_no"]), day, common | dict(told.get("data") or {}))
            except (ValueError, KeyError, TypeError) as failure:
                raise _bad_line(
                    path,
                    number,
                    "应为案号或含 case_no、on、data 的 JSON",
                    "a case number, or JSON with case_no, on, data",
                ) from failure
        else:
            step = queries.Step(told, on, common)
        if found.setdefault(step.case_no, step) != step:
            raise _bad_line(
                path, number, f"{step.case_no} 出现两次且内容不同", f"{step.case_no} stands twice and differs"
            )
    return list(found.values())


def _bad_line(path: Path, number: int, zh: str, en: str) -> Refusal:
    return Refusal(
        "bad_cases_file", Words(zh=f"{path.name} 第 {number} 行：{zh}。", en=f"{path.name}, line {number}: {en}.")
    )


COMMANDS = (case_advance_many, case_event, case_withdraw_event, case_force, case_decide_force, case_stages)
