"""Questions about court fees, as they are asked and answered."""

from __future__ import annotations

from legal_service.errors import Words
from legal_service.law.forms.parts import FEES, ON, Form, amount, basis, chosen, day, field, working

TRACKS = {
    "ordinary": ("普通程序", "ordinary procedure"),
    "simplified": ("简易程序", "simplified procedure"),
    "small_claims": ("小额诉讼程序", "small claims"),
}
ROUNDINGS = {
    "fen_half_up": ("四舍五入到分", "half up to the fen"),
    "fen_down": ("舍去分以下", "cut off below the fen"),
    "yuan_half_up": ("四舍五入到元", "half up to the yuan"),
    "yuan_down": ("舍去元以下", "cut off below the yuan"),
}
ROUNDING = chosen(
    "rounding",
    "受理法院的尾数取舍",
    "The court's rounding",
    ROUNDINGS,
    hint=("交纳办法未规定；默认四舍五入到分", "the decree is silent; half up to the fen when left out"),
)
ROUNDED = chosen("rounding", "尾数取舍", "Rounding", ROUNDINGS)
DOUBTS = field("awaiting_counsel", "texts", "待律师确认", "Awaiting counsel", shown="note")

FEE = Form(
    name="fee",
    group=FEES,
    title=Words("诉讼费用", "Court fee"),
    says=Words(
        "案件受理费、支付令、保全、执行、上诉的费用，逐行列出计算过程。",
        "Acceptance, payment order, preservation, enforcement and appeal, with the working line by line.",
    ),
    asks=(
        chosen(
            "kind",
            "费用种类",
            "Kind of fee",
            {
                "court": ("案件受理费（一审）", "acceptance fee, first instance"),
                "payment_order": ("支付令申请费", "payment order"),
                "preservation": ("保全申请费", "preservation"),
                "enforcement": ("执行申请费", "enforcement"),
                "appeal": ("上诉案件受理费", "appeal"),
                "jurisdiction_objection": ("管辖权异议", "objection to jurisdiction"),
            },
            required=True,
            positional=True,
        ),
        amount(
            "amount",
            "金额",
            "Amount",
            hint=("请求、争议、保全或执行的数额", "claimed, contested, preserved or enforced"),
        ),
        chosen("track", "审理程序", "Track", TRACKS, default="ordinary"),
        chosen(
            "ended",
            "结案方式",
            "How it ends",
            {
                "judgment": ("判决", "judgment"),
                "mediation": ("调解", "mediation"),
                "withdrawal": ("撤诉", "withdrawal"),
            },
            default="judgment",
        ),
        ON,
        ROUNDING,
    ),
    gives=(
        amount("fee", "应交", "Payable", shown="figure", required=True),
        amount("full", "减半前", "Before halving", required=True),
        field("halved", "flag", "是否减半", "Halved", required=True),
        ROUNDED,
        working(),
        basis(),
        DOUBTS,
    ),
)

FEE_CHANGE = Form(
    name="fee-change",
    group=FEES,
    title=Words("补交与退费", "Top-up and refund"),
    says=Words(
        "增减诉讼请求、程序转换或结案后，案件受理费应补交、应退还或自行负担的数额。",
        "What is topped up, refunded or borne after a change of claim or track, or the end of the case.",
    ),
    asks=(
        amount("claimed_before", "变更前的请求金额", "Claimed before", required=True),
        amount(
            "claimed_after", "变更后的请求金额", "Claimed after", hint=("默认与变更前相同", "as before when left out")
        ),
        chosen(
            "track_before",
            "变更前的程序",
            "Track before",
            TRACKS | {"payment_order": ("督促程序", "payment order")},
            default="ordinary",
        ),
        chosen(
            "track_after", "变更后的程序", "Track after", TRACKS, hint=("默认与变更前相同", "as before when left out")
        ),
        chosen(
            "stage",
            "变更时的阶段",
            "Stage of the change",
            {
                "before_investigation_ended": ("法庭调查终结前", "before the court's investigation ended"),
                "after_investigation_ended": ("法庭调查终结后", "after the court's investigation ended"),
            },
            default="before_investigation_ended",
        ),
        chosen(
            "ended",
            "结案方式",
            "How it ended",
            {
                "pending": ("尚未结案", "pending"),
                "judgment": ("判决", "judgment"),
                "mediation": ("调解", "mediation"),
                "withdrawal": ("撤诉", "withdrawal"),
                "dismissed": ("驳回起诉", "dismissed"),
                "not_topped_up": ("未按期补交", "not topped up in time"),
            },
            default="pending",
        ),
        amount("paid", "已交", "Paid so far", hint=("默认为变更前的费用", "the fee before the change when left out")),
        day("notice_on", "收到补交通知之日", "Notice to top up received"),
        ON,
        ROUNDING,
    ),
    gives=(
        amount("top_up", "应补交", "To top up", shown="figure", required=True),
        amount("refund", "应退还", "To be refunded", shown="figure", required=True),
        amount("own_cost", "自行负担", "Own cost", required=True),
        amount("before", "变更前的费用", "Fee before", required=True),
        amount("after", "变更后的费用", "Fee after", required=True),
        amount("paid", "已交", "Paid", required=True),
        field("halved", "flag", "是否减半", "Halved", required=True),
        field(
            "pay_by",
            "object",
            "补交期限",
            "Pay by",
            fields=(
                day("last_day", "末日", "Last day", required=True),
                day("internal", "内部期限", "Internal last day", required=True),
                day("raw", "未顺延的末日", "Before moving to a working day", required=True),
                field("provisional", "flag", "暂定", "Provisional", required=True),
                basis(),
            ),
        ),
        field("if_not_paid", "text", "逾期不补交", "If not paid in time"),
        ROUNDED,
        working(),
        basis(),
        DOUBTS,
    ),
)
