"""What a question of law is answered from: the law as loaded, the day it is asked on, the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from legal_service.errors import Language, Words
from legal_service.law import periods
from legal_service.law.calendar import Calendar
from legal_service.law.citation import Instrument
from legal_service.law.parameters import Parameters
from legal_service.law.published.tables import Published

Answer = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Bench:
    """What a question is answered from: the law as loaded, the day it is asked on, and the reader's language.

    `published` reads the tables of wages and of the loan prime rate, when a question needs them; without it they are empty.
    """

    parameters: Parameters
    calendar: Calendar
    instruments: Mapping[str, Instrument]
    today: date
    language: Language
    published: Callable[[], Published] = Published

    def read(self, words: Words) -> str:
        """The words in the reader's language."""
        return words.read(self.language)

    def computation(self, on: date) -> str:
        """The articles on counting periods as they read on a day."""
        return periods.computation_basis(self.instruments["civil_procedure_law"], self.instruments["civil_code"], on)
