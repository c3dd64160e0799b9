"""A court's name beside an address: the same place, another one, or not to be told (for 民事诉讼法 35, actual connection).

Read are province, city and county-level unit as far as they are written; nothing is looked up. Two places are different only
where both name a unit of the same kind and the two differ. A development zone, a new area and the like are no county-level
unit; a lone 某某市 may be a city or a county-level city, and is another place only where it would be one either way.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from legal_service.law.identifiers import PROVINCES
from legal_service.law.published.tables import province_of

Comparison = Literal["same", "near", "unknown", "different"]

_COURT = re.compile(
    r"(第[一二三四五六七八九十]+|基层|初级|中级|高级|最高|互联网|铁路运输|海事|金融|知识产权|军事|林区|农垦|油田)*(人民)?法院.*$"
    r"|[中高]院$"
)
_MUNICIPALITIES = tuple(name for name in PROVINCES.values() if name.endswith("市"))
_NO_PROVINCE = re.compile(r"[市区县旗州路]|.{1,2}路|大道|大街|藏族自治州|蒙古族自治县")
"""What follows 吉林, 河北, 海南, 河南 or 北京 where that is a city, a district, a prefecture, a county or a street."""

_LETTER = r"[^0-9０-９路号村巷弄幢栋区县旗、，。；（(]"
_CITY = re.compile(
    rf"{_LETTER}{{1,14}}?自治州|(?:大兴安岭|阿里|和田|喀什|阿克苏|塔城|阿勒泰)地区|(?:兴安|锡林郭勒|阿拉善)盟"
    rf"|{_LETTER}{{1,8}}?市(?![区场])"
)
_SHORT_CITY = re.compile(r"[\u4e00-\u9fff]{1,3}州(?![区县市旗])")
_COUNTY = re.compile(
    r"[\u4e00-\u9fff](?:[^0-9０-９路号村巷弄幢栋]){0,15}?(?:[区县]|市(?![区场])|旗(?![区县大街路镇乡]))"
)
_ZONE = re.compile(
    r"(?:开发|合作|高新|工业|园|保税|自贸|试验|实验|示范|风景|名胜|管理|度假|商务|经济|产业|集聚|保护|航空港|临港|空港|垦|小|社"
    r"|校|厂|片|库|景|街|镇|新)区$"
)
_DISTRICTS_LIKE_ZONES = ("浦东新区", "滨海新区", "上街区")
_LONGEST = 8


@dataclass(frozen=True, slots=True)
class Named:
    """What a text names. `either` is a lone 某某市 of unknown level; `rest` what follows where no county-level unit was read."""

    province: str = ""
    city: str = ""
    county: str = ""
    either: str = ""
    rest: str = ""


def read(text: str) -> Named:
    """The units that an address or a court's name is written with.

    >>> found = read("浙江省杭州市余杭区人民法院")
    >>> found.province, found.city, found.county, read("义乌市人民法院").either
    ('浙江省', '杭州市', '余杭区', '义乌市')
    """
    province, rest = _province(_COURT.sub("", re.sub(r"\s", "", text)))
    city = ""
    if province in _MUNICIPALITIES:
        city, rest = province, rest.removeprefix("市辖区")
    elif (short := _SHORT_CITY.match(rest)) and (short.end() == len(rest) or _county(rest[short.end() :])):
        city, rest = short[0], rest[short.end() :]
    elif found := _CITY.match(rest):
        city, rest = found[0], rest[found.end() :].removeprefix("市辖区")
    county = _county(rest)
    if not county and city.endswith("市") and province != city:
        return Named(province, either=city, rest=rest)
    return Named(province, city, county, rest="" if county else rest)


def compare(court: str, address: str) -> Comparison:
    """A court's name beside an address: `same` place, `near` (agrees as far as both are written), `different`, or `unknown`.

    >>> compare("杭州市余杭区人民法院", "浙江省杭州市余杭区文一西路1号"), compare("成都市锦江区人民法院", "四川省成都市武侯区")
    ('same', 'different')
    >>> compare("深圳前海合作区人民法院", "广东省深圳市南山区"), compare("余杭区人民法院", "四川省成都市")
    ('near', 'unknown')
    """
    if not court or not address:
        return "unknown"
    here, there = read(court), read(address)
    judged = {_by_province(here, there), _by_city(here, there), _by_county(here, there), _by_lone_city(here, there)}
    whole = _COURT.sub("", court).strip()
    if "different" in judged:
        return "different"
    if "same" in judged or (len(whole) >= 3 and not _PROVINCE_ONLY.search(whole) and whole in address):
        return "same"
    return "near" if "near" in judged else "unknown"


def lies_in(place: str, cities: tuple[str, ...]) -> bool:
    """Whether a court's name or an address names one of these cities (written 杭州市).

    >>> lies_in("杭州余杭区人民法院", ("北京市", "杭州市")), lies_in("余杭区人民法院", ("杭州市",))
    (True, False)
    """
    found = read(place)
    return any(_alike(found.city or found.either, city) or found.rest.startswith(city[:-1]) for city in cities)


_PROVINCE_ONLY = re.compile(r"^[^市区县]*(?:省|自治区)$|^(?:北京|天津|上海|重庆)市$")


def _province(text: str) -> tuple[str, str]:
    name = province_of(text)
    if not name:
        other = re.match(r"[\u4e00-\u9fff]{1,3}省", text)
        return (other[0], text[other.end() :]) if other else ("", text)
    if text.startswith(name):
        return name, text[len(name) :]
    rest = text[3 if name.startswith(("内蒙古", "黑龙江")) else 2 :]
    return ("", text) if _NO_PROVINCE.match(rest) else (name, re.sub(r"^(?:自治区|省)", "", rest))


def _county(text: str) -> str:
    found = _COUNTY.match(text)
    if not found:
        return ""
    name = found[0]
    if _ZONE.search(name) and not name.endswith(_DISTRICTS_LIKE_ZONES):
        return ""
    return name if len(name) <= _LONGEST or name.endswith(("自治县", "自治旗", "联合旗")) else ""


def _stem(city: str) -> str:
    return re.sub(r"(?:自治州|州|市|地区|盟)$", "", city) if len(city) > 2 else city[:2]


def _alike(one: str, other: str) -> bool:
    """杭州 and 杭州市, 凉山州 and 凉山彝族自治州 are one city."""
    if not one or not other:
        return False
    first, second = _stem(one), _stem(other)
    return first.startswith(second) or second.startswith(first)


def _by_province(here: Named, there: Named) -> Comparison:
    if not here.province or not there.province:
        return "unknown"
    return "near" if here.province == there.province else "different"


def _by_city(here: Named, there: Named) -> Comparison:
    if here.city and there.city:
        return "near" if _alike(here.city, there.city) else "different"
    for one, other in ((here, there), (there, here)):
        city = other.city or other.either
        if not one.city and not one.either and city and one.rest.startswith(_stem(city)):
            return "near"  # 深圳前海合作区 in 深圳市
    return "unknown"


def _by_county(here: Named, there: Named) -> Comparison:
    if not here.county or not there.county:
        return "unknown"
    if here.county == there.county:
        return "same"
    for one, other in ((here, there), (there, here)):
        before = one.county.removesuffix(other.county)
        if before != one.county and len(before) >= 2:  # 深圳南山区 beside 南山区
            return "same" if not other.city or _alike(before, other.city) else "unknown"
    return "different"


def _by_lone_city(here: Named, there: Named) -> Comparison:
    """A lone 某某市 on one side or both; a court named for it alone stands anywhere within it."""
    if here.either and there.either:
        return "same" if _alike(here.either, there.either) else "unknown"
    for one, other in ((here, there), (there, here)):
        if not one.either:
            continue
        if one.either == other.county:
            return "same"
        if _alike(one.either, other.city):
            return "same" if one is here else "near"
        return "different" if other.city and other.county else "unknown"
    return "unknown"
