"""Reading the tape and the mappings from disk, safely: nothing outside the tape's folder, nothing too large."""

from __future__ import annotations

from functools import cache
from pathlib import Path, PurePosixPath, PureWindowsPath

from legal_service import definitions
from legal_service.errors import Finding, Findings, Refusal, Words
from legal_service.intake import csv_reading, workbook_reading
from legal_service.intake.mapping import HeaderMapping, from_definition
from legal_service.intake.rows import Tape
from legal_service.intake.tape import MOST_BYTES, RawSheet, error
from legal_service.vault.facts import check_filename

MAPPINGS = Path(__file__).with_name("mappings")
MOST_DOCUMENT_BYTES = 100 * 1024 * 1024


def read_tape(path: Path) -> list[RawSheet]:
    """All sheets of a tape: a folder of CSV files (or of one XLSX), or one XLSX.

    What lies in the folder and looks like data but is not read is a doubt. Refuses `no_tape` when there is nothing to
    read, or more than one workbook to choose from.
    """
    if path.is_dir():
        files = [one for one in sorted(path.iterdir()) if one.is_file() and not one.name.startswith((".", "~$"))]
        tables = [one for one in files if one.suffix.lower() == ".csv"]
        books = [one for one in files if one.suffix.lower() == ".xlsx"]
        if not tables and len(books) != 1:
            raise _no_tape(path.name, len(books))
        chosen = tables or books
        left = [one for one in files if one.suffix.lower() in _TABULAR and one not in chosen]
        return [sheet for file in chosen for sheet in _read_file(file, path)] + [_left_out(one) for one in left]
    if path.is_file() and path.suffix.lower() in (".csv", ".xlsx"):
        return _read_file(path, path.parent)
    raise _no_tape(path.name, 0)


_TABULAR = {".csv", ".et", ".ods", ".tsv", ".xls", ".xlsb", ".xlsm", ".xlsx"}


def _no_tape(name: str, books: int) -> Refusal:
    if books:
        return Refusal(
            "no_tape",
            Words(
                zh=f"{name} 中有 {books} 个 .xlsx 文件，不知以哪个为准；请指明其一。",
                en=f"{name} holds {books} .xlsx files; name the one that is the tape.",
            ),
        )
    return Refusal(
        "no_tape",
        Words(
            zh=f"{name} 不是贷款清单：应为含 CSV 的文件夹，或一个 .xlsx 文件。",
            en=f"{name} is not a loan tape: a folder of CSV files, or one .xlsx file.",
        ),
    )


def _read_file(file: Path, folder: Path) -> list[RawSheet]:
    finding = _unfit(file, folder)
    if finding is not None:
        return [RawSheet(file.name, (), (), "", (finding,))]
    content = file.read_bytes()
    if file.suffix.lower() == ".xlsx":
        return workbook_reading.read(content, file.name)
    return [csv_reading.read(content, file.name)]


def _unfit(file: Path, folder: Path) -> Finding | None:
    if _inside(file, folder.resolve()) is None:
        return error(
            "path_outside_tape",
            f"{file.name}:1",
            "该文件是指向文件夹之外的链接；请放入文件本身。",
            "the file is a link that leaves the folder; put the file itself there.",
        )
    if file.stat().st_size > MOST_BYTES:
        limit = MOST_BYTES // 1024 // 1024
        return error(
            "file_too_large",
            f"{file.name}:1",
            f"文件超过 {limit} MB，请分批导入。",
            f"the file is above {limit} MB; import it in parts.",
        )
    return None


def _left_out(file: Path) -> RawSheet:
    """A data file of the folder that is not part of the tape as read: told as an unknown sheet."""
    return RawSheet(file.name, (), (), "")


def _inside(file: Path, root: Path) -> Path | None:
    """Where a path really leads, if that lies inside the folder; None for a link out, in a circle, or no path at all."""
    try:
        real = file.resolve()
    except (OSError, RuntimeError, ValueError):
        return None
    return real if real.is_relative_to(root) else None


def tape_folder(path: Path) -> Path:
    """The folder that the tape's documents lie in."""
    return path if path.is_dir() else path.parent


def check_documents(tape: Tape, folder: Path) -> dict[str, Path]:
    """Find each document of `documents.csv` inside the folder; answers row place → file.

    A path that leaves the folder (absolute, `..`, a link), a missing, empty or too large file is an error of its row.
    """
    root = folder.resolve()
    found: dict[str, Path] = {}
    for row in tape.rows["documents"]:
        if not row.text("file"):
            continue
        try:
            found[row.where] = _document(root, row.text("file"), f"{row.where}:FILE")
        except Findings as refused:
            tape.reject(row, refused.findings[0])
    return found


def _document(root: Path, name: str, where: str) -> Path:
    plain = PurePosixPath(name.replace("\\", "/"))
    windows = PureWindowsPath(name)
    path = _inside(root / plain, root)
    if plain.is_absolute() or windows.drive or ".." in plain.parts or path is None:
        raise _refused(
            "path_outside_tape",
            where,
            "路径指向文件夹之外；文件须放在贷款清单的文件夹内，并写相对路径。",
            "the path leaves the tape's folder; put the file inside it and write the path from there.",
        )
    try:
        size = path.stat().st_size if path.is_file() else None
        check_filename(path.name)
    except Refusal as refusal:
        raise _refused(
            "bad_filename", where, f"{refusal.reason.zh}；请改名。", f"{refusal.reason.en}; rename it."
        ) from None
    except OSError:
        size = None
    if size is None:
        raise _refused(
            "file_missing",
            where,
            f"文件夹内没有 {name[:120]}；请补上文件或更正路径。",
            f"there is no {name[:120]} in the folder; add the file or correct the path.",
        )
    if not 0 < size <= MOST_DOCUMENT_BYTES:
        raise _refused(
            "bad_file_size",
            where,
            "文件为空或超过 100 MB；请换成完整的文件，或拆分。",
            "the file is empty or above 100 MB; replace it with a whole one, or split it.",
        )
    return path


def _refused(code: str, where: str, zh: str, en: str) -> Findings:
    return Findings([error(code, where, zh, en)])


@cache
def builtin_mapping() -> HeaderMapping:
    """The built-in Chinese synonyms."""
    path = MAPPINGS / "builtin.yaml"
    return from_definition(definitions.load(path), path.name)


def mapping(asked: str | None) -> HeaderMapping:
    """The mapping asked for (a shipped name, or a YAML file) over the built-in one. Refuses `bad_mapping`, `no_mapping`."""
    if not asked:
        return builtin_mapping()
    named = MAPPINGS / f"{asked}.yaml"
    path = named if asked.isidentifier() and named.is_file() else Path(asked)
    if not path.is_file():
        raise Refusal(
            "no_mapping",
            Words(zh=f"没有映射 {asked}（名称或 YAML 文件）。", en=f"no mapping {asked} (a name or a YAML file)."),
        )
    try:
        return from_definition(definitions.load(path), path.name).over(builtin_mapping())
    except (definitions.DefinitionError, OSError, ValueError, RecursionError) as failure:
        raise Refusal(
            "bad_mapping",
            Words(
                zh=f"映射文件 {path.name} 不是可读的 YAML（UTF-8），请更正：{failure}",
                en=f"the mapping {path.name} is not readable YAML in UTF-8; correct it: {failure}",
            ),
        ) from failure
