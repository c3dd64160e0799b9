"""The benchmark's small portfolio: work lines and the live join agree on pages and counts, and the list reads by its index."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import text

from benchmarks import work_list
from benchmarks.portfolio_rows import fill
from legal_service.installation import Installation


def test_both_sides_of_the_benchmark_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEGAL_BENCH_LOANS", "2000")
    with work_list.pair() as pair:
        ours, peer = pair.ours(), pair.peer()
        assert "counts" in pair.agree(ours, peer)
        assert len(ours[0]) == len(ours[1]) == work_list.PAGE
        assert ours[0] != ours[1]


def test_the_list_and_its_counts_are_read_from_indexes(postgres_installation: Installation) -> None:
    fill(postgres_installation, 20_000, work_list.TODAY)
    with postgres_installation.database.engine.connect() as connection:
        plan: Any = connection.execute(
            text(
                "EXPLAIN SELECT * FROM work_line WHERE institution_id = 1 AND open = true"
                " AND (next_last_day, case_id) > (date '2026-11-30', 7) ORDER BY next_last_day, case_id LIMIT 51"
            )
        )
        told = " ".join(row[0] for row in plan)
    assert "ix_work_line_due" in told
    assert "Sort" not in told
