"""The question `irr`: the all-in cost of a loan, from a payout and rows of payments, or from the terms of the loan and its fees."""

from __future__ import annotations

from typing import Any, cast

from legal_service.accounts import schedule
from legal_service.accounts.facts import LoanFacts, Method
from legal_service.accounts.irr import BASIS, STATUS, Cost, Flow, cost_of, loan_cost
from legal_service.errors import Language, Refusal
from legal_service.law.arguments import Given
from legal_service.money import amount_text, rate_text


def answer(given: Given) -> dict[str, Any]:
    """`{"monthly", "by_days", "received", "paid", "charges", "basis", "status"}`; raises `ArgumentError`, or `Refusal` `no_rate`.

    Either `flows` [{`on`,`amount`,`period`?}] after `net_payout` on `disbursed` (months between the days where no period is given),
    or the terms of `schedule` with `net_payout` and `fees` [{`on`,`amount`}]. `monthly` is the month's rate × 12, `by_days`
    compounds over 365 days.
    """
    net, on = given.amount("net_payout"), given.day("disbursed")
    if given.has("flows"):
        flows = []
        for row in given.rows("flows", required=True):
            paid_on = row.day("on")
            months = (paid_on.year - on.year) * 12 + paid_on.month - on.month
            period = row.whole("period", schedule.LONGEST) if row.has("period") else max(0, months)
            flows.append(Flow(paid_on, period, row.amount("amount")))
            row.finish()
        given.finish()
        return as_json(cost_of(net, on, flows))
    method = cast(Method, given.choice("method", schedule.METHODS))
    principal = given.amount("principal", amount_text(net))
    terms = schedule.Terms(
        principal=principal,
        annual_rate=given.rate("annual_rate"),
        months=1 if method == "bullet" and not given.has("months") else given.whole("months", schedule.LONGEST),
        method=method,
        disbursed_on=on,
        first_due_on=given.day("first_due"),
        day_count=int(given.choice("day_count", ("360", "365"), "360")),
    )
    fees = [(row.day("on"), row.amount("amount")) for row in given.rows("fees")]
    given.finish()
    rows = schedule.build(terms).rows
    due = [row.due_on for row in rows]
    flows = [Flow(row.due_on, row.number, row.principal + row.interest) for row in rows]
    flows += [
        Flow(day, 0 if day == on else min(1 + sum(one < day for one in due), len(due)), amount) for day, amount in fees
    ]
    return as_json(cost_of(net, on, flows))


def as_json(cost: Cost) -> dict[str, Any]:
    """A cost as the contract writes rates and amounts."""
    return {
        "monthly": rate_text(cost.monthly),
        "by_days": rate_text(cost.by_days),
        "received": amount_text(cost.received),
        "paid": amount_text(cost.paid),
        "charges": amount_text(cost.charges),
        "basis": BASIS,
        "status": STATUS,
    }


def of_loan(facts: LoanFacts, language: Language) -> dict[str, Any]:
    """The key `financing_cost` beside a statement: with all fees, and with the disclosed alone; or why there is none."""
    try:
        return {"all_fees": as_json(loan_cost(facts)), "disclosed_fees": as_json(loan_cost(facts, undisclosed=False))}
    except Refusal as refusal:
        return {"refusal": refusal.as_json(language)}
