"""Why something is suggested, or warned of: one sentence of the law's own table, its article, and how far that was read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from legal_service.errors import Language, Words
from legal_service.law.parameters import Dated, Parameters, Status


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason or warning. `code` is stable; `basis` the article, or a policy of the house; `status` how far it was checked."""

    code: str
    words: Words
    basis: str
    status: Status

    def as_json(self, language: Language) -> dict[str, str]:
        """`{"code", "text", "basis", "status"}`."""
        return {"code": self.code, "text": self.words.read(language), "basis": self.basis, "status": self.status}


def rule(law: Parameters, key: str, on: date) -> Reason:
    """The sentence of a rule (`jurisdiction/contract`) as it stood on a day. Raises `Refusal` before its first value."""
    dated = law.on(key, on)
    return Reason(key.rpartition("/")[2], Words(zh=dated.value["zh"], en=dated.value["en"]), dated.basis, dated.status)


def unread(used: Sequence[Dated]) -> list[Words]:
    """Which of the values that decided rest on a text nobody here has read; told beside the answer."""
    return [
        Words(
            zh=f"{dated.basis}：条文未经核对，待律师确认",
            en=f"{dated.basis}: the text was not checked and awaits counsel",
        )
        for dated in used
        if dated.status != "verified"
    ]


def fact(code: str, zh: str, en: str, after: Reason) -> Reason:
    """What the facts at hand make of a rule: a sentence of ours on that rule's article."""
    return Reason(code, Words(zh=zh, en=en), after.basis, after.status)


def told(reasons: Sequence[Reason], language: Language) -> list[dict[str, Any]]:
    """Reasons as an answer shows them."""
    return [one.as_json(language) for one in reasons]
