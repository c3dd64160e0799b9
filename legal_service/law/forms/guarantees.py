"""The question of how one guarantor stands, as it is asked and answered."""

from __future__ import annotations

from legal_service.errors import Words
from legal_service.law.forms.parts import TIME, Form, basis, chosen, day, field, rows

_LIABILITY = {"joint": ("连带责任保证", "joint and several"), "general": ("一般保证", "general")}

GUARANTEE = Form(
    name="guarantee",
    group=TIME,
    title=Words("保证期间", "Guarantee period"),
    says=Words(
        "一名保证人的保证期间、期间内须做之事、已做之事是否有效，及其后的诉讼时效。",
        "How long a guarantor stays bound, what must be done inside the period, whether it was, and the limitation that follows.",
    ),
    asks=(
        chosen(
            "liability",
            "保证方式",
            "Kind of guarantee",
            _LIABILITY | {"unclear": ("没有约定或约定不明", "not clearly agreed")},
            required=True,
        ),
        day(
            "main_due_on",
            "主债务履行期限届满日",
            "Main debt fell due",
            required=True,
            hint=("分期的，为最后一期", "instalments: the last due day"),
        ),
        chosen(
            "agreed",
            "保证期间的约定",
            "Period agreed",
            {
                "none": ("没有约定", "none"),
                "until": ("约定了届满日", "until a day"),
                "until_paid_in_full": ("至主债务清偿为止", "until paid in full"),
            },
            hint=("默认：填了届满日的按届满日，否则没有约定", "left out: until the day given, else none"),
        ),
        day("agreed_until", "约定的届满日", "Agreed until"),
        day(
            "signed_on", "保证合同签订日", "Guarantee signed on", hint=("2021 年前的由律师核定", "before 2021: counsel")
        ),
        rows(
            "acts",
            "债权人的行为",
            "What the creditor did",
            chosen(
                "kind",
                "行为",
                "Act",
                {
                    "demand_guarantor": ("请求保证人承担责任", "demand on the guarantor"),
                    "suit_guarantor": ("仅起诉保证人", "suit against the guarantor alone"),
                    "suit_debtor": ("仅起诉债务人", "suit against the debtor alone"),
                    "suit_both": ("一并起诉", "suit against both"),
                    "demand_debtor": ("仅向债务人催收", "demand on the debtor alone"),
                    "demand_co_guarantor": ("仅向其他保证人主张", "demand on another guarantor"),
                },
                required=True,
            ),
            day("on", "到达或起诉之日", "Arrived or filed on", required=True),
            field("withdrawn", "flag", "已撤回起诉", "Withdrawn"),
            day("served_on", "起诉状副本送达保证人之日", "Complaint served on the guarantor"),
        ),
        day(
            "refusal_ended_on", "保证人拒绝权消灭之日", "Right to refuse ended", hint=("一般保证", "general guarantee")
        ),
        day(
            "round_ended_served_on",
            "终结执行裁定送达日",
            "Ruling ending the round served",
            hint=("一般保证", "general guarantee"),
        ),
        day(
            "enforcement_applied_on",
            "法院收到执行申请之日",
            "Enforcement applied for",
            hint=("一般保证", "general guarantee"),
        ),
        day("on", "计算基准日", "Asked on", default="today", hint=("默认今日", "today when left out")),
    ),
    gives=(
        day("last_day", "保证期间最后一日（按此办理）", "Last day (act by it)", shown="figure", required=True),
        day("rolled", "如遇节假日顺延", "If holidays move it", required=True),
        day("internal", "内部期限", "Internal last day", required=True),
        chosen(
            "state",
            "现状",
            "State",
            {
                "open": ("期间未届满，尚未行使权利", "open: still to be acted on"),
                "preserved": ("已在期间内行使权利", "preserved"),
                "doubtful": ("取决于末日是否顺延，待律师确认", "doubtful: turns on the holiday"),
                "lapsed": ("已届满，保证责任消灭", "lapsed: the guarantor is free"),
            },
            shown="figure",
            required=True,
        ),
        chosen("liability", "保证方式", "Kind of guarantee", _LIABILITY, required=True),
        field("must_do", "text", "期间内须做", "What must be done", required=True),
        field(
            "preserved_by",
            "object",
            "据以保全的行为",
            "Preserved by",
            fields=(field("kind", "text", "行为", "Act", required=True), day("on", "日期", "On", required=True)),
        ),
        day("limitation_from", "诉讼时效起算日", "Limitation runs from"),
        field(
            "limitation",
            "object",
            "对保证人的诉讼时效",
            "Limitation against the guarantor",
            fields=(
                day("last_day", "末日", "Last day", required=True),
                day("internal", "内部期限", "Internal last day", required=True),
                day("raw", "未顺延的末日", "Before moving to a working day", required=True),
                field("provisional", "flag", "暂定", "Provisional", required=True),
                basis(),
            ),
        ),
        day("raw", "未顺延的末日", "As counted", shown="hidden", required=True),
        field(
            "provisional", "flag", "暂定（节假日安排尚未公布）", "Provisional (no holiday notice yet)", required=True
        ),
        rows(
            "steps",
            "推算过程",
            "Working",
            day("on", "日期", "On", required=True),
            field("kind", "text", "种类", "Kind", shown="hidden", required=True),
            field("text", "text", "事由与效果", "Event and effect", required=True),
            field("proof", "text", "所需凭证", "Proof needed"),
            basis(),
            shown="steps",
            required=True,
        ),
        basis(),
        field("awaiting_counsel", "texts", "待律师确认", "Awaiting counsel", shown="note"),
    ),
)
