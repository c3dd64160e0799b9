"""The audit trail: whoever deletes, alters, reorders, appends or cuts off an entry is found, and the first broken link named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, text

from legal_service.access import queries
from legal_service.access.models import AuditEntry
from legal_service.access.operations import record
from legal_service.access.trail import GENESIS, Break, Entry, Head, first_break, seal
from legal_service.database import LOCAL_OPERATOR
from legal_service.installation import Installation

START = datetime(2026, 3, 1, 4, tzinfo=UTC)


def a_chain(length: int = 5) -> list[Entry]:
    """An unbroken chain."""
    entries: list[Entry] = []
    for number in range(1, length + 1):
        entry = Entry(
            seq=number,
            at=START + timedelta(minutes=number),
            actor="a@b.cn",
            action="case.open",
            subject=f"case:{number}",
            detail={"loans": ["L1"], "次": number},
            previous=entries[-1].sealed if entries else GENESIS,
        )
        entries.append(replace(entry, sealed=seal(entry)))
    return entries


def head_of(entries: list[Entry]) -> Head:
    return Head(entries[-1].seq, entries[-1].sealed, genuine=True)


def resealed(entries: list[Entry]) -> list[Entry]:
    """What a forger does who knows the format: number and seal everything anew."""
    forged: list[Entry] = []
    for number, entry in enumerate(entries, start=1):
        entry = replace(entry, seq=number, previous=forged[-1].sealed if forged else GENESIS)
        forged.append(replace(entry, sealed=seal(entry)))
    return forged


def test_an_unbroken_chain_is_whole() -> None:
    chain = a_chain()
    assert first_break(chain, head_of(chain)) == (None, 5, chain[-1].sealed)
    assert first_break([], Head(0, GENESIS, genuine=True)) == (None, 0, GENESIS)


TAMPERINGS: dict[str, tuple[Callable[[list[Entry]], list[Entry]], Break]] = {
    "one deleted": (lambda chain: chain[:2] + chain[3:], Break(3, "missing")),
    "the first deleted": (lambda chain: chain[1:], Break(1, "missing")),
    "the last deleted": (lambda chain: chain[:-1], Break(5, "cut_off")),
    "all deleted": (lambda chain: [], Break(1, "cut_off")),
    "two swapped": (lambda chain: [chain[0], chain[2], chain[1], *chain[3:]], Break(2, "missing")),
    "two swapped and renumbered": (
        lambda chain: [chain[0], replace(chain[2], seq=2), replace(chain[1], seq=3), *chain[3:]],
        Break(2, "reordered"),
    ),
    "actor altered": (lambda chain: [*chain[:3], replace(chain[3], actor="x@b.cn"), chain[4]], Break(4, "altered")),
    "moment altered": (
        lambda chain: [replace(chain[0], at=chain[0].at + timedelta(microseconds=1)), *chain[1:]],
        Break(1, "altered"),
    ),
    "detail altered": (lambda chain: [*chain[:4], replace(chain[4], detail={})], Break(5, "altered")),
    "subject altered and sealed again": (
        lambda chain: [chain[0], replace(n := replace(chain[1], subject="case:9"), sealed=seal(n)), *chain[2:]],
        Break(3, "reordered"),
    ),
    "altered and the whole chain sealed anew": (
        lambda chain: resealed([replace(chain[0], actor="x@b.cn"), *chain[1:]]),
        Break(5, "altered"),
    ),
    "one appended without the house": (
        lambda chain: resealed([*chain, replace(chain[-1], subject="case:6")]),
        Break(6, "unmarked"),
    ),
    "one twice": (lambda chain: [*chain[:2], chain[1], *chain[2:]], Break(3, "missing")),
}


@pytest.mark.parametrize("name", TAMPERINGS)
def test_the_first_broken_link_is_named(name: str) -> None:
    tamper, expected = TAMPERINGS[name]
    chain = a_chain()
    assert first_break(tamper(list(chain)), head_of(chain))[0] == expected


def test_a_head_that_is_not_ours_is_no_head() -> None:
    chain = a_chain()
    assert first_break(chain, replace(head_of(chain), genuine=False))[0] == Break(5, "head_altered")


# -- in the database


@pytest.fixture
def five_entries(on_both: Installation) -> Installation:
    for number in range(5):
        with on_both.transaction(LOCAL_OPERATOR) as tx:
            record(tx, action="test", subject=f"case:{number}", 说明="备注", amount=number, none=None)
    return on_both


@pytest.mark.parametrize(
    ("tampering", "expected"),
    [
        (["DELETE FROM audit_entry WHERE seq = 3"], Break(3, "missing")),
        (["DELETE FROM audit_entry WHERE seq = 5"], Break(5, "cut_off")),
        (["DELETE FROM audit_entry"], Break(1, "cut_off")),
        (["DELETE FROM audit_entry WHERE seq = 5", "UPDATE trail_head SET seq = 4"], Break(4, "head_altered")),
        (["DELETE FROM audit_entry WHERE seq = 5", "DELETE FROM trail_head"], Break(0, "head_altered")),
        (
            [
                "DELETE FROM audit_entry WHERE seq = 5",
                "UPDATE trail_head SET seq = 4, sealed = (SELECT sealed FROM audit_entry WHERE seq = 4)",
            ],
            Break(4, "head_altered"),
        ),
        (["UPDATE audit_entry SET actor = 'x@b.cn' WHERE seq = 2"], Break(2, "altered")),
        (["UPDATE audit_entry SET subject = 'case:9' WHERE seq = 1"], Break(1, "altered")),
        (
            [
                "UPDATE audit_entry SET seq = 99 WHERE seq = 2",
                "UPDATE audit_entry SET seq = 2 WHERE seq = 3",
                "UPDATE audit_entry SET seq = 3 WHERE seq = 99",
            ],
            Break(2, "reordered"),
        ),
    ],
)
def test_tampering_with_the_tables_is_found(five_entries: Installation, tampering: list[str], expected: Break) -> None:
    with five_entries.reading() as session:
        assert queries.walk_trail(session) == (None, 5)
    with five_entries.database.engine.begin() as connection:
        for statement in tampering:
            connection.execute(text(statement))
    with five_entries.reading() as session:
        assert queries.walk_trail(session)[0] == expected


def test_an_entry_comes_back_as_it_was_sealed(five_entries: Installation) -> None:
    with five_entries.reading() as session:
        last = list(queries.entries(session))[-1]
        row = session.scalars(select(AuditEntry).where(AuditEntry.seq == 5)).one()
    assert last.detail == {"说明": "备注", "amount": 4, "none": None}
    assert (last.actor, last.action, last.subject) == (LOCAL_OPERATOR.email, "test", "case:4")
    assert last.at == row.at
    assert seal(last) == last.sealed


def test_what_was_done_to_one_subject_is_told_newest_first(five_entries: Installation) -> None:
    for _ in range(2):
        with five_entries.transaction(LOCAL_OPERATOR) as tx:
            record(tx, action="again", subject="case:3")
    with five_entries.reading() as session:
        assert [(one.seq, one.action) for one in queries.trail_of(session, "case:3")] == [
            (7, "again"),
            (6, "again"),
            (4, "test"),
        ]
        assert [one.seq for one in queries.trail_of(session, "case:3", most=1)] == [7]
        assert queries.trail_of(session, "case:9") == []


def test_pages_of_the_trail_follow_one_another_without_gap(five_entries: Installation) -> None:
    with five_entries.reading() as session:
        first = queries.trail_page(session, before=None, most=2)
        second = queries.trail_page(session, before=first[-1].seq, most=2)
        third = queries.trail_page(session, before=second[-1].seq, most=2)
        assert [one.seq for page in (first, second, third) for one in page] == [5, 4, 3, 2, 1]
        assert queries.trail_page(session, before=third[-1].seq) == []
        assert all(seal(one) == one.sealed for one in first)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"subject": "case:2"}, [3]),
        ({"action": "test"}, [5, 4, 3, 2, 1]),
        ({"action": "tes"}, []),
        ({"actor": LOCAL_OPERATOR.email, "subject": "case:0"}, [1]),
        ({"actor": "wang@b.cn"}, []),
        ({"subject": "case:\x00"}, []),
        ({"action": "\ud800"}, []),
        ({"before": 2}, [1]),
        ({"before": 10**30, "subject": "case:4"}, [5]),
        ({"before": -(10**30)}, []),
    ],
)
def test_the_trail_is_searched_by_actor_action_and_subject(
    five_entries: Installation, asked: dict[str, Any], found: list[int]
) -> None:
    with five_entries.reading() as session:
        assert [one.seq for one in queries.trail_page(session, **({"before": None} | asked))] == found


def test_a_new_instance_has_an_empty_whole_trail(on_both: Installation) -> None:
    with on_both.reading() as session:
        assert queries.walk_trail(session) == (None, 0)
