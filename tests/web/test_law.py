"""The pages of law: every value with its date, article and status; every move with its guards, law told from house policy."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest

from legal_service.cases import guards, stages
from legal_service.cases.proceeding_kinds import KINDS
from legal_service.errors import Language
from legal_service.law import files
from legal_service.web.names import name
from legal_service.web.pages.law import CODES, STATUSES, table, text
from legal_service.web.pages.stages import guard_row
from tests.web.conftest import Desk, Read

GUARDS = list(dict.fromkeys(guard for move in stages.TRANSITIONS for guard in move.guards))


def bare(words: str) -> str:
    """Words without spaces and backticks: a code in a note is set as code, between tags, on the page."""
    return re.sub(r"[\s`]", "", words)


@pytest.mark.parametrize(("address", "spoken"), [("/law", "zh"), ("/law?lang=en", "en")])
def test_every_parameter_is_there_with_every_value_and_basis(words: Read, address: str, spoken: Language) -> None:
    page = words(address)
    for parameter in files.parameters():
        assert f"{parameter.name.read(spoken)} {parameter.key} {parameter.says.read(spoken)}" in page
        for note in (parameter.note, *(dated.note for dated in parameter.values)):
            assert note is None or bare(note.read(spoken)) in bare(page)
            assert note is None or bare(note.read("en" if spoken == "zh" else "zh")) not in bare(page)
        for dated in parameter.values:
            assert dated.since.isoformat() in page
            assert dated.basis in page


@pytest.mark.parametrize("spoken", ["zh", "en"])
def test_what_is_not_verified_bears_its_mark_and_who_must_confirm(lawyer: Desk, spoken: str) -> None:
    html = lawyer.get(f"/law?lang={spoken}").get_data(as_text=True)
    every = [dated.status for parameter in files.parameters() for dated in parameter.values]
    rows = html.split("<section")[1:-2]  # parameters; not the instruments and the calendar
    for status in STATUSES:
        assert sum(part.count(f'<span class="mark {status}">') for part in rows) == every.count(status)
    confirms = {
        "zh": "须由本机构律师或外聘律师书面确认",
        "en": "in-house or external counsel must confirm it in writing",
    }
    assert html.count(confirms[spoken]) == every.count("awaiting_counsel") + 1  # and once in the legend


def test_values_can_be_narrowed_to_those_that_await_counsel(lawyer: Desk, words: Read) -> None:
    page = words("/law?status=awaiting_counsel")
    assert "最长权利保护期间" in page
    assert "财产案件受理费" not in page
    html = lawyer.get("/law?status=awaiting_counsel").get_data(as_text=True)
    assert 'href="?status=awaiting_counsel&amp;lang=en"' in html  # the other language keeps the choice
    assert words("/law?status=nonsense") == words("/law")


def test_the_value_in_force_is_marked(words: Read) -> None:
    page = words("/law")
    assert "2024-01-01 现行 2 年 民事诉讼法(2023修正) 第二百五十条" in page
    assert "2022-01-01 现行 2 年" not in page


def test_brackets_are_a_table(words: Read) -> None:
    page = words("/law")
    assert "不超过（元） 定额（元） 比例 10,000 50 100,000 0.025（2.5%）" in page
    assert "催收文书已送交债务人" in page
    assert "demand handed over" not in page
    assert "demand handed over" in words("/law?lang=en")


def test_holidays_and_renumbering_bear_their_status(words: Read) -> None:
    page = words("/law")
    assert "国务院办公厅关于2026年部分节假日安排的通知 2025-11-04 ✓ 已核对" in page
    assert "◇ 待律师确认 2022-01-01 第163–284条 +7" in page


def test_a_day_shows_what_held_then_and_what_came_later(words: Read) -> None:
    page = words("/law?on=2022-06-01&q=periods/enforcement")
    assert "2022-01-01 当日适用 2 年 民事诉讼法(2021修正) 第二百四十六条" in page
    assert "2024-01-01 其后施行 2 年" in page
    assert "2013-01-01" not in page[: page.index("法律文件及其文本")]
    assert "应为 2026-11-23 这样的日期" in words("/law?on=2022-13-01")


def test_a_word_finds_its_parameters(words: Read) -> None:
    page = words("/law?q=案件受理费")
    assert "财产案件受理费 court_fees/acceptance" in page
    assert "periods/defence" not in page
    assert "没有符合的数值。" in words("/law?q=%3Cscript%3E")


def test_a_word_of_either_language_finds_a_parameter(words: Read) -> None:
    for sought in (
        "period for applying for enforcement",
        "%E4%BB%85%E8%A7%81%E4%BA%8E%E4%BA%8C%E6%89%8B",
        "secondary sources only",
    ):
        page = words(f"/law?q={sought}")
        assert "periods/enforcement" in page or "jurisdiction/unproved_signing_place" in page


def test_a_parameter_leads_to_its_explanation_on_the_day_chosen(lawyer: Desk) -> None:
    html = lawyer.get("/law?on=2022-06-01").get_data(as_text=True)
    found = "/law/calculator/explain?parameter=periods/enforcement&amp;on=2022-06-01"
    assert f'href="{found}"' in html
    assert "民事诉讼法(2021修正) 第二百四十六条" in lawyer.read(found.replace("&amp;", "&"))


def test_an_article_is_found_in_each_text(words: Read) -> None:
    page = words("/law?instrument=civil_procedure_law&written=2012%E4%BF%AE%E6%AD%A3&article=253")
    for citation in ("(2012修正) 第二百五十三条", "(2021修正) 第二百六十条", "(2023修正) 第二百六十四条"):
        assert f"民事诉讼法{citation}" in page
    assert "没有已核对的对应条文" in words("/law?instrument=civil_code&written=&article=560")
    assert "应为条号，如 253" in words("/law?instrument=civil_procedure_law&written=2012&article=x")


def test_every_move_is_there_with_its_guards(words: Read) -> None:
    page = words("/law/stages")
    for move in stages.TRANSITIONS:
        names = " ".join(name("guard", guard.__name__).zh for guard in move.guards)  # type: ignore[attr-defined]
        names = names or ("无（须写明结案原因）" if move.target == "closed" else "无")
        assert f"{name('stage', move.source).zh} {name('stage', move.target).zh} {names}" in page
    assert "民事诉讼法(2023修正) 第一百二十二条、第一百二十四条、第一百二十六条" in page


@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.__name__)
def test_every_guard_speaks_for_itself(guard: guards.Guard) -> None:
    row = guard_row(guard, date(2026, 9, 30))
    assert row.refusal is not None, f"{row.code}: no invented case falls to it"
    assert row.basis
    assert row.name.zh != row.code, f"{row.code}: no name in web/names.py"


def test_law_is_told_from_house_policy(words: Read) -> None:
    page = words("/law/stages")
    assert "no_arbitration_clause 样例0001 的合同订有仲裁条款，法院不予受理；应申请仲裁。 ■ 法律" in page
    assert "◇ 待律师确认" in page
    assert "□ 机构规则 机构内部规则：先联系、后协商" in page
    assert "□ house policy" in words("/law/stages?lang=en")


def test_the_diagram_and_the_events_are_told_from_the_table(words: Read, lawyer: Desk) -> None:
    page = words("/law/stages")
    for code, kind in KINDS.items():
        assert f"{kind.name[0]} {code}" in page
    drawn = lawyer.client.get("/law/stages").get_data(as_text=True)
    assert drawn.count("marker-end=") == sum(move.target != "closed" for move in stages.TRANSITIONS)


def test_values_read_as_a_lawyer_reads_them() -> None:
    assert text(Decimal("0.000175"), "zh") == "0.000175（0.0175%）"
    assert text(False, "zh") == "否"
    assert text({"a": {"b": 1}}, "zh") == ""
    assert table({"a": 1}, "zh") is None
    found = table({"suit": {"effect": "procedure", "zh": "起诉", "en": "suit"}}, "en")
    assert found is not None
    assert found.rows == (("suit", "runs anew from the end of the procedure", "suit"),)


def test_every_value_that_is_a_code_has_words() -> None:
    def strings(value: object) -> list[str]:
        if isinstance(value, dict):
            return [one for each in value.values() for one in strings(each)]
        if isinstance(value, list):
            return [one for each in value for one in strings(each)]
        return [value] if isinstance(value, str) else []

    codes = {
        one
        for parameter in files.parameters()
        for dated in parameter.values
        for one in strings(dated.value)
        if re.fullmatch("[a-z_]+", one)
    }
    assert codes <= set(CODES)
