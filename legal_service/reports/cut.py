"""The frozen cut: every row a return rests on, as it stood when the return was made, one JSON line each.

Rows are pseudonymous (`contract:HM0001`, `contact_attempt:12`) and hold codes, dates and amounts only: no name, no number
and no prose of a person. The same rows are the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import types
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from typing import Any, ClassVar, get_args, get_origin, get_type_hints

from legal_service.money import Fen, amount_text, parse_amount
from legal_service.reports.periods import Period, period_named

FORMAT = 1
_AMOUNT = {"amount": True}


@dataclass(frozen=True, slots=True)
class Loan:
    """A loan disbursed by the close, as its statement of account stands at the close (contract.md section 4).

    `due` is all that is due and unpaid, `overdue_principal` the unpaid principal of instalments due before the last day,
    `reduction` what the 24 % test takes off.
    """

    kind: ClassVar[str] = "loan"
    row: str
    compensated: bool
    days_past_due: int
    tier: str
    five_class_floor: str
    principal: Fen = field(metadata=_AMOUNT)
    overdue_principal: Fen = field(metadata=_AMOUNT)
    due: Fen = field(metadata=_AMOUNT)
    reduction: Fen = field(metadata=_AMOUNT)


@dataclass(frozen=True, slots=True)
class Contact:
    """A contact attempt of the period (the revision that stands). `consent` is for the hours of the contact."""

    kind: ClassVar[str] = "contact"
    row: str
    at: datetime
    channel: str
    direction: str
    party: str
    outcome: str
    consent: bool


@dataclass(frozen=True, slots=True)
class Complaint:
    """A complaint open at the beginning of the period or received in it; `closed_on` only when closed by the close."""

    kind: ClassVar[str] = "complaint"
    row: str
    received_on: date
    closed_on: date | None


@dataclass(frozen=True, slots=True)
class Settlement:
    """An attempt of the period to settle out of court."""

    kind: ClassVar[str] = "settlement"
    row: str
    attempted_on: date
    outcome: str


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case opened by the close and not closed before the period, at its stage at the close.

    `claim` and `reduction` are those of the approved statement of claim it was submitted with, if it was.
    """

    kind: ClassVar[str] = "case"
    row: str
    opened_on: date
    stage: str
    submitted_on: date | None
    claim: Fen | None = field(metadata=_AMOUNT)
    reduction: Fen | None = field(metadata=_AMOUNT)


@dataclass(frozen=True, slots=True)
class Approved:
    """A document that a named lawyer first approved in the period."""

    kind: ClassVar[str] = "approved_document"
    row: str
    approved_on: date
    document: str


@dataclass(frozen=True, slots=True)
class Built:
    """An evidence package built in the period."""

    kind: ClassVar[str] = "package"
    row: str
    built_on: date
    audience: str


Row = Loan | Contact | Complaint | Settlement | CaseFile | Approved | Built
ROWS: dict[str, type[Row]] = {
    one.kind: one for one in (Loan, Contact, Complaint, Settlement, CaseFile, Approved, Built)
}


@dataclass(frozen=True, slots=True)
class Head:
    """Whose cut it is, of which return and period, and the cap its reductions were computed with."""

    name: str
    period: Period
    institution: str
    lenders: tuple[tuple[str, str], ...]
    """(name, unified social credit code) of each lender of the portfolio."""
    cap_rate: str
    cap_basis: str
    cap_status: str


@dataclass(frozen=True, slots=True)
class Cut:
    """Head and rows."""

    head: Head
    rows: tuple[Row, ...]


def encode(cut: Cut) -> bytes:
    """The cut as JSON lines: the head, then the rows by kind and id."""
    order = {kind: position for position, kind in enumerate(ROWS)}
    rows = sorted(cut.rows, key=lambda row: (order[row.kind], row.row))
    lines = [_head_json(cut.head, len(rows)), *(line_of(row) for row in rows)]
    return "".join(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n" for line in lines).encode()


def decode(content: bytes) -> Cut:
    """Read a cut; raises `ValueError` for anything that `encode` would not have written."""
    try:
        lines = [json.loads(line) for line in content.decode("utf-8").splitlines()]
        cut = Cut(_head(lines[0]), tuple(_row(line) for line in lines[1:]))
    except (KeyError, TypeError, IndexError, AttributeError, RecursionError) as failure:
        raise ValueError(f"not a cut: {failure!r}") from failure
    if len({row.row for row in cut.rows}) != len(cut.rows) or encode(cut) != content:
        raise ValueError("not a cut as this software writes it")
    return cut


def digest(content: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def rows_digest(rows: Sequence[str] | frozenset[str]) -> str:
    """What recognises a set of rows: SHA-256 over the sorted ids, one a line."""
    return digest("".join(f"{row}\n" for row in sorted(rows)).encode())


def line_of(row: Row) -> dict[str, Any]:
    """One row as its JSON object."""
    return {"kind": row.kind} | {one.name: _written(getattr(row, one.name), one.metadata) for one in fields(row)}


def _written(value: Any, metadata: Mapping[str, Any]) -> Any:
    if value is not None and metadata.get("amount"):
        return amount_text(value)
    return value.isoformat() if isinstance(value, date) else value


def _row(line: dict[str, Any]) -> Row:
    shape = ROWS[line["kind"]]
    hints = get_type_hints(shape)
    values = {one.name: _read(line[one.name], hints[one.name], one.metadata) for one in fields(shape)}
    if set(line) != {"kind", *values}:
        raise ValueError(f"unknown fields in a row of kind {shape.kind}")
    return shape(**values)


def _read(value: Any, hint: Any, metadata: Mapping[str, Any]) -> Any:
    if get_origin(hint) is types.UnionType:
        if value is None:
            return None
        hint = next(one for one in get_args(hint) if one is not types.NoneType)
    if metadata.get("amount"):
        return parse_amount(value)
    if hint in (date, datetime):
        return hint.fromisoformat(value)
    if type(value) is not hint:
        raise ValueError(f"expected {hint.__name__}, found {type(value).__name__}")
    return value


def _head_json(head: Head, rows: int) -> dict[str, Any]:
    return {
        "kind": "cut",
        "format": FORMAT,
        "return": head.name,
        "period": head.period.name,
        "from": head.period.first.isoformat(),
        "to": head.period.last.isoformat(),
        "institution": head.institution,
        "lenders": [{"name": name, "uscc": uscc} for name, uscc in head.lenders],
        "cap": {"rate": head.cap_rate, "basis": head.cap_basis, "status": head.cap_status},
        "rows": rows,
    }


def _head(line: dict[str, Any]) -> Head:
    if line["kind"] != "cut" or line["format"] != FORMAT:
        raise ValueError(f"not a cut of format {FORMAT}")
    cap = line["cap"]
    return Head(
        name=line["return"],
        period=period_named(line["period"]),
        institution=line["institution"],
        lenders=tuple((one["name"], one["uscc"]) for one in line["lenders"]),
        cap_rate=cap["rate"],
        cap_basis=cap["basis"],
        cap_status=cap["status"],
    )
