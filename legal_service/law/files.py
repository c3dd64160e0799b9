"""The definitions of the law as they lie in this package, read once."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from legal_service import definitions
from legal_service.law import calendar as calendars
from legal_service.law import citation
from legal_service.law import parameters as dated
from legal_service.law.calendar import Calendar
from legal_service.law.citation import Instrument
from legal_service.law.parameters import Parameters

HERE = Path(__file__).resolve().parent


@cache
def parameters() -> Parameters:
    """Every dated parameter. Raises `DefinitionError` when one has no basis."""
    return load_parameters(HERE / "parameters")


@cache
def calendar() -> Calendar:
    """The holidays of every year whose notice is loaded."""
    loaded = definitions.load_all(HERE / "holidays")
    return Calendar(calendars.from_definition(name, definition) for name, definition in loaded.items())


@cache
def instruments() -> dict[str, Instrument]:
    """The laws and interpretations, by code (`civil_procedure_law`)."""
    loaded = definitions.load_all(HERE / "instruments")
    return {code: citation.from_definition(code, definition) for code, definition in loaded.items()}


def load_parameters(folder: Path) -> Parameters:
    """Read a folder of parameters; tests and drafts of new law read their own."""
    loaded = definitions.load_all(folder)
    return Parameters({key: dated.from_definition(key, definition) for key, definition in loaded.items()})
