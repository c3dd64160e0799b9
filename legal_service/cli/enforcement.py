"""`legal enforcement`: clues, measures and what became of them, judgment terms, recoveries, the release list, and where it all stands."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from legal_service.cli import speech
from legal_service.cli.options import answer, by_option, json_option, opened, read_json, today_option
from legal_service.enforcement import operations, queries, records

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def enforcement() -> None:
    """执行与保全。Preservation and enforcement."""


@enforcement.command(name="show")
@click.argument("case_no")
@today_option("--as-of", "截至 as of")
@json_option
@speech.refusals()
def enforcement_show(case_no: str, as_of: date, as_json: bool) -> None:
    """判项、回款、措施、问题、解除清单。Title, recoveries, measures, findings, release list."""
    with opened().reading() as session:
        told = queries.position_json(session, case_no, as_of, speech.language())
    title = told["title"]
    lines = [f"{case_no}  {'—' if title is None else 'outstanding ' + title['outstanding']}"]
    lines += [f"  M-{one['id']} {one['kind_label']} {one['state']} {one['until'] or ''}" for one in told["measures"]]
    lines += [f"  ✗ {one['message']}〔{one['basis']}〕" for one in told["findings"]]
    answer(told, as_json=as_json, lines=lines)


def _command(record: str, says: str) -> click.Command:
    fields = ", ".join(records.RECORDS["term" if record == "terms" else record])

    @click.command(name=record, help=says)
    @click.argument("case_no")
    @click.option("--data", type=FILE, required=True, help=fields)
    @by_option
    @json_option
    @speech.refusals()
    def run(case_no: str, data: Path, by: str | None, as_json: bool) -> None:
        installation = opened()
        told: Any = read_json(data)
        with installation.transaction(installation.actor(by)) as tx:
            outcome = operations.record_one(
                tx, case_no=case_no, record=record, told=told.get("terms") if record == "terms" else told
            )
        answer({"case_no": case_no, **outcome}, as_json=as_json, lines=[f"{case_no}: {outcome}"])

    return run


for _record, _says in (
    ("clue", "登记财产线索。Record a clue to property."),
    ("measure", "登记申请的措施。Record a measure asked for."),
    ("entry", "登记措施的生效、续行、解除等。Record what became of a measure."),
    ("terms", '登记判项（{"terms": [..]}）。Record the judgment terms.'),
    ("recovery", "登记回款或冲销。Record money received, or its reversal."),
    ("release", "登记解除清单的办结。Record a thing of the release list as done."),
):
    enforcement.add_command(_command(_record, _says))
