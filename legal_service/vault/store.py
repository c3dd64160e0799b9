"""Where the bytes of evidence lie: named by their own SHA-256, written once, never changed."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, Protocol

from legal_service.errors import Refusal, Words

BASIS = "最高人民法院关于民事诉讼证据的若干规定(2019修正) 第九十三条"
"""Complete preservation by a reliable method is one of the seven factors of authenticity of electronic data."""

_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Blob:
    """Bytes in the store: their SHA-256 in hexadecimal and their size in bytes."""

    sha256: str
    size: int


class BlobStore(Protocol):
    """A content-addressed, create-only store. Every read is checked against the hash before the caller sees a byte."""

    def put(self, content: bytes | BinaryIO) -> Blob:
        """Keep the bytes; the same bytes again change nothing. After return they survive a power failure."""
        ...

    def get(self, sha256: str) -> bytes:
        """The bytes, verified. Refuses `blob_missing` or `blob_damaged`."""
        ...

    def open(self, sha256: str) -> BinaryIO:
        """The bytes as a stream at its beginning, verified first. Refuses `blob_missing` or `blob_damaged`."""
        ...

    def exists(self, sha256: str) -> bool:
        """Whether a blob of this name is there; says nothing of its bytes."""
        ...

    def unreferenced(self, known: Collection[str], *, before: datetime) -> list[str]:
        """Blobs put before a moment that nobody knows of (their transaction was rolled back), in order."""
        ...

    def discard(self, sha256: str) -> None:
        """Remove one blob for good; only for the orphans that `unreferenced` named."""
        ...


def address(sha256: str) -> str:
    """The place of a blob: two levels of folders, so that no folder grows large. `ValueError` if it is no SHA-256.

    >>> address("2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae")
    '2c/26/2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae'
    """
    if not _SHA256.fullmatch(sha256):
        raise ValueError(f"not a SHA-256 in lower-case hexadecimal: {sha256[:80]!r}")
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"


def blob_missing(sha256: str) -> Refusal:
    """The vault's list names bytes that the store does not have."""
    return Refusal(
        "blob_missing",
        Words(
            zh=f"证据库中找不到文件 {sha256}：请从备份恢复，恢复前不得对外提交",
            en=f"the vault has lost file {sha256}: restore it from the backup before anything is submitted",
        ),
        BASIS,
    )


def blob_damaged(sha256: str) -> Refusal:
    """The bytes under a name no longer have that hash."""
    return Refusal(
        "blob_damaged",
        Words(
            zh=f"文件 {sha256} 的内容与其哈希值不符：已损坏或被改动，请从备份恢复",
            en=f"file {sha256} no longer matches its hash: damaged or altered; restore it from the backup",
        ),
        BASIS,
    )


def store_unavailable(zh: str, en: str) -> Refusal:
    """The store cannot be used at all."""
    return Refusal("store_unavailable", Words(zh=zh, en=en))
