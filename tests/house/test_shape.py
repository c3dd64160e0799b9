"""The shape of files: short, named for what they are, nothing left for later."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.house.source import ROOT, Module, modules, plant, words

LONGEST_FILE = 300
LONGEST_FUNCTION = 60
FORBIDDEN = frozenset(words("utils util helpers helper manager handler service common base wiring adapter misc"))
LATER = re.compile(r"\b(?:TODO|FIXME|XXX|HACK)\b|raise\s+NotImplemented")
SKIPPING = re.compile(r"\bpytest\.(?:skip|xfail|importorskip|mark\.(?:skip|skipif|xfail))\b|\bunittest\.skip")


def too_long(found: Iterable[Module]) -> list[str]:
    faults = []
    for module in found:
        if (lines := module.source.count("\n")) > LONGEST_FILE:
            faults.append(f"{module.name}: {lines} lines")
        for node in ast.walk(module.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > LONGEST_FUNCTION:
                    faults.append(f"{module.name}.{node.name}: {length} lines")
    return faults


def ill_named(found: Iterable[Module]) -> list[str]:
    return [
        module.name
        for module in found
        for part in module.parts
        if FORBIDDEN & set(part.split("_")) and part not in ("address_for_service", "electronic_service")
    ]


def left_for_later(found: Iterable[Module]) -> list[str]:
    return [
        f"{module.name}:{number} {line.strip()}"
        for module in found
        for number, line in enumerate(module.source.splitlines(), start=1)
        if LATER.search(line)
    ]


def skipping(folder: Path) -> list[str]:
    """Tests that do not run are not tests."""
    return [
        f"{path.relative_to(folder)}:{number}"
        for path in sorted(folder.rglob("*.py"))
        if path.name != "test_shape.py"
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if SKIPPING.search(line)
    ]


def undocumented(found: Iterable[Module]) -> list[str]:
    """Every module and every public function and class says in one sentence what law or business wants of it."""
    faults = [module.name for module in found if not ast.get_docstring(module.tree)]
    for module in found:
        for node in module.tree.body:
            named = isinstance(node, ast.FunctionDef | ast.ClassDef)
            if named and not node.name.startswith("_") and not ast.get_docstring(node):  # type: ignore[union-attr]
                faults.append(f"{module.name}.{node.name}")  # type: ignore[union-attr]
    return faults


def test_files_and_functions_are_short() -> None:
    assert too_long(modules()) == []


def test_nothing_has_a_name_that_says_nothing() -> None:
    assert ill_named(modules()) == []


def test_nothing_is_left_for_later() -> None:
    assert left_for_later(modules()) == []


def test_no_test_is_skipped() -> None:
    assert skipping(ROOT / "tests") == []


def test_everything_public_is_documented() -> None:
    assert undocumented(modules()) == []


def test_a_planted_long_file_and_function_are_found(tmp_path: Path) -> None:
    assert too_long(plant(tmp_path, "law/long.py", "x = 1\n" * 301)) == ["legal_service.law.long: 301 lines"]
    function = "def f():\n" + "    x = 1\n" * 60
    assert too_long(plant(tmp_path / "b", "law/long.py", function)) == ["legal_service.law.long.f: 61 lines"]


@pytest.mark.parametrize(
    "path", ["cases/utils.py", "cases/stage_helpers.py", "common/x.py", "law/base.py", "cases/case_service.py"]
)
def test_a_planted_bad_name_is_found(tmp_path: Path, path: str) -> None:
    assert ill_named(plant(tmp_path, path, "x = 1\n"))


@pytest.mark.parametrize("source", ["x = 1  # TODO later\n", "def f():\n    raise NotImplementedError\n"])
def test_a_planted_promise_is_found(tmp_path: Path, source: str) -> None:
    assert left_for_later(plant(tmp_path, "cases/stages.py", source))


@pytest.mark.parametrize(
    "line", ["@pytest.mark.skip", "    pytest.skip('no')", "@pytest.mark.skipif(True)", "pytest.importorskip('x')"]
)
def test_a_planted_skip_is_found(tmp_path: Path, line: str) -> None:
    (tmp_path / "test_x.py").write_text(f"import pytest\n{line}\n", encoding="utf-8")
    assert skipping(tmp_path) == ["test_x.py:2"]


def test_a_planted_silence_is_found(tmp_path: Path) -> None:
    assert undocumented(plant(tmp_path, "law/x.py", '"""Says."""\n\ndef f():\n    return 1\n')) == [
        "legal_service.law.x.f"
    ]
