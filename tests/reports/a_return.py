"""A small return for the tests of this room: sixty loans, forty contacts, a few complaints, cases and packages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from legal_service import clock
from legal_service.money import parse_amount
from legal_service.reports import files
from legal_service.reports.composition import Issue
from legal_service.reports.cut import (
    Approved,
    Built,
    CaseFile,
    Complaint,
    Contact,
    Cut,
    Head,
    Loan,
    Row,
    Settlement,
)
from legal_service.reports.periods import period_named

NAME = "collection_and_litigation"
QUARTER = period_named("2026-Q3")
FIRST = Issue(number=1, prepared_by="王合规")
DEFINITION = files.definition(NAME)

CLASSES = {"none": "正常", "mild": "关注", "moderate": "关注", "severe": "次级"}
DAYS = {"none": 0, "mild": 12, "moderate": 45, "severe": 120}


def a_head(**changes: Any) -> Head:
    plain = Head(
        name=NAME,
        period=QUARTER,
        institution="惠民消费金融有限公司",
        lenders=(("惠民消费金融有限公司", "91339901MA000HM11R"),),
        cap_rate="0.24",
        cap_basis="法发〔2017〕22号 第二条",
        cap_status="awaiting_counsel",
    )
    return replace(plain, **changes)


def a_loan(
    number: int, tier: str = "none", *, principal: str = "1000.00", overdue: str = "0.00", **changes: Any
) -> Loan:
    plain = Loan(
        row=f"contract:HM{number:04}",
        compensated=False,
        days_past_due=DAYS[tier],
        tier=tier,
        five_class_floor=CLASSES[tier],
        principal=parse_amount(principal),
        overdue_principal=parse_amount(overdue),
        due=parse_amount(overdue),
        reduction=0,
    )
    return replace(plain, **changes)


def a_contact(number: int, at: str = "2026-07-02 10:00", channel: str = "call", **changes: Any) -> Contact:
    plain = Contact(
        row=f"contact_attempt:{number}",
        at=clock.parse_moment(at),
        channel=channel,
        direction="out",
        party="borrower",
        outcome="connected",
        consent=False,
    )
    return replace(plain, **changes)


def a_complaint(number: int, received: str, closed: str | None = None) -> Complaint:
    return Complaint(
        f"complaint:{number}", date.fromisoformat(received), date.fromisoformat(closed) if closed else None
    )


def a_case(number: int, opened: str = "2026-08-01", stage: str = "contact", **changes: Any) -> CaseFile:
    plain = CaseFile(f"case:LC-2026-{number:06}", date.fromisoformat(opened), stage, None, None, None)
    return replace(plain, **changes)


def a_cut(*rows: Row, **head: Any) -> Cut:
    return Cut(a_head(**head), rows)


def a_quarter() -> Cut:
    """Nothing in it is small but the severe loans (3), the visits (2), the cases submitted (1) and one breach."""
    tiers = ["none"] * 40 + ["mild"] * 10 + ["moderate"] * 7 + ["severe"] * 3
    loans = [a_loan(n, tier, overdue="0.00" if tier == "none" else "100.00") for n, tier in enumerate(tiers, 1)]
    channels = ["call"] * 25 + ["sms"] * 13 + ["visit"] * 2
    contacts = [a_contact(n, channel=channel) for n, channel in enumerate(channels, 1)]
    contacts[0] = a_contact(1, at="2026-07-02 22:30")
    complaints = [a_complaint(n, f"2026-07-{n:02}", "2026-08-01") for n in range(1, 8)]
    settlements = [Settlement(f"settlement_attempt:{n}", date(2026, 8, n), "offered") for n in range(1, 7)]
    cases = [a_case(n) for n in range(1, 8)] + [
        a_case(8, stage="submitted", submitted_on=date(2026, 9, 1), claim=123456, reduction=700)
    ]
    others = [
        Approved("revision:1", date(2026, 9, 1), "statement_of_claim"),
        Built("export:1", date(2026, 9, 2), "court"),
    ]
    return a_cut(*loans, *contacts, *complaints, *settlements, *cases, *others)
