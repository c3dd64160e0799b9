"""Finding personal data in notes of contacts and complaints, against a handful of regular expressions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from benchmarks import material
from benchmarks.pairing import Pair
from legal_service.intake.sample.credit_files import CreditFile
from legal_service.redaction.detect import detect

LOANS = 60
NAIVE = tuple(
    re.compile(pattern)
    for pattern in (
        r"\d{17}[\dXx]",
        r"(?<!\d)1\d{10}(?!\d)",
        r"(?<!\d)\d{16,19}(?!\d)",
        r"0\d{2,3}-\d{7,8}",
        r"[\w.+-]+@[\w-]+\.[\w.]+",
        r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤川青藏琼宁][A-Z][A-Z0-9]{5,6}",
        r"(?<=借款人)[\u4e00-\u9fff]{2,3}",
        r"[\u4e00-\u9fff]{2,}[省市区县][\u4e00-\u9fff\d]+[路街道]\d+号",
    )
)
"""What one would write first, with a name only where 借款人 stands before it."""

Found = list[list[tuple[int, int]]]


@contextmanager
def pair() -> Iterator[Pair]:
    """Neither side is told who the parties are; how much each finds of what is known to be there is in the note."""
    texts, planted = _texts(material.credit_files(LOANS))

    def agree(ours: Found, peer: Found) -> str:
        total = sum(map(len, planted))
        return (
            f"values found of {total} known to be there: ours {_covered(ours, planted)}, peer {_covered(peer, planted)}"
        )

    yield Pair(
        ours=lambda: [[(span.start, span.end) for span in detect(text)] for text in texts],
        peer=lambda: [[match.span() for pattern in NAIVE for match in pattern.finditer(text)] for text in texts],
        peer_name=f"{len(NAIVE)} regular expressions",
        unit="thousand characters/s",
        amount=sum(map(len, texts)) / 1000,
        note=f"{len(texts)} notes, no known values given to either side",
        agree=agree,
    )


def _texts(files: Sequence[CreditFile]) -> tuple[list[str], Found]:
    """The notes, and where in each a value of the borrower or the next of kin stands."""
    texts: list[str] = []
    planted: Found = []
    for file in files:
        people = [file.borrower, file.kin]
        values = {
            getattr(one, name, "")
            for one in people
            for name in ("name", "phone", "phone2", "id_number", "bank_card", "email")
        }
        notes = [contact.content for contact in file.contacts] + [complaint.content for complaint in file.complaints]
        for text in dict.fromkeys(notes):
            texts.append(text)
            planted.append([match.span() for value in values if value for match in re.finditer(re.escape(value), text)])
    return texts, planted


def _covered(found: Found, planted: Found) -> int:
    return sum(
        any(start <= first and last <= end for start, end in spans)
        for spans, values in zip(found, planted, strict=True)
        for first, last in values
    )
