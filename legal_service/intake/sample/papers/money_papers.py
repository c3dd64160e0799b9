"""Papers of the money: the receipt of the payout (放款凭证) and the table of the comprehensive financing cost (综合融资成本明示表)."""

from __future__ import annotations

from legal_service.intake.sample import institution
from legal_service.intake.sample.credit_files import CreditFile
from legal_service.intake.sample.papers.contract import METHODS
from legal_service.intake.sample.papers.sheet import CONTRACT, SEAL, Paper
from legal_service.law.figures import arabic_date, capitals
from legal_service.money import grouped, percent_text

RECEIPT = (
    """<h1>放款凭证（电子回单）</h1><p class="number">回单编号：{{ receipt_no }}　　交易流水号：{{ transaction_no }}</p>
<table><tbody>
<tr><td class="name">付款人户名</td><td>{{ lender.ACCOUNT_NAME }}</td><td class="name">收款人户名</td><td>{{ name }}</td></tr>
<tr><td class="name">付款人账号</td><td>{{ lender.ACCOUNT_NO }}</td><td class="name">收款人卡号</td><td>{{ card }}</td></tr>
<tr><td class="name">付款人开户行</td><td>{{ lender.ACCOUNT_BANK }}</td><td class="name">收款人身份证号</td><td>{{ id_number }}</td></tr>
<tr><td class="name">金额（小写）</td><td>￥{{ amount }}元</td><td class="name">交易时间</td><td>{{ on }} {{ at }}</td></tr>
<tr><td class="name">金额（大写）</td><td colspan="3">人民币{{ amount_capitals }}</td></tr>
<tr><td class="name">用途</td><td colspan="3">{{ lender.PRODUCT }}放款，借款合同{{ contract_no }}，借据号{{ loan_no }}</td></tr>
{% if deducted %}<tr><td class="name">备注</td><td colspan="3">合同本金{{ principal }}元，另行扣收{{ deducted }}元</td></tr>{% endif %}
<tr><td class="name">交易状态</td><td colspan="3">交易成功，款项已入账</td></tr>
</tbody></table>
<p>本回单由付款银行系统生成，请与账务核对，重复打印无效。</p>
<div class="sides"><div class="side"></div><div class="side">"""
    + SEAL
    + """<p>（回单专用章）</p><p>打印日期：{{ on }}</p></div></div>"""
)

COST_TABLE = """<h1>综合融资成本明示表</h1><p class="number">借款合同编号：{{ contract_no }}</p>
<table><thead><tr><th>项目</th><th>收取方</th><th>收取方式</th><th>年化成本</th><th>金额（元）</th></tr></thead><tbody>
<tr><td>借款利息</td><td>{{ lender.NAME }}</td><td>{{ method }}</td><td class="centre">{{ rate }}%</td><td class="number">{{ interest }}</td></tr>
{% for fee in fees %}<tr><td>{{ fee.name }}</td><td>{{ fee.taker }}</td><td>随首期一次性收取</td><td class="centre">—</td><td class="number">{{ fee.amount }}</td></tr>{% endfor %}
<tr class="total"><td colspan="4" class="centre">正常履约应付合计（不含本金）</td><td class="number">{{ total }}</td></tr>
</tbody></table>
<h2>或有成本（仅在违约时发生）</h2>
<p>逾期罚息：借款年利率上浮{{ uplift }}%；{% if compound %}逾期利息按罚息利率计收复利；{% endif %}实现债权的实际支出。</p>
<p>除上表所列外，贷款人及其合作机构不再收取任何费用。本表已以弹窗形式展示，强制阅读不少于十秒。</p>
<p>借款人（身份证号码{{ id_number }}）确认已阅读并知悉：<span class="signed">{{ name }}</span>　　{{ on }}</p>"""

FEES = {"service_fee": "服务费", "insurance": "保险费", "guarantee_fee": "担保费"}


def receipt(file: CreditFile, *, scanned: bool) -> Paper:
    """The bank's receipt of the payout; the principal is what was received (民法典 670)."""
    loan, borrower = file.loan, file.borrower
    facts = {
        "seal_of": institution.PARTNER_BANK.removesuffix("股份有限公司"),
        "seal": "业务回单专用章",
        "receipt_no": f"FK{loan.disbursed_on:%Y%m%d}{file.serial:06d}",
        "transaction_no": f"{loan.disbursed_on:%Y%m%d}{file.serial * 7919 % 10**10:010d}",
        "name": borrower.name,
        "card": borrower.bank_card,
        "id_number": borrower.id_number,
        "amount": grouped(loan.paid_out),
        "amount_capitals": capitals(loan.paid_out),
        "on": arabic_date(loan.disbursed_on),
        "at": f"{9 + file.serial % 9:02d}:{file.serial * 13 % 60:02d}:{file.serial * 29 % 60:02d}",
        "contract_no": loan.contract_no,
        "loan_no": loan.loan_no,
        "principal": grouped(loan.principal),
        "deducted": grouped(loan.principal - loan.paid_out) if loan.paid_out != loan.principal else "",
    }
    return Paper(
        "disbursement_receipt", "放款凭证", f"放款凭证 {loan.loan_no}", RECEIPT, facts, CONTRACT, loan.disbursed_on,
        "copy" if scanned else "electronic", institution.ACCOUNT_BANK, scanned,
    )  # fmt: skip


def cost_table(file: CreditFile) -> Paper:
    """The table that the borrower confirmed before signing; undisclosed fees are not on it."""
    loan, periods = file.loan, file.loan.periods()
    charges = [charge for charge in file.ledger.charges if charge.kind in FEES and charge.disclosed]
    interest = sum(period.interest for period in periods)
    facts = {
        "contract_no": loan.contract_no,
        "method": METHODS[loan.method],
        "rate": percent_text(loan.annual_rate),
        "interest": grouped(interest),
        "fees": [
            {"name": FEES[charge.kind], "taker": charge.taker, "amount": grouped(charge.amount)} for charge in charges
        ],
        "total": grouped(interest + sum(charge.amount for charge in charges) + loan.fee * len(periods)),
        "uplift": loan.uplift,
        "compound": loan.compound,
        "name": file.borrower.name,
        "id_number": file.borrower.id_number,
        "on": arabic_date(loan.disbursed_on),
    }
    return Paper(
        "cost_table", "综合融资成本明示表", f"综合融资成本明示表 {loan.contract_no}", COST_TABLE, facts, CONTRACT, loan.disbursed_on,
        "electronic", "签约系统导出",
    )  # fmt: skip
