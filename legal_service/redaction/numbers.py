"""Runs of digits read as segments: numbers standing next to each other are told apart, spaced ones put together.

A run (`15307121590 1101 0519…`) is cut at its separators into segments; a short dynamic programme joins neighbours into
the numbers that explain the run best. Blanks, dashes and dots join cheaply, commas and slashes dearly. Dates, amounts,
contract and case numbers are fenced off first and kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from legal_service.redaction import checksums
from legal_service.redaction.kinds import Kind
from legal_service.redaction.spans import Span
from legal_service.redaction.surface import digits_of

_DIGIT = "0-9〇零一二三四五六七八九幺壹贰叁肆伍陆柒捌玖"
_SEGMENT = re.compile(rf"[{_DIGIT}](?:[{_DIGIT}]|[OoIl](?=[{_DIGIT}OoIl]))*[Xx]?(?![A-Za-z])|[{_DIGIT}]+")
_SOFT = frozenset(" \u00a0\u3000\u200b-‐‑‒–—―－.·_()（）+")
_HARD = frozenset(",，/、\n\r")
_FENCE = re.compile(
    r"(?<!\d)(?:19|20)\d{2}\s?[-/.年]\s?(?:1[0-2]|0?[1-9])\s?[-/.月]\s?(?:3[01]|[12]\d|0?[1-9])(?!\d)\s?日?"
    r"|(?<![\d:])\d{1,2}:\d{2}(?::\d{2})?(?![\d:])"
    r"|(?:[¥￥$]|人民币|RMB|CNY)\s?\d[\d,]*(?:\.\d+)?"
    r"|(?<![\d.,])\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d])"
    r"|(?<![\d.])(?:\d{1,10}\.\d{1,2}|\d{1,3}\.\d{3,6})(?![\d.])\s?(?:元|万|亿|%|％)?"
    r"|(?<![\d.-])\d{1,10}\s?(?:元|万元|万|亿|%|％|美元|个月|期|笔|天|周年)"
    r"|(?<![\d-])(?:400|800)[- ]?\d{3,4}[- ]?\d{3,4}(?!\d)"
)
_LABELS = {
    "keep": re.compile(
        r"(?:合同|协议|流水|订单|案件|单据|凭证|发票|批次|工号|交易|借据|回单|文书|文号|参考|挂号|快递|运单|邮件|序列|设备|受理|备案|登记|批准|保单|产品|"
        r"贷款|借款|业务|系统|委托|项目|档案|编|单|案|票|备案|许可|执业|证书|标的|合同编)(?:编号|号码|代码|单号|号|码|no\.?|id)?(?:[(（][^()（）]{1,8}[)）])?\s*[:：#是为]?\s*[A-Za-z]{0,6}[-—]?\s*$",
        re.I,
    ),
    "id": re.compile(r"(?:身份证|公民身份|证件|身份号|sfz|id\s?(?:card|no|number)?)\D{0,12}$", re.I),
    "phone": re.compile(
        r"(?:电话|手机|联系方式|号码|致电|拨打|来电|去电|机主|tel|phone|mobile|mob|座机|固话|短信|呼叫|热线)\D{0,10}$",
        re.I,
    ),
    "card": re.compile(r"(?:卡号|银行卡|借记卡|信用卡|储蓄卡|贷记卡|尾号|card)\D{0,12}$", re.I),
    "account": re.compile(r"(?:账号|帐号|账户|帐户|对公户|基本户)\D{0,12}$"),
    "qq": re.compile(r"(?:qq|扣扣|企鹅号|Q号)(?:号码|号)?\s*[:：是为]?\s*$", re.I),
    "permit": re.compile(r"(?:台胞证|通行证|回乡证|居住证|居留证)\D{0,8}$"),
}
_GLUED = re.compile(r"([A-Za-z]+)[-—_#.]?$")
_GLUED_LABELS_WRITTEN = """
tel t phone mobile mob m p id card sfz qq vx wx no sj kh
"""
_GLUED_LABELS = frozenset(_GLUED_LABELS_WRITTEN.split())
_CONTEXT = 28


@dataclass(frozen=True, slots=True)
class _Segment:
    start: int
    end: int
    digits: str
    gap: str
    labels: frozenset[str]


def numbers(levelled: str) -> Iterator[Span]:
    """Citizen's numbers, mobiles, landlines, cards, accounts and QQ numbers in a levelled text."""
    fenced = _FENCE.sub(lambda found: "\x01" * len(found[0]), levelled)
    for run in _runs(fenced):
        if sum(len(segment.digits) for segment in run) >= 5:
            yield from _explained(run)


def _runs(text: str) -> Iterator[list[_Segment]]:
    run: list[_Segment] = []
    for found in _SEGMENT.finditer(text):
        gap = text[run[-1].end : found.start()] if run else ""
        if run and (len(gap) > 4 or any(char not in _SOFT and char not in _HARD for char in gap)):
            yield run
            run, gap = [], ""
        before = text[max(0, found.start() - _CONTEXT) : found.start()]
        run.append(_Segment(found.start(), found.end(), digits_of(found[0]), gap, _labels(before)))
    if run:
        yield run


def _labels(before: str) -> frozenset[str]:
    if not before:
        return frozenset()
    labels = {name for name, pattern in _LABELS.items() if pattern.search(before)}
    glued = _GLUED.search(before)
    if glued and glued[1].lower() not in _GLUED_LABELS and not labels:
        labels.add("keep")
    return frozenset(labels)


def _explained(run: list[_Segment]) -> Iterator[Span]:
    """The best reading of one run: `best[i]` is the score and the finds from segment i on."""
    best: list[tuple[float, tuple[Span, ...]]] = [(0.0, ())] * (len(run) + 1)
    for first in reversed(range(len(run))):
        best[first] = best[first + 1]
        joined, cost = "", 0.0
        for last in range(first, min(first + 10, len(run))):
            joined += run[last].digits
            if last > first:
                cost += (
                    3.0 if any(char in ",，/、" for char in run[last].gap) else 0.5 if "\n" in run[last].gap else 0.3
                )
            if len(joined) > 24:
                break
            read = _read(joined, run[first].labels)
            if read is None:
                continue
            kind, score = read
            total = score + 0.3 * len(joined) - cost + best[last + 1][0]
            if total > best[first][0]:
                span = Span(run[first].start, run[last].end, kind, score=int(score))
                best[first] = (total, (span, *best[last + 1][1]))
    yield from best[0][1]


def _read(digits: str, labels: frozenset[str]) -> tuple[Kind, float] | None:
    """What one number is and how sure that is, by shape, check digit and the label before it."""
    if len(digits) in {18, 15} and checksums.id_shape(digits):
        return Kind.ID_NUMBER, 20.0 if checksums.id_number(digits) else (0.0 if "keep" in labels else 14.0)
    if "id" in labels and len(digits) in {15, 16, 17, 18, 19}:
        return Kind.ID_NUMBER, 9.0
    if "X" in digits:
        return (Kind.ID_NUMBER, 9.0) if len(digits) == 18 and "keep" not in labels else None
    if "keep" in labels and not labels & {"card", "phone", "account", "qq", "permit"}:
        return None
    return _phone(digits, labels) or _bank(digits, labels) or _labelled(digits, labels)


def _phone(digits: str, labels: frozenset[str]) -> tuple[Kind, float] | None:
    if re.fullmatch(r"(?:(?:00)?86|0|17951|12593)?1[3-9]\d{9}", digits) and not (
        {"account", "card"} & labels and len(digits) != 11
    ):
        return Kind.MOBILE, 12.0
    if re.fullmatch(r"(?:(?:00)?86)?0?(?:10|2\d|[3-9]\d{2})[2-8]\d{6,7}", digits) and (
        digits.startswith("0") or "phone" in labels
    ):
        return Kind.LANDLINE, 9.0
    if (
        "phone" in labels
        and (7 <= len(digits) <= 8 or len(digits) in {10, 11, 12, 13})
        and not digits.startswith(("400", "800", "95", "12"))
    ):
        return (Kind.MOBILE if len(digits) >= 10 and digits[0] == "1" else Kind.LANDLINE), 6.0
    return None


def _bank(digits: str, labels: frozenset[str]) -> tuple[Kind, float] | None:
    if 15 <= len(digits) <= 19:
        issued = bool(re.match(r"62|60|81|9[58]|4|5[1-5]|3[57]", digits))
        if len(digits) >= 16 and (issued or checksums.luhn(digits)):
            return Kind.BANK_CARD, 13.0 if checksums.luhn(digits) and issued else 8.0
        if "card" in labels:
            return Kind.BANK_CARD, 8.0
    if "card" in labels and 12 <= len(digits) <= 21:
        return Kind.BANK_CARD, 7.0
    if "account" in labels and 8 <= len(digits) <= 30:
        return Kind.ACCOUNT, 7.0
    return None


def _labelled(digits: str, labels: frozenset[str]) -> tuple[Kind, float] | None:
    if "qq" in labels and 5 <= len(digits) <= 11:
        return Kind.QQ, 8.0
    if "permit" in labels and 8 <= len(digits) <= 10:
        return Kind.PERMIT, 8.0
    return None
