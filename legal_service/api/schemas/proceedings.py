"""Shapes of the proceedings: what a step tells, events, submissions, and moves that were asked to be forced."""

from __future__ import annotations

from marshmallow import validate

from legal_service.api.rulebook import LENGTH_OF_LIST
from legal_service.api.schemas.kinds import Part, Shape, Some, choice, day, number, text, word, yes
from legal_service.cases.proceeding_kinds import KINDS
from legal_service.cases.stages import CLOSING_REASONS, STAGES
from legal_service.cases.step_data import FIELDS
from legal_service.cases.submission import STATUSES

_FIELDS = {name: text(1000, field.label.zh, field.label.en, allow_none=True) for name, field in FIELDS.items()}


class StepData(Shape.from_dict(_FIELDS, name="StepFields")):  # type: ignore[misc]
    """What a step tells besides its day; which fields it needs stands in the table of stages and of events."""


class MoveData(StepData):
    """What a move tells besides its day: the reason when a case is closed, else the fields of its event."""

    reason = choice(CLOSING_REASONS, "结案原因", "why it is closed")


class NewEvent(Shape):
    """An event of the proceedings."""

    kind = choice(tuple(KINDS), "程序事项", "kind of event", required=True)
    on = day("日期", "date", required=True)
    data = Part(StepData, load_default=None, allow_none=True)


class EventRecorded(Shape):
    """A recorded event."""

    case_no = word("案号", "case number", required=True)
    recorded = number(1, 2**31, "事项编号", "number of the event", required=True)


class EventWithdrawn(Shape):
    """An event that was taken back."""

    case_no = word("案号", "case number", required=True)
    withdrawn = number(1, 2**31, "事项编号", "number of the event", required=True)
    ended = Some(word("期限规则", "rule"), required=True)


class NewForce(Shape):
    """A move asked to be made although guards stand against it."""

    stage = choice(STAGES, "目标阶段", "the stage to move to", required=True)
    on = day("日期；缺省为今天", "date; today when absent", load_default=None)
    reason = text(1000, "理由（加密保存，不回显）", "why (encrypted, never answered)", required=True)
    data = Part(MoveData, load_default=None, allow_none=True)


class ForceAsked(Shape):
    """A request that awaits a second person."""

    case_no = word("案号", "case number", required=True)
    request = number(1, 2**31, "申请编号", "number of the request", required=True)


class ForceDecision(Shape):
    """The second person's decision."""

    grant = yes("是否批准", "whether it is granted", required=True)


class CourtNumber(Shape):
    """A number under which a court knows the case."""

    court = word("法院", "court", required=True)
    number = word("法院案号", "court case number", required=True)
    since = word("登记该案号的事项", "event that told it", required=True)


class SubmissionStep(Shape):
    """One event of a submission."""

    kind = word("事项", "event", required=True)
    on = day("日期", "date", required=True)
    return_reason = word("退回原因", "why it was returned", required=True)


class SubmissionShape(Shape):
    """One submission to a court."""

    court = word("法院", "court", required=True)
    receipt = word("回执号", "receipt", required=True)
    number = word("法院案号", "court case number", required=True)
    status = choice(STATUSES, "状态", "status", required=True)
    handed_in_on = day("提交日", "handed in on", required=True)
    correct_until = day("补正期限", "correct by", required=True, allow_none=True)
    history = Some(Part(SubmissionStep), required=True)


class FindingOfMove(Shape):
    """What stands against a move."""

    code = word("代码", "code", required=True)
    reason = word("理由", "why", required=True)
    basis = word("依据", "basis", required=True)


class EventLine(Shape):
    """One event as recorded; notes are prose and stay in the house."""

    id = number(1, 2**31, "编号", "number", required=True)
    kind = word("事项", "event", required=True)
    on = day("日期", "date", required=True)
    data = Part(StepData, required=True)
    by = word("登记人", "by", required=True)
    withdrawn = yes("已撤销登记", "taken back", required=True)


class FindingLine(Shape):
    """Something to check before the case is handed in."""

    code = word("代码", "code", required=True)
    severity = word("程度", "severity", required=True)
    where = word("何处", "where", required=True)
    message = word("说明", "in words", required=True)
    basis = word("依据", "basis", required=True)


class ForcedLine(Shape):
    """A move asked to be forced."""

    id = number(1, 2**31, "编号", "number", required=True)
    from_ = word("原阶段", "from", required=True, data_key="from", attribute="from")
    to = word("到", "to", required=True)
    on = day("日期", "date", required=True)
    guards = Some(word("未满足的条件", "guard that stood"), required=True)
    asked_by = word("申请人", "asked by", required=True)
    decided_by = word("决定人", "decided by", required=True)
    granted = yes("批准", "granted", required=True)


class StepOfMany(Shape):
    """One case of many."""

    case_no = text(64, "案号", "case number", required=True)
    on = day("日期；缺省为共同的日期", "date; the common one when absent", load_default=None)
    data = Part(StepData, load_default=None, allow_none=True)


class ManyMoves(Shape):
    """Many cases moved to one stage by a job."""

    stage = choice(STAGES, "目标阶段", "the stage to move to", required=True)
    on = day("日期；缺省为今天", "date; today when absent", load_default=None)
    data = Part(MoveData, load_default=None, allow_none=True)
    cases = Some(Part(StepOfMany), required=True, validate=validate.Length(min=1, max=5000, error=LENGTH_OF_LIST))


class ProspectShape(Shape):
    """What would happen to one case."""

    case_no = word("案号", "case number", required=True)
    would_move = yes("可以推进", "would move", required=True)
    unchanged = yes("已在该阶段", "is there already", required=True)
    refusals = Some(Part(FindingOfMove), required=True)


class Prospects(Shape):
    """What moving many cases would come to; nothing is written."""

    cases = Some(Part(ProspectShape), required=True)
