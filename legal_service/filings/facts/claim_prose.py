"""The two free texts of the form: the claims (诉讼请求) and the facts and reasons (事实与理由), in a court's Chinese."""

from __future__ import annotations

from datetime import date, timedelta

from legal_service.accounts.cap import DAYS_A_YEAR
from legal_service.filings.facts import claim_basis, claim_rates
from legal_service.filings.facts.claim_amounts import Claimed, claimed, penalty_claimed, penalty_rate, runs_above_cap
from legal_service.filings.facts.claim_facts import ClaimFacts
from legal_service.filings.facts.claim_people import Person
from legal_service.law.figures import arabic_date
from legal_service.money import Fen, grouped, percent_text

METHODS = {
    "equal_instalment": "等额本息",
    "equal_principal": "等额本金",
    "bullet": "到期一次性还本付息",
    "monthly": "按月计息、到期一次性还本",
    "quarterly": "按季计息、到期一次性还本",
    "yearly": "按年计息、到期一次性还本",
}


def yuan(amount: Fen) -> str:
    """An amount as the text prints it.

    >>> yuan(1234567)
    '12,345.67元'
    """
    return f"{grouped(amount)}元"


def claims(facts: ClaimFacts) -> list[str]:
    """The claims, numbered 1, 2, …: remedy and principal, interest to the day of payment, fees, costs, guarantors, court fee."""
    amounts = claimed(facts.account)
    money = [
        text
        for text in (_principal(facts, amounts), _interest(facts, amounts), *_fees_and_costs(facts, amounts))
        if text
    ]
    first = [_termination(facts)] if facts.breach.remedy == "termination" else []
    span = _span(len(first) + 1, len(first) + len(money))
    rest = [_guarantor(facts, guarantor, span) for guarantor in facts.guarantors_sued if facts.liability_of(guarantor)]
    rest += [
        f"判令原告有权就{charge.provider}提供的{charge.thing}折价，或者以拍卖、变卖该财产所得的价款，在上述{span}债务范围内优先受偿"
        for charge in facts.charges
    ]
    rest += [claim.rstrip("；。") for claim in facts.other_claims]
    if facts.court_fee:
        every = "各被告共同" if facts.guarantors_sued else "被告"
        rest.append(f"本案案件受理费、保全费等诉讼费用由{every}负担")
    texts = [*first, *money, *rest]
    return [f"{number}. {text}{'；' if number < len(texts) else '。'}" for number, text in enumerate(texts, start=1)]


def _span(first: int, last: int) -> str:
    return f"第{first}项" if first == last else f"第{first}项至第{last}项"


def _borrower(facts: ClaimFacts) -> str:
    return f"被告{facts.borrower.name}"


def _contract(facts: ClaimFacts) -> str:
    return f"{claim_basis.titled(facts.contract.name)}（编号：{facts.contract.number}）"


def _termination(facts: ClaimFacts) -> str:
    made = f"原告与{_borrower(facts)}签订的{_contract(facts)}"
    ended = facts.breach.effective_on
    return f"确认{made}已于{arabic_date(ended.value)}解除" if ended else f"判令解除{made}"


def _principal(facts: ClaimFacts, amounts: Claimed) -> str:
    if not amounts.principal:
        return ""
    early = facts.breach.effective_on if facts.breach.remedy == "acceleration" else None
    called_in = f"确认{_contract(facts)}项下借款于{arabic_date(early.value)}提前到期，" if early else ""
    return f"{called_in}判令{_borrower(facts)}向原告偿还借款本金{yuan(amounts.principal)}"


def _interest(facts: ClaimFacts, amounts: Claimed) -> str:
    parts = [("期内利息", amounts.interest), ("罚息", amounts.penalty), ("复利", amounts.compound)]
    named = [f"{name}{yuan(amount)}" for name, amount in parts if amount]
    as_of = arabic_date(facts.account.as_of)
    text = f"判令{_borrower(facts)}向原告支付截至{as_of}的{'、'.join(named)}" if named else ""
    if len(named) > 1:
        text += f"，合计{yuan(amounts.all_interest)}"
    running = open_ended(facts, amounts)
    if not running:
        return text
    return f"{text}，并支付{running}" if text else f"判令{_borrower(facts)}向原告支付{running}"


def open_ended(facts: ClaimFacts, amounts: Claimed) -> str:
    """Penalty and compound from the day after the statement until payment, all charges together within the cap.

    The day of the statement is counted in the statement, so the claim runs from the next one; no day twice, none left out.
    Empty when no principal is due (the cap then leaves compound nothing either) or the plaintiff does not ask for it.
    """
    account, contract = facts.account, facts.contract
    bases = []
    if amounts.principal:
        bases.append(f"罚息（以未偿还的借款本金{yuan(amounts.principal)}为基数）")
    if amounts.principal and contract.compound and amounts.interest:
        bases.append(f"复利（以未支付的期内利息{yuan(amounts.interest)}为基数）")
    if not facts.until_paid or not bases:
        return ""
    start = arabic_date(account.as_of + timedelta(days=1))
    rate = percent_text(penalty_rate(contract))
    return (
        f"自{start}起至实际清偿之日止，按年利率{rate}%计算的{'及'.join(bases)}，且各项息费合计{_within(facts, amounts)}"
    )


def _within(facts: ClaimFacts, amounts: Claimed) -> str:
    """How the claim keeps within the cap: where it would run above it, with the base and the year that a court can count by."""
    cap = percent_text(facts.account.cap_rate)
    if not runs_above_cap(facts.account, facts.contract, amounts):
        return f"以年利率{cap}%为限"
    return f"以不超过年利率{cap}%为限（以未偿还的借款本金为基数，一年按{DAYS_A_YEAR}天计算）"


def _fees_and_costs(facts: ClaimFacts, amounts: Claimed) -> list[str]:
    texts = []
    if amounts.fees:
        texts.append(f"判令{_borrower(facts)}向原告支付合同约定的费用{yuan(amounts.fees)}")
    if facts.costs:
        total = f"，合计{yuan(amounts.costs)}" if len(facts.costs) > 1 else ""
        texts.append(f"判令{_borrower(facts)}承担原告为实现债权支出的{cost_items(facts)}{total}")
    return texts


def cost_items(facts: ClaimFacts) -> str:
    """The costs of realising the debt, one by one: 律师费5,000.00元、公证费200.00元."""
    return "、".join(f"{item.name}{yuan(item.amount.value)}" for item in facts.costs)


def _guarantor(facts: ClaimFacts, guarantor: Person, span: str) -> str:
    if facts.liability_of(guarantor) == "joint":
        return f"判令被告{guarantor.name}对上述{span}债务承担连带清偿责任"
    return (
        f"判令被告{guarantor.name}在{_borrower(facts)}的财产依法强制执行后仍不能履行上述{span}债务时，"
        "对不能履行的部分承担保证责任"
    )


def security_claimed(facts: ClaimFacts) -> str:
    """What is claimed from guarantors and out of charged things, for element 4 of the claims; empty when nothing is."""
    texts = {"joint": "承担连带清偿责任", "general": "在借款人的财产依法强制执行后仍不能履行的范围内承担保证责任"}
    found = []
    for guarantor in facts.guarantors_sued:
        liability = facts.liability_of(guarantor)
        if liability:
            found.append(f"被告{guarantor.name}对本案债务{texts[liability]}")
    found += [f"就{charge.provider}提供的{charge.thing}优先受偿" for charge in facts.charges]
    return "；".join(found)


def reasons(facts: ClaimFacts) -> list[str]:
    """Facts and reasons, paragraph by paragraph: contract, guarantee, disbursement, default, calling in, debt, law."""
    paragraphs = [
        _made(facts),
        *_guarantees(facts),
        _disbursed(facts),
        _default(facts),
        _remedy(facts),
        _owed(facts),
        _law(facts),
    ]
    return [paragraph for paragraph in paragraphs if paragraph]


def _on(day: date | None) -> str:
    return f"{arabic_date(day)}，" if day else ""


def _made(facts: ClaimFacts) -> str:
    contract = facts.contract
    terms = [
        f"借款金额{yuan(contract.agreed_amount.value)}",
        f"借款期限自{arabic_date(contract.starts_on.value)}起至{arabic_date(contract.ends_on.value)}止",
        f"借款年利率{claim_rates.annual_rate(facts)}",
        f"还款方式为{contract.method_text or METHODS.get(contract.method, '合同约定的方式')}",
    ]
    if penalty := claim_rates.penalty_term(facts):
        terms.append(penalty)
    if contract.compound:
        terms.append("对未按期支付的利息按罚息利率计收复利")
    return f"{_on(contract.signed_on)}原告与{_borrower(facts)}签订{_contract(facts)}，约定：{'，'.join(terms)}。"


def _guarantees(facts: ClaimFacts) -> list[str]:
    kinds = {
        "joint": "连带责任保证",
        "general": "一般保证",
        "unclear": "保证（保证方式约定不明，依法按一般保证承担责任）",
    }
    texts = []
    for guarantee in facts.guarantees:
        sued = "被告" if any(person.row == guarantee.row for person in facts.guarantors_sued) else "保证人"
        texts.append(
            f"{_on(guarantee.signed_on)}{sued}{guarantee.guarantor}为{_borrower(facts)}的上述债务向原告提供{kinds[guarantee.liability]}。"
        )
    return texts


def _disbursed(facts: ClaimFacts) -> str:
    contract = facts.contract
    text = (
        f"{arabic_date(contract.disbursed_on.value)}，原告向{_borrower(facts)}实际发放借款{yuan(contract.disbursed_amount.value)}，"
        "已依约履行出借义务。"
    )
    if contract.disbursed_amount.value < contract.agreed_amount.value:
        text += "本案以实际发放的金额为借款本金。"
    return text


def _default(facts: ClaimFacts) -> str:
    account = facts.account
    if account.overdue_since is None:
        return ""
    demands = "、".join(f"{arabic_date(demand.on.value)}以{demand.means}" for demand in facts.breach.demands)
    asked = f"原告于{demands}向其催告，其仍未清偿。" if demands else ""
    due = arabic_date(account.overdue_since.value - timedelta(days=1))
    return (
        f"{_borrower(facts)}未按约定足额偿还{due}到期的款项，自{arabic_date(account.overdue_since.value)}起逾期，"
        f"截至{arabic_date(account.as_of)}已逾期{account.days_past_due.value}天。{asked}"
    )


def _remedy(facts: ClaimFacts) -> str:
    breach = facts.breach
    if breach.remedy == "none":
        return ""
    clause = facts.contract.clauses.acceleration
    by = f"依据合同第{clause}条约定，" if clause else "依据合同约定，"
    what = "宣布借款提前到期" if breach.remedy == "acceleration" else "解除合同"
    if breach.effective_on is None:
        return f"{by}原告要求{what}。"
    reached = f"，通知已于{arabic_date(breach.notice_reached_on.value)}送达" if breach.notice_reached_on else ""
    return f"{by}原告于{arabic_date(breach.effective_on.value)}{what}{reached}。"


def _owed(facts: ClaimFacts) -> str:
    amounts = claimed(facts.account)
    parts = [
        ("借款本金", amounts.principal), ("期内利息", amounts.interest), ("罚息", amounts.penalty), ("复利", amounts.compound),
        ("合同约定的费用", amounts.fees), ("实现债权的费用", amounts.costs),
    ]  # fmt: skip
    owed = "、".join(f"{name}{yuan(amount)}" for name, amount in parts if amount)
    return f"截至{arabic_date(facts.account.as_of)}，{_borrower(facts)}尚欠原告{owed}，合计{yuan(amounts.total)}。"


def _law(facts: ClaimFacts) -> str:
    return f"综上，{_borrower(facts)}的行为已构成违约。原告依据{claim_basis.law(facts)}之规定提起诉讼，请求依法支持原告的诉讼请求。"


def calculation(facts: ClaimFacts) -> str:
    """How interest was worked out (计算方式): formula of each kind, rates, days, rounding, cap, and what runs on.

    The day a rate changes is the last one at the old penalty rate: overdue days leave out the first day and count the last.
    """
    account, contract = facts.account, facts.contract
    amounts = claimed(account)
    rates, days = claim_rates.penalty_rates(facts), contract.day_count
    rate = "同期罚息年利率" if contract.rates else f"年利率{rates}"
    parts = [f"期内利息按合同约定的年利率{claim_rates.annual_rate(facts)}逐期计算"]
    if penalty_claimed(facts):
        parts.append(f"罚息＝逾期本金×{rate}×逾期天数÷{days}")
    if contract.compound:
        parts.append(f"复利＝逾期未付的期内利息×{rate}×逾期天数÷{days}，罚息、复利不再计收复利")
    if penalty_claimed(facts) or contract.compound:
        parts += [f"罚息年利率为{rates}，自借款利率调整日的次日起适用"] if contract.rates else []
        parts.append("逾期天数自应还日的次日计至截止日（含当日）")
    parts.append("逐段计算，四舍五入至分")
    if running := open_ended(facts, amounts):
        parts.append(f"另请求支付{running}")
    else:
        parts.append(f"各项息费合计以年利率{percent_text(account.cap_rate)}%为限")
    return "；".join(parts) + "。"


def remarks(facts: ClaimFacts) -> list[str]:
    """What else the court should know: what the plaintiff left out of its own accord, then the remarks of the facts."""
    account, texts = facts.account, []
    if account.reduced.value:
        texts.append(
            f"原告已将超出年利率{percent_text(account.cap_rate)}%的息费{yuan(account.reduced.value)}自行调减，未计入本案请求。"
        )
    if account.undisclosed_fees.value:
        texts.append(f"未向借款人明示的费用{yuan(account.undisclosed_fees.value)}，本案不予主张。")
    return [*texts, *facts.remarks]
