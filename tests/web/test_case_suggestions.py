"""Where to sue and by which procedure, on the case's page and in the API: warnings first, each reason with article and mark."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from legal_service.accounts.models import Contract
from legal_service.cases import operations, queries
from legal_service.installation import Installation
from legal_service.law.published.tables import Published
from legal_service.parties.models import Lender, Person
from tests.builders import a_tape, change, imported
from tests.web.a_case import SECRETS, a_case, opened
from tests.web.conftest import Desk

DAY = date(2026, 3, 2)
WAGES = (
    "provinces: {北京: {2025: {figure: 100000, source: 示例统计局公报, published: 2026-02-20, status: secondary}}}\n"
)


@pytest.fixture
def case_no(installation: Installation, tmp_path: Path) -> str:
    """HM0001: a clause for the lender's own district, borrower and lender in one district, 2026-03-02."""
    return a_case(installation, tmp_path)


def _page(desk: Desk, case_no: str, query: str = "?as_of=2026-03-02") -> str:
    return desk.read(f"/cases/{case_no}/suggestions{query}")


def test_the_page_tells_warnings_first_then_places_procedures_and_ceiling(lawyer: Desk, case_no: str) -> None:
    words = _page(lawyer, case_no)
    warned, places, procedures = (words.index(one) for one in ("先看：须注意", "向哪里的法院起诉", "适用什么程序"))
    assert warned < words.index("仅有勾选、弹窗不足以证明已尽提示义务") < places < procedures
    for told in (
        "示例市示例区人民法院 有效约定，优先",
        "民事诉讼法(2023修正) 第三十五条",
        "示例市示例区金融街1号",
        "支付令：被告住所地",
        "民事诉讼法解释(2022修正) 第十八条第二款",
        "案由：金融借款合同纠纷 民事案件案由规定 ◇ 待律师确认",
        "金融借款综合融资成本线：24%",
        "四倍 LPR 不是其利率上限",
        "建议：简易程序",
        "无法判断：未录入（省份不明） 2025 年的年平均工资。",
    ):
        assert told in words, told
    assert [secret for secret in SECRETS if secret in words] == []


def test_the_page_is_whole_in_english(lawyer: Desk, case_no: str) -> None:
    words = _page(lawyer, case_no, "?as_of=2026-03-02&lang=en")
    for told in (
        "First: what to beware of",
        "validly agreed, comes first",
        "Suggested: simplified procedure",
        "a tick box or a pop-up alone does not prove that it was",
        "unknown: no figure for province not known 2025",
        "four times the loan prime rate is not its ceiling",
    ):
        assert told in words, told


def test_the_english_page_has_no_chinese_of_the_house(lawyer: Desk, case_no: str) -> None:
    html = lawyer.get(f"/cases/{case_no}/suggestions?as_of=2026-03-02&lang=en").get_data(as_text=True)
    main = html[html.index('<section aria-labelledby="h-beware">') : html.index("</main>")]
    ours = re.sub(
        r"<(\w+)[^>]* data-original>[^<]*</\1>|<span lang=\"zh-CN\"[^>]*>[^<]*</span>|<td data-original>[^<]*</td>",
        "",
        main,
    )
    assert re.findall("[一-鿿]+", ours) == []


def test_the_institutions_wage_table_decides_the_track(
    lawyer: Desk, installation: Installation, tmp_path: Path
) -> None:
    tape = a_tape(tmp_path / "tape")
    change(tape, "lenders.csv:2:ADDRESS", "北京市示例区金融街1号")
    for line in (2, 3):
        change(tape, f"loans.csv:{line}:agreed_court", "北京市示例区人民法院")
    imported(installation, tape)
    case_no = opened(installation, "HM0001")
    assert "无法判断：未录入北京市 2025 年的年平均工资。" in _page(lawyer, case_no)
    table = installation.settings.instance / "law" / "wages.yaml"
    table.parent.mkdir(exist_ok=True)
    table.write_text(WAGES, encoding="utf-8")
    words = _page(lawyer, case_no)
    assert "建议：小额诉讼" in words
    assert "50,000.00" in words and "200,000.00" in words
    assert "示例统计局公报 · 公布 2026-02-20 (周五) △ 二手来源" in words
    table.write_text(WAGES.replace("100000", "many"), encoding="utf-8")
    words = _page(lawyer, case_no)
    assert "wages.yaml:北京 2025:figure" in words and "向哪里的法院起诉" not in words


def _changed(installation: Installation, loan_no: str, **changes: object) -> None:
    with installation.database.aside(institution_id=installation.institution_id) as session:
        contract = session.query(Contract).filter_by(loan_no=loan_no).one()
        for name, value in changes.items():
            setattr(contract, name, value)


def test_a_clause_for_an_unproved_place_of_signing_is_warned_of(
    lawyer: Desk, installation: Installation, case_no: str
) -> None:
    _changed(installation, "HM0001", agreed_court="甲省乙市人民法院", agreed_court_connection="合同签订地")
    words = _page(lawyer, case_no)
    assert words.index("(2022)最高法民辖27号") < words.index("向哪里的法院起诉")
    assert "甲省乙市人民法院 △ 存疑，不宜据此立案" in words


def test_an_arbitration_clause_leaves_no_court(lawyer: Desk, installation: Installation, case_no: str) -> None:
    _changed(installation, "HM0001", arbitration_clause=True)
    words = _page(lawyer, case_no)
    assert "订有仲裁条款，没有可以起诉的法院" in words
    assert "◇ 待律师确认" in words


def test_loans_alike_are_told_together_and_others_apart(installation: Installation, tmp_path: Path) -> None:
    imported(installation, a_tape(tmp_path / "tape"))
    with installation.transaction(installation.actor(None)) as tx:
        case_no = operations.open_case(tx, loan_nos=["HM0001", "HM0002"], on=DAY)
    with installation.reading() as session:
        found = queries.suggestions(session, case_no, DAY, Published())
    assert [one.loan_nos for one in found.loans] == [("HM0001", "HM0002")]
    _changed(installation, "HM0002", agreed_court="")
    with installation.reading() as session:
        found = queries.suggestions(session, case_no, DAY, Published())
    assert [one.loan_nos for one in found.loans] == [("HM0001",), ("HM0002",)]
    assert [len(one.forum.candidates) for one in found.loans] == [3, 2]
    told = {one.code: loans for loans, one in found.warnings()}
    assert told["clause_domicile"] == ("HM0001",)
    assert told["waiver"] == ("HM0001", "HM0002")


def test_the_defendants_address_is_masked_and_a_residence_elsewhere_is_asked_about(
    installation: Installation, case_no: str
) -> None:
    with installation.database.aside(institution_id=installation.institution_id) as session:
        session.query(Person).filter_by(borrower_no="B01").one().residence = "广东省深圳市南山区二号路2号"
        session.query(Lender).one().lender_type = "micro_loan"
    with installation.reading() as session:
        found = queries.suggestions(session, case_no, DAY, Published())
    where = {one.place: one.where for one in found.loans[0].forum.candidates}
    assert where["defendant_domicile"].startswith("示例市示例区") and "一号院" not in where["defendant_domicile"]
    assert "residence_unproved" in [one.code for _, one in found.warnings()]
    assert found.loans[0].ceilings is not None
    assert [one.kind for one in found.loans[0].ceilings.apply] == ["financial_line", "regulatory_target"]


def test_who_may_read_the_case_may_read_the_suggestions(desk: Callable[..., Desk], case_no: str) -> None:
    assert desk("compliance").get(f"/cases/{case_no}/suggestions").status_code == 200
    assert desk("regulator").get(f"/cases/{case_no}/suggestions").status_code == 403
    assert desk("lawyer").get("/cases/LC-0000-000000/suggestions").status_code == 404
