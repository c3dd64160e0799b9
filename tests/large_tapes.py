"""Loan tapes of any size, for measuring and for what takes its time: plain repetition, not life (that is `legal sample`)."""

from __future__ import annotations

from pathlib import Path

from tests.builders import Rows, id_number, tape_rows, write_documents, write_rows


def many_rows(loans: int, *, documents: int = 0) -> dict[str, Rows]:
    """Rows of a large tape: one borrower a loan, twelve instalments, four repayments with a reversal, four contacts, a charge."""
    small = tape_rows()
    rows: dict[str, Rows] = {"lenders": small["lenders"]}
    for number in range(loans):
        born = f"1990{number // 1000 % 12 + 1:02d}07"
        person = id_number(f"110101{born}{number % 1000:03d}")
        loan = {"loan_no": f"HM{number:06d}"}
        borrower = {
            "borrower_no": f"B{number:06d}",
            "id_number": person,
            "birth_date": f"{born[:4]}-{born[4:6]}-07",
            "gender": "",
        }
        months = [f"2024-{month:02d}-10" for month in range(2, 13)] + ["2025-01-10"]
        made: dict[str, Rows] = {
            "borrowers": [small["borrowers"][0] | borrower],
            "loans": [
                small["loans"][0] | loan | {"borrower_no": borrower["borrower_no"], "contract_no": f"HT{number:06d}"}
            ],
            "instalments": [
                {"number": str(place), "due_on": due, "principal": "1000.00", "interest": "180.00", "fee": "0"} | loan
                for place, due in enumerate(months, start=1)
            ],
            "repayments": [row | loan for row in small["repayments"][:4]],
            "charges": [small["charges"][0] | loan],
            "contacts": [small["contacts"][0] | loan | {"contact_no": f"T{number:06d}-{place}"} for place in range(4)],
            "documents": [
                small["documents"][0] | loan | {"file": f"documents/{number}.pdf"} for _ in range(number < documents)
            ],
        }
        for name, lines in made.items():
            rows.setdefault(name, []).extend(lines)
    return {name: lines for name, lines in rows.items() if lines}


def a_large_tape(folder: Path, loans: int, *, documents: int = 0) -> Path:
    """Write a large tape as CSV, the first `documents` loans with a contract each; answers the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = many_rows(loans, documents=documents)
    for name, lines in rows.items():
        write_rows(folder / f"{name}.csv", lines)
    write_documents(folder, rows)
    return folder
