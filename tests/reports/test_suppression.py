"""What is withheld cannot be worked out from what is shown, not even by a reader who knows how it is withheld."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from legal_service.reports.composition import compose
from legal_service.reports.suppression import Rows, Table, withheld

from .a_return import DEFINITION, FIRST, a_complaint, a_cut, a_loan, a_quarter

SMALLEST = 5


def table(sizes: tuple[int, ...]) -> Table:
    cells = tuple(frozenset(f"{number}.{row}" for row in range(size)) for number, size in enumerate(sizes))
    return Table(frozenset().union(*cells), cells)


def view(sizes: tuple[int, ...]) -> tuple[int | None, ...]:
    """The table as a reader sees it: cells, then the total; None is withheld."""
    whole = table(sizes)
    hidden = withheld([whole], smallest=SMALLEST)
    return tuple(None if rows and rows in hidden else len(rows) for rows in (*whole.cells, whole.total))


def sums(parts: int, total: int) -> Iterator[tuple[int, ...]]:
    """All ways to part a number."""
    if parts == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in sums(parts - 1, total - first):
            yield (first, *rest)


@pytest.mark.parametrize(("parts", "most"), [(2, 30), (3, 26), (4, 17)])
def test_a_reader_who_knows_the_rule_cannot_tell_a_small_cell(parts: int, most: int) -> None:
    """Every table there is, grouped by what is shown of it: a small cell always could have been another number."""
    groups: dict[tuple[int | None, ...], list[tuple[int, ...]]] = defaultdict(list)
    for total in range(most + 1):
        for sizes in sums(parts, total):
            groups[view(sizes)].append(sizes)
    for seen, possible in groups.items():
        for place in range(parts):
            if seen[place] is None and min(sizes[place] for sizes in possible) < SMALLEST:
                assert len({sizes[place] for sizes in possible}) > 1, (seen, possible)


@pytest.mark.parametrize(
    ("sizes", "seen"),
    [
        ((40, 10, 7), (40, 10, 7, 57)),
        ((40, 10, 3), (40, None, None, 53)),  # 53 - 40 - 10 would tell
        ((40, 2, 3), (40, None, None, 45)),  # two small ones protect each other
        ((40, 1, 1), (None, None, None, 42)),  # but not when their sum says that each is one
        ((4, 4, 0), (None, None, 0, None)),  # nor when each must be four
        ((3, 0, 0), (None, 0, 0, None)),  # a zero is shown
        ((5, 5, 4), (None, None, None, 14)),  # of two equals none may be preferred
    ],
)
def test_small_cells_and_what_protects_them(sizes: tuple[int, ...], seen: tuple[int | None, ...]) -> None:
    assert view(sizes) == seen


def reader_can_tell(shown: list[Rows], secret: Rows) -> bool:
    """Whether the size of a set follows by adding and subtracting shown sizes: ordinary elimination with fractions."""
    atoms = sorted(secret.union(*shown))
    rows = [[Fraction(atom in one) for atom in atoms] for one in shown]
    rest = [Fraction(atom in secret) for atom in atoms]
    for column in range(len(atoms)):
        pivot = next((row for row in rows if row[column]), None)
        if pivot is None:
            continue
        rows.remove(pivot)
        for row in (*rows, rest):
            if factor := row[column] / pivot[column]:
                row[:] = [value - factor * other for value, other in zip(row, pivot, strict=True)]
    return not any(rest)


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 3), st.booleans()), max_size=40))
@settings(max_examples=150, deadline=None)
def test_no_sum_or_difference_of_shown_numbers_gives_a_small_cell(people: list[tuple[int, int, bool]]) -> None:
    """Three tables over the same people, as contacts are counted by channel, by outcome, and a part of them alone."""
    everybody = frozenset(str(number) for number in range(len(people)))

    def those(condition: object) -> Rows:
        return frozenset(str(number) for number, one in enumerate(people) if condition(one))  # type: ignore[operator]

    tables = [
        Table(everybody, tuple(those(lambda one, k=k: one[0] == k) for k in range(3))),
        Table(everybody, tuple(those(lambda one, k=k: one[1] == k) for k in range(4))),
        Table(those(lambda one: one[2])),
    ]
    hidden = withheld(tables, smallest=SMALLEST)
    shown = [rows for one in tables for rows in (*one.cells, one.total) if rows and rows not in hidden]
    assert all(len(rows) >= SMALLEST for rows in shown)
    assert not any(0 < len(one - other) < SMALLEST for one in shown for other in shown if other < one)
    for rows in hidden:
        if len(rows) < SMALLEST:
            assert not reader_can_tell(shown, rows)
    for one in tables:
        closed = [rows for rows in one.cells if rows in hidden]
        if closed and one.total not in hidden:
            assert len(closed) > 1 and sum(map(len, closed)) >= SMALLEST


def published(cut: object) -> dict[str, object]:
    whole = compose(cut, "0" * 64, DEFINITION, FIRST)  # type: ignore[arg-type]
    return {id: one.value for id, one in whole.published.items()}


def test_an_amount_is_withheld_with_the_loans_it_sums() -> None:
    found = published(a_quarter())
    assert found["loans_by_tier.severe"] is None and found["principal_by_tier.severe"] is None
    assert found["loans_by_tier.moderate"] is None and found["overdue_principal.moderate"] is None
    assert found["loans_by_tier.mild"] == 10 and found["principal_by_tier.mild"] == "10000.00"
    assert found["loans_by_tier.total"] == 60


def test_the_same_loans_are_withheld_under_another_name_too() -> None:
    """正常 and 未逾期 are the same loans: were one shown, the other would be known."""
    cut = a_cut(*(a_loan(n) for n in range(1, 7)), *(a_loan(n, "severe") for n in (7, 8)))
    found = published(cut)
    assert found["loans_by_tier.severe"] is None
    assert found["loans_by_tier.none"] is None and found["loans_by_class.正常"] is None


def test_complaints_cannot_be_worked_out_from_how_they_moved() -> None:
    """Open before + received = closed + open: with three of them shown the fourth would be known."""
    closed = [a_complaint(n, "2026-06-20", "2026-07-01") for n in range(1, 7)]
    closed += [a_complaint(n, "2026-07-02", "2026-07-03") for n in range(7, 20)]
    found = published(a_cut(*closed, a_complaint(20, "2026-09-01"), a_complaint(21, "2026-06-01")))
    four = ("complaints_open_before", "complaints_received", "complaints_closed.total", "complaints_open.total")
    assert found["complaints_open.total"] is None
    assert [found[one] for one in four].count(None) >= 2


def test_a_breach_of_quiet_hours_is_shown_however_few() -> None:
    assert published(a_quarter())["window_breaches"] == 1
