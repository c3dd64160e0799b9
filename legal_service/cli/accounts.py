"""Commands of the account: sweep and statement."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from legal_service.accounts import files as renderings
from legal_service.accounts import queries
from legal_service.accounts.explanation import explanation as explained
from legal_service.accounts.irr_answer import of_loan
from legal_service.accounts.statement_json import as_json as statement_json
from legal_service.cases import queries as cases
from legal_service.cli import speech
from legal_service.cli.options import DAY, answer, by_option, json_option, opened, watching
from legal_service.errors import Refusal, Words
from legal_service.tasks import TASKS
from legal_service.worker import run_now

FORMS = ("json", "csv", "xlsx", "pdf")


def _by_ending(out: Path | None) -> str:
    ending = out.suffix.removeprefix(".").lower() if out else ""
    return ending if ending in FORMS else "json"


@click.command()
@click.option("--as-of", "as_of", required=True, type=DAY)
@by_option
@json_option
@speech.refusals()
def sweep(as_of: date, by: str | None, as_json: bool) -> None:
    """对全部贷款计算逾期与档次。Age and grade the whole portfolio."""
    installation = opened()
    with watching("评级 sweep") as watch:
        outcome = run_now(
            installation,
            actor=installation.actor(by),
            kind="sweep",
            arguments={"as_of": as_of.isoformat()},
            tasks=TASKS,
            watch=watch,
        )
    tiers = "  ".join(f"{tier}={count}" for tier, count in outcome["tiers"].items())
    answer(
        outcome,
        as_json=as_json,
        lines=[f"{as_of}  {outcome['loans']} 笔 loans  {tiers}  变动 changed={outcome['changed']}"],
    )


@click.command()
@click.argument("loan_no")
@click.option("--as-of", "as_of", required=True, type=DAY)
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMS),
    help="默认依 --out 的后缀，否则 json / by the ending of --out, else json",
)
@click.option("--out", "out", type=click.Path(dir_okay=False, path_type=Path), default=None)
@click.option("--explain", is_flag=True, help="逐步说明每个数字的由来 how each figure came about")
@json_option
@speech.refusals()
def statement(loan_no: str, as_of: date, form: str | None, out: Path | None, explain: bool, as_json: bool) -> None:
    """欠款明细。The statement of account of a loan; the PDF is the worksheet for the court, derivation included."""
    form = form or _by_ending(out)
    if as_json and form != "json":
        raise click.UsageError(f"--json 与 --format {form} 不能并用 exclude each other")
    installation = opened()
    with installation.reading() as session:
        found = cases.statement(session, loan_no, as_of)
        names = queries.sheet_names(session, loan_no)
    language = speech.language()
    if explain and out is None and form == "json" and not as_json:
        click.echo(explained(found, language))
        return
    if form == "json":
        document = statement_json(found, language) | {"financing_cost": of_loan(found.facts, language)}
        if explain:
            document["explanation"] = explained(found, language).splitlines()
        if out is None:
            speech.emit(document)
            return
        content = renderings.json_bytes(document)
    else:
        content = renderings.pdf(found, names) if form == "pdf" else renderings.table(found, form)
    if out is None:
        if sys.stdout.isatty() and form != "csv":
            raise Refusal("out_required", Words(zh=f"{form} 请用 --out 指定文件。", en=f"give --out FILE for {form}."))
        sys.stdout.buffer.write(content)
        return
    renderings.write(out, content)
    click.echo(str(out), err=True)
