"""Measures against figures counted by hand."""

from __future__ import annotations

from datetime import date

import pytest

from legal_service.reports.cut import Cut, Settlement
from legal_service.reports.measures import measured, rows_of

from .a_return import DEFINITION, a_case, a_complaint, a_contact, a_cut, a_loan, a_quarter


def values(cut: Cut) -> dict[str, int]:
    return {cell.id: cell.value for one in measured(cut, DEFINITION) for cell in one.all_cells}


def test_only_loans_still_on_the_books_are_outstanding() -> None:
    cut = a_cut(
        a_loan(1, principal="1000.00"),
        a_loan(2, "mild", principal="0.00", overdue="5.00"),  # all principal paid, a fee is due
        a_loan(3, principal="0.00"),
        a_loan(4, "severe", principal="700.00", compensated=True),
    )
    found = values(cut)
    assert found["loans_by_standing.outstanding"] == 2
    assert found["loans_by_standing.paid_off"] == 1
    assert found["loans_by_standing.compensated"] == 1
    assert found["loans_by_standing.total"] == 4
    assert found["loans_by_tier.severe"] == 0  # compensated: the claim is no longer the lender's
    assert found["principal_by_tier.total"] == 100000


def test_arrears_are_summed_by_tier() -> None:
    cut = a_cut(
        a_loan(1, "mild", overdue="10.10"),
        a_loan(2, "mild", overdue="20.20"),
        a_loan(3, "severe", overdue="5.55", reduction=155),
        a_loan(4),
    )
    found = values(cut)
    assert (found["overdue_loans.mild"], found["overdue_principal.mild"]) == (2, 3030)
    assert (found["overdue_loans.total"], found["overdue_due.total"]) == (3, 3585)
    assert (found["reduced_loans"], found["reduced_amount"]) == (1, 155)
    assert found["loans_by_class.关注"] == 2 and found["loans_by_class.次级"] == 1


@pytest.mark.parametrize(
    ("changes", "breach"),
    [
        ({"at": "2026-07-01 22:00"}, True),
        ({"at": "2026-07-01 07:59"}, True),
        ({"at": "2026-07-01 00:00", "channel": "sms"}, True),
        ({"at": "2026-07-01 21:59"}, False),
        ({"at": "2026-07-01 08:00"}, False),
        ({"at": "2026-07-01 23:00", "consent": True}, False),
        ({"at": "2026-07-01 23:00", "direction": "in"}, False),
        ({"at": "2026-07-01 00:00", "channel": "letter"}, False),
        ({"at": "2026-07-01T14:30:00+00:00"}, True),  # half past ten at night in Shanghai
    ],
)
def test_a_breach_is_an_outbound_contact_in_the_quiet_hours_without_consent(
    changes: dict[str, object], breach: bool
) -> None:
    assert values(a_cut(a_contact(1, **changes)))["window_breaches"] == int(breach)  # type: ignore[arg-type]


def test_complaints_move_from_open_to_open() -> None:
    cut = a_cut(
        a_complaint(1, "2026-06-01"),  # 121 days at the close, still open
        a_complaint(2, "2026-06-20", "2026-07-05"),  # closed on the fifteenth day
        a_complaint(3, "2026-07-01", "2026-07-17"),  # on the sixteenth
        a_complaint(4, "2026-07-01", "2026-08-30"),  # on the sixtieth
        a_complaint(5, "2026-07-01", "2026-08-31"),  # on the sixty-first
        a_complaint(6, "2026-09-15"),  # fifteen days at the close
    )
    found = values(cut)
    assert found["complaints_open_before"] == 2
    assert found["complaints_received"] == 4
    closed = [found[f"complaints_closed.{band}"] for band in ("to_15", "to_30", "to_60", "over_60", "total")]
    waiting = [found[f"complaints_open.{band}"] for band in ("to_15", "to_30", "to_60", "over_60", "total")]
    assert closed == [1, 1, 1, 1, 4]
    assert waiting == [1, 0, 0, 1, 2]
    assert found["complaints_open_before"] + found["complaints_received"] == closed[-1] + waiting[-1]


def test_only_cases_submitted_in_the_period_count_their_claims() -> None:
    cut = a_cut(
        a_case(1, opened="2026-05-01", stage="submitted", submitted_on=date(2026, 6, 30), claim=100, reduction=1),
        a_case(2, opened="2026-07-01", stage="submitted", submitted_on=date(2026, 7, 1), claim=20000, reduction=30),
        a_case(3, opened="2026-07-01", stage="closed", submitted_on=date(2026, 9, 30), claim=400, reduction=0),
        a_case(4),
    )
    found = values(cut)
    assert found["cases_opened"] == 3
    assert found["cases_submitted"] == 2
    assert found["claims_submitted"] == 20400
    assert (found["claims_reduced"], found["claims_reduction"]) == (1, 30)
    assert found["cases_by_stage.submitted"] == 2
    assert found["cases_by_stage.closed"] == 1


def test_cells_add_up_to_their_total_and_rest_on_their_rows() -> None:
    for one in measured(a_quarter(), DEFINITION):
        if one.cells:
            assert sum(cell.value for cell in one.cells) == one.total.value, one.measure.code
            assert frozenset().union(*(cell.rows for cell in one.cells)) == one.total.rows
            assert sum(len(cell.rows) for cell in one.cells) == len(one.total.rows)


def test_the_rows_behind_a_number_can_be_listed() -> None:
    rows = rows_of(a_quarter(), DEFINITION, "loans_by_tier.severe")
    assert rows == {"contract:HM0058", "contract:HM0059", "contract:HM0060"}
    with pytest.raises(KeyError):
        rows_of(a_quarter(), DEFINITION, "loans_by_tier.unheard_of")


def test_a_row_outside_the_definition_is_never_dropped_in_silence() -> None:
    with pytest.raises(ValueError, match=r"settlement_attempt:1.*moon"):
        measured(a_cut(Settlement("settlement_attempt:1", date(2026, 7, 1), "moon")), DEFINITION)
