"""How fast bytes go into a package, against the limit: hashing them once."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks import material
from benchmarks.bag import packed
from benchmarks.pairing import Pair, same
from legal_service.evidence.bag import MANIFEST

FILES = 40
SIZE = 1_200_000


@contextmanager
def pair() -> Iterator[Pair]:
    """Forty scans of 1.2 MB; the peer only hashes, so a ratio of 1 cannot be reached."""
    with material.folder() as folder:
        originals = [folder / f"{number:02d}.bin" for number in range(FILES)]
        for number, path in enumerate(originals):
            path.write_bytes(material.noise(SIZE, number))
        yield Pair(
            ours=lambda: packed(originals, folder / "ours.zip"),
            peer=lambda: [_digest(path) for path in originals],
            peer_name="hashlib SHA-256 alone (limit)",
            unit="MB/s",
            amount=FILES * SIZE / material.MEGABYTE,
            note=f"{FILES} files of {SIZE / material.MEGABYTE} MB from the page cache; ours hashes, checks again and writes the ZIP",
            agree=_agree,
        )


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _agree(ours: Path, digests: list[str]) -> str:
    with zipfile.ZipFile(ours) as archive:
        told = archive.read(f"bench/{MANIFEST}").decode().split("\n")
    same([line.split()[0] for line in told if line], digests, "digests")
    return ""
