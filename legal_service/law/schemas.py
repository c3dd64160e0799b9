"""Questions of law in JSON: which arguments each takes and what its answer looks like (contract.md section 5).

Each question is one function from its arguments to its answer; the command line and the API ask through `answer`.
Amounts are texts with two decimals, dates ISO 8601.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, get_args

from legal_service.errors import Words
from legal_service.law import anonymise, figures, forum_questions, identifiers, periods
from legal_service.law.arguments import ArgumentError, Given
from legal_service.law.bench import Answer, Bench
from legal_service.law.debt_questions import allocate, delay_interest, limitation
from legal_service.law.fee_questions import fee, fee_change
from legal_service.law.guarantee_question import guarantee
from legal_service.law.parameters import Parameter


def answer(question: str, arguments: Any, bench: Bench) -> Answer:
    """Answer one question. Raises `ArgumentError` for wrong arguments, another `Refusal` where the law gives no answer."""
    given = Given(arguments)
    return QUESTIONS[question](given, bench)


def _period(given: Given, bench: Bench) -> Answer:
    units: dict[str, periods.Unit] = {"days": "day", "months": "month", "years": "year"}
    named = [name for name in (*units, "rule", "hours") if given.has(name)]
    if len(named) != 1:
        raise ArgumentError(
            "days、months、years、rule、hours 须且只须给出一项",
            "exactly one of days, months, years, rule, hours is needed",
        )
    if named == ["hours"]:
        return _hours(given, bench)
    start = given.day("from")
    awaiting: list[Words] = []
    if named == ["rule"]:
        rule = _rule(given.text("rule"), bench)
        given.finish()
        found = periods.by_rule(rule, start, bench.calendar, bench.computation(start))
        awaiting = periods.awaiting(rule, start, found, bench.calendar)
    else:
        length = periods.Length(given.whole(named[0], 100_000), units[named[0]])
        given.finish()
        found = periods.reckon(start, length, bench.calendar, basis=bench.computation(start))
    return {
        "raw": found.raw.isoformat(),
        "last_day": found.last_day.isoformat(),
        "internal": found.internal.isoformat(),
        "provisional": found.provisional,
        "basis": found.basis,
        "awaiting_counsel": [bench.read(one) for one in awaiting],
        "notes": _notes(start, bench),
    }


def _hours(given: Given, bench: Bench) -> Answer:
    """A period in hours: its last day is the day of its last hour, and no holiday moves it."""
    event = given.moment("from")
    number = given.whole("hours", 100_000)
    given.finish()
    on = event.date()
    article = bench.instruments["civil_procedure_interpretation"].cite(125, written="2022修正", on=on)
    found = periods.reckon_hours(event, number, basis=f"{bench.computation(on)}；{article}")
    last_day = found.ends_at.date()
    return {
        "raw": last_day.isoformat(),
        "last_day": last_day.isoformat(),
        "internal": last_day.isoformat(),
        "provisional": False,
        "begins_at": found.begins_at.isoformat(timespec="minutes"),
        "ends_at": found.ends_at.isoformat(timespec="minutes"),
        "basis": found.basis,
        "awaiting_counsel": [bench.read(periods.HOURS_DO_NOT_ROLL)],
        "notes": _notes(on, bench),
    }


def _notes(on: date, bench: Bench) -> list[str]:
    return [bench.read(one) for one in periods.notes(bench.instruments["civil_procedure_law"], on)]


def _rule(name: str, bench: Bench) -> Parameter:
    rules = bench.parameters.within("periods")
    by_name = {word.lower(): rule for rule in rules.values() for word in (rule.name.zh, rule.name.en)}
    found = rules.get(name.removeprefix("periods/")) or by_name.get(name.lower())
    if found is None:
        near = bench.parameters.near(name, "periods")
        rule = Words(f"没有名为「{name[:40]}」的期间{near.zh}", f"there is no period “{name[:40]}”{near.en}")
        raise ArgumentError(f"rule：{rule.zh}", f"rule: {rule.en}", field="rule", rule=rule)
    return found


def _identifier(given: Given, bench: Bench) -> Answer:
    kind = given.choice("kind", get_args(identifiers.Kind))
    value = given.text("value")
    given.finish()
    found = identifiers.check(kind, value, bench.today)
    return {"valid": found.valid, "why": bench.read(found.why), "parts": found.parts}


def _amount(given: Given, bench: Bench) -> Answer:
    amount = given.amount("amount")
    given.finish()
    return {"chinese": figures.capitals(amount)}


def _anonymise(given: Given, bench: Bench) -> Answer:
    names = given.texts("names", required=True)
    given.finish()
    return {"names": anonymise.hide_all(names)}


def _explain(given: Given, bench: Bench) -> Answer:
    if not given.has("parameter"):
        raise _none_named(bench)
    parameter = bench.parameters.parameter(given.text("parameter"))
    on = given.day("on", bench.today)
    given.finish()
    found = parameter.on(on)
    return {
        "value": _plain(found.value),
        "unit": parameter.unit,
        "basis": found.basis,
        "status": found.status,
        "since": found.since.isoformat(),
        "parameter": parameter.key,
        "name": bench.read(parameter.name),
        "says": bench.read(parameter.says),
        "note": bench.read(parameter.noted(found)),
    }


def _none_named(bench: Bench) -> ArgumentError:
    """Which parameters there are, one a line."""
    zh = "".join(f"\n  {one.key} {one.name.zh}" for one in bench.parameters)
    en = "".join(f"\n  {one.key} {one.name.en}" for one in bench.parameters)
    missing = Words("缺少此参数", "this argument is missing")
    return ArgumentError(
        f"parameter：{missing.zh}；现有：{zh}\n",
        f"parameter: {missing.en}; there are:{en}\n",
        field="parameter",
        rule=missing,
    )


def _plain(value: Any) -> Any:
    """A parameter's value in JSON: exact decimals become texts, whole numbers stay numbers."""
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, dict):
        return {str(name): _plain(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value


QUESTIONS: dict[str, Callable[[Given, Bench], Answer]] = {
    "fee": fee,
    "fee-change": fee_change,
    "period": _period,
    "limitation": limitation,
    "guarantee": guarantee,
    "delay-interest": delay_interest,
    "allocate": allocate,
    "jurisdiction": forum_questions.jurisdiction,
    "track": forum_questions.track,
    "ceiling": forum_questions.ceiling,
    "identifier": _identifier,
    "anonymise": _anonymise,
    "amount": _amount,
    "explain": _explain,
}
"""Question → what answers it. Each has its form in `law/forms`, from which command line, API and calculator are made."""
