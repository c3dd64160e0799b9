"""The statement of account in its four forms, and writing it to a file whole or not at all."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from legal_service.accounts import workbook
from legal_service.accounts.sheet import SheetNames, context
from legal_service.accounts.statement import Statement
from legal_service.documents import files as templates
from legal_service.documents.page import render_html
from legal_service.documents.pdf import from_html


def json_bytes(document: dict[str, Any] | list[dict[str, Any]]) -> bytes:
    """A JSON document as a file: UTF-8, indented, stable."""
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def table(statement: Statement, form: str) -> bytes:
    """The statement as `xlsx` or `csv` (UTF-8 with BOM)."""
    return workbook.xlsx(statement) if form == "xlsx" else workbook.csv_text(statement).encode()


def pdf(statement: Statement, names: SheetNames) -> bytes:
    """The statement as a sheet for the court, from `templates/statement_of_account`."""
    template = templates.load("statement_of_account")
    html = render_html(template.body.decode(), context(statement, names), name="statement_of_account/body.html")
    title = f"欠款明细 {statement.facts.loan_no} {statement.as_of.isoformat()}"
    return from_html(html, css=template.style, title=title, on=statement.as_of)


def write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all; folders are made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        temporary.write_bytes(content)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
