"""One number of a return: its definition, its formula, the pseudonymised rows behind it, and the number reproduced from them."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template, request
from flask.typing import ResponseReturnValue

from legal_service.errors import Refusal, Words
from legal_service.money import amount_text, grouped
from legal_service.reports import operations, queries
from legal_service.reports.cut import rows_digest
from legal_service.reports.issues import IssueFacts, MeasureFacts, Number, RowsBehind
from legal_service.reports.queries.issues import SUPPRESSION
from legal_service.statuses import status_of
from legal_service.web import reader
from legal_service.web.pages.regulator import columns
from legal_service.web.pages.regulator.shown import issue_with_others
from legal_service.web.pages.regulator.tables import shown as written

SHOWN = 100


@dataclass(frozen=True, slots=True)
class Again:
    """The number computed again from the rows: in words, as published or not, and whether the rows are those of the return.

    `agrees` is None when nothing was published to compare with.
    """

    value: str
    agrees: bool | None
    same_rows: bool | None


def show(issue_id: int, key: str) -> ResponseReturnValue:
    """The number; its rows to whoever may check, where they tell no small cell."""
    issue, measure, number = _found(issue_id, key)
    if not reader.may("report.inspect"):
        return _page(issue, measure, number, None, None)
    try:
        behind = queries.rows_behind(reader.installation().store, issue, key)
    except Refusal as refused:
        return _page(issue, measure, number, None, refused)
    return _page(issue, measure, number, behind, None)


def inspect(issue_id: int, key: str) -> ResponseReturnValue:
    """The rows for whoever may check, small cells included: by a form, because each look is entered in the trail."""
    issue, measure, number = _found(issue_id, key)
    try:
        with reader.transaction() as tx:
            behind = operations.inspect_rows(tx, store=reader.installation().store, issue_id=issue_id, key=key)
    except Refusal as refused:
        return _page(issue, measure, number, None, refused), status_of(refused.code)
    return _page(issue, measure, number, behind, None)


def _found(issue_id: int, key: str) -> tuple[IssueFacts, MeasureFacts, Number]:
    issue, _ = issue_with_others(issue_id)
    for measure in queries.numbers_of(reader.installation().store, issue):
        for number in measure.numbers:
            if number.key == key:
                return issue, measure, number
    raise Refusal("unknown_number", Words(zh=f"报表中没有编号 {key[:80]}", en=f"the return has no number {key[:80]}"))


def _page(
    issue: IssueFacts, measure: MeasureFacts, number: Number, behind: RowsBehind | None, refused: Refusal | None
) -> str:
    sums, dimensions = measure.takes["sums"] or "", queries.dimensions_of(issue.name)
    start = _start(len(behind.rows) if behind else 0)
    rows = behind.rows[start : start + SHOWN] if behind else ()
    category = number.key.rpartition(".")[2] if measure.takes["by"] else ""
    return render_template(
        "regulator/number.html",
        issue=issue,
        head=queries.heading(reader.installation().store, issue),
        measure=measure,
        number=number,
        behind=behind,
        rows=rows,
        start=start,
        most=SHOWN,
        subtotal=_text(columns.total_of(rows, sums), sums) if behind and len(rows) < len(behind.rows) else "",
        again=_again(number, behind, sums) if behind else None,
        asked=[columns.condition(dimensions, name, code) for name, code in measure.takes["where"].items()],
        category=columns.condition(dimensions, measure.takes["by"], category)
        if category not in ("", "total")
        else None,
        formula=formula(measure, category),
        kind=columns.KINDS.get(measure.takes["kind"], Words(measure.takes["kind"], measure.takes["kind"])),
        sums=columns.COLUMNS.get(sums),
        columns=columns,
        dimensions=dimensions,
        withheld_basis=SUPPRESSION,
        refused=refused,
        written=written,
    )


def formula(measure: MeasureFacts, category: str) -> str:
    """How the number follows from the cut, in the cut's own names."""
    takes = measure.takes
    asked = dict(takes["where"])
    if category not in ("", "total"):
        asked[takes["by"]] = category
    condition = f" where {' and '.join(f'{name} = {code}' for name, code in asked.items())}" if asked else ""
    what = f"sum({takes['sums']})" if takes["sums"] else "count(*)"
    return f"{what} over kind = {takes['kind']}{condition}"


def _again(number: Number, behind: RowsBehind, sums: str) -> Again:
    value = columns.total_of(behind.rows, sums)
    published = amount_text(value) if sums else value
    told = number.rows_sha256
    return Again(
        value=_text(value, sums),
        agrees=None if number.withheld else published == number.value,
        same_rows=None if told is None else rows_digest([str(row["row"]) for row in behind.rows]) == told,
    )


def _text(value: int, sums: str) -> str:
    return grouped(value) if sums else f"{value:,}"


def _start(rows: int) -> int:
    asked = request.values.get("from", "0")
    start = int(asked) if asked.isdecimal() and len(asked) < 10 else 0
    return start if start < rows else 0
