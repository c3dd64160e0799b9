"""Rules stay indoors: a file named for a concept touches no database, web, disk, network, process or environment."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pytest

from tests.house.source import Module, dotted, imports, modules, plant, words

OUTSIDE = frozenset(
    words(
        "flask sqlalchemy alembic os subprocess urllib http socket requests shutil tempfile glob sqlite3 "
        "multiprocessing signal secrets random uuid environs importlib boto3 celery psycopg sys"
    )
)
"""Modules that a pure file does not import. `random` and `uuid` are here because the same facts make the same bytes."""

HARMLESS = frozenset(
    {
        "pathlib.PurePath",
        "pathlib.PurePosixPath",
        "urllib.parse",  # reads text, opens nothing
        "random.Random",  # seeded by the caller; the module's own generator is not
        "legal_service.database.Actor",  # a frozen dataclass: who acts
    }
)
OPENING = frozenset({"open", "input", "io.open", "codecs.open"})
DISK_METHODS = frozenset(words("read_text write_text write_bytes mkdir unlink rglob is_file iterdir"))
SETTINGS = frozenset({"config", "database"})

TOLERATED: Mapping[str, str] = {}
"""Module → why it may look outside although it is named for a concept. Empty, and meant to stay so."""


def looks_outside(module: Module) -> Iterator[str]:
    for line, name in imports(module):
        root, _, rest = name.partition(".")
        if name in HARMLESS or any(name.startswith(f"{known}.") for known in HARMLESS):
            continue
        settings = root == "legal_service" and rest.split(".")[0] in SETTINGS
        if root in OUTSIDE or root == "pathlib" or name == "io.open" or settings:
            yield f"{module.name}:{line} imports {name}"
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and dotted(node.func) in OPENING:
            yield f"{module.name}:{node.lineno} calls {dotted(node.func)}"
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in DISK_METHODS:
            yield f"{module.name}:{node.lineno} calls .{node.func.attr}"


def outdoors(found: Iterable[Module], tolerated: Mapping[str, str] = TOLERATED) -> list[str]:
    return [
        fault for module in found if module.pure and module.name not in tolerated for fault in looks_outside(module)
    ]


def test_rules_stay_indoors() -> None:
    assert outdoors(modules()) == []


def test_every_exception_is_justified_and_still_needed() -> None:
    by_name = {module.name: module for module in modules()}
    for name, reason in TOLERATED.items():
        assert len(reason) > 20, f"{name}: say why"
        assert list(looks_outside(by_name[name])), f"{name} needs no exception any more"


@pytest.mark.parametrize(
    "source",
    [
        "import flask\n",
        "from sqlalchemy import select\n",
        "import os\n",
        "def f():\n    import subprocess\n",
        "from pathlib import Path\n",
        "import pathlib\n",
        "import urllib.request\n",
        "def f(name):\n    with open(name) as stream:\n        return stream.read()\n",
        "def f(path):\n    return path.read_text()\n",
        "from legal_service import config\n",
        "from legal_service.database import Transaction\n",
        "import random\n",
        "from random import random\n",
        "from urllib.request import urlopen\n",
    ],
)
def test_a_planted_look_outside_is_found(tmp_path: Path, source: str) -> None:
    assert outdoors(plant(tmp_path, "cases/stages.py", source))
    assert outdoors(plant(tmp_path / "worldly", "cases/queries.py", source)) == []


def test_what_is_pure_passes(tmp_path: Path) -> None:
    source = "from pathlib import PurePosixPath\nimport io\n\ndef f(b):\n    return io.BytesIO(b), PurePosixPath('a')\n"
    assert outdoors(plant(tmp_path, "cases/stages.py", source)) == []


def test_a_package_of_a_worldly_name_is_worldly_too(tmp_path: Path) -> None:
    assert outdoors(plant(tmp_path, "cases/operations/moves.py", "import sqlalchemy\n")) == []
