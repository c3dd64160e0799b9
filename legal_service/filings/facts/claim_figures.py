"""What every number printed on the statement of claim rests on: one `Figure` per number and element of the form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

from legal_service.accounts.cap import DAYS_A_YEAR
from legal_service.filings.facts import claim_rates
from legal_service.filings.facts.claim_amounts import Claimed, claimed, raised, runs_above_cap
from legal_service.filings.facts.claim_facts import ClaimFacts, Stated
from legal_service.law.figures import arabic_date, capitals
from legal_service.money import grouped, percent_text


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as printed: what it is, the text on the page, the rows it rests on, the element of the form it stands in."""

    label: str
    text: str
    sources: tuple[str, ...]
    element: str

    def as_json(self) -> dict[str, Any]:
        """The shape kept with the revision and in `provenance.jsonl`."""
        return {**asdict(self), "sources": list(self.sources)}


def figures(facts: ClaimFacts) -> list[Figure]:
    """The provenance of all amounts, rates, day counts and dates of the ledger, in the order of the form."""
    amounts = claimed(facts.account)
    found = [*_claims(facts, amounts), *_terms(facts), *_performance(facts), *_left_out(facts)]
    return [figure for figure in found if figure.text]


def _together(*parts: Stated[Any]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(source for part in parts for source in part.sources))


def _claims(facts: ClaimFacts, amounts: Claimed) -> Iterator[Figure]:
    account = facts.account
    interest = _together(account.interest, account.penalty, account.compound)
    yield Figure("截至日", arabic_date(account.as_of), (account.row,), "诉讼请求1")
    yield Figure("尚欠本金", grouped(amounts.principal), account.principal.sources, "诉讼请求1")
    yield Figure("欠利息合计", grouped(amounts.all_interest), interest, "诉讼请求2")
    yield Figure("期内利息", grouped(amounts.interest), account.interest.sources, "诉讼请求2")
    yield Figure("复利", grouped(amounts.compound), account.compound.sources, "诉讼请求2")
    yield Figure("罚息", grouped(amounts.penalty), account.penalty.sources, "诉讼请求2")
    if facts.until_paid:
        yield Figure("续计起始日", arabic_date(account.as_of + timedelta(days=1)), (account.row,), "诉讼请求2")
    yield Figure("息费合计上限年利率", percent_text(account.cap_rate), (account.row,), "诉讼请求2")
    if facts.until_paid and runs_above_cap(account, facts.contract, amounts):
        yield Figure("上限一年天数", f"{DAYS_A_YEAR}天", (account.row,), "诉讼请求2")
    if facts.breach.effective_on:
        yield Figure(
            "提前到期或解除日",
            arabic_date(facts.breach.effective_on.value),
            facts.breach.effective_on.sources,
            "诉讼请求3",
        )
    for item in facts.costs:
        yield Figure(item.name, grouped(item.amount.value), item.amount.sources, "诉讼请求5")
    if facts.costs:
        yield Figure("实现债权的费用合计", grouped(amounts.costs), account.costs.sources, "诉讼请求5")
    if amounts.fees:
        yield Figure("合同约定的费用", grouped(amounts.fees), account.fees.sources, "诉讼请求7")
    sources = account.claim_total.sources
    yield Figure("标的总额", grouped(amounts.total), sources, "诉讼请求8")
    yield Figure("标的总额（大写）", capitals(amounts.total), sources, "诉讼请求8")


def _terms(facts: ClaimFacts) -> Iterator[Figure]:
    contract = facts.contract
    yield Figure("约定借款金额", grouped(contract.agreed_amount.value), contract.agreed_amount.sources, "事实与理由3")
    yield Figure(
        "实际发放金额", grouped(contract.disbursed_amount.value), contract.disbursed_amount.sources, "事实与理由3"
    )
    yield Figure("借款起始日", arabic_date(contract.starts_on.value), contract.starts_on.sources, "事实与理由4")
    yield Figure("借款到期日", arabic_date(contract.ends_on.value), contract.ends_on.sources, "事实与理由4")
    yield Figure("借款年利率", percent_text(contract.annual_rate.value), contract.annual_rate.sources, "事实与理由5")
    yield from _changes(facts)
    uplift = contract.penalty_uplift
    if uplift.value:
        yield Figure("逾期上浮", str(uplift.value), uplift.sources, "事实与理由5")
    if claim_rates.penalty_term(facts):
        rate = percent_text(raised(contract.annual_rate.value, uplift.value))
        yield Figure("罚息年利率", rate, _together(contract.annual_rate, uplift), "事实与理由5")
    yield Figure("计息基础", str(contract.day_count), (contract.row,), "诉讼请求2")
    yield Figure("放款日", arabic_date(contract.disbursed_on.value), contract.disbursed_on.sources, "事实与理由6")
    yield Figure("放款金额", grouped(contract.disbursed_amount.value), contract.disbursed_amount.sources, "事实与理由6")


def _changes(facts: ClaimFacts) -> Iterator[Figure]:
    """The dated rates as far as they are written out; else the one in force, the others stand in the worksheet."""
    contract, element = facts.contract, "事实与理由5"
    penalty = bool(claim_rates.penalty_term(facts))
    for change in contract.rates if claim_rates.written_out(contract) else contract.rates[-1:]:
        if claim_rates.written_out(contract):
            yield Figure("利率调整日", arabic_date(change.from_on), change.rate.sources, element)
        yield Figure("调整后的借款年利率", percent_text(change.rate.value), change.rate.sources, element)
        if penalty:
            rate = percent_text(raised(change.rate.value, contract.penalty_uplift.value))
            yield Figure("调整后的罚息年利率", rate, _together(change.rate, contract.penalty_uplift), element)


def _performance(facts: ClaimFacts) -> Iterator[Figure]:
    account, breach = facts.account, facts.breach
    yield Figure("已还本金", grouped(account.principal_paid.value), account.principal_paid.sources, "事实与理由8")
    yield Figure("已还利息", grouped(account.interest_paid.value), account.interest_paid.sources, "事实与理由8")
    if account.interest_paid_until:
        yield Figure(
            "还息至", arabic_date(account.interest_paid_until.value), account.interest_paid_until.sources, "事实与理由8"
        )
    if account.overdue_since:
        due = arabic_date(account.overdue_since.value - timedelta(days=1))
        yield Figure("最早未清偿款项的到期日", due, account.overdue_since.sources, "事实与理由")
        yield Figure(
            "逾期起始日", arabic_date(account.overdue_since.value), account.overdue_since.sources, "事实与理由9"
        )
        yield Figure("逾期天数", f"{account.days_past_due.value}天", account.days_past_due.sources, "事实与理由9")
    for demand in breach.demands:
        yield Figure(f"催告日（{demand.means}）", arabic_date(demand.on.value), demand.on.sources, "事实与理由")
    if breach.notice_reached_on:
        yield Figure(
            "通知送达日", arabic_date(breach.notice_reached_on.value), breach.notice_reached_on.sources, "事实与理由"
        )
    for charge in facts.charges:
        if charge.limit:
            yield Figure("担保额度", grouped(charge.limit.value), charge.limit.sources, "事实与理由12")


def _left_out(facts: ClaimFacts) -> Iterator[Figure]:
    account = facts.account
    if account.reduced.value:
        yield Figure("自行调减的息费", grouped(account.reduced.value), account.reduced.sources, "事实与理由18")
    if account.undisclosed_fees.value:
        unclaimed = account.undisclosed_fees
        yield Figure("不予主张的费用", grouped(unclaimed.value), unclaimed.sources, "事实与理由18")
