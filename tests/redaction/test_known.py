"""What the case knows is found in every spelling, and nothing else is blanked."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from legal_service.redaction.detect import detect
from legal_service.redaction.kinds import Kind
from legal_service.redaction.spans import KnownValue

from .a_case import ADDRESS, CARD, CLEAN, EMAIL, ID, KNOWN, MOBILE, NAME

_NUMERALS = str.maketrans("0123456789", "〇一二三四五六七八九")
_BANK_NUMERALS = str.maketrans("0123456789", "零壹贰叁肆伍陆柒捌玖")
_WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
_SPELLINGS = (
    str,
    lambda value: value.translate(_WIDE),
    lambda value: value.translate(_NUMERALS),
    lambda value: value.translate(_BANK_NUMERALS),
    lambda value: value.lower(),
)


def covered(text: str, start: int, end: int, known: tuple[KnownValue, ...] = KNOWN) -> bool:
    """Whether every letter and digit of `text[start:end]` lies in some span."""
    hidden = {at for span in detect(text, known) for at in range(span.start, span.end)}
    return all(at in hidden for at in range(start, end) if text[at].isalnum())


@settings(max_examples=250, deadline=None)
@given(
    value=st.sampled_from([ID, MOBILE, CARD]),
    spelling=st.sampled_from(_SPELLINGS),
    separators=st.lists(
        st.sampled_from(["", "", "", " ", "-", "－", "\u200b", "\n", ".", "　", "·"]), min_size=20, max_size=20
    ),
    before=st.sampled_from(["电话", "身份证号：", "卡号", "（", "他说", "\n"]),
    after=st.sampled_from(["，", "打不通", "）", "\n", "。"]),
)
def test_a_number_on_file_is_found_however_it_is_written(value, spelling, separators, before, after):
    written = "".join(char + separators[at] for at, char in enumerate(spelling(value)[:-1])) + spelling(value)[-1]
    text = f"{before}{written}{after}"
    assert covered(text, len(before), len(before) + len(written))


@settings(max_examples=150, deadline=None)
@given(
    name=st.sampled_from([NAME, "張三豐", "欧阳修远", "歐陽修遠"]),
    gap=st.sampled_from(["", " ", "　", "\u200b", "\n", "·", "-"]),
    before=st.sampled_from(["昨天", "与", "找到", "", "（", "说"]),
    after=st.sampled_from(["说", "已还款", "，", "", "）"]),
)
def test_a_name_on_file_is_found_however_it_is_written(name, gap, before, after):
    written = gap.join(name)
    assert covered(f"{before}{written}{after}", len(before), len(before) + len(written))


@pytest.mark.parametrize(
    "written",
    [
        "Zhang Sanfeng",
        "ZHANG SAN FENG",
        "zhangsanfeng",
        "Sanfeng Zhang",
        "Zhang, Sanfeng",
        "zhāng sānfēng",
        "Zhang San-feng",
        "Ouyang Xiuyuan",
    ],
)
def test_a_name_is_found_in_pinyin_in_both_orders(written):
    assert covered(f"Dear {written}, please pay", 5, 5 + len(written))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("张先生您好", "张"),
        ("张女士", "张"),
        ("问了老张，", "老张"),
        ("小张说", "小张"),
        ("一个姓张的", "张"),
        ("给欧阳先生打电话", "欧阳"),
        ("三丰说好", "三丰"),
    ],
)
def test_the_surname_that_points_to_the_person_is_found(text, found):
    assert covered(text, text.index(found), text.index(found) + len(found))


@pytest.mark.parametrize(
    "written",
    [
        ADDRESS,
        ADDRESS.removeprefix("浙江省"),
        "文一西路九六九号3幢2单元1201室",
        "余杭区 文一西路 969 号 3 幢 2 单元\n1201室",
        ADDRESS.translate(_WIDE),
    ],
)
def test_an_address_is_found_whole_and_in_its_tail(written):
    assert covered(f"寄到{written}去", 2, 2 + len(written))


@pytest.mark.parametrize(
    "written", ["1949年12月31日", "1949-12-31", "1949/12/31", "19491231", "一九四九年十二月三十一日", "1949. 12. 31"]
)
def test_a_birth_date_is_found_in_every_form(written):
    assert covered(f"日期{written}。", 2, 2 + len(written))


def test_an_e_mail_is_found_in_full_width_and_in_capitals():
    written = EMAIL.upper().translate(_WIDE)
    assert covered(f"发到{written}", 2, 2 + len(written))


def test_a_number_glued_to_others_is_still_found():
    assert covered(f"备注X8{MOBILE}Y", 4, 15)


def test_a_name_that_is_a_word_is_found_only_where_a_person_stands():
    known = (KnownValue(Kind.PERSON, "高兴"), KnownValue(Kind.PERSON, "程序"))
    text = "他很高兴，程序合法。借款人：高兴，与程序先生"
    found = [text[span.start : span.end] for span in detect(text, known)]
    assert found == ["高兴", "程序"]
    assert [span.start for span in detect(text, known)] == [14, 18]


def test_ordinary_text_is_left_alone():
    assert detect(CLEAN, KNOWN) == []


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="张三丰高兴先生13812345678 ，\n-〇一8Xxo·（）老小姓", max_size=60))
def test_spans_are_sorted_disjoint_and_inside_the_text(text):
    spans = detect(text, KNOWN)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))


def test_a_known_value_is_not_torn_by_a_rule_that_misreads_its_surroundings():
    known = (KnownValue(Kind.LANDLINE, "010-62345678"),)
    text = "62345678 010 6234 5678"
    assert [(text[span.start : span.end], span.kind) for span in detect(text, known)] == [
        ("62345678", "LANDLINE"),
        ("010 6234 5678", "LANDLINE"),
    ]


def test_given_names_alone_are_found_but_streets_are_not_blanked():
    known = (KnownValue(Kind.PERSON, "陈建国"), KnownValue(Kind.PERSON, "买买提·艾力"))
    assert [span.form for span in detect("建国说艾力会还", known)] == ["given", "given"]
    assert detect("建国路上", known) == []
