"""Personal data in answers: always masked. What the house knows of a case is hidden by value, the rest by pattern.

Revealing a value is an act with a reason, and is done on the page (permission `personal.reveal`), never by the API.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from legal_service.redaction.kinds import Audience, Kind
from legal_service.redaction.masks import masked
from legal_service.redaction.operators import Redactor
from legal_service.redaction.policy import Operator, Policy
from legal_service.redaction.spans import KnownValue
from legal_service.redaction.text import redact_text

OF_ORGANISATIONS = frozenset({Kind.USCC, Kind.ORGANISATION, Kind.ACCOUNT})
"""The lender's particulars are no personal data and stay as they are."""

PROSE = frozenset({"message", "message_en", "reason", "reason_en", "where", "says"})
"""Where the outcome of a job speaks in sentences, which may quote a row; its codes, hashes and numbers stay as they are."""


@cache
def _policy() -> Policy:
    operators = {kind: Operator.KEEP if kind in OF_ORGANISATIONS else Operator.MASK for kind in Kind}
    return Policy(Audience.REGULATOR, "api", operators, "个人信息保护法 第五十一条")


def prose(text: str, known: Iterable[KnownValue] = ()) -> str:
    """A sentence with every personal value in it masked.

    >>> prose("致电 13812345678 未接")
    '致电 138****5678 未接'
    """
    return redact_text(text, Redactor(_policy()), tuple(known))


def value(kind: Kind, raw: str) -> str:
    """One value of a known kind, masked; empty stays empty.

    >>> value(Kind.PERSON, "张三")
    '张*'
    """
    return masked(kind, raw) if raw else ""


def outcome(told: Any, name: str = "") -> Any:
    """What came of a job with its sentences masked."""
    if isinstance(told, dict):
        return {key: outcome(inner, key) for key, inner in told.items()}
    if isinstance(told, list):
        return [outcome(inner, name) for inner in told]
    return prose(told) if isinstance(told, str) and name in PROSE else told
