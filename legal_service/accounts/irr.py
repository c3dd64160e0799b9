"""The all-in cost of a loan (综合融资成本) as the internal rate of its flows: what was received against all that is to be paid.

Two figures, both stated: by monthly periods, the month's rate × 12; and by days, compounded over 365. One payout and later
payments have exactly one rate; it is found by bisection on the discount factor in decimals, so the same flows give the same
digits everywhere. Source: 中国人民银行公告〔2021〕第3号 (from memory, awaiting counsel: law.md 3.1); law.md 3.1 (b).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, localcontext

from legal_service.accounts.facts import LoanFacts
from legal_service.accounts.instalments import plan
from legal_service.errors import Refusal, Words
from legal_service.law.parameters import Status
from legal_service.money import MICRO, Fen, Micro

BASIS = "中国人民银行公告〔2021〕第3号"
STATUS: Status = "awaiting_counsel"
DAYS_A_YEAR = 365
MONTHS_A_YEAR = 12
_DIGITS = 40
_WIDTH = Decimal(10) ** -24
_LARGEST = Decimal(2) ** 20


@dataclass(frozen=True, slots=True)
class Flow:
    """Money that the borrower pays on a day; `period` is the month it counts in (0: on disbursement)."""

    on: date
    period: int
    amount: Fen


@dataclass(frozen=True, slots=True)
class Cost:
    """The two yearly rates in millionths, and what is paid beyond the money received."""

    monthly: Micro
    by_days: Micro
    received: Fen
    paid: Fen

    @property
    def charges(self) -> Fen:
        """All that is paid beyond the money received."""
        return self.paid - self.received


def cost_of(received: Fen, received_on: date, flows: Sequence[Flow]) -> Cost:
    """The cost of one payout and the payments after it. Refuses `no_rate` where no rate follows.

    >>> twelve = [Flow(date(2026, 2, 1), 1, 10_100)]
    >>> cost_of(10_000, date(2026, 1, 1), twelve).monthly
    120000
    """
    net = received - sum(flow.amount for flow in flows if flow.on == received_on)
    later = [flow for flow in flows if flow.on > received_on]
    if net <= 0 or not later or any(flow.amount < 0 or flow.on < received_on or flow.period < 0 for flow in flows):
        raise _no_rate(
            "净放款须大于零，其后至少有一笔还款", "the net payout must be above zero, with a payment after it"
        )
    months = [(flow.period, flow.amount) for flow in flows if flow.period]
    upfront = received - sum(flow.amount for flow in flows if not flow.period)
    if upfront <= 0 or not months:
        raise _no_rate("按月计算时净放款须大于零", "by months the net payout must be above zero")
    days = [((flow.on - received_on).days, flow.amount) for flow in later]
    with localcontext() as context:
        context.prec = _DIGITS
        monthly = (1 / _factor(upfront, months) - 1) * MONTHS_A_YEAR
        by_days = (1 / _factor(net, days)) ** DAYS_A_YEAR - 1
        return Cost(_micro(monthly), _micro(by_days), received, sum(flow.amount for flow in flows))


def loan_flows(facts: LoanFacts, *, undisclosed: bool = True) -> list[Flow]:
    """What the contract makes the borrower pay: every instalment as scheduled with its fee, and the fees booked by the lender.

    A fee counts in the month of the next due day; costs of realising the debt are no cost of the loan. `undisclosed` adds
    the fees that the borrower was not told of.
    """
    periods = plan(facts).periods
    flows = [
        Flow(period.due_on, number, period.principal + period.interest + period.fee)
        for number, period in enumerate(periods, start=1)
    ]
    for posting in facts.postings:
        counted = posting.kind == "charge" and posting.component != "legal_cost" and (posting.disclosed or undisclosed)
        if counted and posting.on >= facts.disbursed_on:
            flows.append(
                Flow(
                    posting.on, _period(posting.on, facts.disbursed_on, [one.due_on for one in periods]), posting.amount
                )
            )
    return flows


def loan_cost(facts: LoanFacts, *, undisclosed: bool = True) -> Cost:
    """The all-in cost of a loan by its contract. Refuses `no_rate` where no rate follows."""
    return cost_of(facts.disbursed_amount, facts.disbursed_on, loan_flows(facts, undisclosed=undisclosed))


def cost_or_none(facts: LoanFacts, *, undisclosed: bool = True) -> Cost | None:
    """The all-in cost of a loan; None where no rate follows."""
    try:
        return loan_cost(facts, undisclosed=undisclosed)
    except Refusal:
        return None


def _period(on: date, disbursed_on: date, due: list[date]) -> int:
    if on == disbursed_on:
        return 0
    return min(1 + sum(day < on for day in due), len(due))


def _factor(received: Fen, payments: Iterable[tuple[int, Fen]]) -> Decimal:
    """The discount factor of one period at which the payments are worth what was received; the worth rises with the factor."""
    flows = [(step, amount) for step, amount in payments if amount]

    def worth(factor: Decimal) -> Decimal:
        return sum((amount * factor**step for step, amount in flows), Decimal(0))

    low, high = Decimal(0), Decimal(1)
    while worth(high) < received:
        low, high = high, high * 2
        if high > _LARGEST:
            raise _no_rate("还款远少于放款，利率无解", "the payments fall so short that no rate follows")
    while high - low > _WIDTH:
        middle = (low + high) / 2
        low, high = (middle, high) if worth(middle) < received else (low, middle)
    return (low + high) / 2


def _micro(rate: Decimal) -> Micro:
    return int((rate * MICRO).quantize(Decimal(1), ROUND_HALF_UP))


def _no_rate(zh: str, en: str) -> Refusal:
    return Refusal("no_rate", Words(zh=f"无法计算综合融资成本：{zh}", en=f"no all-in cost follows: {en}"), BASIS)
