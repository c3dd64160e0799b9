"""What the room reads from disk: the lawyers' drawer, the sheets of the binder, the verify page, and packages to be verified."""

from __future__ import annotations

import os
import stat
from functools import partial
from importlib import resources
from pathlib import Path
from typing import Any, BinaryIO

from legal_service import config, definitions
from legal_service.documents import files as templates
from legal_service.errors import Finding, Findings, Language, Words
from legal_service.evidence import verify as verification
from legal_service.evidence.archive import Entry, Tree, read_zip
from legal_service.evidence.binder import Sheets
from legal_service.evidence.drawers import Drawers, read


def load_drawers(*, folder: Path = config.EVIDENCE, documents: set[str] | None = None) -> Drawers:
    """The kinds of exhibits and the packages as they lie in the drawer now, its findings included."""
    exhibits, broken = _load(folder / "exhibits")
    packages, more = _load(folder / "packages")
    drawers = read(exhibits, packages, documents)
    return Drawers(kinds=drawers.kinds, packages=drawers.packages, findings=(*broken, *more, *drawers.findings))


def drawers(*, folder: Path = config.EVIDENCE) -> Drawers:
    """The drawer to work with; raises `Findings` when anything in it is wrong."""
    loaded = load_drawers(folder=folder)
    if loaded.findings:
        raise Findings(list(loaded.findings))
    return loaded


def sheets(*, folder: Path = config.TEMPLATES) -> Sheets:
    """The templates of cover with contents, evidence catalogue, and slip sheet."""
    return Sheets(
        cover=templates.load("package_cover", folder=folder),
        catalogue=templates.load("evidence_catalogue", folder=folder),
        slip=templates.load("package_slip", folder=folder),
    )


def verify_page() -> bytes:
    """The offline page that goes into every package as metadata/verify.html."""
    return resources.files("legal_service.evidence").joinpath("verify_page.html").read_bytes()


def verify(package: Path | bytes, ca_pem: bytes | None = None, *, language: Language = "zh") -> dict[str, Any]:
    """Verify a package, zipped or unpacked, without any database; the shape of contract.md section 6. Never raises on rubbish."""
    if isinstance(package, bytes):
        return verification.verify(package, ca_pem, language=language)
    try:
        if package.is_dir():
            return verification.verify_tree(read_folder(package), ca_pem, language=language)
        with package.open("rb") as stream:
            return verification.verify_tree(read_zip(stream), ca_pem, language=language)
    except OSError as error:
        return verification.unreadable(package.name, str(error.strerror or error), language=language)


def read_folder(folder: Path) -> Tree:
    """An unpacked package: the folder itself is the bag, or holds the one directory that is. Links are found, never followed."""
    entries: dict[str, Entry] = {}
    tree = Tree(root="", entries=entries, problems=[])
    base = folder
    if not (folder / "bagit.txt").is_file():
        inside = [path for path in folder.iterdir() if path.is_dir() and not path.is_symlink()]
        if len(inside) == 1 and (inside[0] / "bagit.txt").is_file():
            base = inside[0]
            for stray in sorted(path.name for path in folder.iterdir() if path != base):
                tree.add(stray, "outside_root", "证据包之外另有文件", "lies outside the package's directory")
    tree.root = base.name
    for home, directories, names in os.walk(base, followlinks=False):
        for name in sorted([*directories, *names]):
            path = Path(home) / name
            inside_name = path.relative_to(base).as_posix()
            kind = path.lstat().st_mode
            if stat.S_ISDIR(kind):
                continue
            if not stat.S_ISREG(kind):
                tree.add(inside_name, "not_a_file", "链接或特殊文件，未读取", "a link or special file; not read")
                continue
            entries[inside_name] = Entry(size=path.stat().st_size, open=partial(_open, path))
    return tree


def _open(path: Path) -> BinaryIO:
    return path.open("rb")


def _load(folder: Path) -> tuple[dict[str, Any], list[Finding]]:
    content: dict[str, Any] = {}
    findings: list[Finding] = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            content[path.stem] = definitions.load(path)
        except (definitions.DefinitionError, UnicodeDecodeError) as error:
            words = Words(zh=f"定义文件无法读取：{error}", en=f"the definition cannot be read: {error}")
            findings.append(Finding("unreadable", "error", f"{folder.name}/{path.name}", words))
    return content, findings
