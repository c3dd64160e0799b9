"""The account page: every amount with its derivation, as the statement has it; as of any day; and as files."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from legal_service.access import queries as access
from legal_service.accounts import queries
from legal_service.accounts.sums import sums
from legal_service.installation import Installation
from legal_service.money import grouped
from tests.web.a_case import NAME, SECRETS, a_case, cells
from tests.web.conftest import Desk, plain

AS_OF = date(2026, 3, 2)


@pytest.fixture
def case_no(installation: Installation, tmp_path: Path) -> str:
    return a_case(installation, tmp_path)


def test_the_rows_are_the_statements_sums(lawyer: Desk, installation: Installation, case_no: str) -> None:
    html = lawyer.get(f"/cases/{case_no}/account?as_of={AS_OF}").get_data(as_text=True)
    with installation.reading() as session:
        statement = queries.statement(session, "HM0001", AS_OF)
    names = {"principal": "本金", "interest": "期内利息", "penalty": "罚息", "compound": "复利", "fees": "费用"}
    found = {one.component: one for one in sums(statement)}
    for component, name in names.items():
        one = found[component]  # type: ignore[index]
        told = [one.charged, one.paid, one.waived, one.unpaid, one.reduced, one.claimed]
        assert cells(html, name) == [grouped(fen) for fen in told]
    assert cells(html, "合计")[-1] == grouped(statement.claim.total)
    assert statement.why_tier.zh in plain(html)


def test_every_segment_is_written_out_with_the_row_that_opened_it(
    lawyer: Desk, installation: Installation, case_no: str
) -> None:
    words = lawyer.read(f"/cases/{case_no}/account?as_of={AS_OF}")
    with installation.reading() as session:
        statement = queries.statement(session, "HM0001", AS_OF)
    segments = [one for line in statement.lines for one in (*line.penalty_segments, *line.compound_segments)]
    assert segments
    for one in segments:
        assert f"{grouped(one.base)} × 0.27 × {one.days} ÷ 360 {grouped(one.amount)}" in words
    assert "repayments.csv:5" in words, "the payment that began a segment, by file and line"
    assert "loans.csv:2" in words
    assert "批次 1" in words


def test_the_cap_undisclosed_fees_reversals_and_the_law_are_told(lawyer: Desk, case_no: str) -> None:
    words = lawyer.read(f"/cases/{case_no}/account?as_of={AS_OF}")
    for told in (
        "全程上限 = Σ",
        "÷ 365",
        "待律师确认",
        "法发〔2017〕22号",
        "已冲正",
        "R2",
        "未明示",
        "民法典 第五百六十一条",
        "逐步推导全文",
    ):
        assert told in words


def test_another_day_another_account_never_later_than_today(lawyer: Desk, case_no: str) -> None:
    before, after = (lawyer.read(f"/cases/{case_no}/account?as_of={on}") for on in ("2024-02-10", "2024-06-30"))
    assert "截至 2024-02-10 (周六)" in before
    assert "截至 2024-06-30 (周日)" in after
    assert "2999" not in lawyer.read(f"/cases/{case_no}/account?as_of=2999-01-01")
    refused = lawyer.get(f"/cases/{case_no}/account?as_of=2020-01-01")
    assert refused.status_code == 422
    assert "放款" in plain(refused.get_data(as_text=True))


def test_nothing_personal_is_on_the_page(lawyer: Desk, case_no: str) -> None:
    html = lawyer.get(f"/cases/{case_no}/account").get_data(as_text=True)
    assert [secret for secret in SECRETS if secret in html] == []
    assert "张*" in html


def test_the_files_are_those_of_the_command_line(lawyer: Desk, case_no: str) -> None:
    told = json.loads(lawyer.get(f"/loans/HM0001/statement.json?as_of={AS_OF}").data)
    assert told["as_of"] == "2026-03-02"
    book = openpyxl.load_workbook(io.BytesIO(lawyer.get(f"/loans/HM0001/statement.xlsx?as_of={AS_OF}").data))
    assert len(book.sheetnames) > 4
    answer = lawyer.get(f"/loans/HM0001/statement.csv?as_of={AS_OF}")
    assert answer.headers["Content-Disposition"] == "attachment; filename=statement-HM0001-2026-03-02.csv"
    assert NAME not in answer.get_data(as_text=True)
    assert lawyer.get("/loans/HM0001/statement.doc").status_code == 404


def test_taking_the_paper_that_names_the_borrower_is_logged(
    lawyer: Desk, installation: Installation, case_no: str
) -> None:
    answer = lawyer.get(f"/loans/HM0001/statement.pdf?as_of={AS_OF}")
    assert answer.data.startswith(b"%PDF")
    with installation.reading() as session:
        entry = access.trail_of(session, f"case:{case_no}")[0]
    assert (entry.action, entry.actor, entry.detail["form"]) == ("statement.taken", lawyer.email, "pdf")


def test_english_is_english(lawyer: Desk, case_no: str) -> None:
    words = lawyer.read(f"/cases/{case_no}/account?as_of={AS_OF}&lang=en")
    assert "What is owed (yuan)" in words
    assert "severe (over 60 days)" in words


def test_an_unknown_case_and_other_roles_see_nothing(desk: Callable[..., Desk], case_no: str) -> None:
    assert desk("lawyer").get("/cases/LC-2026-999999/account").status_code == 404
    for role in ("counsel", "regulator"):
        assert desk(role).get(f"/cases/{case_no}/account").status_code == 403
        assert desk(role).get("/loans/HM0001/statement.json").status_code == 403
    assert desk("auditor").get(f"/cases/{case_no}/account").status_code == 200
