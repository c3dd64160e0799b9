"""The custody log: whatever is altered, dropped or reordered afterwards is found, at its place."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace

from legal_service import clock
from legal_service.vault import custody
from legal_service.vault.custody import Break, Entry

AT = clock.parse_moment("2026-03-02 10:15")


def a_log() -> list[Entry]:
    """Two items: the contract is deposited, verified and exported; the receipt is deposited in between."""
    log: list[Entry] = []
    heads: dict[int, str] = {}
    for item, event in ((1, "deposited"), (2, "deposited"), (1, "verified"), (1, "exported")):
        entry = custody.sealed(
            Entry(
                seq=len(log) + 1,
                item=item,
                sha256=str(item) * 64,
                at=clock.seconds_from(AT, len(log)),
                actor="lawyer@example.com",
                event=event,  # type: ignore[arg-type]
                detail={"to": "court"} if event == "exported" else {},
                previous=log[-1].hash if log else custody.GENESIS,
                item_previous=heads.get(item, custody.GENESIS),
            )
        )
        heads[item] = entry.hash
        log.append(entry)
    return log


def test_a_whole_log_is_whole() -> None:
    assert custody.verify(a_log()) is None
    assert custody.verify_items(a_log()) is None


def test_the_hash_can_be_computed_with_other_tools() -> None:
    """What is hashed is exactly the published line without its hash: no knowledge of this program is needed."""
    line = a_log()[3].as_json()
    claimed = line.pop("hash")
    text = json.dumps(line, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert hashlib.sha256(text.encode()).hexdigest() == claimed
    assert line["at"] == "2026-03-02T02:15:03.000000+00:00"


def test_every_altered_field_is_found() -> None:
    changes = {
        "item": 9,
        "sha256": "f" * 64,
        "at": clock.seconds_from(AT, 99),
        "actor": "somebody@example.com",
        "event": "sealed",
        "detail": {"to": "public"},
        "item_previous": "e" * 64,
    }
    for field, value in changes.items():
        log = a_log()
        log[2] = replace(log[2], **{field: value})
        assert custody.verify(log) == Break(seq=3, code="altered"), field


def test_an_altered_entry_with_a_fresh_hash_no_longer_carries_the_next() -> None:
    log = a_log()
    log[1] = custody.sealed(replace(log[1], actor="somebody@example.com"))
    assert custody.verify(log) == Break(seq=3, code="relinked")


def test_a_dropped_entry_is_found() -> None:
    log = a_log()
    assert custody.verify(log[1:]) == Break(seq=1, code="missing")
    assert custody.verify([log[0], *log[2:]]) == Break(seq=2, code="missing")


def test_one_items_custody_stands_alone() -> None:
    """The court is given the contract's entries without the receipt's, and can still verify them."""
    contract = [entry for entry in a_log() if entry.item == 1]
    assert custody.verify_items(contract) is None
    assert custody.verify_items(contract[1:]) == Break(seq=3, code="missing")
    assert custody.verify_items([contract[0], contract[2]]) == Break(seq=4, code="relinked")
    assert custody.verify_items([contract[0], replace(contract[1], actor="x@example.com")]) == Break(
        seq=3, code="altered"
    )


def test_bytes_cannot_be_exchanged_under_an_item() -> None:
    log = a_log()
    swapped = custody.sealed(replace(log[2], sha256="f" * 64))
    assert custody.verify_items([log[0], swapped]) == Break(seq=3, code="relinked")


def test_a_line_is_read_back() -> None:
    for entry in a_log():
        assert custody.read(json.loads(json.dumps(entry.as_json()))) == entry
