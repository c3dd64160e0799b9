"""Every refusal has a status, from one table that pages and API share."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from legal_service import statuses
from legal_service.statuses import NAMED_IN_THE_REQUEST, status_of
from tests.house.source import modules

CODE = re.compile(r"[a-z]+(_[a-z]+)*")


def codes() -> Iterator[str]:
    """The code of every `Refusal(…)` in the product that is written out."""
    for module in modules():
        for node in ast.walk(module.tree):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id == "Refusal"
                and node.args
                and isinstance(node.args[0], ast.Constant)
                and isinstance(node.args[0].value, str)
            ):
                yield node.args[0].value


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("unknown_case", 404),
        ("unknown_kind", 422),
        ("not_permitted", 403),
        ("named_lawyer_required", 403),
        ("sign_in_required", 401),
        ("stale_page", 409),
        ("stale_version", 412),
        ("version_required", 428),
        ("grant_expired", 410),
        ("key_reused", 422),
        ("sign_in_throttled", 429),
        ("not_initialised", 503),
        ("overdue", 422),
    ],
)
def test_the_table(code: str, status: int) -> None:
    assert status_of(code) == status


def test_every_refusal_has_a_status_that_pages_and_api_know() -> None:
    from legal_service.api.problems import TITLES

    found = set(codes())
    assert len(found) > 100
    assert all(CODE.fullmatch(code) for code in found)
    assert {status_of(code) for code in found} <= set(TITLES)


def test_nothing_is_entered_for_a_refusal_that_there_is_not() -> None:
    written = {
        node.value
        for module in modules()
        if module.parts != ("statuses",)
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert sorted((set(statuses._EXACT) | NAMED_IN_THE_REQUEST) - written) == []
