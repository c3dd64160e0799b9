"""Questions about periods and limitation, as they are asked and answered."""

from __future__ import annotations

from legal_service.errors import Words
from legal_service.law.forms.parts import TIME, Form, basis, chosen, day, field, rows

_STEP = (
    day("on", "日期", "On", required=True),
    field("kind", "text", "种类", "Kind", shown="hidden", required=True),
    field("text", "text", "事由与效果", "Event and effect", required=True),
    field("proof", "text", "所需凭证", "Proof needed"),
    day("expiry", "届满日", "Ends"),
    basis(),
)

PERIOD = Form(
    name="period",
    group=TIME,
    title=Words("期间", "Period"),
    says=Words(
        "期间的届满日：自次日起算，末日遇法定休假日顺延，另列内部期限。",
        "When a period ends: counted from the day after, moved off a holiday, with the internal last day beside it.",
    ),
    asks=(
        field(
            "from",
            "moment",
            "起算事件之日",
            "Day of the event",
            required=True,
            hint=(
                "当日不计入；以小时计算时写明时刻，如 2026-11-23T10:20",
                "it does not count; for hours give the hour too, 2026-11-23T10:20",
            ),
        ),
        field(
            "rule",
            "choice",
            "法定期间",
            "Named period",
            drawn="periods",
            hint=("下列五项只填一项", "give exactly one of these five"),
        ),
        field("days", "whole", "日数", "Days", most=100_000),
        field("months", "whole", "月数", "Months", most=100_000),
        field("years", "whole", "年数", "Years", most=100_000),
        field("hours", "whole", "小时数", "Hours", most=100_000),
    ),
    gives=(
        day("last_day", "末日", "Last day", shown="figure", required=True),
        field("begins_at", "text", "起算时刻", "Begins at"),
        field("ends_at", "text", "届满时刻", "Ends at"),
        day("raw", "未顺延的末日", "Before moving to a working day", required=True),
        day("internal", "内部期限", "Internal last day", required=True),
        field(
            "provisional",
            "flag",
            "暂定（该年节假日安排尚未公布）",
            "Provisional (no holiday notice yet)",
            required=True,
        ),
        basis(),
        field("awaiting_counsel", "texts", "待律师确认", "Awaiting counsel", shown="note"),
        field("notes", "texts", "注意", "Note", shown="note"),
    ),
)

LIMITATION = Form(
    name="limitation",
    group=TIME,
    title=Words("诉讼时效", "Limitation"),
    says=Words(
        "诉讼时效或申请执行时效的届满日，两种算法并列，逐步说明每一事件的效果与条文。",
        "When the claim, or the application for enforcement, runs out: both tracks, each event with its effect and article.",
    ),
    asks=(
        chosen(
            "regime",
            "时效种类",
            "Regime",
            {
                "general": ("普通诉讼时效", "claim"),
                "enforcement": ("申请执行时效", "enforcement"),
            },
            default="general",
        ),
        day(
            "last_due_on",
            "最后一期履行期限届满日",
            "Last due day",
            required=True,
            hint=("执行：生效文书所定履行期间的最后一日", "enforcement: the last day for performance of the title"),
        ),
        day("accelerated_on", "宣布提前到期生效日", "Acceleration took effect"),
        day("first_breach_on", "最早违约日", "First breach", hint=("用于最长保护期间", "for the longest period")),
        rows(
            "events",
            "中断事由",
            "Interrupting events",
            field("kind", "choice", "事由", "Event", drawn="events", required=True),
            day("on", "日期", "On", required=True),
            day("end", "程序终结日", "Procedure ended", hint=("仅程序性事由", "procedures only")),
            field("withdrawn", "flag", "已撤回", "Withdrawn"),
            field(
                "served", "flag", "起诉状副本已送达", "Complaint was served", hint=("仅已撤回的", "only if withdrawn")
            ),
            field("part", "flag", "只主张部分", "Only part demanded"),
            field("rest_waived", "flag", "其余明确放弃", "Rest expressly waived"),
            field("joint_debtor", "flag", "对其他连带债务人", "Against another joint debtor"),
        ),
        rows(
            "obstacles",
            "中止事由（障碍）",
            "Obstacles",
            day("from", "障碍开始日", "From", required=True),
            day("to", "障碍消除日", "Gone on", hint=("尚未消除则留空", "leave empty while it lasts")),
        ),
        day("agreed_until", "约定的时效届满日", "End agreed", hint=("约定无效，仅作说明", "void; only noted")),
        day("on", "计算基准日", "Asked on", default="today", hint=("默认今日", "today when left out")),
    ),
    gives=(
        day("legal_expiry", "法定届满日", "Legal expiry", shown="figure"),
        day("conservative_expiry", "保守届满日", "Conservative expiry", shown="figure"),
        day("raw", "未顺延的届满日", "Before moving to a working day"),
        field("running", "flag", "中断或中止持续中", "Kept open by a procedure or obstacle", required=True),
        field(
            "defence_lost",
            "flag",
            "时效抗辩可能丧失（须由具名律师认定）",
            "Defence may be lost (a named lawyer decides)",
            required=True,
        ),
        field(
            "provisional", "flag", "暂定（节假日安排尚未公布）", "Provisional (no holiday notice yet)", required=True
        ),
        field("reminders", "texts", "提醒日（保守届满前 12、6、3、1 个月）", "Reminders (12, 6, 3, 1 months before)"),
        rows("review", "须具名人员判断", "For a named person to decide", *_STEP, shown="steps"),
        rows("steps", "法定算法", "Legal track", *_STEP, shown="steps", required=True),
        rows("conservative_steps", "保守算法", "Conservative track", *_STEP, shown="steps", required=True),
        field("awaiting_counsel", "texts", "待律师确认", "Awaiting counsel", shown="note"),
        field("notes", "texts", "注意", "Note", shown="note"),
    ),
)
