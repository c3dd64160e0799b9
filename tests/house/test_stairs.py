"""Nobody climbs the stairs: a room imports only from lower steps, the foundation from no room, nobody from the door."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.house.source import DOOR, FOUNDATION, STAIRS, Module, modules, plant, steps_imported


def height(step: str) -> int | None:
    """0 for the foundation, then the rooms upwards, then the door; None for what stands nowhere."""
    if step in FOUNDATION:
        return 0
    if step in STAIRS:
        return 1 + STAIRS.index(step)
    return 1 + len(STAIRS) if step in DOOR else None


def climbers(found: Iterable[Module]) -> list[str]:
    faults = []
    for module in found:
        own = height(module.step)
        if not module.parts:
            continue
        if own is None:
            faults.append(f"{module.name} stands on no step")
            continue
        for line, step, name in steps_imported(module):
            other = 0 if step == "__version__" else height(step)
            if other is None or other > own or (module.step in FOUNDATION and step not in FOUNDATION):
                faults.append(f"{module.name}:{line} climbs to {name}")
    return faults


def test_nobody_climbs_the_stairs() -> None:
    assert climbers(modules()) == []


def test_every_room_of_the_plan_that_exists_is_on_the_stairs() -> None:
    assert {module.step for module in modules() if module.parts} <= FOUNDATION | set(STAIRS) | DOOR


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("accounts/interest.py", "from legal_service.cases.stages import STAGES\n"),
        ("accounts/queries.py", "def f():\n    from legal_service.filings import operations\n"),
        ("money.py", "from legal_service.law import periods\n"),
        ("vault/files.py", "from legal_service import installation\n"),
        ("cases/stages.py", "from ..exports import queries\n"),
        ("cases/operations/__init__.py", "from ...reports import queries\n"),
        ("plumbing/pipes.py", "x = 1\n"),
        ("law/periods.py", "import legal_service.cases.docket\n"),
    ],
)
def test_a_planted_climb_is_found(tmp_path: Path, path: str, source: str) -> None:
    assert len(climbers(plant(tmp_path, path, source))) == 1


def test_going_down_is_allowed(tmp_path: Path) -> None:
    plant(tmp_path, "cases/stages.py", "from legal_service import money\nfrom legal_service.law import periods\n")
    assert (
        climbers(plant(tmp_path, "cli/cases.py", "from ..cases import stages\nfrom legal_service import tasks\n")) == []
    )
