"""What the figures of the documents are called, in both languages: the labels of the forms are Chinese, names of the account are codes."""

from __future__ import annotations

from collections.abc import Mapping

from legal_service.errors import Words

_ENGLISH: Mapping[str, str] = {
    "截至日": "as of",
    "尚欠本金": "principal outstanding",
    "欠利息合计": "interest outstanding, together",
    "期内利息": "contract interest",
    "复利": "compound interest",
    "罚息": "penalty interest",
    "续计起始日": "interest runs on from",
    "息费合计上限年利率": "cap on interest and fees, annual rate",
    "上限一年天数": "days a year in the cap",
    "提前到期或解除日": "day of acceleration or termination",
    "实现债权的费用": "costs of realising the debt",
    "实现债权的费用合计": "costs of realising the debt, together",
    "合同约定的费用": "contractual fees",
    "标的总额": "amount in dispute",
    "标的总额（大写）": "amount in dispute (in capitals)",
    "约定借款金额": "agreed amount of the loan",
    "实际发放金额": "amount disbursed",
    "借款起始日": "first day of the loan",
    "借款到期日": "last day of the loan",
    "借款年利率": "annual rate of the loan",
    "逾期上浮": "uplift when overdue",
    "罚息年利率": "annual rate of penalty interest",
    "利率调整日": "day the rate changed",
    "调整后的借款年利率": "annual rate of the loan after the change",
    "调整后的罚息年利率": "annual rate of penalty interest after the change",
    "计息基础": "day count",
    "放款日": "day of disbursement",
    "放款金额": "amount of disbursement",
    "已还本金": "principal paid",
    "已还利息": "interest paid",
    "还息至": "interest paid until",
    "最早未清偿款项的到期日": "due day of the oldest unpaid item",
    "逾期起始日": "overdue since",
    "逾期天数": "days past due",
    "通知送达日": "day the notice arrived",
    "担保额度": "limit of the security",
    "自行调减的息费": "interest and fees the lender took off itself",
    "不予主张的费用": "fees not claimed",
    "律师费": "lawyers' fees",
    "公证费": "notary's fees",
}
_CODES: Mapping[str, Words] = {
    "days_past_due": Words(zh="逾期天数", en="days past due"),
    "oldest_due_on": Words(zh="最早未清偿款项的到期日", en="due day of the oldest unpaid item"),
    "tier": Words(zh="逾期档次", en="collection tier"),
    "five_class_floor": Words(zh="五级分类下限", en="five-class floor"),
    "principal": Words(zh="本金合计", en="principal, together"),
    "principal_due": Words(zh="到期本金", en="principal due"),
    "principal_undue": Words(zh="未到期本金", en="principal not yet due"),
    "interest": Words(zh="利息", en="contract interest"),
    "penalty": Words(zh="罚息", en="penalty interest"),
    "compound": Words(zh="复利", en="compound interest"),
    "fees": Words(zh="费用", en="fees"),
    "costs": Words(zh="实现债权的费用", en="costs of realising the debt"),
    "total": Words(zh="欠款合计", en="total outstanding"),
    "claim_total": Words(zh="可主张合计", en="total that may be claimed"),
    "accelerated_on": Words(zh="提前到期日", en="day of acceleration"),
    "unapplied": Words(zh="未抵充款项", en="money not appropriated"),
    "cap.charged": Words(zh="上限测试：已计息费", en="cap: charged"),
    "cap.ceiling": Words(zh="上限测试：上限", en="cap: ceiling"),
    "cap.per_period_reduction": Words(zh="上限测试：逐期调减", en="cap: reduction by period"),
    "cap.lifetime_reduction": Words(zh="上限测试：全期调减", en="cap: reduction over the lifetime"),
    "cap.reduction": Words(zh="上限测试：调减", en="cap: reduction"),
    "cap.paid_excess": Words(zh="上限测试：已付超额", en="cap: paid in excess"),
}
_DEMAND = "催告日（"


def title_of(label: str) -> Words:
    """The words for a figure's label; a label nobody named (a contact's number, a cost's own name) stands for itself.

    >>> title_of("罚息").en, title_of("cap.reduction").zh, title_of("C-17").en
    ('penalty interest', '上限测试：调减', 'C-17')
    """
    if label in _CODES:
        return _CODES[label]
    if label.startswith(_DEMAND):
        return Words(zh=label, en=f"day of the demand ({label.removeprefix(_DEMAND).rstrip('）')})")
    return Words(zh=label, en=_ENGLISH.get(label, label))
