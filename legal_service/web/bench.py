"""What the pages and the API answer questions of law from: the law as released, this instance's notices and tables, today."""

from __future__ import annotations

from legal_service import clock
from legal_service.errors import Language
from legal_service.law import files
from legal_service.law.bench import Bench
from legal_service.law.published.files import published
from legal_service.web import reader


def bench(language: Language) -> Bench:
    """The bench of this installation, answering in a language."""
    here = reader.installation()
    return Bench(
        parameters=files.parameters(),
        calendar=here.calendar,
        instruments=files.instruments(),
        today=clock.today(),
        language=language,
        published=lambda: published(here.settings.instance),
    )
