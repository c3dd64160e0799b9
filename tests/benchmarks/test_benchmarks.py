"""The benchmarks keep to the contract: its names, its shape, both sides compared before they are timed. Nothing is timed here."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from benchmarks import __main__ as command
from benchmarks import statement_single
from benchmarks.names import NAMES, NOT_THERE, WRITTEN
from benchmarks.pairing import Disagreement, Pair, PeerMissing, measure, same
from legal_service import config

CONTRACT = [
    "docx_complaint", "docx_log", "pdf_complaint", "pdf_log", "filing_vs_libreoffice", "binder", "bag", "package_bytes",
    "packages_per_minute", "statements_portfolio", "statement_single", "sweep_sqlite", "sweep_postgres", "work_list",
    "import_tape", "detect", "redact_pdf_page", "return_quarter",
]  # fmt: skip
KEYS = {"name", "ours", "peer", "peer_name", "unit", "ratio", "runs", "note"}


def a_pair(**changes: Any) -> Pair:
    """A pair that does nothing, with what a test wants different."""
    given: dict[str, Any] = {
        "ours": list, "peer": list, "peer_name": "list", "unit": "ms/list", "amount": 1, "note": "n",
        "agree": lambda ours, peer: "",
    }  # fmt: skip
    return Pair(**(given | changes))


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the command writes bench.json in this test."""
    monkeypatch.setattr(config, "ROOT", tmp_path)
    monkeypatch.setattr(command, "OUT", tmp_path / "build" / "bench.json")
    return tmp_path / "build" / "bench.json"


def one_benchmark(monkeypatch: pytest.MonkeyPatch, pair: Pair | Exception) -> None:
    """Make `bag` the given pair, or a benchmark that cannot begin."""

    @contextmanager
    def opened() -> Iterator[Pair]:
        if isinstance(pair, Exception):
            raise pair
        yield pair

    monkeypatch.setattr("benchmarks.bag.pair", opened)


def test_the_list_names_every_benchmark_of_the_contract() -> None:
    shown = subprocess.run(
        [sys.executable, "-m", "benchmarks", "--list"], cwd=config.ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    assert [line.split()[0] for line in shown] == CONTRACT
    told = {line.split()[0] for line in shown if "not there yet: " in line}
    assert told == set(NOT_THERE)


def test_every_name_has_a_program_or_a_reason() -> None:
    assert list(NAMES) == CONTRACT
    assert set(NOT_THERE) < set(NAMES)
    programs = {
        path.stem
        for path in (config.ROOT / "benchmarks").glob("*.py")
        if re.search(r"^def pair\(\)", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert programs == set(WRITTEN)


def test_the_fastest_benchmark_gives_a_well_formed_entry() -> None:
    with statement_single.pair() as pair:
        entry = measure("statement_single", pair, seconds=0, least=1)
    assert set(entry) == KEYS
    assert entry["name"] in CONTRACT
    assert entry["runs"] == 1
    assert min(entry["ours"], entry["peer"], entry["ratio"]) > 0
    assert entry["unit"] == "ms/statement"
    assert json.loads(json.dumps(entry)) == entry


def test_the_two_sides_take_turns_after_one_untimed_call_each() -> None:
    calls: list[str] = []
    pair = a_pair(
        ours=lambda: calls.append("A"),
        peer=lambda: calls.append("B"),
        before_ours=lambda: calls.append("a"),
        before_peer=lambda: calls.append("b"),
    )
    assert measure("bag", pair, seconds=0, least=2)["runs"] == 2
    assert "".join(calls) == "aAbB" * 3


def test_medians_and_a_ratio_above_one_where_we_are_better(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter([0, 9, 0, 9, 0, 1, 0, 2, 0, 100, 0, 3, 0, 2, 0, 50])  # untimed 9 and 9, then 1:2, 100:3, 2:50
    monkeypatch.setattr("benchmarks.pairing.perf_counter", lambda: float(next(clock)))
    entry = measure("bag", a_pair(unit="files/s", amount=6), seconds=0, least=3)
    assert (entry["ours"], entry["peer"], entry["ratio"]) == (3.0, 2.0, 1.5)


def test_sides_that_did_not_do_the_same_work_are_not_compared(
    written: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def agree(ours: object, peer: object) -> str:
        same(ours, peer, "answers")
        return ""

    different = a_pair(peer=lambda: [1], agree=agree)
    with pytest.raises(Disagreement, match="answers"):
        measure("bag", different)
    one_benchmark(monkeypatch, different)
    assert command.main(["--only", "bag"]) == 1
    assert "not comparable" in capsys.readouterr().out
    assert json.loads(written.read_text()) == []


def test_a_missing_peer_is_said_and_left_out(
    written: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    one_benchmark(monkeypatch, PeerMissing("bagit is not installed"))
    assert command.main(["--only", "bag"]) == 1
    assert "left out, no peer: bagit is not installed" in capsys.readouterr().out
    assert json.loads(written.read_text()) == []


def test_one_benchmark_is_written_and_the_machine_is_told(
    written: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    one_benchmark(monkeypatch, a_pair())
    monkeypatch.setattr("benchmarks.pairing.gc.collect", lambda: 0)  # slow among all that the tests have loaded
    assert command.main(["--only", "bag"]) == 0
    assert [entry["name"] for entry in json.loads(written.read_text())] == ["bag"]
    assert re.search(r"\d+ cores, load .*Python 3\.", capsys.readouterr().out)


def test_a_name_that_has_no_program_says_why(written: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["--only", "docx_log"]) == 1
    assert NOT_THERE["docx_log"] in capsys.readouterr().out
