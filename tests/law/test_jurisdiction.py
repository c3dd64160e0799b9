"""Where to sue: 民事诉讼法 22, 24, 35 and its interpretation 3–33, over facts as a lender has them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from legal_service.errors import Refusal
from legal_service.law import files
from legal_service.law.jurisdiction import Forum, ForumFacts, connection_of, court_province, courts_in, suggest

ON = date(2026, 11, 23)
SEAT, HOME = "浙江省杭州市余杭区文一西路1号", "四川省成都市武侯区一号路1号"


def _facts(**changes: Any) -> ForumFacts:
    values: dict[str, Any] = {
        "filed_on": ON, "plaintiff_seat": SEAT, "lender_type": "consumer_finance", "defendant_domicile": HOME,
    }  # fmt: skip
    return ForumFacts(**(values | changes))


def _found(**changes: Any) -> Forum:
    return suggest(_facts(**changes), files.parameters())


def _places(found: Forum) -> list[tuple[str, str]]:
    return [(one.place, one.standing) for one in found.candidates]


def _warned(found: Forum) -> list[str]:
    return [one.code for one in found.warnings]


CLAUSE = {"agreed_courts": ("杭州市余杭区人民法院",), "connection": "plaintiff_domicile"}


def test_without_a_clause_the_plaintiff_chooses_between_the_defendant_and_the_lenders_own_seat() -> None:
    found = _found()
    assert [(one.place, one.where, one.standing) for one in found.candidates] == [
        ("defendant_domicile", HOME, "statutory"),
        ("place_of_performance", SEAT, "statutory"),
    ]
    seat = found.candidates[1].because[0]
    assert seat.basis == "民事诉讼法解释(2022修正) 第十八条第二款；民法典 第五百一十一条第（三）项"
    assert seat.status == "verified"
    assert found.candidates[0].because[1].basis == "民事诉讼法(2023修正) 第二十四条"


def test_a_filing_of_2023_cites_the_text_of_2021() -> None:
    found = _found(filed_on=date(2023, 12, 31))
    assert found.candidates[0].because[1].basis == "民事诉讼法(2021修正) 第二十四条"


def test_a_filing_before_the_interpretation_of_2022_needs_counsel() -> None:
    with pytest.raises(Refusal) as refused:
        _found(filed_on=date(2022, 4, 9))
    assert refused.value.code == "before_first_value"


def test_a_connected_clause_comes_first_and_the_statutory_places_stand_behind_it() -> None:
    found = _found(**CLAUSE)
    assert _places(found) == [
        ("agreed_court", "agreed"),
        ("defendant_domicile", "subsidiary"),
        ("place_of_performance", "subsidiary"),
    ]
    assert _warned(found)[:3] == ["consumer_form_clause", "clause_domicile", "payment_order_court"]
    alert = found.warnings[0]
    assert "合同编通则解释 第十条" in alert.basis and alert.status == "verified"


def test_a_clause_without_a_stated_connection_is_doubtful_and_warned_of_first() -> None:
    found = _found(agreed_courts=("重庆市渝北区人民法院",))
    assert _places(found)[-1] == ("agreed_court", "doubtful")
    assert _places(found)[0] == ("defendant_domicile", "statutory")
    assert _warned(found)[0] == "no_connection"
    assert found.warnings[0].basis == "民事诉讼法(2023修正) 第三十五条"


def test_a_clause_without_a_stated_connection_may_show_one_by_the_courts_name() -> None:
    found = _found(agreed_courts=("成都市武侯区人民法院",))
    assert found.candidates[0].standing == "agreed"
    assert "被告住所地" in found.candidates[0].because[1].words.zh


def test_a_named_place_of_signing_that_nobody_proved_has_no_connection() -> None:
    found = _found(agreed_courts=("重庆市渝北区人民法院",), connection="signing")
    assert _places(found)[-1] == ("agreed_court", "doubtful")
    first = found.warnings[0]
    assert (first.code, first.status) == ("unproved_signing_place", "awaiting_counsel")
    assert "(2022)最高法民辖27号" in first.basis and "(2023)最高法民辖36号" in first.basis


def test_a_proved_place_of_signing_founds_jurisdiction_only_where_it_was() -> None:
    proved = {"agreed_courts": ("重庆市渝北区人民法院",), "connection": "signing", "signing_proved": True}
    assert _found(**proved, signing_place="重庆市渝北区龙溪街道").candidates[0].standing == "agreed"
    elsewhere = _found(**proved, signing_place="湖北省武汉市江岸区")
    assert _places(elsewhere)[-1] == ("agreed_court", "doubtful")
    assert _warned(elsewhere)[:2] == ["connection_contradicted", "no_connection"]


def test_a_clause_that_calls_another_province_the_lenders_seat_is_contradicted() -> None:
    found = _found(agreed_courts=("重庆市渝北区人民法院",), connection="plaintiff_domicile")
    assert _warned(found)[:2] == ["connection_contradicted", "no_connection"]


def test_of_two_agreed_courts_the_plaintiff_chooses() -> None:
    courts = courts_in("杭州市余杭区人民法院或成都市武侯区人民法院")
    found = _found(agreed_courts=courts, connection="plaintiff_domicile")
    assert "two_places" in _warned(found)
    assert found.candidates[0].where == "杭州市余杭区人民法院；成都市武侯区人民法院"


def test_a_year_of_residence_replaces_the_domicile_a_day_less_does_not() -> None:
    moved = {"defendant_residence": "广东省深圳市南山区二号路2号"}
    year = _found(**moved, residence_since=date(2025, 11, 23))
    assert _places(year)[0] == ("habitual_residence", "statutory")
    assert year.payment_order is not None and year.payment_order.place == "habitual_residence"
    less = _found(**moved, residence_since=date(2025, 11, 24))
    assert _places(less)[0] == ("defendant_domicile", "statutory")
    assert "residence_under_a_year" in _warned(less)
    assert "residence_unproved" in _warned(_found(**moved))
    assert "residence_unproved" not in _warned(_found(defendant_residence=HOME))


def test_a_payment_order_goes_to_the_debtors_court_whatever_was_agreed() -> None:
    found = _found(**CLAUSE)
    assert found.payment_order is not None
    assert (found.payment_order.place, found.payment_order.where) == ("defendant_domicile", HOME)
    assert "第二十三条" in found.payment_order.because[0].basis


def test_an_arbitration_clause_bars_the_suit() -> None:
    found = _found(**CLAUSE, arbitration=True)
    assert (found.candidates, found.payment_order, found.barred) == ((), None, True)
    assert [(one.code, one.status) for one in found.warnings] == [("arbitration_clause", "awaiting_counsel")]


@pytest.mark.parametrize(
    ("filed_on", "online", "said"),
    [
        (date(2025, 10, 31), True, "集中管辖。"),
        (date(2025, 10, 31), None, "集中管辖。"),
        (date(2025, 10, 31), False, None),
        (date(2025, 11, 1), True, "不再集中管辖"),
        (date(2025, 11, 1), None, None),
    ],
)
def test_the_internet_courts_before_and_from_november_2025(
    filed_on: date, online: bool | None, said: str | None
) -> None:
    told = [one for one in _found(filed_on=filed_on, online=online).warnings if one.code == "internet_courts"]
    assert bool(told) is bool(said)
    if said:
        assert said in told[0].words.zh
        assert told[0].status == ("verified" if filed_on < date(2025, 11, 1) else "awaiting_counsel")


def test_an_agreed_internet_court_no_longer_stands() -> None:
    clause = {"agreed_courts": ("杭州互联网法院",), "connection": "plaintiff_domicile"}
    assert _found(**clause, filed_on=date(2025, 10, 31)).candidates[0].standing == "agreed"
    after = _found(**clause, filed_on=date(2025, 11, 1))
    assert _places(after)[-1] == ("agreed_court", "doubtful")
    assert "internet_courts" in _warned(after)


def test_after_an_assignment_the_clause_binds_unless_the_assignee_did_not_know() -> None:
    bound = _found(**CLAUSE, assigned=True)
    assert bound.candidates[0].standing == "agreed"
    assert "assignment" in _warned(bound) and "assignee_seat" in _warned(bound)
    assert ("place_of_performance", "doubtful") in _places(bound)
    unbound = _found(**CLAUSE, assigned=True, assignee_knew=False)
    assert _places(unbound)[-1] == ("agreed_court", "doubtful")
    assert bound.cause is None, "what the cause is then depends on who bought"


def test_the_cause_of_action_follows_who_lent() -> None:
    told = {kind: _found(lender_type=kind).cause for kind in ("bank", "micro_loan", "")}
    assert told["bank"] is not None and told["bank"].words.zh == "金融借款合同纠纷"
    assert told["micro_loan"] is not None and told["micro_loan"].words.zh == "小额借款合同纠纷"
    assert told["micro_loan"].status == "awaiting_counsel"
    assert told[""] is None


def test_an_agreed_place_of_performance_goes_before_the_lenders_seat() -> None:
    found = _found(agreed_performance="上海市浦东新区")
    assert found.candidates[1].where == "上海市浦东新区"


def test_the_province_of_the_court_is_read_not_guessed() -> None:
    clause, bare = _facts(**CLAUSE), _facts(defendant_domicile="成都市武侯区")
    assert court_province(clause, suggest(clause, files.parameters())) == "浙江省"
    assert court_province(bare, suggest(bare, files.parameters())) == ""
    assert court_province(bare, suggest(bare, files.parameters()), "四川") == "四川省"


@pytest.mark.parametrize(
    ("stated", "connection"),
    [
        ("原告住所地", "plaintiff_domicile"),
        ("出借人所在地", "plaintiff_domicile"),
        ("借款人户籍地", "defendant_domicile"),
        ("合同签订地为某区", "signing"),
        ("合同履行地", "performance"),
        ("协商一致", "other"),
        ("  ", ""),
    ],
)
def test_a_stated_connection_is_read(stated: str, connection: str) -> None:
    assert connection_of(stated) == connection
