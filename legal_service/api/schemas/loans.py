"""Shapes of loans: the contract, the statement of account of contract.md section 4 to the letter, the recommendation."""

from __future__ import annotations

from legal_service.accounts.delinquency import TIERS
from legal_service.api.schemas.kinds import (
    Anything,
    Open,
    Part,
    Shape,
    Some,
    Whole,
    choice,
    day,
    says,
    word,
    yes,
)
from legal_service.api.schemas.kinds import amount as yuan
from legal_service.api.schemas.problems import FindingShape

_TIERS = ("none", *(name for _, name in TIERS))


def _rows() -> Some:
    return Some(word("行", "row"), required=True, metadata=says("所依据的行", "rows it rests on"))


class OnDay(Shape):
    """The day whose close is meant."""

    as_of = day("截至该日终了", "at the close of this day", required=True)


class MaskedPerson(Shape):
    """A person, masked."""

    name = word("姓名（已遮盖）", "name, masked", required=True)
    id_number = word("证件号（已遮盖）", "identity number, masked", required=True)
    phone = word("电话（已遮盖）", "telephone, masked", required=True)


class LoanShape(Shape):
    """A loan: its contract and where it stands."""

    loan_no = word("借据号", "loan number", required=True)
    contract_no = word("合同号", "contract number", required=True)
    product = word("产品", "product", required=True)
    lender = word("贷款人", "lender", required=True)
    borrower = Part(MaskedPerson, required=True)
    principal = yuan("合同本金", "principal", required=True)
    disbursed_amount = yuan("实际发放", "disbursed", required=True)
    disbursed_on = day("放款日", "disbursed on", required=True)
    first_due_on = day("首个到期日", "first due day", required=True)
    term_months = Whole(required=True, metadata=says("期数（月）", "term in months"))
    method = word("还款方式", "method of repayment", required=True)
    annual_rate = word("年利率", "annual rate", required=True)
    accelerated_on = day("提前到期日", "accelerated on", required=True, allow_none=True)
    case_no = word("未结案件", "the open case", required=True, allow_none=True)


class WordsShape(Shape):
    """A sentence in both languages."""

    zh = word("中文", "Chinese", required=True)
    en = word("英文", "English", required=True)


class TestedPeriod(Shape):
    """One period of the cap test."""

    instalment = Whole(required=True, allow_none=True, metadata=says("期次", "instalment"))
    due_on = day("到期日", "due on", required=True)
    base = yuan("基数", "base", required=True)
    days = Whole(required=True, allow_none=True, metadata=says("数目", "number"))
    interest = yuan("利息", "interest", required=True)
    interest_bound = yuan("利息上限", "bound of interest", required=True)
    penalty_and_compound = yuan("罚息与复利", "penalty and compound", required=True)
    penalty_and_compound_bound = yuan("其上限", "their bound", required=True)
    excess = yuan("超出", "excess", required=True)


class CapShape(Shape):
    """The 24 % test."""

    rate = word("上限年利率", "annual rate of the cap", required=True)
    basis = word("依据", "basis", required=True)
    ceiling = yuan("上限", "ceiling", required=True)
    charged = yuan("已计息费", "charged", required=True)
    per_period_reduction = yuan("逐期调减", "reduction by period", required=True)
    lifetime_reduction = yuan("全期调减", "reduction over the life", required=True)
    reduction = yuan("调减", "reduction", required=True)
    paid_excess = yuan("已付超额", "paid in excess", required=True)
    periods = Some(Part(TestedPeriod), required=True)


class SegmentShape(Shape):
    """A stretch of days with one base and one rate."""

    kind = choice(("penalty", "compound"), "种类", "kind", required=True)
    from_ = day("自", "from", required=True, data_key="from", attribute="from")
    to = day("至", "to", required=True)
    days = Whole(required=True, metadata=says("数目", "number"))
    base = yuan("基数", "base", required=True)
    rate = word("年利率", "annual rate", required=True)
    amount = yuan("金额", "amount", required=True)
    opened_by = word("起于", "opened by", required=True)


class LineShape(Shape):
    """One instalment of the statement."""

    instalment = Whole(required=True, allow_none=True, metadata=says("期次", "instalment"))
    due_on = day("到期日", "due on", required=True)
    principal = yuan("本金", "principal", required=True)
    interest = yuan("利息", "interest", required=True)
    fee = yuan("费用", "fee", required=True)
    principal_paid = yuan("已还本金", "principal paid", required=True)
    interest_paid = yuan("已还利息", "interest paid", required=True)
    paid_off_on = day("结清日", "paid off on", required=True, allow_none=True)
    overdue_days = Whole(required=True, metadata=says("数目", "number"))
    penalty = yuan("罚息", "penalty", required=True)
    compound = yuan("复利", "compound", required=True)
    penalty_unpaid = yuan("未付罚息", "penalty unpaid", required=True)
    compound_unpaid = yuan("未付复利", "compound unpaid", required=True)
    segments = Some(Part(SegmentShape), required=True)
    rows = _rows()


class PostingShape(Shape):
    """Money that came, or was waived, and where it went."""

    on = day("日期", "on", required=True)
    kind = word("种类", "kind", required=True)
    component = word("减免的部分", "component waived", required=True)
    reference = word("编号", "reference", required=True)
    amount = yuan("金额", "amount", required=True)
    to_costs = yuan("抵充费用支出", "to costs", required=True)
    to_fees = yuan("抵充费用", "to fees", required=True)
    to_interest = yuan("抵充利息", "to interest", required=True)
    to_penalty = yuan("抵充罚息", "to penalty", required=True)
    to_compound = yuan("抵充复利", "to compound", required=True)
    to_principal = yuan("抵充本金", "to principal", required=True)
    unapplied = yuan("未抵充", "unapplied", required=True)
    order = Some(word("次序", "order"), required=True)
    rows = _rows()


class ChargeShape(Shape):
    """A charge."""

    on = day("日期", "on", required=True)
    kind = word("种类", "kind", required=True)
    instalment = Whole(required=True, allow_none=True, metadata=says("期次", "instalment"))
    reference = word("编号", "reference", required=True)
    amount = yuan("金额", "amount", required=True)
    paid = yuan("已付", "paid", required=True)
    unpaid = yuan("未付", "unpaid", required=True)
    disclosed = yes("已披露", "disclosed", required=True)
    rows = _rows()


class ReversedShape(Shape):
    """A posting that was reversed, and counts as absent."""

    on = day("日期", "on", required=True)
    kind = word("种类", "kind", required=True)
    reference = word("编号", "reference", required=True)
    amount = yuan("金额", "amount", required=True)
    reversed_on = day("冲正日", "reversed on", required=True)
    rows = _rows()


class ClaimShape(Shape):
    """What may be claimed, by component."""

    principal = yuan("本金", "principal", required=True)
    interest = yuan("利息", "interest", required=True)
    penalty = yuan("罚息", "penalty", required=True)
    compound = yuan("复利", "compound", required=True)
    fees = yuan("费用", "fees", required=True)
    costs = yuan("实现债权的费用", "costs", required=True)


class AccountShape(Shape):
    """The figures of a statement of account."""

    loan_no = word("借据号", "loan number", required=True)
    as_of = day("截至", "as of", required=True)
    day_count = Whole(required=True, metadata=says("数目", "number"))
    days_past_due = Whole(required=True, metadata=says("数目", "number"))
    oldest_due_on = day("最早未清偿到期日", "oldest due day", required=True, allow_none=True)
    tier = choice(_TIERS, "档次", "tier", required=True)
    five_class_floor = word("五级分类下限", "floor of the five classes", required=True)
    why_tier = Part(WordsShape, required=True)
    principal_due = yuan("到期本金", "principal due", required=True)
    principal_undue = yuan("未到期本金", "principal undue", required=True)
    principal = yuan("本金", "principal", required=True)
    interest = yuan("利息", "interest", required=True)
    penalty = yuan("罚息", "penalty", required=True)
    compound = yuan("复利", "compound", required=True)
    fees = yuan("费用", "fees", required=True)
    costs = yuan("实现债权的费用", "costs", required=True)
    total = yuan("合计", "total", required=True)
    cap = Part(CapShape, required=True)
    undisclosed_fees = yuan("未披露的费用", "fees not disclosed", required=True)
    claim = Part(ClaimShape, required=True)
    claim_total = yuan("可主张合计", "claim total", required=True)
    unapplied = yuan("未抵充", "unapplied", required=True)
    accelerated_on = day("提前到期日", "accelerated on", required=True, allow_none=True)
    lines = Some(Part(LineShape), required=True)
    postings = Some(Part(PostingShape), required=True)
    charges = Some(Part(ChargeShape), required=True)
    reversed = Some(Part(ReversedShape), required=True)


class AccelerationShape(Shape):
    """Whether the day of the acceleration is proved."""

    on = day("所称提前到期日", "accelerated on, as told", required=True)
    status = word("效力状态", "status", required=True)
    notice_reached_on = day("通知到达日", "the notice arrived on", required=True, allow_none=True)
    basis = word("依据", "basis", required=True)
    rows = _rows()


class AlternativeShape(AccountShape):
    """A second statement of the same day, held beside the first where the acceleration is not proved."""

    code = word("代码", "code", required=True)
    says = word("说明", "what it stands on", required=True)
    basis = word("依据", "basis", required=True)
    status = word("效力状态", "status", required=True)


class StatementShape(AccountShape):
    """The statement of account."""

    basis = Some(word("依据", "basis"), required=True)
    doubts = Some(Part(FindingShape), required=True)
    sources = Open(values=Anything(), required=True, metadata=says("各数字所依据的行", "the rows of every figure"))
    acceleration = Part(AccelerationShape, required=True, allow_none=True)
    alternatives = Some(Part(AlternativeShape), required=True)


class RecommendationShape(Shape):
    """What to do next, why, and what still blocks it; a person decides."""

    action = word("建议", "action", required=True)
    because = Some(word("理由", "because"), required=True)
    blocked_by = Some(word("尚缺", "blocked by"), required=True)
