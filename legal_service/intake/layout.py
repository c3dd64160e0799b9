"""The loan tape's files and columns (contract.md section 3), as a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from legal_service.accounts.books import BALANCES, SPLITS

ColumnKind = Literal["text", "prose", "amount", "rate", "uplift", "whole", "date", "moment", "flag", "choice", "order"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column. Required ones are written in capitals in messages, as in the contract."""

    name: str
    kind: ColumnKind = "text"
    required: bool = False
    choices: tuple[str, ...] = ()
    default: str = ""
    longest: int = 200

    @property
    def shown(self) -> str:
        """The name as messages print it: `PRINCIPAL`, `phone2`."""
        return self.name.upper() if self.required else self.name


@dataclass(frozen=True, slots=True)
class Sheet:
    """One file of the tape: its columns, and the columns that identify a row.

    `books` are the lender's own balances and splits where a tape carries them: kept beside the row, never used in its place.
    """

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    books: tuple[Column, ...] = ()

    @property
    def recognised(self) -> tuple[Column, ...]:
        """All columns that have a meaning."""
        return self.columns + self.books

    def column(self, name: str) -> Column:
        """The column of this name."""
        return next(one for one in self.recognised if one.name == name)


def _columns(text: str, **kinds: Column) -> tuple[Column, ...]:
    built = []
    for word in text.split():
        name = word.lower()
        special = kinds.get(name)
        required = word.isupper()
        if special is None:
            built.append(Column(name=name, required=required))
        else:
            built.append(Column(name, special.kind, required, special.choices, special.default, special.longest))
    return tuple(built)


def _choice(*choices: str, default: str = "") -> Column:
    return Column("", "choice", choices=choices, default=default)


def _books(*amounts: str, **others: Column) -> tuple[Column, ...]:
    return (*(Column(name, "amount") for name in amounts), *(Column(name, one.kind) for name, one in others.items()))


_AMOUNT, _DATE, _RATE = Column("", "amount"), Column("", "date"), Column("", "rate")
_NO = Column("", "flag", default="N")
_SHORT, _LONG = Column("", longest=64), Column("", "prose", longest=20_000)
_NUMBER = Column("", longest=100)
_WHOLE = Column("", "whole")

EVIDENCE_KINDS = [
    "contract",
    "disbursement_receipt",
    "id_card",
    "authorisation",
    "cost_table",
    "form_terms_notice",
    "face_verification",
    "signature_certificate",
    "recording",
    "demand_letter",
    "acceleration_notice",
    "delivery_receipt",
    "guarantee_contract",
    "licence",
    "power_of_attorney",
    "settlement_agreement",
    "judgment",
    "effectiveness_certificate",
    "other",
]

SHEETS: tuple[Sheet, ...] = (
    Sheet(
        "lenders",
        _columns(
            "LENDER_NO NAME USCC ADDRESS LEGAL_REPRESENTATIVE POST phone LENDER_TYPE account_name account_no account_bank",
            lender_no=_SHORT,
            uscc=Column("", longest=18),
            address=Column("", longest=300),
            legal_representative=_NUMBER,
            post=Column("", longest=60),
            phone=Column("", longest=60),
            account_no=Column("", longest=60),
            lender_type=_choice("bank", "consumer_finance", "micro_loan"),
        ),
        ("lender_no",),
    ),
    Sheet(
        "borrowers",
        _columns(
            "BORROWER_NO NAME ID_TYPE ID_NUMBER gender ethnicity birth_date PHONE phone2 DOMICILE residence employer email "
            "wechat bank_card province",
            borrower_no=_SHORT,
            id_type=Column("", longest=20),
            gender=Column("", longest=10),
            ethnicity=Column("", longest=30),
            birth_date=_DATE,
            domicile=Column("", longest=300),
            residence=Column("", longest=300),
            province=Column("", longest=30),
        ),
        ("borrower_no",),
    ),
    Sheet(
        "loans",
        _columns(
            "LOAN_NO CONTRACT_NO BORROWER_NO LENDER_NO PRODUCT PRINCIPAL ANNUAL_RATE PENALTY_UPLIFT compound DAY_COUNT METHOD "
            "TERM_MONTHS DISBURSED_ON FIRST_DUE_ON disbursed_amount acceleration_clause accelerated_on agreed_court "
            "agreed_court_connection address_for_service e_service allocation signed_cost_table compensated_on "
            "compensated_by compensated_amount co_lender_shares arbitration_clause notarised",
            loan_no=_SHORT,
            contract_no=_NUMBER,
            borrower_no=_SHORT,
            lender_no=_SHORT,
            product=_NUMBER,
            principal=_AMOUNT,
            annual_rate=_RATE,
            penalty_uplift=Column("", "uplift"),
            compound=_NO,
            day_count=_choice("360", "365"),
            method=_choice("equal_instalment", "equal_principal", "interest_only", "bullet"),
            term_months=_WHOLE,
            disbursed_on=_DATE,
            first_due_on=_DATE,
            disbursed_amount=_AMOUNT,
            acceleration_clause=_NO,
            accelerated_on=_DATE,
            address_for_service=Column("", longest=300),
            e_service=_NO,
            allocation=Column("", default="costs,interest,principal"),
            signed_cost_table=_NO,
            compensated_on=_DATE,
            compensated_amount=_AMOUNT,
            co_lender_shares=Column("", longest=300),
            arbitration_clause=_NO,
            notarised=_NO,
        ),
        ("loan_no",),
        _books(*(f"outstanding_{part}" for part in BALANCES), balance_as_of=_DATE),
    ),
    Sheet(
        "rates",
        _columns("LOAN_NO FROM ANNUAL_RATE", loan_no=_SHORT, **{"from": _DATE}, annual_rate=_RATE),
        ("loan_no", "from"),
    ),
    Sheet(
        "instalments",
        _columns(
            "LOAN_NO NUMBER DUE_ON PRINCIPAL INTEREST fee",
            loan_no=_SHORT,
            number=_WHOLE,
            due_on=_DATE,
            principal=_AMOUNT,
            interest=_AMOUNT,
            fee=Column("", "amount", default="0"),
        ),
        ("loan_no", "number"),
        _books("paid_principal", "paid_interest"),
    ),
    Sheet(
        "repayments",
        _columns(
            "LOAN_NO PAID_ON AMOUNT REFERENCE channel kind reverses designated",
            loan_no=_SHORT,
            paid_on=_DATE,
            amount=_AMOUNT,
            reference=_NUMBER,
            channel=Column("", longest=60),
            kind=_choice("payment", "deduction", "reversal", default="payment"),
            reverses=_NUMBER,
            designated=Column("", "order", longest=60),
        ),
        ("loan_no", "reference"),
        _books(*(f"to_{part}" for part in SPLITS)),
    ),
    Sheet(
        "charges",
        _columns(
            "LOAN_NO ON KIND AMOUNT REFERENCE taker disclosed",
            loan_no=_SHORT,
            on=_DATE,
            kind=_choice("service_fee", "insurance", "guarantee_fee", "legal_cost", "other"),
            amount=_AMOUNT,
            reference=_NUMBER,
            disclosed=Column("", "flag"),
        ),
        ("loan_no", "reference"),
    ),
    Sheet(
        "waivers",
        _columns(
            "LOAN_NO ON KIND AMOUNT REFERENCE approved_by",
            loan_no=_SHORT,
            on=_DATE,
            kind=_choice("interest", "penalty", "compound", "fees", "principal"),
            amount=_AMOUNT,
            reference=_NUMBER,
            approved_by=_NUMBER,
        ),
        ("loan_no", "reference"),
    ),
    Sheet(
        "contacts",
        _columns(
            "CONTACT_NO LOAN_NO AT CHANNEL DIRECTION PARTY ADDRESS OUTCOME agency agent content recording consent",
            contact_no=_SHORT,
            loan_no=_SHORT,
            at=Column("", "moment"),
            channel=_choice("sms", "call", "email", "letter", "visit", "app"),
            direction=_choice("out", "in"),
            party=_choice("borrower", "guarantor", "third_party"),
            address=Column("", longest=300),
            outcome=_choice(
                "connected",
                "no_answer",
                "delivered",
                "read",
                "returned_refused",
                "returned_unknown",
                "failed",
                "promised",
                "acknowledged",
                "refused",
            ),
            agent=_NUMBER,
            content=_LONG,
            consent=Column("", longest=20),
        ),
        ("contact_no",),
    ),
    Sheet(
        "guarantors",
        _columns(
            "LOAN_NO NAME ID_NUMBER phone domicile LIABILITY guarantee_until",
            loan_no=_SHORT,
            domicile=Column("", longest=300),
            liability=_choice("joint", "general", "unclear"),
            guarantee_until=_DATE,
        ),
        ("loan_no", "id_number"),
    ),
    Sheet(
        "complaints",
        _columns(
            "COMPLAINT_NO LOAN_NO RECEIVED_ON kind content closed_on outcome",
            complaint_no=_SHORT,
            loan_no=_SHORT,
            received_on=_DATE,
            kind=Column("", longest=60),
            content=_LONG,
            closed_on=_DATE,
        ),
        ("complaint_no",),
    ),
    Sheet(
        "documents",
        _columns(
            "LOAN_NO KIND FILE original obtained_on source",
            loan_no=_SHORT,
            kind=_choice(*EVIDENCE_KINDS),
            file=Column("", longest=255),
            original=_choice("original", "copy", "electronic", default="copy"),
            obtained_on=_DATE,
        ),
        ("loan_no", "kind", "file"),
    ),
)

BY_NAME: dict[str, Sheet] = {sheet.name: sheet for sheet in SHEETS}
