"""`legal law notice …`: State Council holiday notices, those of this release and those that the institution loaded."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from legal_service import clock
from legal_service.cases import operations, queries
from legal_service.cases.docket import Moved
from legal_service.cases.operations import Loaded
from legal_service.cli import speech
from legal_service.cli.options import answer, by_option, json_option, opened


@click.group()
def notice() -> None:
    """国务院节假日安排通知。State Council holiday notices: load the one of a new year."""


@notice.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--dry-run", is_flag=True, help="只核对，列出将变动的期限 check it and tell what would move")
@by_option
@json_option
@speech.refusals()
def load(file: Path, dry_run: bool, by: str | None, as_json: bool) -> None:
    """录入一年的通知并重新计算未完成的期限。Load the notice of a year; every open deadline it moves is reckoned anew."""
    installation, content = opened(), file.read_bytes()
    actor = installation.actor(by)
    if dry_run:
        with installation.reading(actor) as session:
            loaded = operations.preview_notice(session, content=content, name=file.name, on=clock.today())
    else:
        with installation.transaction(actor) as tx:
            loaded = operations.load_notice(tx, content=content, name=file.name)
    document = loaded.as_json(speech.language()) | {"dry_run": dry_run}
    answer(document, as_json=as_json, lines=_lines(loaded))


@notice.command(name="list")
@json_option
@speech.refusals()
def show(as_json: bool) -> None:
    """所有已知通知及其来源与核对状态。Every notice known, its source and how far it was checked."""
    with opened().reading() as session:
        found = queries.notices(session)
    answer(
        [one.as_json() for one in found],
        as_json=as_json,
        lines=(f"{one.notice.year}  {one.notice.status}  {one.notice.title}  {one.loaded_by}" for one in found),
    )


def _lines(loaded: Loaded) -> Iterator[str]:
    yield f"{loaded.notice.year}  {loaded.notice.title}"
    for told, found in (
        ("变动 moved", loaded.docket.moved),
        ("确定 confirmed", loaded.docket.confirmed),
        ("已办，不变 done, would have been", loaded.docket.done),
    ):
        yield f"{told}: {len(found)}"
        yield from (_line(one) for one in found)
    yield from (f"△ {one.where} {one.message.read(speech.language())}" for one in loaded.doubts)


def _line(one: Moved) -> str:
    was, now = one.due.period, one.after
    return f"  {one.due.case_no} {one.due.rule} {one.due.subject}  {was.last_day} → {now.last_day} ({was.internal} → {now.internal})"
