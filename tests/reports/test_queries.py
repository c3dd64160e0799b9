"""The cut against a book whose rows stand at the edges of the quarter."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from legal_service import clock
from legal_service.access.models import Institution
from legal_service.accounts.models import Contract
from legal_service.errors import Refusal
from legal_service.filings.models import Approval
from legal_service.installation import Installation
from legal_service.money import amount_text
from legal_service.reports import queries
from legal_service.reports.cut import Cut, decode, encode, line_of
from legal_service.reports.periods import period_named

from . import a_book
from .a_return import NAME


def cut_of(installation: Installation, period: str = "2026-Q3") -> Cut:
    with installation.reading() as session:
        return queries.draw(session, name=NAME, period=period_named(period), progress=lambda done, total, text: None)


def lines(cut: Cut, kind: str) -> list[dict[str, object]]:
    return [
        {name: value for name, value in line_of(row).items() if name != "kind"} for row in cut.rows if row.kind == kind
    ]


def test_loans_stand_as_at_the_close_of_the_last_day(installation: Installation) -> None:
    """HM0001 owes three instalments; HM0002 owes its first, 46 days late; HM0003 was paid out after the quarter."""
    loans = {str(line["row"]): line for line in lines(cut_of(installation), "loan")}
    assert set(loans) == {"contract:HM0001", "contract:HM0002", "contract:HM0004"}
    first = loans["contract:HM0001"]
    assert (first["days_past_due"], first["tier"], first["five_class_floor"]) == (227, "severe", "次级")
    assert (first["principal"], first["overdue_principal"]) == ("3000.00", "3000.00")
    second = loans["contract:HM0002"]
    assert (second["days_past_due"], second["tier"]) == (46, "moderate")
    # instalments of 15 August and 15 September are overdue, that of 15 October is not due yet
    assert (second["principal"], second["overdue_principal"]) == ("3000.00", "2000.00")
    # 2,000.00 principal, 30.00 + 20.00 interest, penalty at 18 %: 1,000.00 × 46 + 1,000.00 × 15 days = 23.00 + 7.50
    assert second["due"] == amount_text(200000 + 5000 + 2300 + 750)
    assert [loans[row]["compensated"] for row in sorted(loans)] == [False, False, True]


def test_only_contacts_of_the_period_that_stand_are_drawn(installation: Installation) -> None:
    contacts = lines(cut_of(installation), "contact")
    assert [(line["at"], line["channel"], line["consent"]) for line in contacts] == [
        ("2026-07-01T00:00:00+08:00", "call", False),
        ("2026-09-30T23:59:00+08:00", "call", True),
        ("2026-08-01T10:00:00+08:00", "visit", False),
    ]


def test_complaints_are_those_open_in_the_period_as_known_at_its_close(installation: Installation) -> None:
    assert [(line["received_on"], line["closed_on"]) for line in lines(cut_of(installation), "complaint")] == [
        ("2026-05-01", "2026-07-01"),
        ("2026-09-30", None),  # closed on 1 October, after the close
    ]


def test_cases_stand_at_the_stage_of_the_close_with_the_claim_they_were_submitted_with(
    installation: Installation,
) -> None:
    assert lines(cut_of(installation), "case") == [
        {
            "row": "case:LC-2026-000001",
            "opened_on": "2026-08-01",
            "stage": "submitted",
            "submitted_on": "2026-09-20",
            "claim": "2500.00",
            "reduction": "12.34",
        }
    ]
    october = lines(cut_of(installation, "2026-10"), "case")
    assert [(line["stage"], line["submitted_on"]) for line in october] == [("closed", "2026-09-20")]


def test_settlements_approvals_and_packages_are_those_of_the_period(installation: Installation) -> None:
    cut = cut_of(installation)
    assert [line["attempted_on"] for line in lines(cut, "settlement")] == ["2026-07-01"]
    # two lawyers approved each revision: a document is counted once
    assert [line["approved_on"] for line in lines(cut, "approved_document")] == ["2026-09-10", "2026-09-19"]
    assert [line["built_on"] for line in lines(cut, "package")] == ["2026-09-30"]


def test_the_cut_names_the_lender_and_nobody_else(installation: Installation) -> None:
    cut = cut_of(installation)
    content = encode(cut).decode()
    assert cut.head.institution == a_book.NAME
    for personal in (a_book.BORROWER, a_book.PHONE, "330106199001011234", "西湖区", "投诉内容", "分三期", "B1"):
        assert personal not in content
    assert encode(decode(content.encode())) == content.encode()


def test_another_institution_is_not_in_it(installation: Installation) -> None:
    before = encode(cut_of(installation))
    with installation.database.aside(institution_id=None) as session:
        session.add(Institution(code="other", name="另一机构", created_at=clock.parse_moment("2026-01-01 00:00")))
        session.flush()
        other = session.scalar(select(Institution.id).where(Institution.code == "other"))
    with installation.database.aside(institution_id=other) as session:
        a_book.write(session)
    assert encode(cut_of(installation)) == before
    with installation.database.aside(institution_id=None) as session:
        assert len(session.scalars(select(Contract)).all()) == 8


def test_a_case_submitted_without_an_approved_claim_stops_the_return(installation: Installation) -> None:
    with installation.database.aside(institution_id=installation.institution_id) as session:
        for approval in session.scalars(select(Approval)):
            session.delete(approval)
    with pytest.raises(Refusal) as refused:
        cut_of(installation)
    assert refused.value.code == "claim_unknown"
    assert "LC-2026-000001" in refused.value.reason.zh
