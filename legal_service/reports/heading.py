"""The heading of an issue, read from its frozen files: whose return it is, of which days, how small cells are treated, which files there are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from legal_service.errors import Words


@dataclass(frozen=True, slots=True)
class Filed:
    """One of the files the manifest names; `circulates` is False for the cut, which is row by row and only for checking."""

    name: str
    sha256: str
    size: int
    circulates: bool


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands at the head of an issue. `rows` counts the rows of its cut, `withheld` the numbers not shown.

    `made_with` names the versions of software, template and typefaces; `since_issue` is the issue it was compared with.
    """

    label: Words
    institution: str
    lenders: tuple[tuple[str, str], ...]
    first: date
    last: date
    rows: int
    prepared_by: str
    cap_rate: str
    cap_basis: str
    cap_status: str
    smallest_cell: int
    suppression: Words
    withheld: int
    since_issue: int | None
    files: tuple[Filed, ...]
    made_with: Mapping[str, str]


def heading_of(document: Mapping[str, Any], manifest: Mapping[str, Any]) -> Heading:
    """The heading from `return.json` and `manifest.json` as they were frozen."""
    head, small = document["header"], document["suppression"]
    differences = document["differences"]
    return Heading(
        label=_words(document["label"]),
        institution=head["institution"],
        lenders=tuple((one["name"], one["uscc"]) for one in head["lenders"]),
        first=date.fromisoformat(head["from"]),
        last=date.fromisoformat(head["to"]),
        rows=head["data_cut"]["rows"],
        prepared_by=head["prepared_by"],
        cap_rate=head["cap"]["rate"],
        cap_basis=head["cap"]["basis"],
        cap_status=head["cap"]["status"],
        smallest_cell=small["smallest_cell"],
        suppression=_words(small["says"]),
        withheld=small["withheld"],
        since_issue=differences["since_issue"] if differences else None,
        files=tuple(
            Filed(name, one["sha256"], one["bytes"], one["circulation"] == "with_the_return")
            for name, one in manifest["files"].items()
        ),
        made_with={name: str(version) for name, version in manifest["made_with"].items()},
    )


def _words(told: Mapping[str, str]) -> Words:
    return Words(zh=told["zh"], en=told["en"])
