"""A rule that says no says why: one `Refusal` for one thing refused, `Finding`s for many things wrong.

Both speak Chinese and English; the door (command line, page, API) picks the reader's language.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Language = Literal["zh", "en"]
Severity = Literal["error", "doubt"]


@dataclass(frozen=True, slots=True)
class Words:
    """One sentence in both languages of the house."""

    zh: str
    en: str

    def read(self, language: Language) -> str:
        """The sentence in the reader's language.

        >>> Words(zh="金额有误", en="wrong amount").read("en")
        'wrong amount'
        """
        return self.zh if language == "zh" else self.en


class Refusal(Exception):
    """One thing refused.

    `code` is stable and machine-readable, `reason` says what and what to do next, `basis` is the article
    (民事诉讼法(2023修正) 第一百二十二条) or, for a policy of the house, begins with 「机构内部规则」.
    """

    def __init__(self, code: str, reason: Words, basis: str = "") -> None:
        super().__init__(f"{code}: {reason.en}")
        self.code = code
        self.reason = reason
        self.basis = basis

    def as_json(self, language: Language) -> dict[str, str]:
        """The shape of contract.md: `{"code", "reason", "basis"}`."""
        return {"code": self.code, "reason": self.reason.read(language), "basis": self.basis}


@dataclass(frozen=True, slots=True)
class Finding:
    """One of many things wrong, at one place.

    `where` reads like `loans.csv:17:PRINCIPAL` (line 1 is the header); `error` stops the operation, `doubt` does not.
    """

    code: str
    severity: Severity
    where: str
    message: Words
    basis: str = ""

    def as_json(self, language: Language) -> dict[str, str]:
        """The shape of contract.md: `{"code", "severity", "where", "message", "basis"}`."""
        return {
            "code": self.code,
            "severity": self.severity,
            "where": self.where,
            "message": self.message.read(language),
            "basis": self.basis,
        }


def told(finding: Finding) -> dict[str, str]:
    """A finding as a job's row keeps it: in both languages, for whoever reads it later."""
    return finding.as_json("zh") | {"message_en": finding.message.en}


class Findings(Exception):
    """An operation refused as a whole because of many findings; nothing was written."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__(f"{len(findings)} findings")
        self.findings = findings
