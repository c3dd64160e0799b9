"""The guarantee (保证合同) of the sample."""

from __future__ import annotations

from legal_service.intake.sample.credit_files import CreditFile, Guarantee
from legal_service.intake.sample.papers.sheet import CONTRACT, SEAL, Paper
from legal_service.law.figures import arabic_date, capitals
from legal_service.money import grouped

MODES = {
    "joint": "本保证为连带责任保证。债务人不履行到期债务的，债权人可以直接请求保证人承担保证责任。",
    "general": "本保证为一般保证。保证人在主合同纠纷未经审判或仲裁，并就债务人财产依法强制执行仍不能履行债务前，有权拒绝承担保证责任。",
    "unclear": "保证人对债务人的债务承担保证责任。",
}

BODY = (
    """<h1>保证合同</h1><p class="number">主合同编号：{{ contract_no }}</p>
<table><tbody><tr><td class="name">债权人（甲方）</td><td colspan="3">{{ lender.NAME }}（统一社会信用代码{{ lender.USCC }}）</td></tr>
<tr><td class="name">保证人（乙方）</td><td>{{ name }}</td><td class="name">身份证号码</td><td>{{ id_number }}</td></tr>
<tr><td class="name">手机号码</td><td>{{ phone }}</td><td class="name">与债务人关系</td><td>{{ relation }}</td></tr>
<tr><td class="name">住址</td><td colspan="3">{{ address }}</td></tr></tbody></table>
<h2>第一条　被保证的主债权</h2><p>1.1 债务人{{ borrower }}（身份证号码{{ borrower_id }}）与甲方签订的《个人消费借款合同》（编号{{ contract_no }}）项下借款本金人民币{{ principal }}元（大写：人民币{{ principal_capitals }}）。</p>
<h2>第二条　保证方式</h2><p>2.1 <b>{{ mode }}</b></p>
<h2>第三条　保证范围</h2><p>3.1 主债权本金、利息、罚息、复利及实现债权的费用。</p>
<h2>第四条　保证期间</h2><p>4.1 {% if until %}<b>保证期间自主债务履行期限届满之日起三年，即至{{ until }}止。</b>{% else %}保证期间未作约定。{% endif %}</p>
<h2>第五条　送达与争议解决</h2><p>5.1 乙方确认上述住址和手机号码为送达地址。5.2 争议解决方式与主合同相同。</p>
<div class="sides"><div class="side">"""
    + SEAL
    + """<p>甲方（盖章）：{{ lender.NAME }}</p><p>签订日期：{{ on }}</p></div><div class="side"><p>乙方（签名）：<span class="signed">{{ name }}</span></p><p>签订日期：{{ on }}</p></div></div>"""
)


def guarantee_contract(file: CreditFile, guarantee: Guarantee, *, scanned: bool) -> Paper:
    """The guarantor's contract with the lender."""
    loan, guarantor = file.loan, guarantee.guarantor
    facts = {
        "seal": "合同专用章",
        "contract_no": loan.contract_no,
        "name": guarantor.name,
        "id_number": guarantor.id_number,
        "phone": guarantor.phone,
        "relation": guarantee.relation,
        "address": guarantor.domicile,
        "borrower": file.borrower.name,
        "borrower_id": file.borrower.id_number,
        "principal": grouped(loan.principal),
        "principal_capitals": capitals(loan.principal),
        "mode": MODES[guarantee.liability],
        "until": arabic_date(guarantee.until) if guarantee.until else "",
        "on": arabic_date(loan.disbursed_on),
    }
    return Paper(
        "guarantee_contract", "保证合同", f"保证合同 {loan.contract_no}", BODY, facts, CONTRACT, loan.disbursed_on,
        "copy" if scanned else "electronic", "信贷档案扫描" if scanned else "签约系统导出", scanned,
    )  # fmt: skip
