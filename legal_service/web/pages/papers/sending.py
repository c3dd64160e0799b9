"""Files handed to a reader of the desk: always saved, never opened inside the page, and nobody guesses what they are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from flask import Response

from legal_service import labels
from legal_service.errors import Finding, Words
from legal_service.redaction.masks import masked
from legal_service.redaction.spans import KnownValue
from legal_service.vault.media import UNKNOWN

labels.register(
    "trail_action",
    {
        "evidence.read": ("下载证据原件", "original downloaded"),
        "filing.read": ("查看或下载文书", "filing looked at or downloaded"),
    },
)

SAFE = frozenset(
    {
        "application/pdf",
        "application/zip",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "image/png",
        "image/jpeg",
        "image/tiff",
        "audio/mpeg",
        "audio/wav",
        "video/mp4",
    }
)
"""Media types named as they are; anything else leaves as bytes: a page or a drawing could carry a script."""


def attachment(content: bytes, *, media_type: str, filename: str) -> Response:
    """The answer that hands over a file."""
    answer = Response(content, content_type=media_type if media_type in SAFE else UNKNOWN)
    answer.headers.set("Content-Disposition", "attachment", filename=filename)
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def without_names(text: str, known: Iterable[KnownValue]) -> str:
    """A file name or source as pages show it: what is known of the case's persons is masked in it.

    >>> from legal_service.redaction.kinds import Kind
    >>> without_names("程某身份证.pdf", [KnownValue(Kind.PERSON, "程某")])
    '程*身份证.pdf'
    """
    for one in sorted(known, key=lambda each: len(each.value), reverse=True):
        if len(one.value) > 1:
            text = text.replace(one.value, masked(one.kind, one.value))
    return text


def findings_without_names(findings: Iterable[Finding], known: Iterable[KnownValue]) -> list[Finding]:
    """Findings as pages show them: many name the party they are about."""
    values = tuple(known)
    return [
        replace(
            one,
            message=Words(zh=without_names(one.message.zh, values), en=without_names(one.message.en, values)),
        )
        for one in findings
    ]
