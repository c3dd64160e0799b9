"""One BagIt package in one ZIP, against bagit-python and zipfile on the same files."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import BinaryIO

from benchmarks import material
from benchmarks.pairing import Disagreement, Pair, same
from legal_service.evidence import bag

FILES = 1000
SIZE = 25_000


@contextmanager
def pair() -> Iterator[Pair]:
    """A thousand files on disk; the copy that bagit-python bags in place is made untimed."""
    import bagit

    with material.folder() as folder:
        originals = _originals(folder / "originals")
        work = folder / "peer"

        def fresh() -> None:
            shutil.rmtree(work, ignore_errors=True)
            shutil.copytree(folder / "originals", work)

        def peer() -> Path:
            bagit.make_bag(str(work), checksums=["sha256"])
            target = folder / "peer.zip"
            with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
                for path in sorted(work.rglob("*")):
                    if path.is_file():
                        archive.write(path, path.relative_to(work))
            return target

        yield Pair(
            ours=lambda: packed(originals, folder / "ours.zip"),
            peer=peer,
            peer_name="bagit-python sha256 + zipfile stored",
            unit="MB/s",
            amount=FILES * SIZE / material.MEGABYTE,
            note=f"{FILES} files of {SIZE // 1000} kB from the page cache; bagit-python finds our bag valid",
            agree=lambda ours, theirs: _agree(ours, theirs, folder / "unpacked"),
            before_peer=fresh,
        )


def packed(originals: Sequence[Path], target: Path) -> Path:
    """Our package of some files."""
    contents = {f"data/{path.name}": partial(_open, path) for path in originals}
    plan = bag.prepare(contents, [("External-Identifier", "bench")], root="bench", on=material.AS_OF)
    with target.open("wb") as out:
        bag.write(plan, out)
    return target


def _open(path: Path) -> BinaryIO:
    return path.open("rb")


def _originals(folder: Path) -> list[Path]:
    folder.mkdir()
    paths = [folder / f"{number:04d}.bin" for number in range(FILES)]
    for number, path in enumerate(paths):
        path.write_bytes(material.noise(SIZE, number))
    return paths


def _agree(ours: Path, theirs: Path, folder: Path) -> str:
    import bagit

    with zipfile.ZipFile(ours) as archive, zipfile.ZipFile(theirs) as other:
        mine = archive.read(f"bench/{bag.MANIFEST}")
        archive.extractall(folder)
        told = other.read(bag.MANIFEST)
    same(sorted(mine.split(b"\n")), sorted(told.split(b"\n")), "payload manifests")
    if not bagit.Bag(str(folder / "bench")).is_valid():
        raise Disagreement("bagit-python does not find our bag valid")
    return ""
