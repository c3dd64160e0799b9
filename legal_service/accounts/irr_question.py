"""How the question `irr` is asked and its answer shown: the all-in cost of a loan."""

from __future__ import annotations

from legal_service.accounts import schedule
from legal_service.errors import Words
from legal_service.law.forms.parts import MONEY, Form, amount, basis, chosen, day, field, options, rows

FORM = Form(
    name="irr",
    group=MONEY,
    title=Words("综合融资成本（内部收益率）", "All-in cost (internal rate)"),
    says=Words(
        "由净放款与各笔还款（或合同条款与费用）求内部收益率：按月利率×12与按日复利（365天）两个口径。",
        "The internal rate of a net payout and its payments, or of the terms and fees: by months × 12, and by days over 365.",
    ),
    asks=(
        amount("net_payout", "净放款金额", "Net payout", required=True),
        day("disbursed", "放款日", "Disbursed", required=True),
        rows(
            "flows",
            "各笔还款（给出则不需条款）",
            "Payments (instead of terms)",
            day("on", "日期", "On", required=True),
            amount("amount", "金额", "Amount", required=True),
            field(
                "period",
                "whole",
                "第几个月",
                "Month",
                most=schedule.LONGEST,
                hint=("不填按日历月数", "calendar months"),
            ),
        ),
        amount("principal", "合同本金", "Principal", hint=("不填同净放款", "the net payout when left out")),
        field("annual_rate", "rate", "年利率", "Yearly rate", hint=("如 0.18", "as 0.18")),
        field("months", "whole", "期数", "Instalments", most=schedule.LONGEST),
        chosen(
            "method",
            "还款方式",
            "Method",
            {
                "equal_instalment": ("等额本息", "equal instalments"),
                "equal_principal": ("等额本金", "equal principal"),
                "interest_only": ("按月付息、到期还本", "interest monthly, principal at the end"),
                "bullet": ("到期一次还本付息", "bullet"),
            },
        ),
        day("first_due", "首个到期日", "First due day"),
        chosen(
            "day_count",
            "计息年天数",
            "Days a year",
            {"360": ("360 天", "360"), "365": ("365 天", "365")},
            default="360",
        ),
        rows(
            "fees",
            "费用",
            "Fees",
            day("on", "日期", "On", required=True),
            amount("amount", "金额", "Amount", required=True),
        ),
    ),
    gives=(
        field("monthly", "rate", "按月（月利率×12）", "By months (× 12)", shown="figure", required=True),
        field("by_days", "rate", "按日复利（365天）", "By days, compounded (365)", shown="figure", required=True),
        amount("received", "净放款", "Received", required=True),
        amount("paid", "还款与费用合计", "Paid", required=True),
        amount("charges", "息费合计", "Interest and fees", required=True),
        basis(),
        field(
            "status",
            "choice",
            "核对状态",
            "Status",
            options=options(
                {"verified": ("已核对原文", "verified"), "awaiting_counsel": ("待律师确认", "awaiting counsel")}
            ),
            required=True,
        ),
    ),
)
