"""The calculator: every question as a form, its answer as a lawyer reads it, a link that leads back, nobody's particulars in an address."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from legal_service.accounts.questions import QUESTIONS
from legal_service.law import files
from legal_service.law.standing import standing
from tests.web.conftest import Desk, Read, plain

FEE = "/law/calculator/fee?kind=court&amount=100,000.00&on=2026-01-05&track=simplified"
LIMITATION = (
    "/law/calculator/limitation?last_due_on=2023-10-01&on=2026-11-01"
    "&events.0.kind=&events.0.on=&events.3.kind=demand_delivered&events.3.on=2024-05-01"
)
PERSONAL = sorted(name for name, question in QUESTIONS.items() if question.form.personal)
OPEN = sorted(set(QUESTIONS) - set(PERSONAL))


def html(desk: Desk, url: str) -> str:
    answer = desk.get(url)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


@pytest.mark.parametrize("spoken", ["zh", "hant", "en"])
def test_the_contents_lead_to_every_question(lawyer: Desk, spoken: str) -> None:
    page = html(lawyer, f"/law/calculator?lang={spoken}")
    for name in QUESTIONS:
        assert f'href="/law/calculator/{name}"' in page
        assert lawyer.get(f"/law/calculator/{name}").status_code == 200
    assert "/law/calculator" in html(lawyer, "/law")  # in the navigation, beside the parameters


def test_the_figure_then_the_working_then_the_articles(words: Read) -> None:
    page = words(FEE)
    assert "应交 1,150.00 元" in page
    assert "超过 10,000.00 元的部分：90,000.00 × 2.5% = 2,250.00 元" in page
    assert "✓ ✓ 已核对 诉讼费用交纳办法 第十三条第一款第（一）项" in page
    assert page.index("应交 1,150") < page.rindex("计算过程") < page.index("诉讼费用交纳办法 第十三条")


def test_the_same_in_english(words: Read) -> None:
    page = words(FEE + "&lang=en")
    assert "Payable 1,150.00 yuan" in page
    assert "simplified procedure: half" in page


def test_the_link_answers_the_same_and_keeps_the_day(lawyer: Desk) -> None:
    page = html(lawyer, "/law/calculator/fee?kind=court&amount=100000&on=&track=ordinary")
    found = re.search(r'<p class="permalink[^>]*><a href="([^"]+)"', page)
    assert found
    asked = dict(parse_qsl(urlsplit(found[1].replace("&amp;", "&")).query))
    assert set(asked) == {"kind", "amount", "on", "track"}
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", asked["on"])
    assert "应交 2,300.00 元" in plain(html(lawyer, found[1].replace("&amp;", "&")))


def test_an_error_stands_beside_its_field(lawyer: Desk) -> None:
    page = html(lawyer, "/law/calculator/fee?kind=court&amount=abc&on=2026-01-05")
    field = page[page.index('id="f-amount"') : page.index('id="h-amount"') + 300]
    assert 'aria-invalid="true"' in field
    assert "须为至多两位小数的金额" in field
    assert 'value="abc"' in page
    assert 'id="answer"' not in page
    english = html(lawyer, "/law/calculator/fee?kind=court&amount=-5&on=2026-01-05&lang=en")
    assert "an amount cannot be negative" in english[english.index('id="h-amount"') :]


def test_an_error_in_a_row_stands_beside_the_field_of_that_row(lawyer: Desk) -> None:
    page = html(lawyer, LIMITATION.replace("2024-05-01", ""))
    assert '<a href="#f-events.3.on">中断事由 2 日期</a>：此项必填' in page
    assert "此项必填" in page[page.index('id="h-events.3.on"') :][:200]
    assert 'id="h-events.0.on"' not in page


@pytest.mark.parametrize(
    ("spoken", "rule"),
    [
        ("zh", "没有「kourt」这一项，可选：案件受理费（一审）、"),
        ("hant", "沒有「kourt」這一項，可選：案件受理費（一審）、"),
        ("en", "there is no “kourt”; choose from: acceptance fee, first instance; payment order;"),
    ],
)
def test_a_code_that_is_none_is_told_in_the_words_of_the_choices(lawyer: Desk, spoken: str, rule: str) -> None:
    page = html(lawyer, f"/law/calculator/fee?kind=kourt&amount=100000&lang={spoken}")
    assert plain(page).count(rule) == 2  # above, and beside its field
    assert "payment_order," not in plain(page)
    assert '<option value="kourt" selected>kourt</option>' in page  # what was chosen stands there still


def test_everything_that_can_be_told_is_told_each_at_its_field(lawyer: Desk) -> None:
    page = html(lawyer, "/law/calculator/fee?kind=kourt&amount=NaN&on=2026-13-01&track=")
    for name, rule in (
        ("kind", "没有「kourt」"),
        ("amount", "须为至多两位小数的金额"),
        ("on", "存在的日期（如 2026-11-23）"),
    ):
        assert f'<a href="#f-{name}">' in page
        assert rule in page[page.index(f'id="h-{name}"') :][:200]
    assert 'type="text" value="2026-13-01"' in page  # a widget for days would drop it
    assert 'value="NaN"' in page
    assert 'id="h-track"' not in page
    assert 'id="answer"' not in page


def test_the_rows_are_told_with_the_rest(lawyer: Desk) -> None:
    wrong = LIMITATION.replace("2023-10-01", "").replace("2024-05-01", "2024-02-30")
    page = html(lawyer, wrong + "&events.5.kind=shout&events.5.on=")
    assert '<a href="#f-last_due_on">最后一期履行期限届满日</a>：此项必填' in page
    assert "存在的日期（如 2026-11-23）" in page[page.index('id="h-events.3.on"') :][:200]
    assert "没有「shout」这一项" in page[page.index('id="h-events.5.kind"') :][:200]
    assert '<a href="#f-events.5.on">中断事由 3 日期</a>：此项必填' in page
    assert 'id="h-events.0.on"' not in page  # a row left empty is no row


@pytest.mark.parametrize(
    "rule", ["defence", "periods/defence", "%E7%AD%94%E8%BE%A9%E6%9C%9F", "Period+for+the+defence"]
)
def test_a_period_is_named_by_key_or_name(words: Read, rule: str) -> None:
    assert "末日 2026-12-08" in words(f"/law/calculator/period?from=2026-11-23&rule={rule}")


def test_an_unknown_period_is_met_with_those_near_it(words: Read) -> None:
    page = words("/law/calculator/period?from=2026-11-23&rule=defense")
    assert "没有名为「defense」的期间；相近的有「答辩期」" in page
    assert "seizure_of_immovables" not in page


def test_what_is_no_fields_fault_stands_above_in_the_words_of_the_page(words: Read) -> None:
    page = words("/law/calculator/period?from=2026-02-03&days=3&months=2")
    assert "「日数」「月数」「年数」「法定期间」「小时数」 须且只须给出一项" in page
    assert "诉讼费用交纳办法" in words("/law/calculator/fee?kind=court&amount=")


def test_rows_left_empty_are_no_rows(words: Read) -> None:
    page = words(LIMITATION)
    assert "法定届满日 2027-05-03" in page
    assert "催收文书已送交债务人：中断，自 2024-05-01 重新起算" in page


def test_a_row_is_added_and_removed_without_a_script_and_nothing_is_lost(lawyer: Desk) -> None:
    page = html(lawyer, LIMITATION + "&add=events")
    assert 'name="events.4.kind"' in page
    assert 'value="2024-05-01"' in page
    assert 'id="answer"' not in page
    fewer = html(lawyer, LIMITATION + "&drop=events.3")
    assert 'name="events.3.kind"' not in fewer
    assert 'name="events.0.kind"' in fewer
    assert 'value="2023-10-01"' in fewer


def test_rows_are_bounded(lawyer: Desk) -> None:
    many = "&".join(f"events.{number}.on=2024-01-01" for number in range(200))
    page = html(lawyer, f"/law/calculator/limitation?last_due_on=2023-10-01&{many}&add=events")
    assert page.count('<fieldset class="entry"') <= 62


def test_a_percentage_and_separators_are_read_as_people_write_them(words: Read) -> None:
    asked = "principal=12,000.00&annual_rate=18%25&months=12&method=equal_instalment&disbursed=2024-01-10&first_due=2024-02-10"
    assert "每期应还 1,100.16 元" in words(f"/law/calculator/schedule?{asked}")


def test_hours_are_asked_with_day_and_hour(words: Read) -> None:
    page = words("/law/calculator/period?from=2026-11-23&from.hour=10:20&hours=48")
    assert "届满时刻 2026-11-25T11:00" in page


@pytest.mark.parametrize("name", PERSONAL)
def test_personal_data_is_asked_by_post_only(lawyer: Desk, name: str) -> None:
    page = html(lawyer, f"/law/calculator/{name}?value=11010519491231002X&kind=id_card&names=%E5%BC%A0%E4%B8%89")
    form = page[page.index('<form method="post" action="/law/calculator/') :]
    assert "csrf_token" in form
    assert "11010519491231002X" not in form[: form.index("</form>")]
    assert 'id="answer"' not in page


@pytest.mark.parametrize("name", OPEN)
def test_what_is_not_personal_is_asked_by_address(lawyer: Desk, name: str) -> None:
    assert f'<form method="get" action="/law/calculator/{name}' in html(lawyer, f"/law/calculator/{name}")


def test_a_number_is_checked_and_told_without_a_link(lawyer: Desk, capfd: pytest.CaptureFixture[str]) -> None:
    answer = lawyer.post("/law/calculator/identifier", kind="id_card", value="11010519491231002X")
    page = plain(answer.get_data(as_text=True))
    assert answer.status_code == 200
    assert "合乎规则 是" in page
    assert "出生日期 1949-12-31" in page
    assert "性别 女" in page
    assert "本次计算的固定链接" not in page
    assert "11010519491231002X" not in "".join(capfd.readouterr())
    wrong = plain(
        lawyer.post("/law/calculator/identifier", kind="id_card", value="110105194912310021").get_data(as_text=True)
    )
    assert "合乎规则 否" in wrong


def test_names_are_hidden_one_a_line(lawyer: Desk) -> None:
    page = plain(lawyer.post("/law/calculator/anonymise", names="张三\r\n张四\r\n\r\n诸葛亮").get_data(as_text=True))
    assert "隐名后 张某1 张某2 诸葛某" in page


def test_a_form_without_a_token_is_refused(lawyer: Desk) -> None:
    answer = lawyer.client.post("/law/calculator/identifier", data={"kind": "id_card", "value": "1"})
    assert answer.status_code in (400, 403)


def test_a_table_of_the_law_is_printed_as_one(words: Read) -> None:
    page = words("/law/calculator/explain?parameter=court_fees/acceptance&on=2026-01-05")
    assert "不超过（元） 定额（元） 比例 10,000 50 100,000 0.025（2.5%）" in page
    before = words("/law/calculator/explain?parameter=periods/enforcement&on=1999-01-01")
    assert "起才有数据" in before


def test_an_unknown_question_is_not_there(lawyer: Desk) -> None:
    assert lawyer.get("/law/calculator/nothing").status_code == 404


@pytest.mark.parametrize("role", ["collections", "counsel", "regulator", "auditor"])
def test_every_role_may_compute(desk: Callable[..., Desk], role: str) -> None:
    assert "应交 1,150.00 元" in desk(role).read(FEE)


def test_what_is_entered_is_printed_as_text(lawyer: Desk) -> None:
    page = html(
        lawyer,
        "/law/calculator/allocate?amount=1&on=2026-01-01&debts.0.id=%3Cscript%3E&debts.0.due_on=2026-01-01&debts.0.principal=5",
    )
    assert "<script>" not in page.replace('<script type="module"', "")
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize(
    ("basis", "expected"),
    [
        ("诉讼费用交纳办法 第十三条第一款第（一）项", ["verified"]),
        ("民法总则 第一百八十八条、第一百八十九条", ["awaiting_counsel"]),
        ("民法典 第一千二百六十条", [None]),
        ("民事诉讼法解释(2022修正) 第二百零六条；民法典 第一千二百六十条", ["verified", None]),
    ],
)
def test_an_article_bears_the_weakest_mark_of_what_rests_on_it(basis: str, expected: list[Any]) -> None:
    assert [one.status for one in standing(basis, files.parameters())] == expected
