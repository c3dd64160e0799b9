"""The worksheet for the court: dated rates listed with their days, days counted so that the complaint follows on, tables kept whole."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

import pypdfium2

from legal_service.accounts import files
from legal_service.accounts.sheet import SheetNames, context
from legal_service.documents import files as templates
from legal_service.documents.page import render_html
from legal_service.filings.facts import claim_prose
from legal_service.filings.facts.claim_account import account_of
from legal_service.filings.facts.claim_amounts import claimed
from legal_service.law.figures import arabic_date
from tests.accounts.a_loan import a_loan, day, paid, rate, statement_of
from tests.filings import claim_builders

NAMES = SheetNames(lender="示例消费金融有限公司", borrower="张三", prepared_by="业务系统")
CHANGES = (
    rate("2026-05-01", "0.08"),
    rate("2026-01-20", "0.10"),
    rate("2026-01-21", "0.20"),
    rate("2026-09-01", "0.30"),
)
DATED = statement_of(
    a_loan(paid("2026-02-25", "500.00", "R1"), compound=True, rates=CHANGES, accelerated_on=day("2026-03-20")),
    "2026-06-30",
)
PLAIN = statement_of(a_loan(), "2026-06-30")


def html(statement: object) -> str:
    text = render_html(templates.load("statement_of_account").body.decode(), context(statement, NAMES))  # type: ignore[arg-type]
    return re.sub(r"\s", "", re.sub(r"<[^>]+>", "|", text))


def test_the_head_tells_agreed_rate_rate_of_the_day_and_penalty_of_the_day() -> None:
    text = html(DATED)
    assert "|年利率||12%（分段，截止日为8%）|" in text
    assert "|罚息利率||12%（上浮50%，截止日适用；分段见“利率分段”）|" in text
    assert "|年利率||12%||罚息利率||18%（上浮50%）|" in html(PLAIN)
    assert "利率分段" not in html(PLAIN)


def test_the_dated_rates_are_listed_under_the_basis_up_to_the_day() -> None:
    listed = [(one["from_on"], one["rate"], one["penalty_rate"], one["row"]) for one in context(DATED, NAMES)["rates"]]
    assert listed == [
        ("合同约定", "12%", "18%", "contract:HM0001"),
        ("2026-01-20", "10%", "15%", "contract_rate:2026-01-20"),
        ("2026-01-21", "20%", "30%", "contract_rate:2026-01-21"),
        ("2026-05-01", "8%", "12%", "contract_rate:2026-05-01"),
    ]
    text = html(DATED)
    assert text.index("五、依据") < text.index("|利率分段|") < text.index("|2026-05-01||8%||12%|")


def test_the_complaint_runs_on_from_the_day_after_the_worksheets_last() -> None:
    text = html(PLAIN)
    assert "|起（不含）||止（含）|" in text
    assert "不含）||天数" not in text
    assert "每段自“起”之次日计至“止”之当日" in text
    ends = [one["to_on"] for one in context(PLAIN, NAMES)["segments"]]
    last = date.fromisoformat(max(ends))
    assert last == PLAIN.as_of
    account = account_of(PLAIN)
    facts = replace(claim_builders.a_full_claim(), account=account)
    running = claim_prose.open_ended(facts, claimed(account))
    assert running.startswith(f"自{arabic_date(last + timedelta(days=1))}起至实际清偿之日止")
    assert f"本表计至{last}（含当日），其后发生的自次日起另计" in text


def test_the_days_of_a_segment_are_those_from_the_next_day_to_the_last() -> None:
    for one in context(DATED, NAMES)["segments"]:
        first, last = date.fromisoformat(one["from_on"]) + timedelta(days=1), date.fromisoformat(one["to_on"])
        assert int(one["days"]) == len(range(first.toordinal(), last.toordinal() + 1))


def test_the_comparison_stands_whole_on_one_page() -> None:
    pages = [
        re.sub(r"\s", "", page.get_textpage().get_text_bounded())
        for page in pypdfium2.PdfDocument(files.pdf(DATED, NAMES))
    ]
    (of_title,) = [number for number, text in enumerate(pages) if "对照：提前到期尚未得到证明" in text]
    (of_last_row,) = [number for number, text in enumerate(pages) if "未到期本金（不计入）" in text]
    assert of_title == of_last_row
