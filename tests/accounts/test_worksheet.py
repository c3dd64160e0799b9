"""The worksheet for the court says what `--explain` says: every step, with formula, days, rate, base, rows, article and status."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

import pypdfium2

from legal_service.accounts import files
from legal_service.accounts.explanation import explanation, steps
from legal_service.accounts.sheet import SheetNames, context
from tests.accounts.a_loan import a_loan, charged, day, instalment, paid, rate, statement_of

NAMES = SheetNames(lender="示例消费金融有限公司", borrower="张三", prepared_by="业务系统")
LIFE = statement_of(
    a_loan(
        charged("2026-02-16", "service_fee", "20.00", "C1"),
        paid("2026-02-25", "500.00", "R1"),
        compound=True,
        accelerated_on=day("2026-03-20"),
    ),
    "2026-05-01",
)


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_the_worksheet_holds_every_step_of_the_explanation_in_order() -> None:
    printed = []
    for part in context(LIFE, NAMES)["derivation"]:
        printed.append(part["title"])
        printed += [step["text"] + (f"〔{step['rows']}〕" if step["rows"] else "") for step in part["steps"]]
    assert [squeezed(line) for line in printed] == [squeezed(words.zh) for words in steps(LIFE)]


def test_the_pdf_prints_them() -> None:
    pages = pypdfium2.PdfDocument(files.pdf(LIFE, NAMES))
    text = "".join(re.sub(r"—\d+/\d+—", "", squeezed(page.get_textpage().get_text_bounded())) for page in pages)
    for words in steps(LIFE):
        assert squeezed(words.zh) in text, words.zh


def test_the_contract_interest_of_every_line_is_derived() -> None:
    text = explanation(LIFE, "en").partition("8. Held beside it")[0]
    months = re.findall(r"interest ([\d.]+) = ([\d.]+) × ([\d.]+) / 12", text)
    days = re.findall(r"interest ([\d.]+) = ([\d.]+) × ([\d.]+) × (\d+) / (\d+)", text)
    assert (len(months), len(days)) == (2, 1)  # two instalments, and the accelerated balance by days
    fen = Decimal("0.01")
    for amount, base, yearly in months:
        assert (Decimal(base) * Decimal(yearly) / 12).quantize(fen, ROUND_HALF_UP) == Decimal(amount)
    for amount, base, yearly, count, year in days:
        exact = Decimal(base) * Decimal(yearly) * int(count) / int(year)
        assert exact.quantize(fen, ROUND_HALF_UP) == Decimal(amount)


def test_interest_of_the_tape_and_of_dated_rates_says_where_it_comes_from() -> None:
    tape = statement_of(a_loan(instalments=(instalment(1, "2026-02-15", "3000", "31"),)), "2026-02-15")
    assert "期内利息 31.00（依数据带所载还款计划）" in explanation(tape, "zh")
    dated = a_loan(method="bullet", rates=(rate("2026-02-01", "0.18"),))
    assert "按分段利率逐段计算" in explanation(statement_of(dated, "2026-02-15"), "zh")


def test_the_sheet_states_the_all_in_cost_with_its_status() -> None:
    said = context(LIFE, NAMES)["financing_cost"]
    assert "按月×12" in said
    assert "待律师确认" in said
