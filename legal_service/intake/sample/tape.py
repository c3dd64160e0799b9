"""The tape itself: credit files as the rows and files of contract.md section 3."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import date

from legal_service.intake.layout import SHEETS
from legal_service.intake.sample import institution
from legal_service.intake.sample.credit_files import CreditFile
from legal_service.intake.sample.loans import Loan
from legal_service.money import amount_text, rate_text

Row = Mapping[str, str]


class Sheets:
    """Collects the rows of every sheet of the tape."""

    def __init__(self) -> None:
        self.rows: dict[str, list[Row]] = {sheet.name: [] for sheet in SHEETS}
        self.rows["lenders"].append(institution.lender_row())

    def add(self, file: CreditFile) -> None:
        """Write one credit file into the sheets."""
        loan, loan_no = file.loan, file.loan.loan_no
        if file.first_of_borrower:
            self.rows["borrowers"].append(file.borrower.row())
        self.rows["loans"].append(_loan_row(file))
        self._of_loan(
            "rates", loan_no, [{"from": on.isoformat(), "annual_rate": rate_text(rate)} for on, rate in loan.rates]
        )
        if loan.given_instalments:
            self._of_loan("instalments", loan_no, _instalment_rows(loan))
        self._of_loan("repayments", loan_no, (line.row() for line in file.ledger.repayments))
        self._of_loan("charges", loan_no, (line.row() for line in file.ledger.charges))
        self._of_loan("waivers", loan_no, (line.row() for line in file.ledger.waivers))
        self._of_loan(
            "contacts",
            loan_no,
            (
                {"contact_no": f"CT{file.serial:06d}{place:04d}", **line.row()}
                for place, line in enumerate(file.contacts, 1)
            ),
        )
        if file.guarantee is not None:
            self._of_loan("guarantors", loan_no, [_guarantor_row(file)])
        self._of_loan(
            "complaints",
            loan_no,
            (
                {"complaint_no": f"TS{file.serial:06d}{place:02d}", **line.row()}
                for place, line in enumerate(file.complaints, 1)
            ),
        )

    def document(self, loan_no: str, kind: str, file: str, original: str, obtained_on: date, source: str) -> None:
        """Write one document into the sheets."""
        row = {
            "kind": kind,
            "file": file,
            "original": original,
            "obtained_on": obtained_on.isoformat(),
            "source": source,
        }
        self._of_loan("documents", loan_no, [row])

    def files(self) -> dict[str, bytes]:
        """The CSV files, UTF-8 with BOM; a sheet without rows has no file."""
        return {
            f"{sheet.name}.csv": _csv([column.name for column in sheet.columns], self.rows[sheet.name])
            for sheet in SHEETS
            if self.rows[sheet.name]
        }

    def _of_loan(self, sheet: str, loan_no: str, rows: Iterable[Row]) -> None:
        self.rows[sheet].extend({"loan_no": loan_no, **row} for row in rows)


def _csv(header: list[str], rows: list[Row]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([row.get(name, "") for name in header] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _flag(yes: bool) -> str:
    return "Y" if yes else "N"


def _loan_row(file: CreditFile) -> Row:
    loan, clauses, ledger = file.loan, file.loan.clauses, file.ledger
    return {
        "loan_no": loan.loan_no,
        "contract_no": loan.contract_no,
        "borrower_no": file.borrower.number,
        "lender_no": institution.LENDER_NO,
        "product": institution.PRODUCT,
        "principal": amount_text(loan.principal),
        "annual_rate": rate_text(loan.annual_rate),
        "penalty_uplift": rate_text(loan.uplift * 10_000),
        "compound": _flag(loan.compound),
        "day_count": str(loan.day_count),
        "method": loan.method,
        "term_months": str(loan.months),
        "disbursed_on": loan.disbursed_on.isoformat(),
        "first_due_on": loan.first_due_on.isoformat(),
        "disbursed_amount": amount_text(loan.paid_out) if loan.paid_out != loan.principal else "",
        "acceleration_clause": _flag(clauses.acceleration),
        "accelerated_on": ledger.accelerated_on.isoformat() if ledger.accelerated_on else "",
        "agreed_court": clauses.court,
        "agreed_court_connection": clauses.connection,
        "address_for_service": file.borrower.residence or file.borrower.domicile,
        "e_service": _flag(clauses.e_service),
        "allocation": clauses.allocation,
        "signed_cost_table": _flag(clauses.cost_table),
        "compensated_on": ledger.compensated_on.isoformat() if ledger.compensated_on else "",
        "compensated_by": institution.GUARANTEE_COMPANY if ledger.compensated_on else "",
        "compensated_amount": amount_text(ledger.compensated_amount) if ledger.compensated_on else "",
        "co_lender_shares": clauses.co_lender_shares,
        "arbitration_clause": _flag(clauses.arbitration),
        "notarised": _flag(clauses.notarised),
    }


def _instalment_rows(loan: Loan) -> list[Row]:
    return [
        {
            "number": str(period.number),
            "due_on": period.due_on.isoformat(),
            "principal": amount_text(period.principal),
            "interest": amount_text(period.interest),
            "fee": amount_text(period.fee),
        }
        for period in loan.periods()
    ]


def _guarantor_row(file: CreditFile) -> Row:
    guarantee = file.guarantee
    assert guarantee is not None
    return {
        "name": guarantee.guarantor.name,
        "id_number": guarantee.guarantor.id_number,
        "phone": guarantee.guarantor.phone,
        "domicile": guarantee.guarantor.domicile,
        "liability": guarantee.liability,
        "guarantee_until": guarantee.until.isoformat() if guarantee.until else "",
    }
