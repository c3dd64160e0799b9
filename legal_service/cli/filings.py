"""Commands of filings and templates: make, approve, batch; lint, preview."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path
from typing import Any

import click

from legal_service import clock
from legal_service.accounts import files as written
from legal_service.cases import queries as cases
from legal_service.cases.stages import STAGES
from legal_service.cli import speech
from legal_service.cli.options import answer, by_option, json_option, opened, today_option, watching
from legal_service.errors import Refusal, Words
from legal_service.filings import files as templates
from legal_service.filings import operations
from legal_service.tasks import TASKS
from legal_service.worker import run_now

FOLDER = click.Path(file_okay=False, path_type=Path)
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def filing() -> None:
    """文书。Filings."""


@filing.command(name="make")
@click.argument("case_no")
@click.argument("document")
@today_option("--as-of", "计算截止日 as of")
@click.option("--format", "form", type=click.Choice(["docx", "pdf", "both"]), default="both", show_default=True)
@click.option("--out", "out", type=FOLDER, required=True)
@by_option
@json_option
@speech.refusals()
def filing_make(case_no: str, document: str, as_of: date, form: str, out: Path, by: str | None, as_json: bool) -> None:
    """制作一份文书（同样的事实得到同样的字节）。Make one document; same facts, same bytes."""
    installation = opened()
    with installation.transaction(installation.actor(by)) as tx:
        made = operations.make(
            tx,
            store=installation.store,
            case_no=case_no,
            document=document,
            as_of=as_of,
            own=installation.settings.plaintiff,
        )
    wanted = made.files if form == "both" else {form: made.files[form]} if form in made.files else None
    if wanted is None:
        raise Refusal(
            "no_such_format",
            Words(
                zh=f"{document} 只有 {'、'.join(made.files)} 格式。",
                en=f"{document} comes as {', '.join(made.files)} only.",
            ),
        )
    paths = []
    for suffix, content in wanted.items():
        path = out / f"{case_no}-{document}.{suffix}"
        written.write(path, content)
        paths.append(str(path))
    language = speech.language()
    result: dict[str, Any] = {
        "files": paths,
        "template_version": made.template_version,
        "sha256": {Path(path).name: hashlib.sha256(Path(path).read_bytes()).hexdigest() for path in paths},
        "revision": made.revision_id,
        "doubts": [doubt.as_json(language) for doubt in made.doubts],
    }
    lines = [*paths, *(f"[doubt] {doubt.where}: {doubt.message.read(language)}" for doubt in made.doubts)]
    answer(result, as_json=as_json, lines=lines)


@filing.command(name="approve")
@click.argument("case_no")
@click.argument("document")
@click.option(
    "--item", default=None, metavar="SHA256", help="外部起草、已入证据库的文件 / a file of the vault drawn up elsewhere"
)
@by_option
@json_option
@speech.refusals()
def filing_approve(case_no: str, document: str, item: str | None, by: str | None, as_json: bool) -> None:
    """具名律师审批最新一版。A named lawyer approves the newest revision, or a file drawn up elsewhere."""
    installation = opened()
    brought = {}
    with installation.transaction(installation.actor(by)) as tx:
        if item is None:
            revision: int | None = operations.approve(tx, case_no=case_no, document=document)
        else:
            revision = None
            brought = {"item": operations.approve_brought(tx, case_no=case_no, document=document, sha256=item)}
    answer(
        {"case_no": case_no, "document": document, "revision": revision, "approved_by": by, **brought},
        as_json=as_json,
        lines=[f"{case_no} {document} ✓ {by}"],
    )


def _case_numbers(path: Path) -> list[str]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as failure:
        raise Refusal(
            "bad_cases_file",
            Words(
                zh=f"{path.name} 不是 UTF-8 文本；应为每行一个案号。",
                en=f"{path.name} is no UTF-8 text; it should hold one case number a line.",
            ),
        ) from failure
    return list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))


@filing.command(name="batch")
@click.argument("document")
@click.option("--cases", "cases_file", type=FILE, default=None, help="每行一个案号 one case number a line")
@click.option("--stage", default=None)
@today_option("--as-of", "计算截止日 as of")
@click.option("--out", "out", type=FOLDER, required=True)
@by_option
@json_option
@speech.refusals()
def filing_batch(
    document: str, cases_file: Path | None, stage: str | None, as_of: date, out: Path, by: str | None, as_json: bool
) -> None:
    """批量制作文书，可中断续作。Make one document for many cases; resumable."""
    if (cases_file is None) == (stage is None):
        raise click.UsageError("--cases FILE 或 --stage STAGE，二选一 / one of --cases and --stage")
    if stage is not None and stage not in STAGES:
        known = "、".join(STAGES)
        raise Refusal(
            "unknown_stage",
            Words(zh=f"没有阶段 {stage[:40]}；可用：{known}", en=f"no stage {stage[:40]}; one of {known}"),
        )
    installation = opened()
    if cases_file is not None:
        numbers = _case_numbers(cases_file)
    else:
        with installation.reading() as session:
            numbers = cases.case_numbers(session, stage=stage)
    arguments = {"document": document, "cases": numbers, "as_of": as_of.isoformat(), "out": str(out.resolve())}
    with watching("批量 batch") as watch:
        outcome = run_now(
            installation,
            actor=installation.actor(by),
            kind="filing_batch",
            arguments=arguments,
            tasks=TASKS,
            watch=watch,
        )
    lines = [
        f"made={outcome['made']}",
        *(f"✗ {one['case_no']}: {one['reason']}〔{one['basis']}〕" for one in outcome["refused"]),
    ]
    answer(outcome, as_json=as_json, lines=lines)
    if outcome["refused"]:
        raise SystemExit(1)


@click.group()
def template() -> None:
    """文书模板。Templates."""


@template.command(name="lint")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@json_option
@speech.refusals()
def template_lint(files: tuple[Path, ...], as_json: bool) -> None:
    """检查模板文件夹、.docx 或 .html，逐段逐格指出问题。Check template folders, .docx or .html, cell by cell."""
    language = speech.language()
    found = templates.lint(files, on=clock.today())
    answer(
        {"findings": [one.as_json(language) for one in found]},
        as_json=as_json,
        lines=(f"[{one.severity}] {one.where} {one.code}: {one.message.read(language)}" for one in found),
    )
    if found:
        raise SystemExit(1)


@template.command(name="preview")
@click.argument("document")
@click.option("--out", "out", type=FOLDER, required=True)
@speech.refusals()
def template_preview(document: str, out: Path) -> None:
    """以样例案件预览模板。Render a template on the sample case."""
    for name, content in templates.preview(document, on=clock.today()).items():
        written.write(out / name, content)
        click.echo(str(out / name), err=True)
