"""Shapes of cases: where one stands, its moves, its deadlines, its gaps, and what is recorded of service and settlement."""

from __future__ import annotations

from marshmallow import validate

from legal_service.api.paging import PageQuery
from legal_service.api.rulebook import LENGTH_OF_LIST
from legal_service.api.schemas.kinds import (
    Part,
    Shape,
    Some,
    Whole,
    amount,
    choice,
    day,
    moment,
    number,
    says,
    text,
    word,
    yes,
)
from legal_service.api.schemas.proceedings import (
    CourtNumber,
    EventLine,
    FindingLine,
    ForcedLine,
    MoveData,
    SubmissionShape,
)
from legal_service.cases import serving
from legal_service.cases.stages import STAGES
from legal_service.cases.timeline import KINDS
from legal_service.cases.work_list import SORTS, TIERS, VIEWS
from legal_service.settlements.operations import CHANNELS, OUTCOMES


class AsOf(Shape):
    """The question of which day's close is meant."""

    as_of = day("截至该日终了；缺省为今天", "at the close of this day; today when absent", load_default=None)


class WorkQuery(PageQuery):
    """Which cases, in which order: the filters of the work list. Names and numbers of persons are no part of an address."""

    view = choice(VIEWS, "视图", "view", load_default="all")
    stage = choice(STAGES, "阶段；closed 只在此列出", "stage; closed cases are listed only so", load_default="")
    tier = choice(TIERS, "逾期档次", "tier", load_default="")
    owner = text(190, "建案人邮箱", "e-mail address of who opened it", load_default="")
    sort = choice(SORTS, "次序", "order", load_default="due")
    desc = yes("倒序", "descending", written=True, load_default=False)


class CaseLine(Shape):
    """A case as the work list shows it."""

    case_no = word("案号", "case number", required=True)
    borrower = word("借款人（已遮盖）", "borrower, masked", required=True)
    loan_nos = Some(word("借据号", "loan number"), required=True)
    stage = choice(STAGES, "阶段", "stage", required=True)
    stage_since = day("进入该阶段之日", "in this stage since", required=True)
    owner = word("建案人", "opened by", required=True)
    next_rule = word("下一期限", "next deadline", required=True)
    next_last_day = day("法定末日", "legal last day", required=True, allow_none=True)
    next_internal = day("内部末日", "internal last day", required=True, allow_none=True)
    days_left = Whole(required=True, allow_none=True, metadata=says("剩余天数", "days left"))
    provisional = yes("暂定", "provisional", required=True)
    limitation_on = day("时效届满日", "limitation ends", required=True, allow_none=True)
    tier = choice(TIERS, "档次", "tier", required=True)
    days_past_due = number(0, 2**31, "逾期天数", "days past due", required=True)
    claim_total = amount("可主张金额", "what may be claimed", required=True)
    claim_as_of = day("金额截至", "claim as of", required=True, allow_none=True)
    awaits_approval = yes("待审批", "awaits approval", required=True)
    gaps = number(0, 2**31, "缺证据（项）", "evidence gaps", required=True)
    returned = yes("退回", "returned", required=True)
    version = number(1, 2**31, "版本", "version", required=True)


class TimelineQuery(PageQuery):
    """Which entries."""

    kind = choice(KINDS, "只看一类", "one kind only", load_default=None)


class EventShape(Shape):
    """One thing that happened in a case, in words without personal data."""

    on = day("日期", "on", required=True)
    moment = moment("时间", "moment", required=True, allow_none=True)
    kind = choice(KINDS, "类别", "kind", required=True)
    says = word("说明", "in words", required=True)
    of = word("文书、规则或证据的代码", "code of the paper, rule or exhibit", required=True)
    by = word("经办人", "by", required=True)
    ref = word("记录，如 revision:12", "the record, like revision:12", required=True)


class NewCase(Shape):
    """The loans of one borrower that a case is opened for."""

    loan_nos = Some(
        text(64, "借据号", "loan number"),
        required=True,
        validate=validate.Length(min=1, max=50, error=LENGTH_OF_LIST),
        metadata=says("同一借款人、同一贷款人的借据号", "loans of one borrower and one lender"),
    )
    on = day("建案日期；缺省为今天", "date of opening; today when absent", load_default=None)


class Move(Shape):
    """A move of a case to a stage."""

    stage = choice(STAGES, "目标阶段", "the stage to move to", required=True)
    on = day("日期；缺省为今天", "date; today when absent", load_default=None)
    data = Part(MoveData, load_default=None, allow_none=True)


class CaseLoan(Shape):
    """One loan of a case, as of the day asked for."""

    loan_no = word("借据号", "loan number", required=True)
    days_past_due = number(0, 2**31, "逾期天数", "days past due", required=True)
    tier = word("档次", "tier", required=True)
    claim_total = amount("可主张金额", "what may be claimed", required=True)


class Block(Shape):
    """What stands against a move."""

    move = word("目标阶段", "the move", required=True)
    code = word("代码", "code", required=True)
    reason = word("理由与下一步", "why, and what to do", required=True)
    basis = word("依据", "basis", required=True)


class DueShape(Shape):
    """One deadline of the docket."""

    case_no = word("案号", "case number", required=True)
    rule = word("期限规则", "the rule", required=True)
    subject = word("所属借据或当事人", "loan or party it belongs to", required=True)
    basis = word("依据", "basis", required=True)
    trigger = day("起算日", "day of the trigger", required=True)
    raw = day("未顺延的末日", "last day before it rolls", required=True)
    last_day = day("法定末日", "legal last day", required=True)
    internal = day("内部末日", "internal last day", required=True)
    provisional = yes("暂定", "provisional", required=True)
    done_on = day("完成日", "done on", required=True, allow_none=True)


class WatchedShape(DueShape):
    """An open deadline somebody is reminded of."""

    owner = word("建案人", "who opened the case", required=True)
    claim_total = amount("全案可主张金额", "claim of the case", required=True)
    reminded_on = day("提醒日", "day of the reminder", required=True, allow_none=True)


class HistoryEntry(Shape):
    """One move that was made."""

    from_ = word("原阶段", "from", required=True, data_key="from", attribute="from")
    to = word("到", "to", required=True)
    on = day("日期", "date", required=True)
    by = word("经办人", "by", required=True)
    data = Part(MoveData, required=True)


class MilestoneShape(Shape):
    """A fact that a guard reads."""

    kind = word("种类", "kind", required=True)
    subject = word("对象", "of what", required=True)
    on = day("日期", "date", required=True)
    by = word("经办人", "by", required=True)


class ServedShape(Shape):
    """A paper served."""

    document = word("文书", "document", required=True)
    party = word("当事人", "party", required=True)
    effective_on = day("生效日", "took effect on", required=True, allow_none=True)


class CaseShape(Shape):
    """A case: where it stands, what is due, what blocks it, what happened."""

    case_no = word("案号", "case number", required=True)
    stage = choice(STAGES, "阶段", "stage", required=True)
    stage_label = word("阶段名称", "name of the stage", required=True)
    since = day("进入该阶段之日", "in this stage since", required=True)
    opened_on = day("建案日", "opened on", required=True)
    as_of = day("截至", "as of", required=True)
    claim_total = amount("可主张金额合计", "what may be claimed in all", required=True)
    loans = Some(Part(CaseLoan), required=True)
    next_moves = Some(word("阶段", "stage"), required=True, metadata=says("现可到的阶段", "moves open now"))
    blocked_by = Some(Part(Block), required=True)
    docket = Some(Part(DueShape), required=True)
    history = Some(Part(HistoryEntry), required=True)
    milestones = Some(Part(MilestoneShape), required=True)
    served = Some(Part(ServedShape), required=True)
    parties = Some(word("当事人", "party"), required=True)
    track = word("审理程序", "procedure", required=True)
    court_numbers = Some(Part(CourtNumber), required=True)
    submissions = Some(Part(SubmissionShape), required=True)
    events = Some(Part(EventLine), required=True)
    findings = Some(Part(FindingLine), required=True)
    forced = Some(Part(ForcedLine), required=True)
    version = number(1, 2**31, "版本；变更须以其 ETag 为 If-Match", "version; a change needs its ETag", required=True)


class NewService(Shape):
    """An attempt to serve a paper, as `legal service record` takes it."""

    document = choice(serving.DOCUMENTS, "文书", "document", required=True)
    party = choice(serving.PARTIES, "当事人", "party", load_default="borrower")
    mode = choice(serving.MODES, "送达方式", "mode", required=True)
    address = text(300, "送达的地址或号码（不回显）", "address or number it went to (never answered)", required=True)
    sent_on = day("发出日", "sent on", required=True)
    outcome = choice(serving.EFFECTIVE + serving.FAILED, "结果", "outcome", required=True)
    effective_on = day("到达日", "arrived on", load_default=None, allow_none=True)
    proof = text(64, "凭证的 SHA-256（已在证据库）", "SHA-256 of the proof, in the vault", least=0, load_default="")


class ServiceRecorded(Shape):
    """A recorded attempt."""

    case_no = word("案号", "case number", required=True)
    recorded = number(1, 2**31, "记录编号", "number of the record", required=True)
    effective_on = day("生效日", "took effect on", required=True, allow_none=True)


class NewSettlement(Shape):
    """An attempt to settle, as `legal settlement record` takes it."""

    on = day("日期", "date", required=True)
    channel = choice(CHANNELS, "方式", "channel", required=True)
    offer = text(2000, "提出的方案（加密保存，不回显）", "what was offered (encrypted, never answered)", required=True)
    outcome = choice(OUTCOMES, "结果", "outcome", required=True)
    agreed_until = day("履行期末日（达成时必填）", "end of the plan (when agreed)", load_default=None, allow_none=True)
    loan_no = text(
        64, "案内一笔借据；缺省为每笔", "one loan of the case; each when absent", load_default=None, allow_none=True
    )


class SettlementRecorded(Shape):
    """Recorded attempts, one a loan."""

    case_no = word("案号", "case number", required=True)
    recorded = Some(number(1, 2**31, "记录编号", "number"), required=True)
