"""Small cells stay hidden, and a reader who knows the rule cannot work them out."""

from __future__ import annotations

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from legal_service.web.cells import suppress


def still_possible(counts: list[int]) -> list[set[int]]:
    """For each small cell, every value it could have: what a reader finds who sees the table and its total."""
    found = suppress(counts)
    hidden = [position for position, cell in enumerate(found.cells) if cell != "shown"]
    small = [position for position in hidden if found.cells[position] == "small"]
    withheld = len(hidden) - len(small)
    total = sum(counts[position] for position in hidden)
    values: list[set[int]] = [set() for _ in small]
    for guess in product(range(1, 5), repeat=len(small)):
        rest = total - sum(guess)
        if not found.total_shown or (rest >= 5 * withheld if withheld else rest == 0):
            for position, value in enumerate(guess):
                values[position].add(value)
    return values


@settings(max_examples=300, deadline=None)
@given(st.lists(st.integers(min_value=0, max_value=30), max_size=7))
def test_a_small_cell_could_be_anything_from_one_to_four(counts: list[int]) -> None:
    assert all(values == {1, 2, 3, 4} for values in still_possible(counts))


@given(st.lists(st.integers(min_value=0, max_value=10**6), max_size=7))
def test_no_count_below_five_is_shown_but_zero(counts: list[int]) -> None:
    found = suppress(counts)
    assert all(count == 0 or count >= 5 for count, cell in zip(counts, found.cells, strict=True) if cell == "shown")
    assert all(0 < count < 5 for count, cell in zip(counts, found.cells, strict=True) if cell == "small")


def test_a_table_without_small_cells_is_shown_whole() -> None:
    assert suppress([120, 0, 5, 7]).cells == ("shown",) * 4
    assert suppress([]).total_shown
