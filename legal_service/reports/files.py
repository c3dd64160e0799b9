"""What the room reads from disk: the definitions of returns, what they are printed with, and returns to be checked."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

from legal_service import config, definitions
from legal_service.documents import files as templates
from legal_service.errors import Language, Refusal, Words
from legal_service.reports import definition as reading
from legal_service.reports import verification
from legal_service.reports.cut import Row, decode, digest
from legal_service.reports.definition import Definition
from legal_service.reports.measures import rows_of
from legal_service.reports.production import CUT, FILES, Press

HERE = Path(__file__).resolve().parent / "returns"
RETURNS = (
    "collection_and_litigation",
    "complaints",
    "enforcement_and_recovery",
    "disposals",
    "conduct",
    "borrowers_rights",
    "incidents",
)
"""The returns of the contract; those without a definition in `returns/` are not in this release."""

TEMPLATE = "regulatory_return"


def definition(name: str, *, folder: Path = HERE) -> Definition:
    """The definition of a return; refuses `unknown_return`, `return_not_in_release`."""
    if name not in RETURNS:
        raise Refusal(
            "unknown_return",
            Words(
                zh=f"没有报表 {name[:40]}；可用：{'、'.join(RETURNS)}",
                en=f"no return {name[:40]}; one of {', '.join(RETURNS)}",
            ),
        )
    path = folder / f"{name}.yaml"
    if not path.is_file():
        have = [code for code in RETURNS if (folder / f"{code}.yaml").is_file()]
        raise Refusal(
            "return_not_in_release",
            Words(
                zh=f"本版本尚不能制作报表 {name}；可制作：{'、'.join(have)}。",
                en=f"this release does not make the return {name}; it makes: {', '.join(have)}.",
            ),
        )
    content = path.read_bytes()
    raw = definitions.read(content.decode("utf-8"), path.name)
    return reading.read(raw, name=name, digest=digest(content))


def press(name: str) -> Press:
    """What a return is printed with on this machine."""
    versions = {name: metadata.version(name) for name in ("legal-service", "weasyprint", "xlsxwriter")}
    return Press(definition(name), templates.load(TEMPLATE), versions | {"typefaces": typefaces()})


@cache
def typefaces() -> str:
    """What recognises the private set of typefaces: twelve digits over the faces themselves. Refuses `fonts_missing`."""
    templates.prepare()
    told = hashlib.sha256()
    for path in sorted((config.FONTS / "faces").iterdir()):
        with path.open("rb") as stream:
            told.update(f"{path.name} {hashlib.file_digest(stream, 'sha256').hexdigest()}\n".encode())
    return told.hexdigest()[:12]


def verify(folder: Path, *, language: Language) -> dict[str, Any]:
    """Check a return in a folder, without any database: `{"ok", "files", "problems": [{"file", "code", "message"}]}`."""
    files = read_folder(folder)
    problems = verification.verify(files, press)
    return {"ok": not problems, "files": len(files), "problems": [one.as_json(language) for one in problems]}


def rows(folder: Path, cell_id: str) -> list[Row]:
    """The rows of the cut that one number of a return rests on; refuses `unreadable_cut`, `unknown_number`."""
    content = read_folder(folder).get(CUT, b"")
    try:
        cut = decode(content)
        found = rows_of(cut, definition(cut.head.name), cell_id)
    except ValueError as failure:
        raise Refusal(
            "unreadable_cut", Words(zh=f"{CUT} 无法读取：{failure}", en=f"{CUT} cannot be read: {failure}")
        ) from failure
    except KeyError as failure:
        raise Refusal(
            "unknown_number",
            Words(zh=f"报表中没有编号 {cell_id[:80]}", en=f"the return has no number {cell_id[:80]}"),
        ) from failure
    return [row for row in cut.rows if row.row in found]


def read_folder(folder: Path) -> dict[str, bytes]:
    """The files of a return that a folder holds; anything else in it is left alone."""
    return {name: (folder / name).read_bytes() for name in FILES if (folder / name).is_file()}
