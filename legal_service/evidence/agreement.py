"""Do the parts of a package agree with one another: catalogue and files, catalogue and binder, custody log and exhibits?"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import pikepdf

from legal_service.evidence.archive import Tree
from legal_service.vault import custody

_TEXT_LIMIT = 64 << 20
_BINDER_LIMIT = 1 << 30
_UNREADABLE_JSON = (ValueError, RecursionError)
_UNREADABLE_ENTRY = (KeyError, ValueError, TypeError, AttributeError, OverflowError, RecursionError)


@dataclass(slots=True)
class Examination:
    """One package under examination: what was read of it so far."""

    tree: Tree
    digests: dict[str, str] = field(default_factory=dict)
    exhibits: list[dict[str, Any]] = field(default_factory=list)
    pages: int = 0

    def text(self, name: str) -> bytes | None:
        """A small file, or None when it is missing or unreadable (which is found elsewhere)."""
        if name not in self.digests:
            return None
        if self.tree.entries[name].size > _TEXT_LIMIT:
            self.tree.add(name, "too_large", "文件过大，未能核对", "too large to be checked")
            return None
        return self.tree.content(name, _TEXT_LIMIT)


def check_catalogue(case: Examination) -> None:
    """The catalogue names the files that are there, their pages follow one another, and the binder has as many."""
    name = "data/catalogue.json"
    content = case.text(name)
    if content is None:
        return
    try:
        catalogue = json.loads(content)
        pages = int(catalogue["pages"])
        rows = [dict(row) for row in catalogue["exhibits"]]
        places = [_place(row) for row in rows]
    except (*_UNREADABLE_JSON, *_UNREADABLE_ENTRY) as error:
        case.tree.add(
            name, "catalogue", f"证据目录无法读取：{error}"[:200], f"the catalogue cannot be read: {error}"[:200]
        )
        return
    case.exhibits = rows
    last = 0
    for number, file, sha256, first, final in places:
        if file and (file not in case.tree.entries or case.digests.get(file, sha256) != sha256):
            case.tree.add(
                file,
                "catalogue_digest",
                f"与证据目录第 {number} 项的哈希值不符",
                f"not the file that item {number} of the catalogue names",
            )
        if not last < first <= final <= pages:
            case.tree.add(
                name, "catalogue_pages", f"第 {number} 项的页码不连贯", f"the pages of item {number} do not follow"
            )
        last = final
    named = {file for _, file, _, _, _ in places}
    for stray in sorted(each for each in case.tree.entries if each.startswith("data/exhibits/") and each not in named):
        case.tree.add(stray, "not_in_catalogue", "证据未列入证据目录", "an exhibit that the catalogue does not list")
    _check_pages(case, pages)


def _place(row: dict[str, Any]) -> tuple[int, str, str, int, int]:
    file = row["file"]
    return (
        int(row["number"]),
        str(file) if file else "",
        str(row["sha256"]),
        int(row["first_page"]),
        int(row["last_page"]),
    )


def _check_pages(case: Examination, pages: int) -> None:
    name = "data/binder.pdf"
    if name not in case.digests:
        return
    try:
        content = case.tree.content(name, _BINDER_LIMIT)
        with pikepdf.open(io.BytesIO(content)) as pdf:
            case.pages = len(pdf.pages)
    except (pikepdf.PdfError, ValueError, RuntimeError, OSError) as error:
        case.tree.add(
            name, "binder_unreadable", f"证据册无法打开：{error}"[:200], f"the binder cannot be opened: {error}"[:200]
        )
        return
    if case.pages != pages:
        case.tree.add(
            name,
            "binder_pages",
            f"证据册 {case.pages} 页，证据目录称 {pages} 页",
            f"the binder has {case.pages} pages, the catalogue says {pages}",
        )


def check_custody(case: Examination) -> None:
    """The custody log is whole for each item in it, and has every exhibit."""
    name = "metadata/custody.jsonl"
    content = case.text(name)
    if content is None:
        return
    try:
        entries = [custody.read(json.loads(line)) for line in content.decode("utf-8").split("\n") if line]
        broken = custody.verify_items(entries)
    except (*_UNREADABLE_JSON, *_UNREADABLE_ENTRY) as error:
        case.tree.add(
            name, "custody", f"保管记录无法读取：{error}"[:200], f"the custody log cannot be read: {error}"[:200]
        )
        return
    if broken is not None:
        case.tree.add(
            name,
            "custody_broken",
            f"保管记录第 {broken.seq} 条与前后不连续（{broken.code}）",
            f"the custody log breaks at entry {broken.seq} ({broken.code})",
        )
    kept = {entry.sha256 for entry in entries}
    for row in case.exhibits:
        if row.get("file") and kept.isdisjoint(_hashes(row)):
            case.tree.add(
                str(row["file"]),
                "no_custody",
                "没有该件证据的保管记录",
                "the custody log has no entry for this exhibit",
            )


def _hashes(row: dict[str, Any]) -> Iterable[str]:
    return {str(row.get("sha256", "")), str(row.get("original_sha256", ""))}
