"""`legal law …`: questions of law, pure and without an instance.

Flags for scalars, `--input F.json` for lists, `--batch F.jsonl` for one question per line; `-` reads standard input.
Wrong flags exit 2; a refusal, or a wrong argument in the input file, is JSON on stdout and exit 1; a wrong line of a
batch answers `{"error": …}` in its place and the batch goes on.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from typing import Any, BinaryIO

import click

from legal_service import clock
from legal_service.accounts import schedule_answer
from legal_service.cli import speech
from legal_service.errors import Refusal
from legal_service.law import files
from legal_service.law.arguments import ArgumentError, Given
from legal_service.law.bench import Answer, Bench
from legal_service.law.schemas import answer

Answers = Callable[[Any, Bench], Answer]
"""From the arguments of a question, as they came, to its answer."""


@click.group()
def law() -> None:
    """Questions of law: fees, periods, limitation, identifiers, figures."""


def _bench() -> Bench:
    return Bench(
        parameters=files.parameters(),
        calendar=files.calendar(),
        instruments=files.instruments(),
        today=clock.today(),
        language=speech.language(),
    )


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is no JSON number")


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name occurs twice in one object")
    return found


def _document(raw: bytes) -> Any:
    """Read JSON; a number with a point keeps its digits as text, so that 0.1 stays 0.1."""
    try:
        return json.loads(
            raw.decode("utf-8-sig"), parse_float=str, parse_constant=_no_constant, object_pairs_hook=_no_duplicates
        )
    except (ValueError, RecursionError) as error:
        detail = str(error)[:120]
        raise ArgumentError(f"不是可读的 JSON：{detail}", f"not readable as JSON: {detail}") from error


def _one_line(answers: Answers, raw: bytes, flags: dict[str, Any], bench: Bench) -> Answer:
    try:
        given = _document(raw)
        return answers(flags | given if isinstance(given, dict) else given, bench)
    except Refusal as refusal:
        return {"error": refusal.as_json(bench.language)}


def _asked(answers: Answers, flags: dict[str, Any], from_file: BinaryIO | None, batch: BinaryIO | None) -> None:
    if from_file and batch:
        raise click.UsageError("--input and --batch exclude each other")
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


def add_question(question: str, says: str, answers: Answers, *parameters: click.Parameter) -> None:
    """Add the command of one question: its flags, `--input` and `--batch`."""

    def run(input: BinaryIO | None, batch: BinaryIO | None, **flags: Any) -> None:
        named = {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in flags.items()
            if value not in (None, ())
        }
        _asked(answers, named, input, batch)

    law.add_command(
        click.Command(
            question,
            help=says,
            callback=run,
            params=[
                *parameters,
                click.Option(["--input"], type=click.File("rb"), help="one JSON object of these arguments"),
                click.Option(["--batch"], type=click.File("rb"), help="JSON lines, one object of these arguments each"),
            ],
        )
    )


def _command(question: str, says: str, *parameters: click.Parameter) -> None:
    add_question(question, says, partial(answer, question), *parameters)


def _flag(name: str, says: str) -> click.Option:
    spellings = dict.fromkeys((f"--{name.replace('_', '-')}", f"--{name}"))
    return click.Option([*spellings, name], help=says)


_command(
    "fee",
    "Court fee of KIND court, payment_order, preservation, enforcement or appeal, with its working.",
    click.Argument(["kind"], required=False),
    _flag("amount", "yuan: claimed, contested, preserved or enforced"),
    _flag("on", "day whose law counts; today when absent"),
    _flag("track", "ordinary, simplified or small_claims"),
    _flag("ended", "judgment, mediation or withdrawal"),
)
_command(
    "period",
    "End of a period: raw, last day and internal last day.",
    _flag("from", "day of the event; it does not count"),
    _flag("days", "length in days"),
    _flag("months", "length in months"),
    _flag("years", "length in years"),
    _flag("rule", "a named period, as defence, appeal_judgment or enforcement"),
)
_command(
    "limitation",
    "When a claim or an application for enforcement runs out; events and obstacles through --input.",
    _flag("regime", "general or enforcement"),
    _flag("last_due_on", "last due day, or last day for performance of the title"),
    _flag("accelerated_on", "day the acceleration took effect"),
    _flag("first_breach_on", "day of the first breach, for the longest period"),
    _flag("on", "day of asking; today when absent"),
)
_command(
    "delay-interest",
    "Double interest for delayed performance; obligations, payments and suspensions through --input.",
    _flag("until", "last day counted; today when absent"),
)
add_question(
    "schedule",
    "The repayment schedule that follows from the terms of a loan.",
    lambda arguments, bench: schedule_answer.answer(Given(arguments)),
    _flag("principal", "yuan actually paid out"),
    _flag("annual_rate", "yearly rate as a decimal fraction, 0.18"),
    _flag("months", "number of instalments"),
    _flag("method", "equal_instalment, equal_principal, interest_only or bullet"),
    _flag("disbursed", "day of disbursement"),
    _flag("first_due", "first due day; the later ones keep its day of the month"),
    _flag("day_count", "360 (default) or 365"),
)
_command(
    "allocate",
    "Which of several debts a payment extinguishes; the debts through --input.",
    _flag("on", "day of the payment; today when absent"),
    _flag("amount", "yuan paid"),
)
_command(
    "identifier",
    "Check a number: id_card, uscc, bank_card, mobile or plate.",
    _flag("kind", "kind of number"),
    _flag("value", "the number"),
)
_command(
    "anonymise",
    "Hide names as courts do in published judgments.",
    click.Argument(["names"], nargs=-1, required=False),
)
_command("amount", "An amount in capitals (人民币大写).", _flag("amount", "yuan"))
_command(
    "explain",
    "The value of a legal parameter on a day, its article and how far that was checked.",
    _flag("parameter", "key (periods/enforcement) or Chinese name"),
    _flag("on", "day whose law counts; today when absent"),
)
