"""Reversals (冲正): a reversed posting counts as absent (contract.md 4)."""

from __future__ import annotations

from legal_service.accounts.reversals import ledger_on
from tests.accounts.a_loan import charged, day, paid, reversed_


def test_a_reversed_reversal_lets_the_payment_stand_again() -> None:
    ledger = [
        paid("2026-02-15", "100.00", "R1"),
        reversed_("2026-02-16", "R1", "X1"),
        reversed_("2026-02-18", "X1", "X2"),
    ]
    assert [line.reference for line in ledger_on(ledger, day("2026-02-17")).standing] == []
    assert [line.reference for line in ledger_on(ledger, day("2026-02-18")).standing] == ["R1"]


def test_a_second_reversal_of_the_same_payment_undoes_nothing_more() -> None:
    ledger = [
        paid("2026-02-15", "100.00", "R1"),
        paid("2026-02-16", "100.00", "R2"),
        reversed_("2026-02-17", "R1", "X1"),
        reversed_("2026-02-18", "R1", "X2"),
    ]
    found = ledger_on(ledger, day("2026-02-28"))
    assert [line.reference for line in found.standing] == ["R2"]
    assert len(found.reversed) == len(found.idle) == 1


def test_a_charge_of_the_same_reference_is_not_meant() -> None:
    found = ledger_on(
        [charged("2026-02-15", "insurance", "5.00", "R1"), reversed_("2026-02-16", "R1")], day("2026-02-28")
    )
    assert [line.kind for line in found.standing] == ["charge"]
    assert len(found.idle) == 1


def test_lines_of_one_day_keep_the_order_of_the_ledger() -> None:
    second, first = paid("2026-02-15", "1.00", "B", position=2), paid("2026-02-15", "1.00", "A", position=1)
    assert [line.reference for line in ledger_on([second, first], day("2026-02-15")).standing] == ["A", "B"]
