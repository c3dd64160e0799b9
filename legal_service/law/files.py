"""The definitions of the law as they lie in this package, and the notices that an institution loaded besides, read once."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path

from legal_service import definitions
from legal_service.definitions import DefinitionError
from legal_service.errors import Refusal, Words
from legal_service.law import calendar as calendars
from legal_service.law import citation
from legal_service.law import parameters as dated
from legal_service.law.calendar import Calendar, Notice
from legal_service.law.citation import Instrument
from legal_service.law.parameters import Parameters

HERE = Path(__file__).resolve().parent


@cache
def parameters() -> Parameters:
    """Every dated parameter. Raises `DefinitionError` when one has no basis."""
    return load_parameters(HERE / "parameters")


def calendar(loaded: Path | None = None) -> Calendar:
    """The holidays of every year whose notice is known: those of this release and those in the folder `loaded`.

    Where both have a year, this release decides, unless the other was published later: an amendment. Refuses `notice_damaged` for a file that cannot be read any more.
    """
    return _calendar(loaded, _signature(loaded)) if loaded else _calendar(None, ())


@cache
def shipped() -> dict[int, Notice]:
    """The notices of this release by year."""
    found = definitions.load_all(HERE / "holidays")
    return {int(name): calendars.from_definition(name, definition) for name, definition in found.items()}


def loaded_notices(folder: Path, *, but: int | None = None) -> dict[int, Notice]:
    """The notices that the institution loaded, by year, all or `but` one. Refuses `notice_damaged`."""
    found = {}
    for path in sorted(folder.glob("[0-9][0-9][0-9][0-9].yaml")):
        if path.stem == str(but):
            continue
        try:
            found[int(path.stem)] = calendars.from_definition(path.stem, definitions.load(path))
        except (DefinitionError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise _damaged(path) from error
    return found


def released(notice: Notice) -> bool:
    """Whether this release has the year of a notice, and no older text of it than this one."""
    known = shipped().get(notice.year)
    return known is not None and known.published >= notice.published


def _ruling(own: dict[int, Notice]) -> Iterable[Notice]:
    return (shipped() | {year: notice for year, notice in own.items() if not released(notice)}).values()


def calendar_with(notice: Notice, loaded: Path | None) -> Calendar:
    """The calendar as it would be with a notice in the folder, be another of its year there or a damaged one."""
    own = loaded_notices(loaded, but=notice.year) if loaded else {}
    return Calendar(_ruling(own | {notice.year: notice}))


def keep_notice(folder: Path, year: int, content: bytes) -> bool:
    """Write the file of a notice, whole or not at all, and say whether it was another before."""
    if is_kept(folder, year, content):
        return False
    path = folder / f"{year}.yaml"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    coming = folder / f".{year}-{secrets.token_hex(8)}"
    try:
        with coming.open("xb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        coming.replace(path)
    finally:
        coming.unlink(missing_ok=True)
    return True


def is_kept(folder: Path | None, year: int, content: bytes) -> bool:
    """Whether the folder has exactly this file for a year."""
    path = folder / f"{year}.yaml" if folder else None
    return path is not None and path.is_file() and path.read_bytes() == content


def _signature(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """What tells one state of the folder from another: another process may have loaded a notice."""
    try:
        with os.scandir(folder) as entries:
            found = [(one.name, one.stat()) for one in entries if one.name.endswith(".yaml")]
    except OSError:
        return ()  # no notice was ever loaded
    return tuple(sorted((name, stat.st_mtime_ns, stat.st_ino) for name, stat in found))


@lru_cache(maxsize=8)
def _calendar(folder: Path | None, signature: tuple[tuple[str, int, int], ...]) -> Calendar:
    own = loaded_notices(folder) if folder and signature else {}
    return Calendar(_ruling(own))


def _damaged(path: Path) -> Refusal:
    return Refusal(
        "notice_damaged",
        Words(
            zh=f"已录入的节假日通知 {path.name} 无法读取；请核对后以 legal law notice load 重新录入，或从备份恢复。",
            en=f"the holiday notice {path.name} that was loaded cannot be read; check it and load it again (legal law notice load), or restore it.",
        ),
        "机构内部规则：节假日安排通知的录入（house policy: loading a holiday notice）",
    )


@cache
def instruments() -> dict[str, Instrument]:
    """The laws and interpretations, by code (`civil_procedure_law`)."""
    loaded = definitions.load_all(HERE / "instruments")
    return {code: citation.from_definition(code, definition) for code, definition in loaded.items()}


def load_parameters(folder: Path) -> Parameters:
    """Read a folder of parameters; tests and drafts of new law read their own."""
    loaded = definitions.load_all(folder)
    return Parameters({key: dated.from_definition(key, definition) for key, definition in loaded.items()})
