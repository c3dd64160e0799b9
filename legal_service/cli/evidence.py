"""Commands of evidence: add, gaps."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from legal_service.cli import speech
from legal_service.cli.options import DAY, answer, by_option, json_option, opened, today_option
from legal_service.errors import Refusal, Words
from legal_service.evidence import files, operations, queries
from legal_service.filings.operations import MAKES


@click.group()
def evidence() -> None:
    """证据。Evidence."""


@evidence.command(name="add")
@click.argument("case_no")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--kind", required=True)
@click.option("--obtained", "obtained_on", type=DAY, default=None, help="取得日期 date obtained")
@click.option("--source", default="", help="来源 source")
@click.option("--form", type=click.Choice(["original", "copy", "electronic"]), default="electronic", show_default=True)
@by_option
@json_option
@speech.refusals()
def evidence_add(
    case_no: str, file: Path, kind: str, obtained_on: date | None, source: str, form: str, by: str | None, as_json: bool
) -> None:
    """将一件证据存入证据库。Take one item of evidence into the vault."""
    installation = opened()
    with installation.transaction(installation.actor(by)) as tx:
        item = operations.add_evidence(
            tx,
            store=installation.store,
            case_no=case_no,
            content=file.read_bytes(),
            filename=file.name,
            kind=kind,
            known_kinds=frozenset(files.drawers().kinds),
            form=form,  # type: ignore[arg-type]
            obtained_on=obtained_on,
            source=source,
        )
    answer(
        {"item": item.id, "kind": item.kind, "sha256": item.sha256, "size": item.size},
        as_json=as_json,
        lines=[f"{kind} {item.sha256}"],
    )


@evidence.command(name="list")
@click.argument("case_no")
@json_option
@speech.refusals()
def evidence_list(case_no: str, as_json: bool) -> None:
    """本案证据库中的项目及其 SHA-256。What the vault holds of a case, with SHA-256."""
    with opened().reading() as session:
        found = [
            {
                "item": one.id,
                "kind": one.kind,
                "sha256": one.sha256,
                "size": one.size,
                "form": one.form,
                "subject": one.subject,
            }
            for one in queries.items_of_case(session, case_no)
        ]
    answer(found, as_json=as_json, lines=(f"{one['kind']:<24} {one['sha256']}  {one['subject']}" for one in found))


@evidence.command(name="gaps")
@click.argument("case_no")
@click.option("--for", "package", required=True, metavar="PACKAGE")
@today_option("--as-of", "截至 as of")
@json_option
@speech.refusals()
def evidence_gaps(case_no: str, package: str, as_of: date, as_json: bool) -> None:
    """证据包还缺什么、证明什么、如何补。What a package still lacks, what it would prove, how to mend it."""
    drawers = files.drawers()
    if package not in drawers.packages:
        options = "、".join(sorted(drawers.packages))
        raise Refusal(
            "unknown_package_kind",
            Words(
                zh=f"没有证据包种类 {package[:40]}；可用：{options}", en=f"no package {package[:40]}; one of {options}"
            ),
        )
    with opened().reading() as session:
        found = queries.package_gaps(session, case_no, package, as_of, drawers, MAKES)
    language = speech.language()
    answer(
        {"gaps": [gap.as_json(language) for gap in found]},
        as_json=as_json,
        lines=(
            f"缺 {gap.title.read(language)}：证明{gap.proves.read(language)}。{gap.how_to_mend.read(language)}〔{gap.basis}〕"
            for gap in found
        ),
    )
