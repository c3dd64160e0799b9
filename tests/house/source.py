"""A source tree as the guards see it: its modules, what they import, what they call."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from legal_service import config

ROOT = config.ROOT
PACKAGE = ROOT / "legal_service"


def words(text: str) -> list[str]:
    """The words of a text: lists of codes read better without their quotation marks."""
    return text.split()


STAIRS = words(
    "law access jobs webhooks vault documents redaction parties accounts complaints contacts settlements intake cases "
    "enforcement evidence filings disposals exports reports insight"
)
"""The rooms, lowest first."""

FOUNDATION = frozenset(words("money clock errors labels definitions keyring database config"))
DOOR = frozenset(words("installation scope schema statuses uploads runs worker tasks application cli web api __main__"))
WORLDLY = frozenset(words("models queries operations schemas routes files"))
"""The six plain names that touch the world, as a module or as a package."""


@dataclass(frozen=True)
class Module:
    """One Python file: its parts below `legal_service` (`("cases", "stages")`), its text and its syntax tree."""

    parts: tuple[str, ...]
    path: Path
    source: str
    tree: ast.Module

    @property
    def name(self) -> str:
        return ".".join(("legal_service", *self.parts))

    @property
    def step(self) -> str:
        """The room, foundation module or door that the file belongs to; empty for the package itself."""
        return self.parts[0] if self.parts else ""

    @property
    def worldly(self) -> bool:
        return self.step in STAIRS and any(part in WORLDLY for part in self.parts[1:])

    @property
    def pure(self) -> bool:
        """A file of a room that is named for a concept."""
        return self.step in STAIRS and not self.worldly


def modules(package: Path = PACKAGE) -> list[Module]:
    """Every Python file of a package, in order of path."""
    return list(_ours()) if package == PACKAGE else _read(package)


@cache
def _ours() -> list[Module]:
    return _read(PACKAGE)


def _read(package: Path) -> list[Module]:
    found = []
    for path in sorted(package.rglob("*.py")):
        parts = path.relative_to(package).with_suffix("").parts
        source = path.read_text(encoding="utf-8")
        found.append(Module(parts[:-1] if parts[-1] == "__init__" else parts, path, source, ast.parse(source)))
    return found


def imports(module: Module) -> Iterator[tuple[int, str]]:
    """(line, dotted name) of everything imported, wherever it stands; `from a import b` is `a.b`."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom):
            above = module.path.name != "__init__.py"
            home = ("legal_service", *module.parts)
            base = home[: len(home) - node.level + (0 if above else 1)] if node.level else ()
            for alias in node.names:
                yield node.lineno, ".".join((*base, *filter(None, [node.module]), alias.name))


def steps_imported(module: Module) -> Iterator[tuple[int, str, str]]:
    """(line, step, dotted name) of what is imported from our own package."""
    for line, name in imports(module):
        head, *rest = name.split(".")
        if head == "legal_service" and rest:
            yield line, rest[0], name


def dotted(node: ast.expr) -> str:
    """`datetime.now` for the syntax of it; empty for what is no plain dotted name."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        inner = dotted(node.value)
        return f"{inner}.{node.attr}" if inner else ""
    return ""


def plant(package: Path, path: str, source: str) -> list[Module]:
    """Write one file into a package under a temporary folder and answer the package's modules."""
    place = package / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(source, encoding="utf-8")
    return modules(package)
