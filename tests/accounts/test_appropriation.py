"""The order of payment as contracts write it (民法典 561; contract.md 3)."""

from __future__ import annotations

import pytest

from legal_service.accounts.appropriation import LEGAL_ORDER, complete, parse
from legal_service.errors import Refusal


def test_no_clause_is_the_order_of_the_law() -> None:
    assert parse("").first == LEGAL_ORDER == ("costs", "interest", "principal")


def test_several_later_orders_hold_each_from_its_day() -> None:
    clause = parse("costs,interest,principal; 181:principal,costs,interest ;91:costs,principal,interest")
    assert clause.order(0) == ("costs", "interest", "principal")
    assert clause.order(180) == ("costs", "principal", "interest")
    assert clause.order(181) == ("principal", "costs", "interest")


def test_kinds_left_out_follow_in_the_order_that_holds_otherwise() -> None:
    assert complete(("principal",), ("interest", "costs", "principal")) == ("principal", "interest", "costs")


@pytest.mark.parametrize(
    "clause", ["interest,capital", "interest,interest,costs", "costs;principal", "costs;x:principal"]
)
def test_a_clause_that_cannot_be_read_is_refused(clause: str) -> None:
    with pytest.raises(Refusal) as refused:
        parse(clause)
    assert refused.value.code == "allocation"
    assert clause in refused.value.reason.zh
