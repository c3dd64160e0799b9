"""Commands of reports: report make, report verify, report rows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from legal_service import clock
from legal_service.cli import speech
from legal_service.cli.options import answer, by_option, json_option, opened, watching
from legal_service.reports import files, operations
from legal_service.reports.cut import line_of
from legal_service.tasks import TASKS
from legal_service.worker import run_now

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.group()
def report() -> None:
    """监管报表。Regulatory returns."""


@report.command(name="make")
@click.argument("name", metavar="RETURN")
@click.option("--period", required=True, metavar="2026-Q3|2026-10", help="季度或月份 a quarter or a month")
@click.option("--out", "out", required=True, type=click.Path(file_okay=False, path_type=Path))
@by_option
@json_option
@speech.refusals()
def report_make(name: str, period: str, out: Path, by: str | None, as_json: bool) -> None:
    """制作已终了期间的报表；数据未变则为同一版次、同样的字节。Make the return of a period that has ended."""
    installation = opened()
    actor = installation.actor(by)
    operations.check_request(actor=actor, today=clock.today(), name=name, period=period)
    with watching("监管报表 return") as watch:
        outcome = run_now(
            installation,
            actor=actor,
            kind="report",
            arguments={"name": name, "period": period, "out": str(out.resolve())},
            tasks=TASKS,
            watch=watch,
        )
    paths = [str(out / file) for file in outcome["sha256"]]
    answer(
        {**outcome, "files": paths},
        as_json=as_json,
        lines=[
            f"{name} {period} 第 {outcome['issue']} 版 issue{'' if outcome['new'] else '（数据未变 unchanged）'}",
            *(f"  {path}" for path in paths),
            *_changes(outcome["differences"]),
        ],
    )


def _changes(differences: dict[str, Any] | None) -> list[str]:
    if differences is None:
        return []
    numbers = [f"  {one['id']}: {one['before']} → {one['after']}" for one in differences["numbers"]]
    return [f"与第 {differences['since_issue']} 版的差异 differences: {len(numbers)}", *numbers]


@report.command(name="verify")
@click.argument("folder", metavar="DIR", type=FOLDER)
@json_option
@speech.refusals()
def report_verify(folder: Path, as_json: bool) -> None:
    """在任何地方核对报表并由数据截面重算，不需要数据库。Check a return anywhere and make it again from its cut."""
    found = files.verify(folder, language=speech.language())
    lines = [
        f"{'完好，重算一致 intact, re-runs to the same bytes' if found['ok'] else '有问题 problems'}  {found['files']} 个文件 files",
        *(f"✗ {one['file']} {one['code']}: {one['message']}" for one in found["problems"]),
    ]
    answer(found, as_json=as_json, lines=lines)
    if not found["ok"]:
        raise SystemExit(1)


@report.command(name="rows")
@click.argument("folder", metavar="DIR", type=FOLDER)
@click.argument("number", metavar="NUMBER")
@json_option
@speech.refusals()
def report_rows(folder: Path, number: str, as_json: bool) -> None:
    """列出一个数值（如 loans_by_tier.mild）所依据的数据行。The rows of the cut that one number rests on."""
    lines = [line_of(row) for row in files.rows(folder, number)]
    answer(
        {"id": number, "rows": lines},
        as_json=as_json,
        lines=[" ".join(str(value) for value in line.values()) for line in lines],
    )
