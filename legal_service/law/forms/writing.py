"""Questions about numbers, names, figures and parameters, as they are asked and answered."""

from __future__ import annotations

from legal_service.errors import Words
from legal_service.law.forms.parts import ON, TOOLS, Form, amount, chosen, day, field

IDENTIFIER = Form(
    name="identifier",
    group=TOOLS,
    title=Words("号码核验", "Check a number"),
    says=Words(
        "身份证号、统一社会信用代码、银行卡号、手机号、车牌号是否合乎规则，不合之处何在。不保存，不记录。",
        "Whether a number is well formed, and what is wrong with it. Nothing is kept or logged.",
    ),
    asks=(
        chosen(
            "kind",
            "号码种类",
            "Kind of number",
            {
                "id_card": ("居民身份证号", "identity card"),
                "uscc": ("统一社会信用代码", "unified social credit code"),
                "bank_card": ("银行卡号", "bank card"),
                "mobile": ("手机号", "mobile number"),
                "plate": ("车牌号", "number plate"),
            },
            required=True,
        ),
        field("value", "text", "号码", "Number", required=True),
    ),
    gives=(
        field("valid", "flag", "合乎规则", "Well formed", shown="figure", required=True),
        field("why", "text", "说明", "Why", required=True),
        field("parts", "object", "所含信息", "What it tells", required=True),
    ),
    personal=True,
)

ANONYMISE = Form(
    name="anonymise",
    group=TOOLS,
    title=Words("姓名隐名", "Anonymise names"),
    says=Words(
        "按裁判文书上网的隐名规则处理姓名，相同者编号。不保存，不记录。",
        "Names hidden as courts do in published judgments, numbered where they collide. Nothing is kept or logged.",
    ),
    asks=(
        field(
            "names",
            "texts",
            "姓名",
            "Names",
            required=True,
            positional=True,
            hint=("每行一个", "one a line"),
        ),
    ),
    gives=(field("names", "texts", "隐名后", "Hidden", shown="figure", required=True, echo=True),),
    personal=True,
)

AMOUNT = Form(
    name="amount",
    group=TOOLS,
    title=Words("金额大写", "Amount in capitals"),
    says=Words("人民币大写金额。", "An amount in Chinese capitals, as contracts and receipts write it."),
    asks=(amount("amount", "金额", "Amount", required=True),),
    gives=(field("chinese", "text", "大写", "In capitals", shown="figure", required=True, echo=True),),
)

EXPLAIN = Form(
    name="explain",
    group=TOOLS,
    title=Words("法律参数", "A parameter of the law"),
    says=Words(
        "某一日适用的参数数值、条文及核对程度。",
        "The value in force on a day, its article and how far it was checked.",
    ),
    asks=(
        field("parameter", "choice", "参数", "Parameter", drawn="parameters", required=True, positional=True),
        ON,
    ),
    gives=(
        field("value", "any", "数值", "Value", shown="figure", required=True),
        field("unit", "text", "单位", "Unit", shown="hidden", required=True),
        field("basis", "text", "依据", "Basis", shown="basis", required=True),
        chosen(
            "status",
            "核对",
            "Checked",
            {
                "verified": ("✓ 已核对", "✓ verified"),
                "secondary": ("△ 二手来源", "△ secondary source"),
                "awaiting_counsel": ("◇ 待律师确认", "◇ awaiting counsel"),
            },
            required=True,
        ),
        day("since", "施行日", "In force since", required=True),
        field("name", "text", "名称", "Name", required=True),
        field("parameter", "text", "编码", "Key", shown="hidden", required=True),
        field("says", "text", "说明", "What it says", required=True),
        field("note", "text", "注意", "Note", shown="note", required=True),
    ),
)
