"""What a lawyer must look at before relying on a statement: nothing here changes a figure silently."""

from __future__ import annotations

from datetime import date

from legal_service.accounts.cap import CapTest
from legal_service.accounts.facts import LoanFacts
from legal_service.accounts.reversals import Ledger
from legal_service.accounts.rules import PenaltyBand, Rules
from legal_service.errors import Finding, Words
from legal_service.law.ceilings import LICENSED
from legal_service.money import Fen, amount_text


def doubts_of(
    facts: LoanFacts,
    as_of: date,
    difference: Fen,
    ledger: Ledger,
    rules: Rules,
    undisclosed: Fen,
    told: Fen,
    cap: CapTest,
    accelerates: bool,
) -> tuple[Finding, ...]:
    """The doubts about one statement; `difference` is by how much the tape's schedule exceeds the sum paid out.

    `undisclosed` and `told` are unpaid fees: those not disclosed, and those said to be where no cost table was signed. `accelerates`: the acceleration
    told of took up something.
    """
    found = []
    if difference:
        found.append(_schedule_differs(facts, difference))
    for reversal in ledger.idle:
        zh = f"冲正 {reversal.reference} 未找到所冲的入账 {reversal.reverses}，未产生影响"
        en = f"reversal {reversal.reference} found no posting {reversal.reverses} to undo and had no effect"
        found.append(Finding("reversal_of_nothing", "doubt", reversal.row, Words(zh, en)))
    if facts.accelerated_on is not None and facts.accelerated_on <= as_of:
        found += (
            _acceleration(facts, facts.accelerated_on) if accelerates else [_nothing_left(facts, facts.accelerated_on)]
        )
    if rules.penalty_band is not None and facts.penalty_uplift > rules.penalty_band.most:
        found.append(_above_the_band(facts, rules.penalty_band))
    if facts.lender_type is not None and facts.lender_type not in LICENSED:
        found.append(_no_ceiling_known(facts, rules))
    if rules.disclosure_from is not None and facts.disbursed_on >= rules.disclosure_from:
        if not facts.signed_cost_table:
            zh = "放款日在明示综合融资成本规定施行之后，但没有借款人签署的成本明示表；未明示的费用不得收取"
            en = "disbursed after the disclosure rule began, but no signed cost table: what was not disclosed may not be charged"
            found.append(Finding("no_cost_table", "doubt", facts.row, Words(zh, en), rules.disclosure_basis))
        if told:
            zh = f"没有借款人签署的成本明示表，数据带却载明已明示的费用 {amount_text(told)} 元仍列入主张；请核对其明示的证据，否则不应主张"
            en = f"no signed cost table, yet fees of {amount_text(told)} that the tape says were disclosed stay in the claim: check the "
            en += "evidence of it, or do not claim them"
            found.append(Finding("disclosed_without_table", "doubt", facts.row, Words(zh, en), rules.disclosure_basis))
        if twice := min(cap.reduction, undisclosed):
            found.append(_overlap(facts, undisclosed, twice))
    return tuple(found)


def _no_ceiling_known(facts: LoanFacts, rules: Rules) -> Finding:
    """The cap is the line for financial lending: a licensed lender's. For another kind no ceiling is taken as known."""
    kind = facts.lender_type or "-"
    zh = f"贷款人类型（{kind}）未载明为银行、消费金融公司或小额贷款公司，适用何种利率上限待律师确认；此处仍按 {rules.cap_basis} 计算"
    en = f"the lender's type ({kind}) is not bank, consumer finance or micro-loan: which ceiling applies is for counsel; computed by "
    en += rules.cap_basis
    return Finding("no_ceiling_known", "doubt", facts.row, Words(zh, en), "民间借贷规定 第一条第二款")


def _above_the_band(facts: LoanFacts, band: PenaltyBand) -> Finding:
    """The uplift of the contract passes that of an overdue loan: its figure is computed as agreed, and is for counsel."""
    uplift, most, least = facts.penalty_uplift, band.most, band.least
    zh = f"合同约定的罚息上浮 {uplift}%，超出逾期贷款 {least}%–{most}% 的幅度（挪用贷款至 {band.most_diverted}%），此处按约定计算；待律师确认"
    en = f"the contract raises the penalty rate by {uplift} %, outside the {least} % to {most} % for an overdue loan (up to "
    en += f"{band.most_diverted} % for one put to another use); computed as agreed, awaiting counsel"
    return Finding("uplift_outside_band", "doubt", facts.row, Words(zh, en), f"{band.basis}（{band.status}）")


def _schedule_differs(facts: LoanFacts, difference: Fen) -> Finding:
    paid_out, gap = amount_text(facts.disbursed_amount), amount_text(abs(difference))
    if difference > 0:
        zh = f"还款计划的本金合计比实际放款 {paid_out} 元多 {gap} 元，已从最后的期次中扣除"
        en = (
            f"the principal of the instalments exceeds the {paid_out} paid out by {gap}, taken off the last instalments"
        )
    else:
        zh = f"还款计划的本金合计比实际放款 {paid_out} 元少 {gap} 元，已计入最后一期"
        en = f"the principal of the instalments falls short of the {paid_out} paid out by {gap}, added to the last instalment"
    return Finding("schedule_differs", "doubt", facts.row, Words(zh, en), "民法典 第六百七十条")


def _acceleration(facts: LoanFacts, told: date) -> list[Finding]:
    """What the day told of the acceleration still lacks: a clause, proof of arrival, or arrival by that day (民法典 562, 565)."""
    if not facts.acceleration_clause:
        zh = f"按 {told} 提前到期计算，但合同未载明提前到期条款（待律师确认）"
        en = f"computed as accelerated on {told}, but the contract has no acceleration clause (awaiting counsel)"
    elif facts.notice is None:
        zh = f"按 {told} 提前到期计算；须以通知送达的证据证明该日，否则自起诉状副本送达时起算（待律师确认）"
        en = f"computed as accelerated on {told}; that day needs proof that the notice arrived, else it counts from service of the "
        en += "complaint (awaiting counsel)"
    elif facts.notice.on > told:
        zh = f"按 {told} 提前到期计算，但通知于 {facts.notice.on} 才到达（待律师确认）"
        en = f"computed as accelerated on {told}, but the notice arrived only on {facts.notice.on} (awaiting counsel)"
    else:
        return []
    code = "acceleration_before_arrival" if facts.acceleration_clause and facts.notice else "acceleration_unproved"
    return [Finding(code, "doubt", facts.row, Words(zh, en), "民法典 第五百六十二条第二款、第五百六十五条")]


def _nothing_left(facts: LoanFacts, told: date) -> Finding:
    zh = f"所称 {told} 提前到期时，各期均已到期，没有可提前到期的部分；本计算不受其影响"
    en = f"when it is said to have been accelerated, on {told}, every instalment was due: nothing was left to accelerate, and the account "
    en += "is as without it"
    return Finding("nothing_left_to_accelerate", "doubt", facts.row, Words(zh, en))


def _overlap(facts: LoanFacts, undisclosed: Fen, twice: Fen) -> Finding:
    fees, taken = amount_text(undisclosed), amount_text(twice)
    zh = f"未明示的费用 {fees} 元中有 {taken} 元已在上限减除之内，主张金额中只扣一次（减除先取未明示的费用；此读法待律师确认）"
    en = f"of the undisclosed fees of {fees}, {taken} are already in the cap's reduction and leave the claim only once (the reduction "
    en += "takes undisclosed fees first; this reading is for counsel)"
    return Finding("deductions_overlap", "doubt", facts.row, Words(zh, en))
