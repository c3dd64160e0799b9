"""What can be told of the fields of a question before it is put: every one that is missing or not written as it must be.

The law stops at the first wrong argument it reads; a reader wants all of them at once, in the words of the page.
"""

from __future__ import annotations

from collections.abc import Iterator

from legal_service.errors import Refusal, Words
from legal_service.law.arguments import Given
from legal_service.law.forms.parts import Field, Form
from legal_service.law.parameters import Parameters
from legal_service.web.pages.calculator.entries import Entries

MOST_LISTED = 8
MISSING = Words("此项必填", "is required")


def faults(form: Form, entered: Entries, parameters: Parameters) -> dict[str, Words]:
    """Field on the page → what is wrong with it, in the order of the page."""
    arguments = entered.arguments(form)
    found: dict[str, Words] = {}
    for one in form.asks:
        if one.kind == "rows":
            rows = entered.filled(one)
            found |= {
                f"{one.name}.{place}.{each.name}": rule
                for place, row in rows
                for each, rule in _wrong(one.fields, row, parameters)
            }
            if one.required and not rows:
                found[one.name] = MISSING
        else:
            found |= {each.name: rule for each, rule in _wrong((one,), arguments, parameters)}
    return found


def _wrong(fields: tuple[Field, ...], written: dict[str, str], parameters: Parameters) -> Iterator[tuple[Field, Words]]:
    for one in fields:
        if one.name not in written:
            if one.required:
                yield one, MISSING
        elif rule := _rule(one, written, parameters):
            yield one, rule


def _rule(one: Field, written: dict[str, str], parameters: Parameters) -> Words | None:
    """What a value breaks; None where it may be read."""
    value = written[one.name]
    if one.kind == "choice":
        return None if one.drawn in ("periods", "parameters") else _no_choice(one, value, parameters)
    try:
        _read(one, Given(written))
    except Refusal as refusal:
        rule = getattr(refusal, "rule", refusal.reason)
        return rule if isinstance(rule, Words) else refusal.reason
    return None


def _read(one: Field, given: Given) -> None:
    """Read a value as the law will; a text may be anything."""
    match one.kind:
        case "amount":
            given.amount(one.name)
        case "rate":
            given.rate(one.name)
        case "whole":
            given.whole(one.name, one.most or 999_999_999)
        case "day":
            given.day(one.name)
        case "moment":
            (given.moment if "T" in given.text(one.name) else given.day)(one.name)
        case "flag":
            given.flag(one.name)


def _no_choice(one: Field, value: str, parameters: Parameters) -> Words | None:
    options = one.choices(parameters)
    if value in {each.code for each in options}:
        return None
    if len(options) > MOST_LISTED:
        return Words(f"没有「{value[:40]}」这一项，请从列表中选择", f"there is no “{value[:40]}”; choose from the list")
    return Words(
        f"没有「{value[:40]}」这一项，可选：{'、'.join(each.title.zh for each in options)}",
        f"there is no “{value[:40]}”; choose from: {'; '.join(each.title.en for each in options)}",
    )
