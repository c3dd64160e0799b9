"""A clause on the court: what its stated connection is worth beside the addresses on record (民事诉讼法 18, 35; 解释 29–32)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from legal_service.law import files
from legal_service.law.jurisdiction import Forum, ForumFacts, courts_in, suggest
from legal_service.law.places import compare, read

ON = date(2026, 11, 23)
SEAT, HOME = "浙江省杭州市余杭区", "四川省成都市武侯区一号路1号"


def _found(court: str, connection: Any = "plaintiff_domicile", **changes: Any) -> Forum:
    values: dict[str, Any] = {"filed_on": ON, "plaintiff_seat": SEAT, "defendant_domicile": HOME}
    facts = ForumFacts(**(values | {"agreed_courts": courts_in(court), "connection": connection} | changes))
    return suggest(facts, files.parameters())


def _standing(found: Forum) -> str:
    return next(one.standing for one in found.candidates if one.place == "agreed_court")


def _warned(found: Forum) -> list[str]:
    return [one.code for one in found.warnings]


@pytest.mark.parametrize(
    ("court", "connection", "more"),
    [
        ("广州市天河区人民法院", "plaintiff_domicile", {}),
        ("广州天河区人民法院", "plaintiff_domicile", {}),
        ("天河区人民法院", "plaintiff_domicile", {}),
        ("杭州市余杭区人民法院", "signing", {"signing_proved": True, "signing_place": "四川省成都市"}),
        ("杭州市余杭区人民法院", "performance", {"agreed_performance": "上海市"}),
        ("成都市锦江区人民法院", "defendant_domicile", {}),
        ("成都市锦江区法院", "defendant_domicile", {}),
        ("昆山市人民法院", "plaintiff_domicile", {}),
        ("北京互联网法院", "plaintiff_domicile", {"filed_on": date(2025, 10, 31)}),
    ],
)
def test_a_court_elsewhere_than_the_stated_connection_is_contradicted(court: str, connection: str, more: Any) -> None:
    found = _found(court, connection, **more)
    assert _standing(found) == "doubtful"
    assert found.candidates[-1].place == "agreed_court", "the statutory places come first"
    assert _warned(found)[:2] == ["connection_contradicted", "no_connection"]
    assert found.warnings[0].basis == "民事诉讼法(2023修正) 第三十五条"


@pytest.mark.parametrize(
    ("court", "address"),
    [
        ("上海市浦东新区人民法院", "上海市浦东新区世纪大道1号"),
        ("上海浦东新区人民法院", "浦东新区世纪大道1号"),
        ("重庆市渝北区人民法院", "重庆市渝北区龙溪街道"),
        ("重庆市渝北区人民法院", "重庆市市辖区渝北区龙溪街道"),
        ("渝北区法院", "重庆渝北区龙溪街道"),
        ("杭州市余杭区人民法院", "浙江省杭州市余杭区文一西路1号"),
        ("杭州余杭区人民法院", "杭州市余杭区文一西路1号"),
        ("浙江省杭州市余杭区人民法院", "余杭区文一西路1号"),
        ("成都市武侯区人民法院", "成都武侯区一号路"),
        ("义乌市人民法院", "浙江省金华市义乌市稠城街道"),
        ("金华市义乌市人民法院", "浙江省义乌市稠城街道"),
        ("东莞市第一人民法院", "广东省东莞市南城街道"),
        ("凉山彝族自治州西昌市人民法院", "四川省凉山州西昌市"),
        ("呼和浩特市新城区人民法院", "内蒙古呼和浩特市新城区"),
        ("宁城县人民法院", "内蒙古自治区赤峰市宁城县天义镇"),
        ("鄂温克族自治旗人民法院", "内蒙古自治区呼伦贝尔市鄂温克族自治旗"),
        ("南宁市青秀区人民法院", "广西壮族自治区南宁市青秀区"),
        ("荆州市沙市区人民法院", "湖北省荆州市沙市区"),
        ("新乡市红旗区人民法院", "河南省新乡市红旗区"),
        ("乐山市市中区人民法院", "四川省乐山市市中区"),
        ("天津市河北区人民法院", "河北区金钟路"),
        ("河北区人民法院", "天津市河北区金钟路"),
        ("苏州工业园区人民法院", "江苏省苏州市苏州工业园区星港街"),
        ("吉林市船营区人民法院", "吉林省吉林市船营区"),
        ("海南藏族自治州共和县人民法院", "青海省海南州共和县"),
        ("北京市海淀区人民法院", "北京市海淀区中关村大街27号阳光小区"),
    ],
)
def test_a_court_and_an_address_of_one_place_however_they_are_written(court: str, address: str) -> None:
    assert compare(court, address) == "same", (read(court), read(address))
    found = _found(court, "signing", signing_proved=True, signing_place=address)
    assert _standing(found) == "agreed"
    assert not {"connection_contradicted", "connection_unshown"} & set(_warned(found))


@pytest.mark.parametrize(
    ("court", "address"),
    [
        ("杭州市余杭区人民法院", "浙江省杭州市"),
        ("深圳前海合作区人民法院", "广东省深圳市南山区"),
        ("杭州铁路运输法院", "浙江省杭州市余杭区"),
        ("北京互联网法院", "北京市海淀区中关村大街27号"),
        ("成都市武侯区人民法院", "四川省成都市高新区天府大道"),
        ("苏州工业园区人民法院", "江苏省苏州市虎丘区"),
        ("杭州市余杭区人民法院", "杭州市文一西路阳光小区3幢"),
        ("上海市浦东新区人民法院", "上海市"),
    ],
)
def test_a_place_that_agrees_only_as_far_as_it_can_be_compared_is_near(court: str, address: str) -> None:
    assert compare(court, address) == "near", (read(court), read(address))


@pytest.mark.parametrize(
    ("court", "address"),
    [
        ("余杭区人民法院", "四川省成都市"),
        ("深圳前海合作区人民法院", "四川省成都市武侯区"),
        ("义乌市人民法院", "浙江省金华市"),
        ("某某法院", "四川省成都市武侯区"),
        ("成都市武侯区人民法院", "春熙路街道阳光小区"),
    ],
)
def test_what_cannot_be_compared_is_no_contradiction(court: str, address: str) -> None:
    assert compare(court, address) == "unknown", (read(court), read(address))


def test_a_stated_connection_that_the_name_only_half_shows_is_told() -> None:
    found = _found("杭州市余杭区人民法院", plaintiff_seat="浙江省杭州市")
    assert _standing(found) == "agreed"
    assert _warned(found)[0] == "connection_unshown"
    assert [one.code for one in found.candidates[0].because] == ["agreed_court", "connection_stated"]


def test_a_stated_connection_of_which_the_name_shows_nothing_is_doubtful() -> None:
    found = _found("余杭区人民法院", "signing", signing_proved=True, signing_place="四川省成都市")
    assert _standing(found) == "doubtful"
    assert _warned(found)[0] == "connection_unshown"


def test_a_connection_without_an_address_on_record_is_told() -> None:
    found = _found("杭州市余杭区人民法院", plaintiff_seat="")
    assert _standing(found) == "agreed"
    assert _warned(found)[0] == "connection_unshown"
    assert "没有登记" in found.warnings[0].words.zh


def test_the_defendants_home_may_be_his_residence() -> None:
    found = _found("深圳市南山区人民法院", "defendant_domicile", defendant_residence="广东省深圳市南山区二号路2号")
    assert _standing(found) == "agreed"


def test_of_two_courts_one_may_stand_at_the_other_partys_place_but_not_at_none() -> None:
    assert _standing(_found("杭州市余杭区人民法院或者成都市武侯区人民法院")) == "agreed"
    third = _found("杭州市余杭区人民法院或者广州市天河区人民法院")
    assert _standing(third) == "doubtful"
    assert _warned(third)[0] == "connection_contradicted"


@pytest.mark.parametrize(
    "court", ["杭州市中级人民法院", "浙江省高级人民法院", "最高人民法院", "北京铁路运输中级法院", "杭州中院"]
)
def test_an_agreed_court_of_a_higher_level_is_doubtful(court: str) -> None:
    found = _found(court)
    assert _standing(found) == "doubtful"
    told = next(one for one in found.warnings if one.code == "agreed_level")
    assert (told.basis, told.status) == ("民事诉讼法(2023修正) 第十八条、第三十五条", "verified")
    assert _warned(found)[0] == "agreed_level"


@pytest.mark.parametrize("court", ["上海金融法院", "宁波海事法院", "杭州铁路运输法院", "广州知识产权法院"])
def test_an_agreed_special_court_is_for_counsel(court: str) -> None:
    found = _found(court, plaintiff_seat="上海市浦东新区")
    told = next(one for one in found.warnings if one.code == "special_court")
    assert (_standing(found), told.status) == ("doubtful", "awaiting_counsel")


def test_an_ordinary_court_is_of_the_right_level_and_kind() -> None:
    assert not {"agreed_level", "special_court"} & set(_warned(_found("杭州市余杭区人民法院")))


@pytest.mark.parametrize(
    ("filed_on", "online", "court", "seat", "concentrated"),
    [
        (date(2025, 10, 31), True, "杭州市余杭区人民法院", SEAT, True),
        (date(2025, 10, 31), True, "余杭区人民法院", SEAT, True),
        (date(2025, 10, 31), True, "北京市海淀区人民法院", "北京市海淀区", True),
        (date(2025, 10, 31), True, "广州市天河区人民法院", "广东省广州市天河区", True),
        (date(2025, 10, 31), True, "上海市浦东新区人民法院", "上海市浦东新区", False),
        (date(2025, 10, 31), True, "杭州互联网法院", SEAT, False),
        (date(2025, 10, 31), False, "杭州市余杭区人民法院", SEAT, False),
        (date(2025, 10, 31), None, "杭州市余杭区人民法院", SEAT, False),
        (date(2025, 11, 1), True, "杭州市余杭区人民法院", SEAT, False),
    ],
)
def test_an_ordinary_court_of_the_three_cities_while_online_loans_went_to_the_internet_courts(
    filed_on: date, online: bool | None, court: str, seat: str, concentrated: bool
) -> None:
    found = _found(court, filed_on=filed_on, online=online, plaintiff_seat=seat)
    told = [one for one in found.warnings if one.code == "concentrated_elsewhere"]
    assert bool(told) is concentrated
    assert _standing(found) == ("doubtful" if concentrated else "agreed")
    if told:
        assert (told[0].basis, told[0].status) == ("法释〔2018〕16号 第二条第（三）项", "verified")
