"""Guards of the stages: each refuses with what is missing and why. Law and house policy are told apart in the basis.

A basis that begins with 「机构内部规则」 is a policy of the house; any other is an article.
"""

from __future__ import annotations

from collections.abc import Callable

from legal_service.cases.position import CasePosition
from legal_service.errors import Refusal, Words

Guard = Callable[[CasePosition], Refusal | None]

POLICY = "机构内部规则"


def policy(what: str) -> str:
    """The basis of a rule that the house made, not the law."""
    return f"{POLICY}：{what}（house policy, not law）"


def overdue(case: CasePosition) -> Refusal | None:
    """Nobody is pursued who owes nothing overdue."""
    if any(loan.days_past_due > 0 for loan in case.loans):
        return None
    return Refusal(
        "not_overdue",
        Words(
            zh=f"截至 {case.as_of} 没有逾期，不得升级。",
            en=f"nothing is overdue as of {case.as_of}; the case may not be escalated.",
        ),
        "民法典 第六百七十四条、第六百七十五条",
    )


def no_open_complaint(case: CasePosition) -> Refusal | None:
    """While a complaint is open the case waits."""
    if not case.open_complaints:
        return None
    numbers = "、".join(case.open_complaints)
    return Refusal(
        "open_complaint",
        Words(
            zh=f"投诉 {numbers} 尚未办结；先办结投诉再升级。",
            en=f"complaint {numbers} is open; close it before escalating.",
        ),
        policy("投诉未办结期间暂停升级"),
    )


def no_performing_plan(case: CasePosition) -> Refusal | None:
    """A settlement that is being kept is kept by the lender too."""
    plan = case.performing_plan()
    if plan is None:
        return None
    return Refusal(
        "plan_performing",
        Words(
            zh=f"{plan.on} 达成的和解方案履行期至 {plan.agreed_until}，尚未违约；不得起诉。违约后先记录 outcome=broken。",
            en=f"the settlement of {plan.on} runs until {plan.agreed_until} and is not broken; record outcome=broken first if it is.",
        ),
        "民法典 第五百零九条第一款",
    )


def contacted(case: CasePosition) -> Refusal | None:
    """At least one attempt to contact the borrower in person is on the log."""
    if any(one.party == "borrower" for one in case.contacts):
        return None
    return Refusal(
        "no_contact",
        Words(
            zh="联系记录中没有联系借款人本人的记录；先联系本人。",
            en="the contact log shows no contact with the borrower; contact the borrower first.",
        ),
        policy("先联系、后协商"),
    )


def settlement_attempted(case: CasePosition) -> Refusal | None:
    """At least one attempt to settle was made and recorded."""
    if case.settlements:
        return None
    return Refusal(
        "no_settlement_attempt",
        Words(
            zh="没有和解尝试的记录；先提出方案，再执行 legal settlement record 案号 --data F.json。",
            en="no attempt to settle is recorded; make an offer, then legal settlement record CASE_NO --data F.json.",
        ),
        policy("起诉前须尝试和解") + "；参见 民事诉讼法(2023修正) 第一百二十五条",
    )


def demand_served(case: CasePosition) -> Refusal | None:
    """A demand or acceleration notice was served and took effect."""
    if case.demand_served() is not None:
        return None
    accelerated = any(loan.accelerated_on for loan in case.loans)
    return Refusal(
        "no_served_demand",
        Words(
            zh="没有已生效送达的催告；执行 legal service record 案号 --data F.json 记录催收函或提前到期通知书的送达及凭证。",
            en="no demand is recorded as served; record the service of the demand or acceleration notice: legal service record CASE_NO --data F.json.",
        ),
        "民法典 第五百六十五条第一款（通知到达时生效）"
        if accelerated
        else policy("起诉前须有已送达的催告") + "；参见 民法典 第六百七十五条",
    )


def contract_in_vault(case: CasePosition) -> Refusal | None:
    """The loan contract lies in the vault."""
    if "contract" in case.evidence_kinds:
        return None
    return Refusal(
        "no_contract",
        Words(
            zh="证据库中没有借款合同；执行 legal evidence add 案号 文件 --kind contract。",
            en="the loan contract is not in the vault: legal evidence add CASE_NO FILE --kind contract.",
        ),
        "民事诉讼法(2023修正) 第一百二十二条、第一百二十四条",
    )


def statement_made(case: CasePosition) -> Refusal | None:
    """A statement of account was made for this case."""
    if any(one.kind == "statement" for one in case.milestones):
        return None
    return Refusal(
        "no_statement",
        Words(
            zh="本案尚未生成欠款明细；执行 legal filing make 案号 statement_of_account。",
            en="no statement of account was made for this case: legal filing make CASE_NO statement_of_account.",
        ),
        "民事诉讼法(2023修正) 第一百二十二条第三项（具体的诉讼请求和事实、理由）",
    )


def complaint_approved(case: CasePosition) -> Refusal | None:
    """The statement of claim was approved by a named lawyer: the machine recommends, a person decides."""
    if case.approved("statement_of_claim") is not None:
        return None
    return Refusal(
        "not_approved",
        Words(
            zh="起诉状尚未经具名律师审批；由律师执行 legal filing approve 案号 statement_of_claim --by 邮箱。",
            en="no named lawyer has approved the statement of claim: legal filing approve CASE_NO statement_of_claim --by EMAIL.",
        ),
        policy("未经具名律师审批不得提交") + "；参见 个人信息保护法 第二十四条",
    )


def no_arbitration_clause(case: CasePosition) -> Refusal | None:
    """A dispute under an arbitration agreement is not for the court."""
    bound = [loan.loan_no for loan in case.loans if loan.arbitration_clause]
    if not bound:
        return None
    return Refusal(
        "arbitration_clause",
        Words(
            zh=f"{'、'.join(bound)} 的合同订有仲裁条款，法院不予受理；应申请仲裁。",
            en=f"the contract of {', '.join(bound)} has an arbitration clause; apply for arbitration, the court will not accept the suit.",
        ),
        "民事诉讼法解释(2022修正) 第二百一十五条（awaiting_counsel）",
    )


def lender_is_creditor(case: CasePosition) -> Refusal | None:
    """Once a guarantor or insurer has paid in the borrower's place, the lender is no longer the one to sue."""
    paid = [loan for loan in case.loans if loan.compensated_on is not None and loan.compensated_on <= case.as_of]
    if not paid:
        return None
    loan = paid[0]
    return Refusal(
        "compensated",
        Words(
            zh=f"{loan.loan_no} 已于 {loan.compensated_on} 由 {loan.compensated_by or '第三方'} 代偿，请求权已转移，应由代偿人起诉。",
            en=f"{loan.loan_no} was paid by {loan.compensated_by or 'a third party'} on {loan.compensated_on}; the claim is theirs now.",
        ),
        "民法典 第五百二十四条、第七百条（awaiting_counsel）",
    )


def something_to_claim(case: CasePosition) -> Refusal | None:
    """The sum claimed is above zero."""
    if case.claim_total > 0:
        return None
    return Refusal(
        "nothing_to_claim",
        Words(zh=f"截至 {case.as_of} 可主张金额为零。", en=f"as of {case.as_of} there is nothing to claim."),
        "民事诉讼法(2023修正) 第一百二十二条第三项",
    )
