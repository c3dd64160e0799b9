"""How contract interest and the equal instalment follow from the terms, written out with their numbers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from legal_service.accounts.facts import LoanFacts
from legal_service.accounts.instalments import Period, plan, rates_of
from legal_service.accounts.schedule import level_payment, rate_on
from legal_service.errors import Words
from legal_service.money import MICRO, Fen, Micro, amount_text, rate_text, round_half_up


def interest_formula(facts: LoanFacts, period: Period) -> Words:
    """How the interest of a period follows: from the tape's schedule, from base, rate and a month or days, or rate by rate."""
    if period.number is not None and facts.instalments:
        return Words("（依数据带所载还款计划）", " (as the schedule on the tape has it)")
    base, rates = amount_text(period.base), rates_of(facts)
    if period.regular:
        formula = f" = {base} × {rate_text(rate_on(period.opened_on, facts.annual_rate, rates))} / 12"
        return Words(formula, formula)
    parts = list(_stretches(facts, period))
    if len(parts) == 1:
        _, _, days, rate, _ = parts[0]
        formula = f" = {base} × {rate_text(rate)} × {days} / {facts.day_count}"
        return Words(formula, formula)
    said = "; ".join(
        f"{start} – {end}: {base} × {rate_text(rate)} × {days} / {facts.day_count} = {amount_text(fen)}"
        for start, end, days, rate, fen in parts
    )
    sums = f"{' + '.join(amount_text(fen) for *_, fen in parts)} = {amount_text(sum(fen for *_, fen in parts))}"
    return Words(
        f"（{base} 按分段利率逐段计算：{said.replace('; ', '；')}；合计 {sums}）",
        f" ({base} at the dated rates, part by part: {said}; together {sums})",
    )


def _stretches(facts: LoanFacts, period: Period) -> Iterator[tuple[date, date, int, Micro, Fen]]:
    """(from, to, days, rate, interest) of a period counted by days, one for each rate that rules in it."""
    rates = rates_of(facts)
    cuts = [on for on, _ in rates if period.opened_on < on < period.due_on]
    for start, end in pairwise((period.opened_on, *cuts, period.due_on)):
        days, rate = (end - start).days, rate_on(start, facts.annual_rate, rates)
        yield start, end, days, rate, round_half_up(period.base * rate * days, MICRO * facts.day_count)


def payments(facts: LoanFacts) -> Iterator[Words]:
    """The equal instalment, and again after each dated rate, where the schedule is computed from the terms."""
    if facts.instalments or facts.method != "equal_instalment":
        return
    yield Words(
        "  等额本息：每期应还 M = P·r·(1+r)^n / ((1+r)^n − 1)，r = 年利率 ÷ 12；每期本金 = M − 当期利息，末期还清余额",
        "  equal instalments: each M = P·r·(1+r)^n / ((1+r)^n − 1), r = yearly rate / 12; principal = M − the period's interest, the "
        "last one pays what is left",
    )
    periods, ruling = plan(facts).periods, -1
    for at, period in enumerate(periods):
        rate = rate_on(period.opened_on, facts.annual_rate, rates_of(facts))
        if rate == ruling:
            continue
        ruling, left = rate, len(periods) - at
        base, paid = amount_text(period.base), amount_text(level_payment(period.base, rate, left))
        monthly = f"{rate_text(rate)}/12"
        grown = f"(1 + {monthly})^{left}"
        formula = f"{base} × {monthly} × {grown} / ({grown} − 1) = {paid}" if rate else f"{base} / {left} = {paid}"
        yield Words(f"  自第 {period.number} 期起 M = {formula}", f"  from instalment {period.number} on M = {formula}")
