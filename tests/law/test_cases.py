"""Worked examples a jurist can read and write: tests/law/cases/*.yaml.

Each case says in one sentence what it shows, what is asked (`ask`, `given`, as on the command line) and what the answer
must contain; answers may leave out what the example is not about. `refused` names the code of an expected refusal.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from legal_service import definitions
from legal_service.accounts.questions import answer
from legal_service.errors import Refusal
from legal_service.law import files
from legal_service.law.bench import Bench

CASES = Path(__file__).parent / "cases"
BENCH = Bench(files.parameters(), files.calendar(), files.instruments(), today=date(2026, 11, 23), language="zh")


def written(value: Any) -> Any:
    """As JSON would carry it: dates and decimals are texts."""
    if isinstance(value, dict):
        return {name: written(each) for name, each in value.items()}
    if isinstance(value, list):
        return [written(each) for each in value]
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def _cases() -> list[Any]:
    return [
        pytest.param(written(case), id=f"{name}-{number}")
        for name, cases in definitions.load_all(CASES).items()
        for number, case in enumerate(cases, start=1)
    ]


def _contains(found: Any, expected: Any, where: str) -> None:
    if isinstance(expected, dict):
        assert isinstance(found, dict), where
        for name, each in expected.items():
            assert name in found, f"{where}.{name}"
            _contains(found[name], each, f"{where}.{name}")
    elif isinstance(expected, list):
        assert isinstance(found, list) and len(found) == len(expected), f"{where}: {found}"
        for number, each in enumerate(expected):
            _contains(found[number], each, f"{where}[{number}]")
    else:
        assert found == expected, where


@pytest.mark.parametrize("case", _cases())
def test_case(case: dict[str, Any]) -> None:
    if "refused" in case:
        with pytest.raises(Refusal) as refused:
            answer(case["ask"], case["given"], BENCH)
        assert refused.value.code == case["refused"], case["says"]
        return
    _contains(answer(case["ask"], case["given"], BENCH), case["answer"], case["says"])
