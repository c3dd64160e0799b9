"""What a move or an event of proceedings tells besides its day: the fields there are, what each may hold, and how it is refused.

Every value is text; a day is written 2026-03-01. Court case numbers (案号) are brought into one spelling.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from legal_service import labels
from legal_service.errors import Refusal, Words

TRACKS = ("ordinary", "simplified", "small_claims")
RETURN_REASONS = (
    "parties_unclear", "jurisdiction", "claim_unclear", "evidence_incomplete", "form_wrong", "seal_missing",
    "address_confirmation_missing", "authority_missing", "amounts_disagree", "other",
)  # fmt: skip
ORDER_ENDS = ("objection", "not_served", "guarantor_sued", "suit", "withdrawn", "not_issued")
SUIT_ENDS = ("withdrawal", "deemed_withdrawn", "dismissed", "transferred")
CHANNELS = ("online", "window", "mail")
CONSENT = ("agreed", "refused")
TITLES = ("judgment", "mediation_instrument", "payment_order", "judicial_confirmation", "notarised_instrument")
OUTCOMES = ("upheld", "changed", "remanded")

labels.register(
    "return_reason",
    {
        "parties_unclear": ("当事人信息不明确", "the parties are not identified"),
        "jurisdiction": ("管辖有异", "the court lacks jurisdiction"),
        "claim_unclear": ("诉讼请求不明确", "the claim is not specific"),
        "evidence_incomplete": ("证据材料不齐", "evidence is incomplete"),
        "form_wrong": ("文书格式不合要求", "the form is wrong"),
        "seal_missing": ("缺少签章", "a seal or signature is missing"),
        "address_confirmation_missing": ("缺少送达地址确认书", "the confirmation of the address is missing"),
        "authority_missing": ("缺少授权或身份材料", "authority or identity papers are missing"),
        "amounts_disagree": ("金额前后不一致", "the amounts disagree"),
        "other": ("其他", "another reason"),
    },
)
labels.register(
    "track",
    {
        "ordinary": ("普通程序", "ordinary procedure"),
        "simplified": ("简易程序", "simplified procedure"),
        "small_claims": ("小额诉讼程序", "small-claims procedure"),
    },
)
labels.register(
    "order_end",
    {
        "objection": ("债务人提出书面异议", "the debtor objected in writing"),
        "not_served": ("支付令未能送达", "the order could not be served"),
        "guarantor_sued": ("另行起诉保证人", "a guarantor was sued"),
        "suit": ("另行起诉", "a suit was brought meanwhile"),
        "withdrawn": ("撤回申请", "the application was withdrawn"),
        "not_issued": ("法院未签发", "the court did not issue it"),
    },
)
labels.register(
    "suit_end",
    {
        "withdrawal": ("准许撤诉", "withdrawal allowed"),
        "deemed_withdrawn": ("按撤诉处理", "deemed withdrawn"),
        "dismissed": ("驳回起诉", "dismissed without judgment on the merits"),
        "transferred": ("移送其他法院", "transferred to another court"),
    },
)
labels.register(
    "submission_channel", {"online": ("网上立案", "online"), "window": ("窗口", "at the counter"), "mail": ("邮寄", "by mail")}
)  # fmt: skip
labels.register("mediation_consent", {"agreed": ("同意调解", "agreed"), "refused": ("不同意调解", "refused")})
labels.register(
    "title",
    {
        "judgment": ("判决书", "judgment"),
        "mediation_instrument": ("民事调解书", "mediation instrument"),
        "payment_order": ("支付令", "payment order"),
        "judicial_confirmation": ("司法确认裁定书", "ruling of judicial confirmation"),
        "notarised_instrument": ("公证债权文书", "notarised instrument of debt"),
    },
)
labels.register(
    "appeal_outcome",
    {"upheld": ("维持原判", "upheld"), "changed": ("改判", "changed"), "remanded": ("发回重审", "remanded")},
)

_NUMBER = re.compile(
    r"[(](?:19|20)\d{2}[)][\u4e00-\u9fff]{1,4}\d{0,6}[\u4e00-\u9fff]{1,8}\d{1,8}号(?:之[一二三四五六七八九十]{1,3})?"
)
_LINES = re.compile(r"[\x00-\x1f\x7f]")


def court_number(told: str) -> str | None:
    """A court case number in one spelling, None when it is none.

    >>> court_number("(2026) 沪0115 民初 12345 号"), court_number("12345")
    ('（2026）沪0115民初12345号', None)
    """
    plain = "".join(unicodedata.normalize("NFKC", told).replace("〔", "(").replace("〕", ")").split())
    if not _NUMBER.fullmatch(plain):
        return None
    return plain.replace("(", "（", 1).replace(")", "）", 1)


@dataclass(frozen=True, slots=True)
class Field:
    """One field: how a value is read (None: it is wrong), and the rule told to whom it is refused.

    `trail` marks values without personal data; `choices` and their `family` of labels a field with a fixed set; `is_day` a date.
    """

    read: Callable[[str], str | None]
    label: Words
    rule: Words
    trail: bool = True
    family: str = ""
    choices: tuple[str, ...] = ()
    is_day: bool = False


def _one_of(family: str, choices: tuple[str, ...], label: Words) -> Field:
    shown = "、".join(f"{code}（{labels.label(family, code).zh}）" for code in choices)
    return Field(
        lambda told: told if told in choices else None,
        label,
        Words(f"应为 {shown} 之一", f"one of {', '.join(choices)}"),
        family=family,
        choices=choices,
    )


def _day(label: Words) -> Field:
    def read(told: str) -> str | None:
        try:
            return date.fromisoformat(told).isoformat()
        except ValueError:
            return None

    return Field(read, label, Words("应为 2026-03-01 形式的日期", "a date like 2026-03-01"), is_day=True)


def _line(most: int, label: Words, *, trail: bool = True) -> Field:
    def read(told: str) -> str | None:
        return told if 0 < len(told) <= most and not _LINES.search(told) else None

    return Field(read, label, Words(f"应为 1 至 {most} 字的一行文字", f"one line of 1 to {most} characters"), trail)


PARTY = "party"
FIELDS: dict[str, Field] = {
    "court": _line(100, Words("法院", "court")),
    "number": Field(
        court_number,
        Words("法院案号", "court case number"),
        Words("应为（2026）沪0115民初12345号 形式的案号", "a court case number like （2026）沪0115民初12345号"),
        trail=False,
    ),
    "receipt": _line(80, Words("立案回执号", "receipt number")),
    "channel": _one_of("submission_channel", CHANNELS, Words("提交方式", "handed in how")),
    "track": _one_of("track", TRACKS, Words("程序", "procedure")),
    PARTY: Field(lambda told: told or None, Words("当事人", "party"), Words("应为本案当事人", "a party of the case")),
    "return_reason": _one_of("return_reason", RETURN_REASONS, Words("退回原因", "why it was returned")),
    "order_end": _one_of("order_end", ORDER_ENDS, Words("终结原因", "why it ended")),
    "suit_end": _one_of("suit_end", SUIT_ENDS, Words("结束方式", "how it ended")),
    "outcome": _one_of("appeal_outcome", OUTCOMES, Words("二审结果", "outcome on appeal")),
    "title": _one_of("title", TITLES, Words("执行依据", "title")),
    "consent": _one_of("mediation_consent", CONSENT, Words("是否同意调解", "consent to mediation")),
    "mediator": _line(100, Words("调解组织", "mediation body")),
    "organisation": _line(100, Words("机构", "organisation")),
    "until": _day(Words("末日", "last day")),
    "received_on": _day(Words("调解组织收到之日", "received by the mediator on")),
    "hearing_on": _day(Words("开庭日", "day of the hearing")),
    "performance_until": _day(Words("履行期届满日", "last day for performance")),
    "notified_on": _day(Words("通知债务人之日", "debtor notified on")),
    "note": _line(1000, Words("备注", "note"), trail=False),
}
"""Field → what it may hold."""


def read_data(told: Mapping[str, Any], *, needs: tuple[str, ...], allows: tuple[str, ...], what: str) -> dict[str, str]:
    """The data of a step, each value in its one spelling; refuses `bad_step_data` naming field, rule and all fields of the step."""
    every = tuple(dict.fromkeys((*needs, *allows, "note")))
    shown = Words(
        zh="、".join(f"{name}{'（必填）' if name in needs else ''}" for name in every),
        en=", ".join(f"{name}{' (required)' if name in needs else ''}" for name in every),
    )
    found: dict[str, str] = {}
    for name, value in told.items():
        if name not in every:
            raise _bad(what, str(name)[:40], Words("这一步没有这个字段", "this step has no such field"), shown)
        if value is None or (isinstance(value, str) and not value.strip()):
            continue
        read = FIELDS[name].read(value.strip()) if isinstance(value, str) else None
        if read is None:
            raise _bad(what, name, FIELDS[name].rule, shown)
        found[name] = read
    for name in needs:
        if name not in found:
            raise _bad(what, name, Words("必填", "required"), shown)
    return found


def _bad(what: str, field: str, rule: Words, every: Words) -> Refusal:
    return Refusal(
        "bad_step_data",
        Words(
            zh=f"{what} 的字段 {field}：{rule.zh}。全部字段：{every.zh}。",
            en=f"{what}, field {field}: {rule.en}. All fields: {every.en}.",
        ),
        "机构内部规则：案件步骤的登记（house policy: recording a step of a case）",
    )
