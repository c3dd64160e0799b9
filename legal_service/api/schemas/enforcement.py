"""Shapes of enforcement: records as they are told, and where title, measures and release stand."""

from __future__ import annotations

from typing import Any

from marshmallow import validate

from legal_service.api.rulebook import LENGTH_OF_LIST
from legal_service.api.schemas.kinds import Part, Shape, Some, Text, choice, day, number, text, word, yes
from legal_service.api.schemas.proceedings import FindingLine
from legal_service.enforcement.measures import CLUES, KINDS, REGIMES, STATES
from legal_service.enforcement.records import RECORDS
from legal_service.enforcement.terms import COMPONENTS, SOURCES


def _shape(record: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, one in RECORDS[record].items():
        how: dict[str, Any] = {"required": True} if one.required else {"load_default": None, "allow_none": True}
        if one.form == "choice":
            found[name] = choice(one.choices, one.label.zh, one.label.en, **how)
        elif one.form == "number":
            found[name] = number(1, 2**31 - 1, one.label.zh, one.label.en, **how)
        elif one.form == "flag":
            found[name] = yes(one.label.zh, one.label.en, **how)
        else:
            found[name] = text(1000, one.label.zh, one.label.en, **how)
    return found


class NewClue(Shape.from_dict(_shape("clue"), name="ClueFields")):  # type: ignore[misc]
    """A clue to property."""


class NewMeasure(Shape.from_dict(_shape("measure"), name="MeasureFields")):  # type: ignore[misc]
    """A measure asked of the court."""


class NewEntry(Shape.from_dict(_shape("entry"), name="EntryFields")):  # type: ignore[misc]
    """What became of a measure."""


class NewTerm(Shape.from_dict(_shape("term"), name="TermFields")):  # type: ignore[misc]
    """One judgment term."""


class NewTerms(Shape):
    """The judgment terms of a case, whole."""

    terms = Some(Part(NewTerm), required=True, validate=validate.Length(min=1, max=100, error=LENGTH_OF_LIST))


class NewRecovery(Shape.from_dict(_shape("recovery"), name="RecoveryFields")):  # type: ignore[misc]
    """Money that came in."""


class NewRelease(Shape.from_dict(_shape("release"), name="ReleaseFields")):  # type: ignore[misc]
    """A thing of the release list that is done."""


class Noted(Shape):
    """A record that was made."""

    case_no = word("案号", "case number", required=True)
    recorded = number(1, 2**31, "记录编号", "number of the record")
    version = number(1, 2**31, "判项版本", "version of the terms")
    until = day("期限至", "until", allow_none=True)
    done = yes("清单是否办结", "whether the whole list is done")


class TitleShape(Shape):
    """Where the title stands."""

    claimed: Text = word("请求合计", "claimed", required=True)
    awarded: Text = word("判决合计", "awarded", required=True)
    received: Text = word("已回款", "received", required=True)
    double_part: Text = word("加倍部分债务利息", "double part of the interest", required=True)
    outstanding: Text = word("尚欠", "outstanding", required=True)
    overpaid: Text = word("多收", "overpaid", required=True)
    satisfied = yes("已清偿", "satisfied", required=True)
    steps = Some(word("计算步骤", "step"), required=True)


class TermLine(Shape):
    """One judgment term beside the claim."""

    component = choice(COMPONENTS, "判项", "term", required=True)
    party = word("义务人", "owed by", required=True)
    claimed = word("请求", "claimed", required=True)
    awarded = word("判决", "awarded", required=True)
    due_on = day("履行期届满日", "last day for performance", required=True)
    outcome = word("结果", "outcome", required=True)


class RecoveryLine(Shape):
    """Money that came in, or its reversal."""

    reference = word("凭证号", "reference", required=True)
    on = day("到账日", "received on", required=True)
    source = choice(SOURCES, "来源", "source", required=True)
    amount = word("金额", "amount", required=True)
    reverses = word("冲销", "reverses", required=True)


class EntryLine(Shape):
    """What became of a measure."""

    kind = word("事项", "entry", required=True)
    on = day("日期", "on", required=True)
    until = day("期限至", "until", required=True, allow_none=True)


class MeasureLine(Shape):
    """One measure as it stands."""

    id = number(1, 2**31, "编号", "number", required=True)
    kind = choice(tuple(KINDS), "措施", "measure", required=True)
    kind_label = word("措施名称", "name", required=True)
    regime = choice(REGIMES, "阶段", "regime", required=True)
    party = word("被申请人", "against", required=True)
    clue = number(1, 2**31, "财产线索", "clue", required=True, allow_none=True)
    amount = word("金额", "amount", required=True)
    asked_on = day("申请日", "asked on", required=True)
    state = choice(STATES, "状态", "state", required=True)
    until = day("期限至", "until", required=True, allow_none=True)
    rank = number(0, 2**31, "顺位", "order", required=True)
    realised = word("变现", "realised", required=True)
    entries = Some(Part(EntryLine), required=True)


class ClueLine(Shape):
    """A clue; what it describes is shown on the case page only."""

    id = number(1, 2**31, "编号", "number", required=True)
    kind = choice(CLUES, "种类", "kind", required=True)
    party = word("被申请人", "against", required=True)
    found_on = day("发现日", "found on", required=True)
    source = word("来源", "source", required=True)
    exempt = yes("生活费用或必需品", "living costs or necessities", required=True)


class ReleaseItem(Shape):
    """One thing of the release list."""

    item = word("代码", "code", required=True)
    says = word("事项", "what", required=True)
    done_on = day("办结日", "done on", required=True, allow_none=True)


class ReleaseShape(Shape):
    """The release list."""

    opened = yes("已开启", "open", required=True)
    done = yes("已办结", "done", required=True)
    items = Some(Part(ReleaseItem), required=True)


class EnforcementShape(Shape):
    """Enforcement of a case."""

    case_no = word("案号", "case number", required=True)
    as_of = day("截至", "as of", required=True)
    title = Part(TitleShape, required=True, allow_none=True)
    terms = Some(Part(TermLine), required=True)
    recoveries = Some(Part(RecoveryLine), required=True)
    measures = Some(Part(MeasureLine), required=True)
    clues = Some(Part(ClueLine), required=True)
    findings = Some(Part(FindingLine), required=True)
    release = Part(ReleaseShape, required=True)
