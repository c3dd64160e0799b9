"""The parties of a case as everybody sees them: every personal value masked, each with the code by which it may be shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from legal_service.cases import queries
from legal_service.cases.personal import PersonalField


@dataclass(frozen=True, slots=True)
class Value:
    """One value on the page: masked, or in clear where the reader has just asked for it."""

    code: str
    which: str
    text: str
    shown: bool


@dataclass(frozen=True, slots=True)
class Party:
    """One party with its values. `of` is the loan of an address for service, or the number of a guarantor in the books."""

    party: str
    of: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Revealed:
    """A value that the reader asked for; it lives in this one answer and nowhere else."""

    code: str
    value: str


def value_of(field: PersonalField, revealed: Revealed | None) -> Value:
    """A field as it stands on the page."""
    shown = revealed is not None and revealed.code == field.code
    text = revealed.value if revealed is not None and shown else field.masked
    return Value(field.code, field.which, text, shown)


def values_by_code(fields: Iterable[PersonalField], revealed: Revealed | None) -> dict[str, Value]:
    """Fields by their codes."""
    return {field.code: value_of(field, revealed) for field in fields}


def parties_of(session: Session, case_no: str, revealed: Revealed | None) -> list[Party]:
    """The borrower, the agreed addresses for service, the guarantors."""
    grouped: dict[tuple[str, str], list[Value]] = {}
    for field in queries.personal_fields(session, case_no):
        grouped.setdefault((field.party, field.of), []).append(value_of(field, revealed))
    return [Party(party, of, tuple(values)) for (party, of), values in grouped.items()]
