"""`legal law …`: questions of law, pure and without an instance.

Flags for scalars, `--input F.json` for lists, `--batch F.jsonl` for one question per line; `-` reads standard input.
Wrong flags exit 2; a refusal, or a wrong argument in the input file, is JSON on stdout and exit 1; a wrong line of a
batch answers `{"error": …}` in its place and the batch goes on. The commands are made from the forms (`law/forms`).
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

import click
from environs import EnvError

from legal_service import clock, config
from legal_service.accounts.questions import QUESTIONS, Question
from legal_service.cli import speech
from legal_service.errors import Refusal
from legal_service.law import files
from legal_service.law.arguments import ArgumentError
from legal_service.law.bench import Answer, Bench
from legal_service.law.forms.parts import Field
from legal_service.law.published.files import published

Answers = Callable[[Any, Bench], Answer]
"""From the arguments of a question, as they came, to its answer."""


class _Law(click.Group):
    """The questions; and, imported when asked for, `notice`: it alone needs an instance."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*super().list_commands(ctx), "notice"]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name != "notice":
            return super().get_command(ctx, cmd_name)
        from legal_service.cli.notices import notice

        return notice


@click.group(cls=_Law)
def law() -> None:
    """Questions of law: fees, periods, limitation, identifiers, figures."""


def _bench() -> Bench:
    return Bench(
        parameters=files.parameters(),
        calendar=files.calendar(_notices()),
        instruments=files.instruments(),
        today=clock.today(),
        language=speech.language(),
        published=lambda: published(config.load().instance),
    )


def _notices() -> Path | None:
    """Where the instance keeps its own holiday notices; None when no settings can be read, for the law needs no instance."""
    try:
        return config.load().notices
    except (EnvError, Refusal, OSError):
        return None


def _no_constant(name: str) -> Any:
    raise _unreadable(f"{name} 不是 JSON 的数", f"{name} is no JSON number")


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)[:40]
        raise _unreadable(f"同一对象中「{twice!a}」出现两次", f"{twice!a} occurs twice in one object")
    return found


def _unreadable(zh: str, en: str) -> ArgumentError:
    return ArgumentError(f"不是可读的 JSON：{zh}", f"not readable as JSON: {en}")


def _document(raw: bytes) -> Any:
    """Read JSON; a number with a point keeps its digits as text, so that 0.1 stays 0.1."""
    try:
        return json.loads(
            raw.decode("utf-8-sig"), parse_float=str, parse_constant=_no_constant, object_pairs_hook=_no_duplicates
        )
    except json.JSONDecodeError as error:
        if not error.doc.strip():
            raise _unreadable("空行或空文件", "nothing but white space") from error
        raise _unreadable(f"第 {error.pos + 1} 个字符处有误", f"character {error.pos + 1} is wrong") from error
    except UnicodeDecodeError as error:
        raise _unreadable("不是 UTF-8 文本", "no UTF-8 text") from error
    except RecursionError as error:
        raise _unreadable("嵌套过深", "nested too deep") from error
    except ValueError as error:
        raise _unreadable("数字过长", "a number is too long") from error


def _one_line(answers: Answers, raw: bytes, flags: dict[str, Any], bench: Bench) -> Answer:
    try:
        given = _document(raw)
        return answers(flags | given if isinstance(given, dict) else given, bench)
    except Refusal as refusal:
        return {"error": refusal.as_json(bench.language)}


def _asked(answers: Answers, flags: dict[str, Any], from_file: BinaryIO | None, batch: BinaryIO | None) -> None:
    if from_file and batch:
        raise click.UsageError("--input and --batch exclude each other")
    with speech.refusals():
        bench = _bench()
    if batch:
        for line in batch:
            speech.emit_line(_one_line(answers, line, flags, bench))
        return
    with speech.refusals():
        if from_file:
            speech.emit(answers(flags | _object(from_file), bench))
        else:
            speech.emit(_from_flags(answers, flags, bench))


def _from_flags(answers: Answers, flags: dict[str, Any], bench: Bench) -> Answer:
    try:
        return answers(flags, bench)
    except ArgumentError as wrong:
        raise click.UsageError(wrong.reason.read(bench.language)) from wrong


def _object(stream: BinaryIO) -> dict[str, Any]:
    document = _document(stream.read())
    if not isinstance(document, dict):
        raise ArgumentError("--input 须为一个 JSON 对象", "--input: one JSON object is needed")
    return document


def _command(question: Question) -> click.Command:
    """The command of one question: its flags, `--input` and `--batch`."""

    def run(input: BinaryIO | None, batch: BinaryIO | None, **flags: Any) -> None:
        named = {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in _merged(flags).items()
            if value not in (None, ())
        }
        _asked(question.answer, named, input, batch)

    form = question.form
    lists = ", ".join(field.name for field in form.asks if field.listed)
    return click.Command(
        form.name,
        help=form.says.en + (f" Through --input or --batch: {lists}." if lists else ""),
        short_help=form.title.en,
        callback=run,
        params=[
            *(one for field in form.asks if not field.listed for one in _parameters(field)),
            click.Option(
                ["--json"], is_flag=True, expose_value=False, help="nothing changes: the answer is always JSON"
            ),
            click.Option(["--input"], type=click.File("rb"), help="one JSON object of these arguments"),
            click.Option(["--batch"], type=click.File("rb"), help="JSON lines, one object of these arguments each"),
        ],
    )


_FLAG = "_flag"
"""What the flag of an argument that may also stand without one is called inside."""


def _merged(flags: dict[str, Any]) -> dict[str, Any]:
    """The flags by argument; one that was given in both ways is refused unless both say the same."""
    found = {name: value for name, value in flags.items() if not name.endswith(_FLAG)}
    for name, value in flags.items():
        plain = name.removesuffix(_FLAG)
        if plain == name or value is None:
            continue
        if found[plain] not in (None, value):
            raise click.UsageError(f"{plain}: given twice, {found[plain]!r} and {value!r}")
        found[plain] = value
    return found


def _parameters(field: Field) -> list[click.Parameter]:
    """The flag of an argument, in both spellings; one that may stand without a flag (a kind of fee, a parameter) has both."""
    spellings = list(dict.fromkeys((f"--{field.name.replace('_', '-')}", f"--{field.name}")))
    if not field.positional:
        return [click.Option([*spellings, field.name], help=_says(field))]
    if field.kind == "texts":
        return [click.Argument([field.name], required=False, nargs=-1)]
    return [
        click.Argument([field.name], required=False),
        click.Option([*spellings, field.name + _FLAG], help=_says(field)),
    ]


def _says(field: Field) -> str:
    told = [field.title.en, field.hint.en if field.hint else "", " ".join(one.code for one in field.options)]
    return "; ".join(filter(None, told))


for _question in QUESTIONS.values():
    law.add_command(_command(_question))
