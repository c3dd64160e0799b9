"""The evidence catalogue (证据目录): every item numbered by class, with source, purpose, brief content, copies and pages.

民事证据规定 第十九条 asks for numbering by class, source, proof purpose and brief content, signature and date, and copies for each
opponent; 第十四条、第十五条 distinguish originals, copies and electronic data, so that each row says which it is and by what
hash it can be recognised.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from legal_service.errors import Words
from legal_service.evidence.drawers import GROUPS
from legal_service.money import Fen, amount_text, grouped

FORM_NAMES = {
    "original": Words(zh="原件", en="original"),
    "copy": Words(zh="复印件", en="copy"),
    "electronic": Words(zh="电子数据", en="electronic data"),
    "generated": Words(zh="电子数据（系统生成）", en="electronic data (made by this system)"),
}

_DIGITS = "〇一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above and below the table. `copies` is one for the court and one for each opponent."""

    package_id: str
    title: str
    case_no: str
    court: str
    cause: str
    submitter: str
    opponents: tuple[str, ...]
    on: date
    copies: int
    claim_total: Fen
    request: str
    request_name: str


@dataclass(frozen=True, slots=True)
class Row:
    """One item. `file` is its path in the package, empty when it is withheld; pages are those of the binder.

    `sha256` is of the file as shown here; `original_sha256` of the item in the vault when this copy was redacted.
    """

    number: int
    group: str
    kind: str
    name: str
    file: str
    first_page: int
    last_page: int
    source: str
    form: str
    obtained_on: date | None
    sha256: str
    original_sha256: str
    proves: str
    claims: tuple[int, ...]
    remark: str

    @property
    def pages(self) -> int:
        """How many pages it takes in the binder."""
        return self.last_page - self.first_page + 1


def as_json(head: Head, rows: Sequence[Row], *, pages: int) -> bytes:
    """catalogue.json: what `legal package verify` compares with the files and the binder."""
    content: dict[str, Any] = {
        "package_id": head.package_id,
        "title": head.title,
        "case_no": head.case_no,
        "court": head.court,
        "cause": head.cause,
        "submitter": head.submitter,
        "opponents": list(head.opponents),
        "submitted_on": head.on.isoformat(),
        "copies": head.copies,
        "claim_total": amount_text(head.claim_total),
        "pages": pages,
        "exhibits": [_row_json(row, head.copies) for row in rows],
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def _row_json(row: Row, copies: int) -> dict[str, Any]:
    return {
        "number": row.number,
        "class": GROUPS[row.group].zh,
        "kind": row.kind,
        "name": row.name,
        "file": row.file,
        "copies": copies,
        "pages": row.pages,
        "first_page": row.first_page,
        "last_page": row.last_page,
        "source": row.source,
        "form": row.form,
        "obtained_on": row.obtained_on.isoformat() if row.obtained_on else None,
        "sha256": row.sha256,
        "original_sha256": row.original_sha256,
        "proves": row.proves,
        "claims": list(row.claims),
        "remark": row.remark,
    }


def context(head: Head, rows: Sequence[Row], *, pages: int) -> dict[str, Any]:
    """What the template of the catalogue prints: texts and whole numbers only."""
    return {
        "package_id": head.package_id,
        "title": head.title,
        "case_no": head.case_no,
        "court": head.court,
        "cause": head.cause,
        "submitter": head.submitter,
        "opponents": "、".join(head.opponents),
        "on": chinese_date(head.on),
        "copies": head.copies,
        "claim_total": grouped(head.claim_total),
        "request": head.request,
        "pages": pages,
        "count": len(rows),
        "groups": _grouped(rows, head),
    }


def _grouped(rows: Sequence[Row], head: Head) -> list[dict[str, Any]]:
    groups: list[dict[str, Any]] = []
    for row in rows:
        if not groups or groups[-1]["code"] != row.group:
            groups.append(
                {"code": row.group, "ordinal": ordinal(len(groups) + 1), "title": GROUPS[row.group].zh, "rows": []}
            )
        groups[-1]["rows"].append(
            {
                "number": row.number,
                "name": row.name,
                "copies": head.copies,
                "pages": row.pages,
                "range": page_range(row.first_page, row.last_page),
                "source": row.source,
                "obtained": chinese_date(row.obtained_on) if row.obtained_on else "",
                "form": FORM_NAMES[row.form].zh,
                "file": row.file.removeprefix("data/"),
                "sha256": row.sha256,
                "proves": row.proves,
                "claims": claims_text(row.claims, head.request_name),
                "remark": row.remark,
            }
        )
    return groups


def claims_text(claims: Sequence[int], request_name: str) -> str:
    """The items of the request that a row supports.

    >>> claims_text((1, 2), "诉讼请求"), claims_text((), "诉讼请求")
    ('对应诉讼请求第1、2项', '')
    """
    return f"对应{request_name}第{'、'.join(str(number) for number in claims)}项" if claims else ""


def page_range(first: int, last: int) -> str:
    """Page numbers as the catalogue prints them.

    >>> page_range(4, 4), page_range(5, 12)
    ('第4页', '第5至12页')
    """
    return f"第{first}页" if first == last else f"第{first}至{last}页"


def chinese_date(on: date) -> str:
    """A date as court papers print it.

    >>> chinese_date(date(2026, 11, 3))
    '2026年11月3日'
    """
    return f"{on.year}年{on.month}月{on.day}日"


def ordinal(number: int) -> str:
    """The number of a class, from 一 to 二十.

    >>> ordinal(3), ordinal(10), ordinal(12)
    ('三', '十', '十二')
    """
    return _DIGITS[number] if number <= 10 else f"十{_DIGITS[number - 10]}"
