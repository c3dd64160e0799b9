"""Small cells are withheld, and as many others as it takes that nobody can work them out from what is shown.

A cell is known here by the set of rows behind it: the same rows are the same cell wherever they are printed, so a count and
an amount over them are shown or withheld together. An empty cell is shown; it tells of nobody.

What is shown must give away nothing by subtraction: within a table (cells adding up to a total), between tables (one
shown set inside another), or by any sum and difference of shown numbers (exact linear algebra over the sets).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations

Rows = frozenset[str]

# Sub-determinants of a 0/1 matrix of up to 60 sets stay below this prime (Hadamard), so arithmetic modulo it is exact.
_PRIME = 2**127 - 1


@dataclass(frozen=True, slots=True)
class Table:
    """Sets of rows that part a total among them; without cells, the total stands alone."""

    total: Rows
    cells: tuple[Rows, ...] = ()


def withheld(tables: Sequence[Table], *, smallest: int, before: Collection[Rows] = ()) -> frozenset[Rows]:
    """The sets that are not to be shown. `before` were withheld in an earlier issue and stay so: shown now, an unchanged
    neighbour would give away what the earlier issue withheld.

    >>> a, b, c = frozenset("12"), frozenset("345678"), frozenset("9abcdefghij")
    >>> hidden = withheld([Table(a | b | c, (a, b, c))], smallest=5)
    >>> sorted(map(len, hidden))  # the smallest other cell is withheld too, or 19 - 6 - 11 would tell
    [2, 6]
    """
    sets = list(dict.fromkeys(rows for table in tables for rows in (*table.cells, table.total) if rows))
    secrets = [rows for rows in sets if len(rows) < smallest or rows in before]
    hidden = set(secrets)
    shapes = dict(zip(sets, _shapes(sets), strict=True))
    while more := _exposed(tables, shapes, secrets, hidden, smallest):
        hidden |= more
    return frozenset(hidden)


def safe(sizes: Sequence[int], smallest: int) -> bool:
    """Whether withheld cells, whose sum the reader can work out, are still unknown one by one.

    Not when there is only one; nor when their sum is itself small; nor when each must be exactly one, or all the most a
    small cell can be.

    >>> safe([3, 7], 5), safe([3], 5), safe([1, 1], 5), safe([4, 4], 5)
    (True, False, False, False)
    """
    count, total = len(sizes), sum(sizes)
    return count >= 2 and total >= smallest and total != count and set(sizes) != {smallest - 1}


def _exposed(
    tables: Sequence[Table],
    shapes: dict[Rows, tuple[int, ...]],
    secrets: Sequence[Rows],
    hidden: set[Rows],
    smallest: int,
) -> set[Rows]:
    """What must be withheld next; empty when nothing withheld can be worked out."""
    for table in tables:
        if found := _exposed_in(table, hidden, smallest):
            return found
    shown = [rows for rows in shapes if rows not in hidden]
    inside = [a for a, b in permutations(shown, 2) if 0 < len(b) - len(a) < smallest and a < b]
    if inside:
        return _smallest(inside)
    reader = _Reader([shapes[rows] for rows in shown])
    for secret in secrets:
        if reader.can_tell(shapes[secret]):
            return _smallest([rows for rows in shown if rows & secret])
    return set()


def _exposed_in(table: Table, hidden: set[Rows], smallest: int) -> set[Rows]:
    cells = [rows for rows in table.cells if rows]
    if not cells or cells == [table.total]:
        return set()
    closed = [rows for rows in cells if rows in hidden]
    opened = [rows for rows in cells if rows not in hidden]
    if table.total in hidden:
        return set() if closed else _smallest(opened)
    if not closed or safe([len(rows) for rows in closed], smallest):
        return set()
    return _smallest(opened) if opened else {table.total}


def _smallest(sets: Sequence[Rows]) -> set[Rows]:
    """The smallest sets, all of them: to take the first of equals would tell a reader who knows the rule which came first."""
    least = min(map(len, sets))
    return {rows for rows in sets if len(rows) == least}


def _shapes(sets: Sequence[Rows]) -> list[tuple[int, ...]]:
    """Each set as a vector over the parts that all sets together cut the rows into."""
    member: Counter[str] = Counter()
    for number, rows in enumerate(sets):
        for row in rows:
            member[row] += 1 << number
    parts = sorted(set(member.values()))
    return [tuple(part >> number & 1 for part in parts) for number in range(len(sets))]


class _Reader:
    """Somebody who adds and subtracts the shown numbers in every possible way."""

    def __init__(self, shown: Sequence[tuple[int, ...]]) -> None:
        self._rows: list[tuple[int, list[int]]] = []
        for shape in shown:
            rest = self._reduced(shape)
            pivot = next((place for place, value in enumerate(rest) if value), None)
            if pivot is not None:
                inverse = pow(rest[pivot], -1, _PRIME)
                self._rows.append((pivot, [value * inverse % _PRIME for value in rest]))

    def can_tell(self, shape: tuple[int, ...]) -> bool:
        """Whether the number behind a set follows from the shown numbers."""
        return not any(self._reduced(shape))

    def _reduced(self, shape: Sequence[int]) -> list[int]:
        rest = list(shape)
        for pivot, row in self._rows:
            if factor := rest[pivot]:
                rest = [(value - factor * other) % _PRIME for value, other in zip(rest, row, strict=True)]
        return rest


def tables_of_one_sort(tables: Sequence[tuple[str, Table]]) -> Iterator[list[Table]]:
    """Tables whose rows can meet: those of one kind of row."""
    for sort in dict.fromkeys(kind for kind, _ in tables):
        yield [table for kind, table in tables if kind == sort]
