"""How the command line speaks: one JSON document on stdout, everything else on stderr, exit 1 for a refusal.

Every command that may refuse is decorated `@speech.refusals()`; a click usage error exits 2 by itself.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager

import click
from environs import EnvError

from legal_service import config
from legal_service.errors import Findings, Language, Refusal


def language() -> Language:
    """The reader's language; Chinese when the settings cannot be read (`legal config check` says what is wrong there)."""
    try:
        return config.load().language
    except (EnvError, tomllib.TOMLDecodeError, OSError):
        return "zh"


def emit(document: object) -> None:
    """Print the one JSON document of a command, in UTF-8 whatever the terminal's locale."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=2).encode())


def emit_line(document: object) -> None:
    """Print one line of a JSON-lines answer."""
    click.echo(json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode())


@contextmanager
def refusals() -> Iterator[None]:
    """Turn a `Refusal` or `Findings` into the contract's JSON and exit 1; works as decorator and as `with`."""
    try:
        yield
    except Refusal as refusal:
        emit({"refusal": refusal.as_json(language())})
        raise SystemExit(1) from refusal
    except Findings as findings:
        tongue = language()
        emit({"findings": [finding.as_json(tongue) for finding in findings.findings]})
        raise SystemExit(1) from findings
