"""The loan contract (个人消费借款合同) of the sample: parties, money in figures and capitals, clauses, schedule, signatures."""

from __future__ import annotations

from typing import Any

from legal_service.intake.sample.credit_files import CreditFile
from legal_service.intake.sample.papers.sheet import CONTRACT, SEAL, Paper
from legal_service.law.figures import arabic_date, capitals
from legal_service.money import grouped, percent_text

METHODS = {
    "equal_instalment": "等额本息，按月偿还",
    "equal_principal": "等额本金，按月偿还",
    "interest_only": "按月付息、到期还本",
    "bullet": "到期一次性还本付息",
}
ORDERS = {"costs": "实现债权的费用", "interest": "利息（含罚息、复利）", "principal": "本金"}

BODY = (
    """<h1>个人消费借款合同</h1><p class="number">合同编号：{{ contract_no }}</p>
<table><tbody>
<tr><td class="name">贷款人（甲方）</td><td colspan="3">{{ lender.NAME }}</td></tr>
<tr><td class="name">统一社会信用代码</td><td>{{ lender.USCC }}</td><td class="name">法定代表人</td><td>{{ lender.LEGAL_REPRESENTATIVE }}</td></tr>
<tr><td class="name">住所地</td><td>{{ lender.ADDRESS }}</td><td class="name">联系电话</td><td>{{ lender.PHONE }}</td></tr>
<tr><td class="name">借款人（乙方）</td><td>{{ name }}</td><td class="name">性别</td><td>{{ gender }}</td></tr>
<tr><td class="name">身份证号码</td><td>{{ id_number }}</td><td class="name">手机号码</td><td>{{ phone }}</td></tr>
<tr><td class="name">户籍地址</td><td colspan="3">{{ domicile }}</td></tr>
<tr><td class="name">现住址</td><td colspan="3">{{ residence }}</td></tr>
<tr><td class="name">电子邮箱</td><td>{{ email }}</td><td class="name">微信号</td><td>{{ wechat }}</td></tr>
</tbody></table>
<p>甲乙双方在平等、自愿的基础上，就乙方向甲方借款事宜订立本合同。<b>黑体字部分与乙方有重大利害关系，请乙方仔细阅读。</b></p>
<h2>第一条　借款金额与用途</h2>
<p>1.1 借款本金为人民币{{ principal }}元（大写：人民币{{ principal_capitals }}），用于{{ purpose }}，不得用于购房、投资及其他禁止性用途。</p>
<h2>第二条　借款期限</h2>
<p>2.1 借款期限为{{ months }}个月，自{{ disbursed_on }}起至{{ last_due_on }}止，实际放款日与约定不一致的，以放款凭证为准。</p>
<h2>第三条　利率与计息</h2>
<p>3.1 <b>借款年利率（单利）为{{ rate }}%，</b>月利率为年利率的十二分之一；不足一个月的，按实际天数计息，日利率为年利率除以{{ day_count }}。</p>
{% for change in changes %}<p>3.{{ loop.index + 1 }} 自{{ change.on }}起，年利率调整为{{ change.rate }}%。</p>{% endfor %}
<h2>第四条　放款与还款账户</h2>
<p>4.1 甲方将借款划入乙方指定的银行卡（户名：{{ name }}，卡号：{{ card }}），并授权从该卡扣收到期款项。</p>
<p>4.2 甲方收款账户：户名{{ lender.ACCOUNT_NAME }}，账号{{ lender.ACCOUNT_NO }}，开户行{{ lender.ACCOUNT_BANK }}。</p>
<h2>第五条　还款方式</h2>
<p>5.1 还款方式为{{ method }}，首个还款日为{{ first_due_on }}{% if monthly %}，以后每月对应日为还款日，遇无对应日的月份为当月末日{% endif %}。各期应还款项见附件《还款计划表》。</p>
<p>5.2 乙方的还款按以下顺序清偿：{{ order }}。</p>
<h2>第六条　逾期责任</h2>
<p>6.1 <b>乙方未按期还款的，自逾期之日起就逾期本金按借款年利率上浮{{ uplift }}%计收罚息，</b>直至清偿之日。</p>
{% if compound %}<p>6.2 <b>对不能按时支付的借款期内利息，按罚息利率计收复利。</b>罚息不再计收复利。</p>{% endif %}
<p>{% if compound %}6.3{% else %}6.2{% endif %} 利息、罚息、复利及其他费用合计以年利率24%为限。</p>
<h2>第七条　{% if acceleration %}提前到期{% else %}违约处理{% endif %}</h2>
{% if acceleration %}<p>7.1 <b>乙方连续两期或累计三期未足额还款，或逾期超过六十日的，甲方有权书面通知乙方宣布借款提前到期，</b>自通知到达之日起，乙方应立即清偿全部剩余本金及应付利息。</p>
{% else %}<p>7.1 乙方逾期的，甲方有权要求乙方限期清偿到期款项，并按法律规定处理。</p>{% endif %}
<h2>第八条　实现债权的费用</h2>
<p>8.1 甲方为实现债权实际支出的诉讼费、保全费、公告费、律师费由乙方承担。</p>
<h2>第九条　送达</h2>
<p>9.1 乙方确认以下地址和方式为通知、诉讼及执行文书的送达地址：{{ service_address }}；手机号码{{ phone }}{% if e_service %}；并同意以短信、电子邮件方式电子送达{% endif %}。变更未书面通知的，文书退回之日视为送达。</p>
<h2>第十条　争议解决</h2>
{% if arbitration %}<p>10.1 <b>因本合同发生的争议，提交{{ lender.ARBITRATION }}按其现行仲裁规则仲裁，仲裁裁决是终局的。</b></p>
{% elif court %}<p>10.1 <b>因本合同发生的争议，由{{ court }}管辖</b>{% if connection %}（{{ connection }}）{% else %}（本合同签订地：浙江省宁波市鄞州区）{% endif %}。</p>
{% else %}<p>10.1 因本合同发生的争议，协商不成的，向有管辖权的人民法院起诉。</p>{% endif %}
<h2>第十一条　个人信息与其他</h2>
<p>11.1 甲方为订立、履行本合同所必需处理乙方个人信息，紧急联系人：{{ kin }}（{{ relation }}），电话{{ kin_phone }}，仅用于联系不上乙方时请其转告。</p>
<p>11.2 本合同自双方电子签名或签章之日起生效，电子签名与手写签名具有同等效力。{% if guarantor %}本合同项下债务由{{ guarantor }}提供保证，另签《保证合同》。{% endif %}</p>
<div class="sides"><div class="side">"""
    + SEAL
    + """<p>甲方（盖章）：{{ lender.NAME }}</p><p>法定代表人：{{ lender.LEGAL_REPRESENTATIVE }}</p><p>签订日期：{{ disbursed_on }}</p></div>
<div class="side"><p>乙方（签名）：<span class="signed">{{ name }}</span></p><p>电子签名认证：{{ lender.SIGNING_PLATFORM }}</p><p>证书序列号：{{ certificate }}</p><p>签订日期：{{ disbursed_on }}</p></div></div>
<h2>附件　还款计划表</h2>
<table><thead><tr><th>期数</th><th>还款日</th><th>应还本金（元）</th><th>应还利息（元）</th>{% if fee %}<th>账户服务费（元）</th>{% endif %}<th>合计（元）</th></tr></thead><tbody>
{% for row in schedule %}<tr><td class="centre">{{ row.number }}</td><td class="centre">{{ row.due_on }}</td><td class="number">{{ row.principal }}</td><td class="number">{{ row.interest }}</td>{% if fee %}<td class="number">{{ fee }}</td>{% endif %}<td class="number">{{ row.sum }}</td></tr>{% endfor %}
</tbody></table>"""
)


def contract(file: CreditFile, *, scanned: bool) -> Paper:
    """The contract of a credit file."""
    loan = file.loan
    return Paper(
        kind="contract",
        name="借款合同",
        title=f"个人消费借款合同 {loan.contract_no}",
        body=BODY,
        facts={**_parties(file), **_terms(file)},
        css=CONTRACT,
        on=loan.disbursed_on,
        original="copy" if scanned else "electronic",
        source="签约系统导出" if not scanned else "信贷档案扫描",
        scanned=scanned,
    )


def certificate_number(file: CreditFile) -> str:
    """The serial number of the signing certificate."""
    return f"ZJ{file.serial:08d}{file.loan.disbursed_on:%Y%m%d}"


def order_text(allocation: str) -> str:
    """The order of appropriation in words.

    >>> order_text("interest,principal,costs")
    '利息（含罚息、复利）、本金、实现债权的费用'
    """
    first, *later = (allocation or "costs,interest,principal").split(";")
    text = "、".join(ORDERS[kind] for kind in first.split(","))
    for clause in later:
        days, _, order = clause.partition(":")
        text += f"；逾期{days}天以上的，为{'、'.join(ORDERS[kind] for kind in order.split(','))}"
    return text


def _parties(file: CreditFile) -> dict[str, Any]:
    borrower = file.borrower
    residence = borrower.residence or borrower.domicile
    return {
        "seal": "合同专用章",
        "contract_no": file.loan.contract_no,
        "name": borrower.name,
        "gender": borrower.gender,
        "id_number": borrower.id_number,
        "phone": borrower.phone,
        "domicile": borrower.domicile,
        "residence": residence,
        "service_address": residence,
        "email": borrower.email or "无",
        "wechat": borrower.wechat or "无",
        "card": borrower.bank_card,
        "kin": file.kin.name,
        "relation": file.kin.relation,
        "kin_phone": file.kin.phone,
        "guarantor": file.guarantee.guarantor.name if file.guarantee else "",
        "certificate": certificate_number(file),
    }


def _terms(file: CreditFile) -> dict[str, Any]:
    loan, clauses, periods = file.loan, file.loan.clauses, file.loan.periods()
    return {
        "principal": grouped(loan.principal),
        "principal_capitals": capitals(loan.principal),
        "purpose": clauses.purpose,
        "months": loan.months,
        "disbursed_on": arabic_date(loan.disbursed_on),
        "last_due_on": arabic_date(periods[-1].due_on),
        "first_due_on": arabic_date(loan.first_due_on),
        "monthly": loan.method != "bullet",
        "rate": percent_text(loan.annual_rate),
        "changes": [{"on": arabic_date(on), "rate": percent_text(rate)} for on, rate in loan.rates],
        "day_count": loan.day_count,
        "method": METHODS[loan.method],
        "order": order_text(clauses.allocation),
        "uplift": loan.uplift,
        "compound": loan.compound,
        "acceleration": clauses.acceleration,
        "e_service": clauses.e_service,
        "arbitration": clauses.arbitration,
        "court": clauses.court,
        "connection": clauses.connection,
        "fee": grouped(loan.fee) if loan.fee else "",
        "schedule": [
            {
                "number": period.number,
                "due_on": period.due_on.isoformat(),
                "principal": grouped(period.principal),
                "interest": grouped(period.interest),
                "sum": grouped(period.principal + period.interest + period.fee),
            }
            for period in periods
        ],
    }
