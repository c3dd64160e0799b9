"""Shapes of suggestions: where to sue, by which procedure, under which ceiling; each reason with its article and mark."""

from __future__ import annotations

from typing import get_args

from legal_service.api.schemas.kinds import AMOUNT, Part, Shape, Some, Text, choice, day, number, says, word, yes
from legal_service.law import ceilings, jurisdiction, track
from legal_service.law.parameters import Status

STATUSES = get_args(Status)


class ReasonShape(Shape):
    """One reason or warning."""

    code = word("代码", "code", required=True)
    text = word("理由", "in words", required=True)
    basis = word("依据", "basis", required=True)
    status = choice(STATUSES, "核对程度", "how far the text was checked", required=True)


class CandidateShape(Shape):
    """One place where a suit may be brought; the defendant's address is masked to its district."""

    place = choice(get_args(jurisdiction.Place), "地点种类", "kind of place", required=True)
    name = word("地点", "name of the place", required=True)
    where = word(
        "登记的法院或地址（个人地址已遮盖）", "court or address on record; a person's is masked", required=True
    )
    standing = choice(get_args(jurisdiction.Standing), "效力", "standing", required=True)
    standing_name = word("效力名称", "name of the standing", required=True)
    because = Some(Part(ReasonShape), required=True)


class ForumShape(Shape):
    """Where to sue."""

    candidates = Some(
        Part(CandidateShape), required=True, metadata=says("可选地点，首选在前", "places, the first best")
    )
    payment_order_court = Part(CandidateShape, required=True, allow_none=True)
    warnings = Some(Part(ReasonShape), required=True)
    barred = yes("订有仲裁条款，不得起诉", "an arbitration clause bars the suit", required=True)
    cause_of_action = Part(ReasonShape, required=True, allow_none=True)


class CeilingShape(Shape):
    """One ceiling on interest and charges."""

    kind = word("上限种类", "kind of ceiling", required=True)
    name = word("名称", "name", required=True)
    where = choice(get_args(ceilings.Where), "法院或监管", "court or regulator", required=True)
    rate = word("年利率；null 为无法计算", "yearly rate; null: unknown", required=True, allow_none=True)
    because = Some(Part(ReasonShape), required=True)


class CeilingsShape(Shape):
    """Which ceiling applies to a loan, and why four times the LPR does not."""

    ceilings = Some(Part(CeilingShape), required=True)
    lpr_multiple_applies = yes("法院适用四倍 LPR", "four times the LPR applies in court", required=True)
    not_lpr = Part(ReasonShape, required=True, allow_none=True)
    warnings = Some(Part(ReasonShape), required=True)


class OfLoansShape(Shape):
    """What is suggested for some loans of the case alike."""

    loan_nos = Some(word("借据号", "loan number"), required=True)
    jurisdiction = Part(ForumShape, required=True)
    ceiling = Part(CeilingsShape, required=True, allow_none=True)


class WayShape(Shape):
    """One procedure."""

    procedure = choice(get_args(track.Procedure), "程序", "procedure", required=True)
    name = word("程序名称", "name", required=True)
    open = choice(get_args(track.Open), "可否适用", "whether it is open", required=True)
    open_name = word("可否适用（名称）", "in words", required=True)
    because = Some(Part(ReasonShape), required=True)


def _sum(zh: str, en: str) -> Text:
    return Text(required=True, allow_none=True, metadata=says(zh, en) | {"pattern": AMOUNT})


class ThresholdShape(Shape):
    """The limits of small claims, or which figure is missing."""

    province = word("省份", "province", required=True)
    year = number(1990, 2099, "年度", "year", required=True)
    figure = _sum("年平均工资", "average wage")
    source = word("出处", "source", required=True, allow_none=True)
    published = day("公布日", "published on", required=True, allow_none=True)
    status = choice((*STATUSES, "unknown"), "核对程度", "how far it was checked", required=True)
    mandatory_up_to = _sum("应当适用的上限", "mandatory up to")
    by_agreement_up_to = _sum("约定适用的上限", "by agreement up to")
    unknown_ = word(
        "缺少的数据", "what is missing", required=True, allow_none=True, data_key="unknown", attribute="unknown"
    )
    because = Part(ReasonShape, required=True)


class TrackShape(Shape):
    """By which procedure."""

    suggested = choice(get_args(track.Procedure), "建议程序", "suggested", required=True)
    procedures = Some(Part(WayShape), required=True)
    threshold = Part(ThresholdShape, required=True)
    warnings = Some(Part(ReasonShape), required=True)


class SuggestionsShape(Shape):
    """What the law suggests for a case before suit; a named person decides."""

    case_no = word("案号", "case number", required=True)
    filed_on = day("拟起诉日", "if filed on", required=True)
    loans = Some(Part(OfLoansShape), required=True)
    track = Part(TrackShape, required=True)
