"""The letters themselves and the courier's receipts: overdue amounts are the statement's own at the day of the letter."""

from __future__ import annotations

from legal_service.accounts.rules import Rules
from legal_service.accounts.statement import Statement, compute
from legal_service.intake.sample import institution
from legal_service.intake.sample.credit_files import CreditFile
from legal_service.intake.sample.letters import Letter
from legal_service.intake.sample.papers.sheet import CONTRACT, LETTER, SEAL, Paper
from legal_service.intake.sample.people import Person
from legal_service.law.figures import arabic_date, capitals, chinese_date
from legal_service.money import grouped

_END = (
    '<div class="signature">' + SEAL + "<p>{{ lender.NAME }}（盖章）</p><p>{{ signed }}</p></div>"
    '<p class="note">联系电话：{{ lender.PHONE }}　还款账户：{{ lender.ACCOUNT_NAME }}，{{ lender.ACCOUNT_NO }}，{{ lender.ACCOUNT_BANK }}</p>'
)

DEMAND = (
    """<h1>{{ title }}</h1><p class="addressee">{{ name }}（身份证号码：{{ id_number }}）：</p>
<p>{{ relation }}与本公司签订的《个人消费借款合同》（编号：{{ contract_no }}，借据号：{{ loan_no }}），约定借款本金人民币{{ principal }}元。截至{{ as_of }}，该借款自{{ oldest }}起逾期，已逾期{{ days }}天，应付未付：逾期本金{{ due }}元，利息{{ interest }}元，罚息{{ penalty }}元，复利{{ compound }}元，费用{{ fees }}元，合计人民币{{ total }}元（大写：人民币{{ total_capitals }}）。</p>
<p>请您于收到本函之日起七日内将上述款项汇入下列账户。逾期不还的，本公司将依照合同约定{{ consequence }}，并依法通过诉讼等方式主张权利，由此产生的费用由您承担。</p>
<p>如您已还款，请忽略本函；如有困难，请尽快与本公司联系协商还款安排。</p>"""
    + _END
)

ACCELERATION = (
    """<h1>{{ title }}</h1><p class="addressee">{{ name }}（身份证号码：{{ id_number }}）：</p>
<p>{{ relation }}与本公司签订的《个人消费借款合同》（编号：{{ contract_no }}）项下借款，自{{ oldest }}起连续逾期，已逾期{{ days }}天，经催告仍未清偿。</p>
<p>根据合同第七条的约定，本公司宣布上述借款自本通知到达之日起全部提前到期。请您于收到本通知之日起三日内，一次性清偿全部剩余本金人民币{{ outstanding }}元（大写：人民币{{ outstanding_capitals }}）及截至清偿之日的利息、罚息、复利和实现债权的费用。</p>
<p>逾期不还的，本公司将依法提起诉讼。</p>"""
    + _END
)

COURIER = """<h1>{{ lender.COURIER }}　妥投证明</h1><p class="number">运单号：{{ tracking }}</p>
<table><tbody><tr><td class="name">寄件人</td><td>{{ lender.NAME }}</td><td class="name">寄件地址</td><td>{{ lender.ADDRESS }}</td></tr>
<tr><td class="name">收件人</td><td>{{ name }}</td><td class="name">联系电话</td><td>{{ phone }}</td></tr>
<tr><td class="name">收件地址</td><td colspan="3">{{ address }}</td></tr>
<tr><td class="name">内件品名</td><td colspan="3">{{ content }}（合同编号{{ contract_no }}）</td></tr></tbody></table>
<table><thead><tr><th>时间</th><th>处理信息</th></tr></thead><tbody>{% for event in events %}<tr><td class="centre">{{ event.at }}</td><td>{{ event.what }}</td></tr>{% endfor %}</tbody></table>
<p>本证明由{{ lender.COURIER }}业务系统生成。</p>"""

ENDS = {
    "delivered": "已签收，签收人：本人",
    "returned_refused": "收件人拒收，邮件退回",
    "returned_unknown": "查无此人，邮件退回",
}


def letter(file: CreditFile, sent: Letter, rules: Rules) -> Paper:
    """A demand or an acceleration notice as it was sent, with what was owed on that day."""
    owed = compute(file.facts(), sent.sent_on, rules)
    to, borrower = _recipient(file, sent), file.borrower
    guarantor = sent.party == "guarantor"
    facts = {
        **_sums(owed),
        "seal": "贷后管理专用章",
        "title": sent.title,
        "name": to.name,
        "id_number": to.id_number,
        "relation": f"您提供保证的借款人{borrower.name}" if guarantor else "您",
        "consequence": "宣布借款提前到期" if file.loan.clauses.acceleration else "追究违约责任",
        "contract_no": file.loan.contract_no,
        "loan_no": file.loan.loan_no,
        "principal": grouped(file.loan.principal),
        "as_of": arabic_date(sent.sent_on),
        "oldest": arabic_date(owed.oldest_due_on or sent.sent_on),
        "days": owed.days_past_due,
        "signed": chinese_date(sent.sent_on),
    }
    body = ACCELERATION if sent.kind == "acceleration_notice" else DEMAND
    return Paper(
        sent.kind, f"{sent.title}{'（保证人）' if guarantor else ''}", f"{sent.title} {to.name}", body, facts, LETTER, sent.sent_on,
        "copy", "本公司留存",
    )  # fmt: skip


def delivery_receipt(file: CreditFile, sent: Letter, *, scanned: bool) -> Paper:
    """The courier's certificate of how a letter ended."""
    to = _recipient(file, sent)
    address = to.residence or to.domicile
    events = [
        {"at": f"{sent.sent_on} 17:20", "what": "杭州余杭营业部 已收件"},
        {"at": f"{sent.sent_on} 22:41", "what": "杭州转运中心 已发出"},
        {"at": f"{sent.ended_on} 08:15", "what": "到达派送网点，正在派送"},
        {"at": f"{sent.ended_on} 15:{file.serial % 60:02d}", "what": ENDS[sent.outcome]},
    ]
    facts = {
        "tracking": sent.tracking,
        "name": to.name,
        "phone": to.phone,
        "address": address,
        "content": sent.title,
        "contract_no": file.loan.contract_no,
        "events": events,
    }
    name = f"{sent.title}妥投证明{'（保证人）' if sent.party == 'guarantor' else ''}"
    return Paper(
        "delivery_receipt", name, f"{name} {sent.tracking}", COURIER, facts, CONTRACT, sent.ended_on,
        "copy" if scanned else "electronic", institution.COURIER, scanned,
    )  # fmt: skip


def _recipient(file: CreditFile, sent: Letter) -> Person:
    return file.guarantee.guarantor if sent.party == "guarantor" and file.guarantee else file.borrower


def _sums(owed: Statement) -> dict[str, str]:
    return {
        "due": grouped(owed.principal_due),
        "interest": grouped(owed.interest),
        "penalty": grouped(owed.penalty),
        "compound": grouped(owed.compound),
        "fees": grouped(owed.fees + owed.costs),
        "total": grouped(owed.total),
        "total_capitals": capitals(owed.total),
        "outstanding": grouped(owed.principal),
        "outstanding_capitals": capitals(owed.principal),
    }
