"""The leak gate shares no code and no PDF library with the redactor: two that err alike are one."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from tests.house.source import Module, imports, modules, plant

WORDS_IN_COMMON = frozenset(
    {
        "legal_service",
        "legal_service.redaction",
        "legal_service.redaction.kinds",
        "legal_service.labels",
        "legal_service.errors",
    }
)
"""The names of the kinds of personal data, and how they are called: a vocabulary, no judgment."""

DICTIONARIES = frozenset({"opencc", "pypinyin"})
"""Published tables of characters that both read; neither finds nor removes anything."""


def reach(start: Iterable[str], by_name: dict[str, Module]) -> tuple[set[str], set[str]]:
    """Everything that some modules import in the end: (our own modules, other people's packages)."""
    own: set[str] = set()
    others: set[str] = set()
    waiting = list(start)
    while waiting:
        name = waiting.pop()
        if name in own:
            continue
        own.add(name)
        for _line, imported in imports(by_name[name]):
            home = imported if imported in by_name else imported.rpartition(".")[0]
            if home in by_name:
                waiting.append(home)
            elif (package := imported.split(".")[0]) not in sys.stdlib_module_names:
                others.add(package)
    return own, others


def in_common(found: Iterable[Module]) -> list[str]:
    by_name = {module.name: module for module in found}
    room = [module for module in by_name.values() if module.step == "redaction"]
    gate = [module.name for module in room if module.parts[-1].startswith("gate")]
    redactor = [
        module.name
        for module in room
        if len(module.parts) == 2 and module.name not in gate and module.parts[-1] not in ("kinds", "files", "copies")
    ]
    gate_own, gate_others = reach(gate, by_name)
    redactor_own, redactor_others = reach(redactor, by_name)
    return sorted((gate_own & redactor_own) - WORDS_IN_COMMON) + sorted((gate_others & redactor_others) - DICTIONARIES)


def test_gate_and_redactor_have_nothing_in_common() -> None:
    assert in_common(modules()) == []


def test_both_exist_and_read_pdf() -> None:
    by_name = {module.name: module for module in modules()}
    assert "pypdf" in reach(["legal_service.redaction.gate"], by_name)[1]
    assert "pikepdf" in reach(["legal_service.redaction.pdf"], by_name)[1]


def test_a_planted_loan_from_the_redactor_is_found(tmp_path: Path) -> None:
    plant(tmp_path, "redaction/masks.py", "import re\n")
    plant(tmp_path, "redaction/gate.py", "from legal_service.redaction import gate_words\n")
    found = plant(tmp_path, "redaction/gate_words.py", "from legal_service.redaction.masks import STAR\n")
    assert in_common(found) == ["legal_service.redaction.masks"]


def test_a_planted_library_in_common_is_found(tmp_path: Path) -> None:
    plant(tmp_path, "redaction/pdf.py", "import pikepdf\n")
    assert in_common(plant(tmp_path, "redaction/gate_pdf.py", "import pikepdf\n")) == ["pikepdf"]
