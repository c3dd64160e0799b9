"""Masks as the convention has them (law.md 10), keyed pseudonyms, court style; the table of policies is complete."""

from __future__ import annotations

import pytest

from legal_service.definitions import DefinitionError
from legal_service.redaction import files
from legal_service.redaction.kinds import Audience, Kind
from legal_service.redaction.masks import masked
from legal_service.redaction.operators import Redactor, recipient_key
from legal_service.redaction.policy import Operator, read_policy
from legal_service.redaction.spans import KnownValue, Span

from .a_case import ADDRESS, a_redactor


@pytest.mark.parametrize(
    ("kind", "raw", "shown"),
    [
        (Kind.PERSON, "张三", "张*"),
        (Kind.PERSON, "王小明", "王**"),
        (Kind.PERSON, "欧阳修远", "欧阳**"),
        (Kind.PERSON, "阿卜杜拉·买买提", "阿***·***"),
        (Kind.PERSON, "Zhang San", "Z**** ***"),
        (Kind.MOBILE, "13812345678", "138****5678"),
        (Kind.MOBILE, "+86 138-1234-5678", "+86 138-****-5678"),
        (Kind.MOBILE, "一三八一二三四五六七八", "一三八****五六七八"),
        (Kind.ID_NUMBER, "11010519491231002X", "1****************X"),
        (Kind.BANK_CARD, "6225880123451496", "622588******1496"),
        (Kind.LANDLINE, "0571-88123456", "****-****3456"),
        (Kind.EMAIL, "zhangsan@163.com", "zha***@163.com"),
        (Kind.EMAIL, "ab@163.com", "a***@163.com"),
        (Kind.ADDRESS, ADDRESS, "浙江省杭州市余杭区" + "*" * 18),
        (Kind.PLATE, "京A·12345", "京A·****5"),
        (Kind.QQ, "12345678", "******78"),
    ],
)
def test_masks_follow_the_convention(kind, raw, shown):
    assert masked(kind, raw) == shown


def test_every_audience_has_an_operator_for_every_kind():
    table = files.policies()
    assert set(table) == set(Audience)
    for policy in table.values():
        assert set(policy.operators) == set(Kind)
        assert policy.version and policy.basis


def test_a_policy_that_leaves_a_kind_undecided_does_not_load():
    with pytest.raises(DefinitionError, match="no operator for ID_NUMBER"):
        read_policy({"audience": "public", "version": "1", "basis": "x", "operators": {"PERSON": "mask"}}, "public")


def test_external_counsel_gets_masked_data_and_the_court_everything():
    counsel = files.policy_for(Audience.EXTERNAL_COUNSEL)
    assert counsel.operator(Kind.PERSON) is counsel.operator(Kind.ID_NUMBER) is Operator.MASK
    assert not any(files.policy_for(Audience.COURT).hides(kind) for kind in Kind)


def test_a_pseudonym_is_one_token_per_person_and_differs_per_recipient():
    first = recipient_key(b"master", "buyer@example.com", "due diligence")
    second = recipient_key(b"master", "other@example.com", "due diligence")
    policy = files.policy_for(Audience.ASSIGNEE)
    one = Redactor(policy, first)
    assert one.token(Kind.PERSON, "张三") == one.token(Kind.PERSON, "張 三")
    assert one.token(Kind.ID_NUMBER, "1101 05") == one.token(Kind.ID_NUMBER, "１１０１０５")
    assert Redactor(policy, first).token(Kind.PERSON, "张三") == one.token(Kind.PERSON, "张三")
    assert Redactor(policy, second).token(Kind.PERSON, "张三") != one.token(Kind.PERSON, "张三")


def test_without_a_key_tokens_are_numbered_so_that_nothing_can_be_tried_out():
    redactor = Redactor(files.policy_for(Audience.ASSIGNEE))
    assert [redactor.token(Kind.PERSON, name) for name in ("张三", "李四", "张三")] == [
        "PERSON-001",
        "PERSON-002",
        "PERSON-001",
    ]


def test_court_style_numbers_those_who_would_be_written_alike():
    redactor = Redactor(files.policy_for(Audience.PUBLIC))
    redactor.meet([KnownValue(Kind.PERSON, name) for name in ("张三", "张四", "李五")])
    shown = [
        redactor.written(Span(0, 2, Kind.PERSON, name), name, "line 1") for name in ("张四", "张三", "李五", "李六")
    ]
    assert shown == ["张某2", "张某1", "李某", "李某2"]


def test_the_log_counts_and_never_repeats_the_value():
    redactor = a_redactor()
    redactor.written(Span(0, 2, Kind.PERSON, "张三"), "张三", "line 1")
    redactor.written(Span(0, 2, Kind.PERSON, "张三"), "张三", "line 1")
    assert [entry.as_json() for entry in redactor.tally.entries()] == [
        {"kind": "PERSON", "operator": "mask", "place": "line 1", "count": 2}
    ]


LENDERS = frozenset(
    {"浙江省杭州市余杭区惠泽路1号惠民金融大厦18层", "顾明远"}
)  # an organisation's seat and representative stay


@pytest.mark.parametrize(
    ("kind", "raw"),
    [(Kind.PERSON, "顾明远"), (Kind.ADDRESS, "浙江省杭州市余杭区惠泽路1号惠")],
    ids=["representative", "a seat torn by the columns of a table"],
)
def test_what_is_an_organisations_own_is_spared_also_when_learnt_from_the_text(kind, raw):
    redactor = Redactor(files.policy_for(Audience.EXTERNAL_COUNSEL), spared=LENDERS)
    assert redactor.written(Span(0, len(raw), kind, raw), raw, "") == raw


def test_what_the_case_knows_of_a_person_is_never_spared():
    redactor = Redactor(files.policy_for(Audience.EXTERNAL_COUNSEL), spared=LENDERS)
    redactor.meet([KnownValue(Kind.PERSON, "顾明远")])
    assert redactor.written(Span(0, 3, Kind.PERSON, "顾明远"), "顾明远", "") == "顾**"


def test_a_number_inside_the_lenders_account_is_not_spared():
    redactor = Redactor(files.policy_for(Audience.EXTERNAL_COUNSEL), spared=frozenset({"9901540000000001381234567886"}))
    assert redactor.written(Span(0, 11, Kind.MOBILE), "13812345678", "") == "138****5678"
