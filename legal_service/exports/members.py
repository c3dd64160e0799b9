"""What is in a package, read from the package itself: its manifests name every file, its catalogue says what the exhibits are."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, BinaryIO

from legal_service.errors import Refusal, Words
from legal_service.evidence import bag
from legal_service.evidence.archive import Tree, read_zip

CATALOGUE = "data/catalogue.json"
BASIS = "最高人民法院关于民事诉讼证据的若干规定(2019修正) 第九十三条"

TITLES: Mapping[str, Words] = {
    "data/binder.pdf": Words(zh="装订册", en="binder: everything bound, with page numbers"),
    "data/catalogue.pdf": Words(zh="证据目录", en="evidence catalogue"),
    CATALOGUE: Words(zh="证据目录（数据）", en="evidence catalogue (data)"),
    "data/statement.pdf": Words(zh="欠款明细", en="statement of account"),
    "data/statement.xlsx": Words(zh="欠款明细（表格）", en="statement of account (workbook)"),
    "data/statement.json": Words(zh="欠款明细（数据）", en="statement of account (data)"),
    "metadata/custody.jsonl": Words(zh="保管记录", en="custody log"),
    "metadata/provenance.jsonl": Words(zh="数字来源记录", en="where every number came from"),
    "metadata/redactions.jsonl": Words(zh="脱敏记录", en="what was redacted where"),
    "metadata/verify.html": Words(zh="离线核对页", en="offline page to verify the package"),
    bag.TIMESTAMP: Words(zh="可信时间戳", en="trusted timestamp"),
    bag.CHAIN: Words(zh="时间戳机构证书", en="certificates of the timestamping authority"),
    "bagit.txt": Words(zh="BagIt 声明", en="BagIt declaration"),
    "bag-info.txt": Words(zh="证据包说明", en="about the package"),
    bag.MANIFEST: Words(zh="文件清单", en="manifest of the files"),
    bag.TAG_MANIFEST: Words(zh="说明文件清单", en="manifest of the files about the package"),
}
_FILINGS = {"民事起诉状": "statement of claim"}
_NUMBERED = re.compile(r"^\d+-")
_LARGEST_TEXT = 64 << 20


@dataclass(frozen=True, slots=True)
class Member:
    """One file of a package: its path below the package's directory, size in bytes, SHA-256, and what it is."""

    path: str
    size: int
    sha256: str
    title: Words


@dataclass(frozen=True, slots=True)
class Withheld:
    """An exhibit that this reader does not get: its number and name, and why, in the words that the package prints."""

    title: Words
    because: str


@dataclass(frozen=True, slots=True)
class Inside:
    """A package opened: its files by path, its pages as the catalogue counts them, the digest of its tag manifest, what it lacks."""

    members: tuple[Member, ...]
    pages: int
    tagmanifest_sha256: str
    withheld: tuple[Withheld, ...] = ()


def opened(stream: BinaryIO, kinds: Mapping[str, Words]) -> Inside:
    """Read a zipped package. `kinds` names the kinds of exhibits; refuses `custody_broken` when it is not whole as we build them."""
    tree = read_zip(stream)
    try:
        if tree.problems:
            raise ValueError(tree.problems[0].message.en)
        tags = tree.content(bag.TAG_MANIFEST, _LARGEST_TEXT)
        told = _listed(tree.content(bag.MANIFEST, _LARGEST_TEXT)) | _listed(tags)
        catalogue = json.loads(tree.content(CATALOGUE, _LARGEST_TEXT))
        titles = {str(row["file"]): _exhibit(row, kinds) for row in catalogue["exhibits"] if row["file"]}
        members = tuple(_member(tree, path, told, titles) for path in sorted(tree.entries))
        withheld = tuple(
            Withheld(_exhibit(row, kinds), str(row.get("remark", "")))
            for row in catalogue["exhibits"]
            if not row["file"]
        )
        return Inside(members, int(catalogue["pages"]), hashlib.sha256(tags).hexdigest(), withheld)
    except (ValueError, KeyError, TypeError, OSError) as failure:
        raise unsound() from failure


def unsound() -> Refusal:
    """The bytes are not the package that was sealed under this name."""
    return Refusal(
        "custody_broken",
        Words(
            zh="所存文件不是当初封存的证据包；查明并从备份恢复前不得对外提供。",
            en="what is stored is not the package that was sealed; find out and restore it before anything leaves.",
        ),
        BASIS,
    )


def _listed(manifest: bytes) -> dict[str, str]:
    return {line[66:]: line[:64] for line in manifest.decode("utf-8").splitlines()}


def _exhibit(row: Mapping[str, Any], kinds: Mapping[str, Words]) -> Words:
    number, name = int(row["number"]), str(row["name"])
    kind = kinds.get(str(row["kind"]))
    english = kind.en if kind is not None and kind.zh == name else name
    return Words(zh=f"证据{number} {name}", en=f"exhibit {number}: {english}")


def _member(tree: Tree, path: str, told: Mapping[str, str], titles: Mapping[str, Words]) -> Member:
    digest = told.get(path)
    if digest is None:  # the tag manifest, and what came after it: no manifest lists them
        digest = hashlib.sha256(tree.content(path, _LARGEST_TEXT)).hexdigest()
    title = titles.get(path) or TITLES.get(path) or _filing(path)
    return Member(path, tree.entries[path].size, digest, title)


def _filing(path: str) -> Words:
    name = _NUMBERED.sub("", PurePosixPath(path).stem)
    return Words(zh=name, en=_FILINGS.get(name, name))
