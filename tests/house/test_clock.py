"""Only `clock.py` tells the time, and only the door asks it for today: below, time is an argument."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.house.source import DOOR, Module, dotted, imports, modules, plant, words

TELLING = ("now", "utcnow", "today")
TIME_OF_DAY = frozenset(words("time time_ns localtime gmtime ctime strftime asctime"))
LENGTHS = frozenset({"sleep", "monotonic", "perf_counter"})
"""What may be used of the module `time`, at the door and in `files.py`: they measure, they do not date."""


def clock_readers(found: Iterable[Module]) -> list[str]:
    faults = []
    for module in found:
        if module.parts == ("clock",):
            continue
        at_door = module.step in DOOR
        for line, name in imports(module):
            if name.startswith("time.") and name.split(".")[1] not in LENGTHS:
                faults.append(f"{module.name}:{line} imports {name}")
            if (name == "time" or name.startswith("time.")) and not (at_door or module.parts[-1] == "files"):
                faults.append(f"{module.name}:{line} imports {name}")
        for node in ast.walk(module.tree):
            name = dotted(node) if isinstance(node, ast.Attribute) else ""
            owner, _, last = name.rpartition(".")
            if owner.split(".")[-1] in ("datetime", "date") and last in TELLING:
                faults.append(f"{module.name}:{node.lineno} reads {name}")
            if owner == "time" and last in TIME_OF_DAY:
                faults.append(f"{module.name}:{node.lineno} reads {name}")
            if name == "clock.today" and not at_door:
                faults.append(f"{module.name}:{node.lineno} asks for today")
            if name == "clock.now" and module.pure:
                faults.append(f"{module.name}:{node.lineno} asks for the moment")
    return faults


def test_only_the_clock_tells_the_time() -> None:
    assert clock_readers(modules()) == []


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("accounts/interest.py", "from datetime import date\nx = date.today()\n"),
        ("accounts/queries.py", "import datetime\nx = datetime.datetime.now()\n"),
        ("cli/cases.py", "from datetime import datetime\nx = datetime.utcnow\n"),
        ("worker.py", "import time\nx = time.time()\n"),
        ("worker.py", "from time import time\n"),
        ("cases/operations/moves.py", "from legal_service import clock\nx = clock.today()\n"),
        ("cases/docket.py", "from legal_service import clock\nx = clock.now()\n"),
        ("cases/docket.py", "from time import sleep\n"),
    ],
)
def test_a_planted_clock_is_found(tmp_path: Path, path: str, source: str) -> None:
    assert clock_readers(plant(tmp_path, path, source))


def test_waiting_and_measuring_are_allowed_where_the_world_is_touched(tmp_path: Path) -> None:
    source = "import time\nfrom legal_service import clock\n\ndef f():\n    time.sleep(1)\n    return time.monotonic(), clock.now()\n"
    plant(tmp_path, "worker.py", source)
    assert clock_readers(plant(tmp_path, "vault/files.py", source)) == []
