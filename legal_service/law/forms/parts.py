"""What a question of law is made of: the fields it asks for and the fields of its answer, with their words in both languages.

One declaration serves the command line (flags), the API (shapes) and the calculator (widgets, headings). It says how a
field is asked and shown; what is right or wrong is decided where the question is answered.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from legal_service.errors import Words
from legal_service.law.parameters import Parameters

Kind = Literal[
    "amount", "rate", "day", "moment", "whole", "choice", "text", "flag", "share", "texts", "rows", "object", "any"
]
"""`moment` is a day, or a day with its hour; `share` is yes, no or an amount; `texts` a list of lines; `rows` a list of objects."""

Shown = Literal["figure", "fact", "working", "steps", "basis", "note", "hidden"]
"""`figure` is printed large; `working` is the sum line by line; `steps` a table of what was considered; `note` a warning."""

Drawn = Literal["", "events", "periods", "parameters"]
"""Choices that the law's own data lists: kinds of interrupting events, named periods, parameters."""


@dataclass(frozen=True, slots=True)
class Option:
    """One code that may be chosen."""

    code: str
    title: Words


@dataclass(frozen=True, slots=True)
class Field:
    """One argument of a question, or one member of its answer.

    `default` is what holds when an argument is left out (`today` for a day); `most` the largest whole number; `positional`
    arguments stand on the command line without a flag. A required member of an answer is never null; an `echo` gives back
    what was entered, or a name of the law, and is not translated.
    """

    name: str
    kind: Kind
    title: Words
    hint: Words | None = None
    required: bool = False
    default: str = ""
    options: tuple[Option, ...] = ()
    drawn: Drawn = ""
    most: int = 0
    fields: tuple[Field, ...] = ()
    positional: bool = False
    shown: Shown = "fact"
    echo: bool = False

    @property
    def listed(self) -> bool:
        """Whether it is a list, which no flag of the command line can carry."""
        return self.kind == "rows" or (self.kind == "texts" and not self.positional)

    def choices(self, parameters: Parameters) -> tuple[Option, ...]:
        """What may be chosen, data of the law included."""
        if self.drawn == "events":
            values = [dated.value for dated in parameters.parameter("limitation/events").values]
            known = {code: Words(event["zh"], event["en"]) for value in values for code, event in value.items()}
            return tuple(Option(code, title) for code, title in known.items())
        if self.drawn == "periods":
            found = parameters.within("periods").items()
            return tuple(Option(key, one.name) for key, one in found)
        if self.drawn == "parameters":
            return tuple(Option(one.key, one.name) for one in parameters)
        return self.options


@dataclass(frozen=True, slots=True)
class Form:
    """One question: its name (`delay-interest`), what it is called, what it answers, which fields come and go.

    A `personal` one takes numbers or names of persons and is never asked by address.
    """

    name: str
    group: Words
    title: Words
    says: Words
    asks: tuple[Field, ...]
    gives: tuple[Field, ...]
    personal: bool = False

    @property
    def scalar(self) -> bool:
        """Whether all its arguments may stand in an address of the API."""
        return not self.personal and not any(field.listed for field in self.asks)


def options(words: Mapping[str, tuple[str, str]]) -> tuple[Option, ...]:
    """Options from code → (Chinese, English)."""
    return tuple(Option(code, Words(zh, en)) for code, (zh, en) in words.items())


def field(name: str, kind: Kind, zh: str, en: str, **how: object) -> Field:
    """One field; a `hint` may be given as (Chinese, English)."""
    hint = how.pop("hint", None)
    made = Field(name, kind, Words(zh, en), Words(*hint) if isinstance(hint, tuple) else None)
    return replace(made, **how)  # type: ignore[arg-type]


def amount(name: str, zh: str, en: str, **how: object) -> Field:
    """An amount of yuan."""
    return field(name, "amount", zh, en, **how)


def day(name: str, zh: str, en: str, **how: object) -> Field:
    """A date."""
    return field(name, "day", zh, en, **how)


def chosen(name: str, zh: str, en: str, words: Mapping[str, tuple[str, str]], **how: object) -> Field:
    """One of some codes."""
    return field(name, "choice", zh, en, options=options(words), **how)


def basis(zh: str = "依据", en: str = "Basis") -> Field:
    """The articles an answer, or a step of it, rests on."""
    return field("basis", "text", zh, en, shown="basis", required=True)


def working(zh: str = "计算过程", en: str = "Working") -> Field:
    """The sum, line by line."""
    return field("working", "texts", zh, en, shown="working", required=True)


def rows(name: str, zh: str, en: str, *fields: Field, **how: object) -> Field:
    """A list of objects."""
    return field(name, "rows", zh, en, fields=fields, **how)


ON = day("on", "以何日法律为准", "Law as of", default="today", hint=("默认今日", "today when left out"))
FEES, TIME = Words("诉讼费用", "Court fees"), Words("期间与时效", "Periods and limitation")
MONEY = Words("本息与抵充", "Interest and appropriation")
COURT = Words("管辖与程序", "Jurisdiction and procedure")
TOOLS = Words("核验与书写", "Checking and writing")
GROUPS = (FEES, TIME, MONEY, COURT, TOOLS)
"""How the calculator's contents are ordered."""
