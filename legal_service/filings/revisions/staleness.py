"""Comparing a revision with what would be made today from the same day's books: figure by figure, then the rest by its parts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from legal_service.errors import Words
from legal_service.filings.revisions.titles import title_of

CLAIM = "statement_of_claim"
_FIGURED = {"value", "sources"}

PARTS: Mapping[str, Words] = {
    "plaintiff": Words(zh="原告信息", en="the plaintiff"),
    "agents": Words(zh="委托诉讼代理人", en="agents ad litem"),
    "defendants": Words(zh="被告信息", en="the defendants"),
    "contract": Words(zh="合同约定", en="the terms of the contract"),
    "account": Words(zh="欠款计算", en="the account"),
    "breach": Words(zh="违约与催告", en="breach and demands"),
    "guarantees": Words(zh="保证", en="guarantees"),
    "forum": Words(zh="管辖约定", en="the agreed forum"),
    "evidence": Words(zh="证据清单", en="the list of evidence"),
    "mediation": Words(zh="调解意愿", en="wishes on mediation"),
    "charges": Words(zh="抵押、质押", en="mortgages and pledges"),
    "other_security": Words(zh="其他担保", en="other security"),
    "preservation": Words(zh="保全", en="preservation"),
    "costs": Words(zh="实现债权的费用", en="costs of realising the debt"),
}
_REST = Words(zh="文书其他内容", en="other contents of the document")


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure as it was and as it would be, with the rows of both; a part of the document has no texts."""

    label: Words
    element: str
    was: str
    now: str
    rows_before: tuple[str, ...]
    rows_now: tuple[str, ...]


def differences(
    document: str,
    before: Sequence[Mapping[str, Any]],
    now: Sequence[Mapping[str, Any]],
    facts_before: Mapping[str, Any],
    facts_now: Mapping[str, Any],
) -> list[Difference]:
    """What differs: figures whose text or rows do, then parts of the facts that are no figures. Both facts are plain JSON."""
    old, new = _keyed(before), _keyed(now)
    found = []
    for key in dict.fromkeys([*old, *new]):
        one, other = old.get(key, {}), new.get(key, {})
        was, is_now = _text(one, facts_before), _text(other, facts_now)
        rows_before, rows_now = tuple(one.get("sources", ())), tuple(other.get("sources", ()))
        if (was, rows_before) != (is_now, rows_now):
            found.append(Difference(title_of(key[1]), key[0], was, is_now, rows_before, rows_now))
    if document == CLAIM:
        return [*found, *_parts(facts_before, facts_now)]
    if not found and facts_before != facts_now:  # what follows from the figures is told by them
        found.append(Difference(_REST, "", "", "", (), ()))
    return found


def _keyed(figures: Iterable[Mapping[str, Any]]) -> dict[tuple[str, str, int], Mapping[str, Any]]:
    """By element, label and which of its name it is: two costs may have one name."""
    found: dict[tuple[str, str, int], Mapping[str, Any]] = {}
    for one in figures:
        place = 0
        while (one["element"], one["label"], place) in found:
            place += 1
        found[one["element"], one["label"], place] = one
    return found


def _text(figure: Mapping[str, Any], facts: Mapping[str, Any]) -> str:
    """A figure as printed; those of statement and log are kept without their text and looked up in the facts."""
    if not figure:
        return ""
    if figure["text"]:
        return str(figure["text"])
    if figure["element"] == "contact_log":
        entry: Mapping[str, Any] = next(
            (one for one in facts.get("contacts", ()) if one["contact_no"] == figure["label"]), {}
        )
        return " ".join(str(entry.get(name, "")) for name in ("at", "channel", "outcome")).strip()
    value: Any = facts
    for name in str(figure["label"]).split("."):
        value = value.get(name) if isinstance(value, Mapping) else None
    return "" if value is None else str(value)


def _parts(before: Mapping[str, Any], now: Mapping[str, Any]) -> list[Difference]:
    found = []
    for name in dict.fromkeys([*before, *now]):
        old, new = _bare(before.get(name)), _bare(now.get(name))
        if old != new:
            found.append(Difference(PARTS.get(name, _REST), "", "", "", tuple(_rows(old)), tuple(_rows(new))))
    return found


def _bare(node: Any) -> Any:
    """The facts without their figures."""
    if isinstance(node, Mapping):
        return None if set(node) == _FIGURED else {name: _bare(value) for name, value in node.items()}
    return [_bare(one) for one in node] if isinstance(node, list) else node


def _rows(node: Any) -> list[str]:
    if isinstance(node, Mapping):
        own = [node["row"]] if isinstance(node.get("row"), str) and node["row"] else []
        return own + [row for value in node.values() for row in _rows(value)]
    return [row for one in node for row in _rows(one)] if isinstance(node, list) else []
