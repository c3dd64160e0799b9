"""A small loan tape to begin from, ways to change one thing of it, and a picture of an instance to compare.

A cell is named as a finding names it: `change(tape, "loans.csv:2:PRINCIPAL", "0")`. Line 1 is the header.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Sequence
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter
from sqlalchemy import select

from legal_service.clock import midday
from legal_service.database import LOCAL_OPERATOR, Actor
from legal_service.installation import Installation
from legal_service.intake import operations as intake
from legal_service.intake.operations import Imported
from legal_service.law.identifiers import id_card_check_digit, luhn_check_digit, uscc_check_character
from legal_service.schema import metadata

Rows = list[dict[str, str]]
TODAY = date(2026, 3, 2)
"""The business date of the tests' imports; everything on the tape lies before it."""


def id_number(first_17: str) -> str:
    """A citizen's identity number with its right check digit."""
    return first_17 + id_card_check_digit(first_17)


def uscc(first_17: str) -> str:
    """A unified social credit code with its right check character."""
    return first_17 + uscc_check_character(first_17)


def bank_card(first_18: str) -> str:
    """A card number that passes Luhn's test."""
    return first_18 + luhn_check_digit(first_18)


_LOAN = {
    "product": "惠民贷",
    "penalty_uplift": "0.5",
    "compound": "Y",
    "day_count": "360",
    "acceleration_clause": "Y",
    "agreed_court": "示例市示例区人民法院",
    "agreed_court_connection": "原告住所地",
    "e_service": "Y",
    "signed_cost_table": "Y",
}
_PDF_FOLDER = "documents"

ROWS: dict[str, Rows] = {
    "lenders": [
        {"lender_no": "L01", "name": "示例消费金融有限公司", "uscc": uscc("91110000MA0012345"), "address": "示例市示例区金融街1号",
         "legal_representative": "赵一", "post": "董事长", "phone": "01000000000", "lender_type": "consumer_finance",
         "account_name": "示例消费金融有限公司", "account_no": "110000000000001", "account_bank": "示例银行营业部"},
    ],
    "borrowers": [
        {"borrower_no": "B01", "name": "张伟", "id_type": "id_card", "id_number": id_number("11010119900307123"), "gender": "男",
         "birth_date": "1990-03-07", "phone": "19900000001", "domicile": "示例市示例区一号院1号楼101室", "employer": "示例商贸有限公司",
         "bank_card": bank_card("622848040256489001"), "province": "北京"},
        {"borrower_no": "B02", "name": "欧阳娜娜", "id_type": "id_card", "id_number": id_number("44030119851224224"), "gender": "女",
         "birth_date": "1985-12-24", "phone": "19900000002", "domicile": "示例省示例市二号路2号", "employer": "", "bank_card": "",
         "province": "广东"},
    ],
    "loans": [
        {**_LOAN, "loan_no": "HM0001", "contract_no": "HT-2024-0001", "borrower_no": "B01", "lender_no": "L01",
         "principal": "12000.00", "annual_rate": "0.18", "method": "equal_instalment", "term_months": "12",
         "disbursed_on": "2024-01-10", "first_due_on": "2024-02-10", "accelerated_on": "",
         "address_for_service": "示例市示例区一号院1号楼101室", "allocation": "costs,interest,principal"},
        {**_LOAN, "loan_no": "HM0002", "contract_no": "HT-2024-0002", "borrower_no": "B01", "lender_no": "L01",
         "principal": "6000.00", "annual_rate": "0.155", "method": "equal_principal", "term_months": "6", "compound": "N",
         "day_count": "365", "disbursed_on": "2024-02-01", "first_due_on": "2024-03-01", "accelerated_on": "2024-06-20",
         "address_for_service": "", "allocation": ""},
        {**_LOAN, "loan_no": "HM0003", "contract_no": "HT-2024-0003", "borrower_no": "B02", "lender_no": "L01",
         "principal": "30000.00", "annual_rate": "0.2", "method": "interest_only", "term_months": "24",
         "disbursed_on": "2024-01-31", "first_due_on": "2024-02-29", "accelerated_on": "", "address_for_service": "",
         "allocation": "costs,interest,principal;91:costs,principal,interest"},
    ],
    "repayments": [
        {"loan_no": "HM0001", "paid_on": "2024-02-10", "amount": "1100.16", "reference": "R1", "channel": "银行转账",
         "kind": "payment", "reverses": "", "designated": ""},
        {"loan_no": "HM0001", "paid_on": "2024-03-10", "amount": "1100.16", "reference": "R2", "channel": "代扣",
         "kind": "deduction", "reverses": "", "designated": ""},
        {"loan_no": "HM0001", "paid_on": "2024-03-12", "amount": "1100.16", "reference": "R3", "channel": "代扣",
         "kind": "reversal", "reverses": "R2", "designated": ""},
        {"loan_no": "HM0001", "paid_on": "2024-04-02", "amount": "800.00", "reference": "R4", "channel": "银行转账",
         "kind": "payment", "reverses": "", "designated": "principal,interest,costs"},
        {"loan_no": "HM0003", "paid_on": "2024-02-29", "amount": "500.00", "reference": "R1", "channel": "银行转账",
         "kind": "payment", "reverses": "", "designated": ""},
    ],
    "charges": [
        {"loan_no": "HM0001", "on": "2024-02-10", "kind": "service_fee", "amount": "30.00", "reference": "C1",
         "taker": "示例科技有限公司", "disclosed": "N"},
        {"loan_no": "HM0003", "on": "2024-09-01", "kind": "legal_cost", "amount": "1500.00", "reference": "C1",
         "taker": "示例律师事务所", "disclosed": "Y"},
    ],
    "waivers": [
        {"loan_no": "HM0001", "on": "2024-05-06", "kind": "penalty", "amount": "5.00", "reference": "W1", "approved_by": "钱二"},
    ],
    "contacts": [
        {"contact_no": "T1", "loan_no": "HM0001", "at": "2024-03-20 10:15", "channel": "call", "direction": "out",
         "party": "borrower", "address": "19900000001", "outcome": "promised", "agency": "", "agent": "C07",
         "content": "借款人称下月还款", "recording": "rec/T1.mp3", "consent": ""},
        {"contact_no": "T2", "loan_no": "HM0003", "at": "2024-05-08T16:40:00+08:00", "channel": "letter", "direction": "out",
         "party": "guarantor", "address": "示例省示例市三号路3号", "outcome": "delivered", "agency": "示例催收有限公司",
         "agent": "C09", "content": "催收函", "recording": "", "consent": ""},
    ],
    "guarantors": [
        {"loan_no": "HM0003", "name": "孙三", "id_number": id_number("44030119600101335"), "phone": "19900000003",
         "domicile": "示例省示例市三号路3号", "liability": "joint", "guarantee_until": "2029-01-31"},
    ],
    "complaints": [
        {"complaint_no": "K1", "loan_no": "HM0003", "received_on": "2024-06-01", "kind": "催收频次", "content": "称一日来电五次",
         "closed_on": "2024-06-12", "outcome": "已致歉并调整"},
    ],
    "documents": [
        {"loan_no": "HM0001", "kind": "contract", "file": f"{_PDF_FOLDER}/HM0001-contract.pdf", "original": "electronic",
         "obtained_on": "2024-01-10", "source": "电子签约平台"},
        {"loan_no": "HM0001", "kind": "disbursement_receipt", "file": f"{_PDF_FOLDER}/HM0001-receipt.pdf", "original": "copy",
         "obtained_on": "2024-01-10", "source": "核心系统"},
        {"loan_no": "HM0003", "kind": "guarantee_contract", "file": f"{_PDF_FOLDER}/HM0003-guarantee.pdf",
         "original": "electronic", "obtained_on": "2024-01-31", "source": "电子签约平台"},
    ],
}  # fmt: skip
"""A lender, two borrowers, three loans, and something of everything that can hang on a loan."""


def tape_rows(**changes: Rows) -> dict[str, Rows]:
    """The small tape as rows, with whole files exchanged: `tape_rows(lenders=[])` has none."""
    return {name: rows for name, rows in (deepcopy(ROWS) | changes).items() if rows}


def a_tape(folder: Path, *, encoding: str = "utf-8", **changes: Rows) -> Path:
    """Write the small tape as CSV with its documents, whole files exchanged by `changes`; answers the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = tape_rows(**changes)
    for name, lines in rows.items():
        write_rows(folder / f"{name}.csv", lines, encoding)
    write_documents(folder, rows)
    return folder


def a_workbook(path: Path, **changes: Rows) -> Path:
    """Write the small tape as one XLSX of text cells with its documents beside it; answers the file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = tape_rows(**changes)
    book = xlsxwriter.Workbook(str(path))
    for name, lines in rows.items():
        sheet = book.add_worksheet(name)
        for place, header in enumerate(lines[0]):
            sheet.write_string(0, place, header)
            for line, cells in enumerate(lines, start=1):
                sheet.write_string(line, place, cells[header])
    book.close()
    write_documents(path.parent, rows)
    return path


def write_documents(folder: Path, rows: dict[str, Rows]) -> None:
    """Write a small PDF for every row of documents.csv that has none."""
    for row in rows.get("documents", []):
        file = folder / row["file"]
        if not file.exists():
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(a_pdf(f"{row['loan_no']} {row['kind']}"))


def a_pdf(words: str) -> bytes:
    """A PDF of one page with one line of Latin text: small, whole, always the same bytes."""
    drawing = f"BT /F1 12 Tf 72 720 Td ({words}) Tj ET".encode("ascii")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawing), drawing),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    body, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    trailer = b"trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(body)
    return body + b"xref\n0 6\n0000000000 65535 f \n" + table + trailer


def write_rows(path: Path, rows: Rows, encoding: str = "utf-8") -> None:
    """Write one CSV file; the first row names the columns."""
    with path.open("w", encoding=encoding, newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def read_rows(path: Path, encoding: str = "utf-8") -> Rows:
    """Read one CSV file back."""
    with path.open(encoding=encoding, newline="") as stream:
        return list(csv.DictReader(stream))


def change(tape: Path, place: str, value: str) -> str:
    """Change one cell of a tape: `change(tape, "loans.csv:2:PRINCIPAL", "0")`; answers the place."""
    name, line, column = place.split(":")
    rows = read_rows(tape / name)
    header = next((one for one in rows[0] if one.lower() == column.lower()), column.lower())
    for row in rows:
        row.setdefault(header, "")
    rows[int(line) - 2][header] = value
    write_rows(tape / name, rows)
    return place


def add(tape: Path, sheet: str, **cells: str) -> str:
    """Append a row, empty where `cells` say nothing; answers its place, `repayments.csv:7`."""
    path = tape / f"{sheet}.csv"
    rows = read_rows(path)
    rows.append(dict.fromkeys(rows[0], "") | cells)
    write_rows(path, rows)
    return f"{sheet}.csv:{len(rows) + 1}"


def remove(tape: Path, place: str) -> None:
    """Take a row off the tape: `remove(tape, "repayments.csv:3")`."""
    name, line = place.split(":")
    rows = read_rows(tape / name)
    del rows[int(line) - 2]
    write_rows(tape / name, rows)


def imported(
    installation: Installation, path: Path, *, actor: Actor = LOCAL_OPERATOR, today: date = TODAY, **how: Any
) -> Imported:
    """Import a tape in one committed transaction of a fixed date, as the job does."""
    with installation.database.transaction(
        actor=actor, institution_id=installation.institution_id, moment=midday(today)
    ) as tx:
        return intake.import_tape(tx, path=path, store=installation.store, **how)


def picture(installation: Installation, *, without: Sequence[str] = ()) -> dict[str, Any]:
    """Everything an instance holds: each table's rows as stored, and each file of the vault with its SHA-256."""
    with installation.database.engine.connect() as connection:
        held: dict[str, Any] = {
            table.name: sorted(str(tuple(row)) for row in connection.exec_driver_sql(f"SELECT * FROM {table.name}"))
            for table in metadata.sorted_tables
            if table.name not in without
        }
    vault = Path(installation.settings.store_url.removeprefix("file://"))
    held["vault"] = {
        str(file.relative_to(vault)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(vault.rglob("*"))
        if file.is_file()
    }
    return held


def rows_of(installation: Installation, model: Any) -> list[Any]:
    """All rows of a table, in the order they were written."""
    with installation.reading() as session:
        found = list(session.scalars(select(model).order_by(*model.__table__.primary_key.columns)))
        session.expunge_all()
    return found
