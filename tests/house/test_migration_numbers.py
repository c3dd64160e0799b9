"""Migrations are numbered from 0001 without a gap and follow one another in one line."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from legal_service import config

VERSIONS = config.MIGRATIONS / "versions"
NAME = re.compile(r"(\d{4})_[a-z0-9_]+\.py")


def out_of_line(folder: Path) -> list[str]:
    faults = []
    previous: str | None = None
    for position, path in enumerate(sorted(folder.glob("*.py")), start=1):
        named = NAME.fullmatch(path.name)
        if named is None or int(named[1]) != position:
            faults.append(f"{path.name} should be number {position:04d}")
            continue
        told: dict[str, object] = {}
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            target = (
                node.target
                if isinstance(node, ast.AnnAssign)
                else node.targets[0]
                if isinstance(node, ast.Assign)
                else None
            )
            if isinstance(target, ast.Name) and target.id in ("revision", "down_revision"):
                told[target.id] = ast.literal_eval(node.value)  # type: ignore[union-attr, arg-type]
        if told != {"revision": named[1], "down_revision": previous}:
            faults.append(f"{path.name} says {told}, follows {previous}")
        previous = named[1]
    return faults


def test_migrations_stand_in_one_line() -> None:
    assert list(VERSIONS.glob("*.py"))
    assert out_of_line(VERSIONS) == []


def _plant(folder: Path, name: str, revision: str, down: str | None) -> None:
    text = f"revision: str = {revision!r}\ndown_revision: str | None = {down!r}\n"
    (folder / name).write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "revision", "down"),
    [
        ("0003_gap.py", "0003", "0001"),
        ("0002_fork.py", "0002", None),
        ("0002_other.py", "7", "0001"),
        ("abc_more.py", "abc", "0001"),
    ],
)
def test_a_planted_gap_fork_or_name_is_found(tmp_path: Path, name: str, revision: str, down: str | None) -> None:
    _plant(tmp_path, "0001_first.py", "0001", None)
    assert out_of_line(tmp_path) == []
    _plant(tmp_path, name, revision, down)
    assert len(out_of_line(tmp_path)) == 1
