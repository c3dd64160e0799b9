"""Options and habits that the commands share: who acts, which day, JSON or words, progress."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from legal_service import clock
from legal_service.cli import speech
from legal_service.errors import Refusal, Words
from legal_service.installation import Installation, installed

Watch = Callable[[int, int, str], None]


class Day(click.ParamType[date]):
    """A date in ISO 8601."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} 不是日期，请写作 2026-03-31 / is not a date like 2026-03-31", param, ctx)


DAY = Day()

by_option = click.option(
    "--by", "by", metavar="EMAIL", default=None, help="谁在操作 who acts (default: the local operator)"
)
json_option = click.option(
    "--json", "as_json", is_flag=True, help="只在标准输出打印一个 JSON / exactly one JSON document on stdout"
)


def today_option(name: str, help_text: str) -> Callable[[Any], Any]:
    """A date option whose default is today in Shanghai."""
    return click.option(name, type=DAY, default=clock.today, show_default="today in Shanghai", help=help_text)


def opened() -> Installation:
    """The installation, set up and current, or the refusal `not_initialised`."""
    return installed().opened()


def answer(document: object, *, as_json: bool, lines: Iterable[str] = ()) -> None:
    """Print the JSON document, or the lines for people."""
    if as_json:
        speech.emit(document)
        return
    for line in lines:
        click.echo(line)


def read_json(path: Path) -> dict[str, Any]:
    """A JSON object from a file; refuses `bad_json` naming the file and the place."""
    try:
        found = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as failure:
        raise Refusal(
            "bad_json",
            Words(zh=f"{path.name} 不是可读的 JSON：{failure}", en=f"{path.name} is not readable JSON: {failure}"),
        ) from failure
    if not isinstance(found, dict):
        raise Refusal(
            "bad_json", Words(zh=f"{path.name} 应为一个 JSON 对象", en=f"{path.name} should hold one JSON object")
        )
    return found


@contextmanager
def watching(title: str) -> Any:
    """A progress bar on the terminal's error stream; silent when that is no terminal."""
    console = Console(stderr=True)
    if not sys.stderr.isatty():
        yield lambda done, total, text: None
        return
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed}/{task.total}"),
        TimeElapsedColumn(),
        console=console,
        transient=True,
    ) as bar:
        task = bar.add_task(title, total=None)
        yield lambda done, total, text: bar.update(
            task, completed=done, total=total or None, description=f"{title} {text}"
        )
