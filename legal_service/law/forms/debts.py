"""Questions about one debtor's debts, as they are asked and answered."""

from __future__ import annotations

from legal_service.errors import Words
from legal_service.law.forms.parts import MONEY, Form, amount, basis, day, field, rows

DELAY_INTEREST = Form(
    name="delay-interest",
    group=MONEY,
    title=Words("迟延履行利息", "Interest for delayed performance"),
    says=Words(
        "未按生效文书履行的加倍部分债务利息：分段列明本金、日数与每次清偿的抵充。",
        "The double part for delayed performance of a judgment: segment by segment, with what each payment discharged.",
    ),
    asks=(
        rows(
            "obligations",
            "给付义务",
            "Obligations",
            day("due_on", "履行期限最后一日", "Last day to perform", required=True),
            amount("base", "金钱债务（不含一般利息）", "Money debt without general interest", required=True),
            amount("general_interest", "文书确定的一般债务利息", "General interest awarded", default="0"),
            required=True,
        ),
        rows(
            "payments",
            "清偿",
            "Payments",
            day("on", "日期", "On", required=True),
            amount("amount", "金额", "Amount", required=True),
        ),
        rows(
            "suspended",
            "不计息期间（首尾均含）",
            "Suspended (both days included)",
            day("from", "自", "From", required=True),
            day("to", "至", "To", required=True),
        ),
        day("until", "计至（含当日）", "Until (included)", default="today", hint=("默认今日", "today when left out")),
    ),
    gives=(
        amount(
            "double_part", "加倍部分债务利息（累计）", "Double part, all that accrued", shown="figure", required=True
        ),
        amount("outstanding", "尚欠合计", "Outstanding", shown="figure", required=True),
        field(
            "unpaid",
            "object",
            "尚欠",
            "Unpaid",
            required=True,
            fields=(
                amount("base", "金钱债务", "Money debt", required=True),
                amount("general_interest", "一般债务利息", "General interest", required=True),
                amount("double_part", "加倍部分", "Double part", required=True),
            ),
        ),
        amount("unapplied", "多付", "Paid in excess", required=True),
        rows(
            "steps",
            "计算过程",
            "Working",
            day("on", "日期", "On", required=True),
            field("text", "text", "说明", "What", required=True),
            amount("double_part", "加倍部分", "Double part", required=True),
            basis(),
            shown="steps",
            required=True,
        ),
        basis(),
    ),
)

ALLOCATE = Form(
    name="allocate",
    group=MONEY,
    title=Words("清偿抵充", "Appropriation of a payment"),
    says=Words(
        "一笔款项在数笔债务之间、每笔债务之内的抵充顺序与数额。",
        "Which of several debts a payment extinguishes, in what order and how much.",
    ),
    asks=(
        amount("amount", "清偿金额", "Amount paid", required=True),
        day("on", "清偿日", "Paid on", default="today", hint=("默认今日", "today when left out")),
        rows(
            "debts",
            "债务",
            "Debts",
            field("id", "text", "代号", "Label", required=True, hint=("自拟，勿填姓名", "your own; no names")),
            day("due_on", "到期日", "Due on", required=True),
            amount("costs", "费用", "Costs", default="0"),
            amount("interest", "利息", "Interest", default="0"),
            amount("principal", "本金", "Principal", default="0"),
            field("secured", "share", "担保", "Secured", hint=("Y、N 或担保数额", "Y, N or the amount secured")),
            field("annual_rate", "rate", "年利率", "Yearly rate", hint=("如 0.18", "as 0.18")),
            required=True,
        ),
        field(
            "designated",
            "texts",
            "债务人指定的顺序",
            "Order the debtor designated",
            hint=("每行一个代号", "one label a line"),
        ),
    ),
    gives=(
        rows(
            "lines",
            "抵充结果",
            "What each debt received",
            field("id", "text", "代号", "Label", required=True, echo=True),
            amount("to_costs", "费用", "Costs", required=True),
            amount("to_interest", "利息", "Interest", required=True),
            amount("to_principal", "本金", "Principal", required=True),
            amount("amount", "合计", "Total", required=True),
            field("because", "text", "顺序理由", "Why in this place", required=True),
            basis(),
            shown="steps",
            required=True,
        ),
        amount("unapplied", "剩余", "Left over", shown="figure", required=True),
    ),
)
