"""The tables as they lie beside this file, and those that an institution keeps in its own folder (`<instance>/law/`)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from legal_service import definitions
from legal_service.definitions import DefinitionError
from legal_service.errors import Refusal, Words
from legal_service.law.published.tables import Published, quotes_from, wages_from

HERE = Path(__file__).resolve().parent
_TABLES: tuple[tuple[str, Callable[[Any, str], Published]], ...] = (
    ("wages.yaml", wages_from),
    ("lpr.yaml", quotes_from),
)


def published(instance: Path | None = None) -> Published:
    """The house's tables with what the institution entered; refuses `bad_law_table` naming file, row and field."""
    found = Published()
    folders = [HERE] if instance is None else [HERE, instance / "law"]
    for folder in folders:
        for name, build in _TABLES:
            if (path := folder / name).is_file():
                found = found.with_more(build(_read(path), name), name)
    return found


def _read(path: Path) -> Any:
    try:
        return definitions.load(path)
    except (DefinitionError, UnicodeDecodeError) as wrong:
        raise Refusal(
            "bad_law_table",
            Words(zh=f"{path.name} 无法读取：{wrong}", en=f"{path.name} cannot be read: {wrong}"),
            "机构内部规则：公布数据表",
        ) from wrong
