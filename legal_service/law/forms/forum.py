"""Questions before a suit, as they are asked and answered: where, by which procedure, under which ceiling."""

from __future__ import annotations

from legal_service.errors import Words
from legal_service.law.forms.parts import COURT, MONEY, ON, Field, Form, amount, basis, chosen, day, field, rows

_LICENSED = {
    "bank": ("商业银行", "bank"),
    "consumer_finance": ("消费金融公司", "consumer-finance company"),
    "micro_loan": ("小额贷款公司（持牌）", "micro-loan company (licensed)"),
}
_CHECKED = {
    "verified": ("✓ 已核对", "✓ verified"),
    "secondary": ("△ 二手来源", "△ secondary source"),
    "awaiting_counsel": ("◇ 待律师确认", "◇ awaiting counsel"),
}
_REASON = (
    field("code", "text", "编码", "Key", shown="hidden", required=True),
    field("text", "text", "理由", "Why", required=True),
    basis(),
    chosen("status", "核对", "Checked", _CHECKED, required=True),
)
_FILED = day("filed_on", "起诉日", "Day of filing", default="today", hint=("默认今日", "today when left out"))


def _reasons(name: str, zh: str, en: str, **how: object) -> Field:
    return rows(name, zh, en, *_REASON, required=True, **how)


def _told(name: str, zh: str, en: str) -> Field:
    """A question of fact that may be left open: nobody recorded it."""
    return field(name, "flag", zh, en, hint=("不清楚则留空", "leave empty when not known"))


_CANDIDATE = (
    field("place", "text", "编码", "Key", shown="hidden", required=True),
    field("name", "text", "地点", "Place", required=True),
    field("where", "text", "地址或法院", "Address or court", required=True, echo=True),
    field("standing", "text", "编码", "Key", shown="hidden", required=True),
    field("standing_name", "text", "效力", "Standing", required=True),
    _reasons("because", "理由", "Why"),
)

JURISDICTION = Form(
    name="jurisdiction",
    group=COURT,
    title=Words("管辖", "Where to sue"),
    says=Words(
        "可以起诉的地点及理由：约定法院、被告住所地或经常居住地、合同履行地；支付令的法院；须注意的事项。只是建议，由具名律师决定。",
        "Places where a suit may be brought, with reasons; the court for a payment order; what to beware of. A named lawyer decides.",
    ),
    asks=(
        _FILED,
        field("plaintiff_seat", "text", "原告所在地", "Plaintiff's seat"),
        chosen("lender_type", "贷款人种类", "Kind of lender", _LICENSED),
        field("defendant_domicile", "text", "被告户籍地", "Defendant's domicile"),
        field("defendant_residence", "text", "被告现居住地", "Where the defendant lives"),
        day("residence_since", "自何日起居住", "Living there since"),
        field(
            "agreed_court",
            "text",
            "约定法院",
            "Agreed court",
            hint=("两个以上用“、”隔开", "several with a comma between them"),
        ),
        field(
            "agreed_court_connection",
            "text",
            "约定的连接点",
            "Connection stated",
            hint=("如 原告住所地", "in the words of the clause"),
        ),
        field("signing_place", "text", "实际签订地", "Place of signing"),
        field("signing_proved", "flag", "签订地可以证明", "Place of signing can be proved"),
        field("agreed_performance", "text", "约定的履行地", "Agreed place of performance"),
        _told("online", "签订、履行均在线完成", "Made and performed wholly online"),
        field("arbitration_clause", "flag", "有仲裁条款", "Arbitration clause"),
        field("assigned", "flag", "债权已转让", "Debt assigned"),
        _told("assignee_knew", "受让时知道管辖条款", "Assignee knew of the clause"),
    ),
    gives=(
        rows("candidates", "可选地点", "Places", *_CANDIDATE, shown="steps", required=True),
        field("payment_order_court", "object", "支付令的管辖", "Court for a payment order", fields=_CANDIDATE),
        _reasons("warnings", "注意", "Beware", shown="steps"),
        field("barred", "flag", "不得起诉（仲裁）", "No suit (arbitration)", required=True),
        field("cause_of_action", "object", "案由", "Cause of action", fields=_REASON),
        field("province", "text", "首选地点所在省份", "Province of the first place", required=True, echo=True),
    ),
    personal=True,
)

TRACK = Form(
    name="track",
    group=COURT,
    title=Words("审理程序", "Which procedure"),
    says=Words(
        "小额诉讼（应当适用、约定适用）、简易程序、普通程序、支付令、司法确认是否可用，及理由。门槛按已录入的各省工资数据；没有录入即“无法判断”。",
        "Whether small claims, simplified or ordinary procedure, payment order or judicial confirmation is open, and why. Without the province's wage figure on the table the threshold is unknown.",
    ),
    asks=(
        amount("amount", "标的额", "Claimed", required=True),
        field("province", "text", "法院所在省份", "Province of the court"),
        _FILED,
        field("clear", "flag", "事实清楚、争议不大", "Clear, little dispute", default="true"),
        _told("missing_party", "被告下落不明", "Defendant missing"),
        _told("appraisal", "需要鉴定评估", "Appraisal needed"),
        _told("foreign", "涉外", "Foreign element"),
        _told("counterclaim", "有反诉", "Counter-claim"),
        _told("pre_suit_preservation", "已申请诉前保全", "Preservation before suit"),
        _told("in_mainland", "债务人在境内", "Debtor in the mainland"),
        _told("until_paid", "主张至实际清偿之日", "Claimed until actual payment"),
        _told("agreed_charges", "逾期利息、违约金有约定", "Overdue charges agreed in the documents"),
        field("guarantors", "whole", "担保人数", "Guarantors", most=1000),
        day("mediated_on", "调解协议生效日", "Mediated agreement took effect"),
        _told("by_mediation_body", "经调解组织调解", "Through a mediation body"),
    ),
    gives=(
        chosen(
            "suggested",
            "建议程序",
            "Suggested",
            {
                "small_claims": ("小额诉讼", "small claims"),
                "simplified": ("简易程序", "simplified procedure"),
                "ordinary": ("普通程序", "ordinary procedure"),
            },
            shown="figure",
            required=True,
        ),
        rows(
            "procedures",
            "各程序",
            "Procedures",
            field("procedure", "text", "编码", "Key", shown="hidden", required=True),
            field("name", "text", "程序", "Procedure", required=True),
            field("open", "text", "编码", "Key", shown="hidden", required=True),
            field("open_name", "text", "可否适用", "Open", required=True),
            _reasons("because", "理由", "Why"),
            shown="steps",
            required=True,
        ),
        field(
            "threshold",
            "object",
            "小额诉讼门槛",
            "Threshold of small claims",
            required=True,
            fields=(
                field("province", "text", "省份", "Province", required=True, echo=True),
                field("year", "whole", "年度", "Year", most=9999, required=True),
                amount("figure", "年平均工资", "Average wage"),
                field("source", "text", "出处", "Source", echo=True),
                day("published", "公布日", "Published"),
                chosen("status", "核对", "Checked", _CHECKED | {"unknown": ("未录入", "not entered")}, required=True),
                amount("mandatory_up_to", "应当适用的上限", "Mandatory up to"),
                amount("by_agreement_up_to", "约定适用的上限", "By agreement up to"),
                field("unknown", "text", "缺少的数据", "What is missing", shown="note"),
                field("because", "object", "依据", "Why", fields=_REASON, required=True),
            ),
        ),
        _reasons("warnings", "注意", "Beware", shown="steps"),
    ),
)

CEILING = Form(
    name="ceiling",
    group=MONEY,
    title=Words("息费上限", "Ceiling on interest and charges"),
    says=Words(
        "按谁放的贷款、何时订立，法院适用哪一上限，监管另有什么要求；持牌机构的贷款在法院不适用四倍 LPR。",
        "Which ceiling a court applies to whose loan and what the regulator wants besides; four times the LPR is no test in court for a licensed lender.",
    ),
    asks=(
        chosen(
            "lender_type",
            "放贷人",
            "Who lent",
            _LICENSED | {"unlicensed": ("无放贷牌照者", "without a licence")},
            required=True,
        ),
        chosen(
            "plaintiff",
            "原告",
            "Plaintiff",
            {
                "lender": ("放贷人", "the lender"),
                "asset_manager": ("受让的资产管理公司", "an asset-management company that bought"),
                "private_assignee": ("其他受让人", "another assignee"),
            },
            default="lender",
        ),
        day("contract_on", "合同成立日", "Contract made on", required=True),
        ON,
    ),
    gives=(
        rows(
            "ceilings",
            "上限",
            "Ceilings",
            field("kind", "text", "编码", "Key", shown="hidden", required=True),
            field("name", "text", "上限", "Ceiling", required=True),
            chosen(
                "where",
                "适用者",
                "Applied by",
                {"court": ("法院", "court"), "regulator": ("监管", "regulator")},
                required=True,
            ),
            field("rate", "rate", "年利率（空：无法计算）", "Yearly rate (empty: unknown)"),
            _reasons("because", "理由", "Why"),
            shown="steps",
            required=True,
        ),
        field("lpr_multiple_applies", "flag", "法院适用四倍 LPR", "Four times the LPR applies in court", required=True),
        field("not_lpr", "object", "为何不适用四倍 LPR", "Why four times the LPR does not", fields=_REASON),
        _reasons("warnings", "注意", "Beware", shown="steps"),
    ),
)
