"""How the 24 % test came about, written out with its numbers: every period against its bound, and the life against its ceiling.

Worked out from a finished statement, only when it is printed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from legal_service.accounts.cap import DAYS_A_YEAR, Tested
from legal_service.accounts.line_names import line_name
from legal_service.accounts.statement import Line, Statement
from legal_service.accounts.sums import sums
from legal_service.errors import Words
from legal_service.money import Fen, amount_text, percent_text, rate_text


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days on which the principal outstanding was the same: the first day counts, the last does not."""

    from_on: date
    to_on: date
    principal: Fen

    @property
    def days(self) -> int:
        """How many."""
        return (self.to_on - self.from_on).days

    @property
    def product(self) -> int:
        """Principal × days, in fen."""
        return self.principal * self.days


def outstanding(statement: Statement) -> tuple[Stretch, ...]:
    """The principal outstanding from disbursement to the day of the statement; the products add up to `cap.principal_days`."""
    fallen: dict[date, Fen] = defaultdict(int)
    for entry in statement.postings:
        for part in entry.parts:
            if part.component == "principal":
                fallen[part.on] += part.amount
    left = statement.facts.disbursed_amount - fallen.pop(statement.facts.disbursed_on, 0)
    found = []
    for start, end in pairwise((statement.facts.disbursed_on, *sorted(fallen), statement.as_of)):
        found.append(Stretch(start, end, left))
        left -= fallen.get(end, 0)
    return tuple(one for one in found if one.product)


def cap_steps(statement: Statement) -> Iterator[Words]:
    """The test, step after step."""
    cap = statement.cap
    rate = rate_text(cap.rate)
    yield Words(
        f"六、上限测试（年 {percent_text(cap.rate)}%，{cap.basis}）",
        f"6. Cap test ({percent_text(cap.rate)} % a year, {cap.basis})",
    )
    for line, tested in zip((line for line in statement.lines if line.due), cap.tested, strict=True):
        yield _period(line, tested, rate)
    over = sum(bool(line.excess) for line in cap.tested)
    yield Words(
        f"  共测试 {len(cap.tested)} 期，其中 {over} 期超出；各期超出合计 {amount_text(cap.per_period_reduction)}",
        f"  {len(cap.tested)} lines tested, {over} of them over; per period, together {amount_text(cap.per_period_reduction)}",
    )
    yield from _ceiling(statement, rate)
    yield _charged(statement)
    charged, excess, ceiling = (amount_text(fen) for fen in (cap.charged, cap.per_period_reduction, cap.ceiling))
    life = f"max(0, {charged} − {excess} − {ceiling}) = {amount_text(cap.lifetime_reduction)}"
    yield Words(f"  全程超出 = {life}", f"  over the life = {life}")
    yield Words(
        f"  减除 {amount_text(cap.reduction)}（以未付的息费为限）；已付而超出上限 {amount_text(cap.paid_excess)}",
        f"  reduction {amount_text(cap.reduction)} (at most the unpaid charges); paid above the cap {amount_text(cap.paid_excess)}",
    )


def _ceiling(statement: Statement, rate: str) -> Iterator[Words]:
    cap = statement.cap
    yield Words(
        f"  全程上限 = Σ(未还本金 × 天数) × 年率 ÷ {DAYS_A_YEAR}，其中：",
        f"  ceiling over the life = Σ(principal outstanding × days) × rate / {DAYS_A_YEAR}, where:",
    )
    for one in outstanding(statement):
        product = f"{one.from_on} – {one.to_on}: {amount_text(one.principal)} × {one.days} = {amount_text(one.product)}"
        yield Words(f"    {product}", f"    {product}")
    daily = f"{amount_text(cap.principal_days)} × {rate} / {DAYS_A_YEAR} = {amount_text(cap.ceiling)}"
    yield Words(f"  全程上限 = {daily}", f"  ceiling over the life = {daily}")


def _charged(statement: Statement) -> Words:
    """What was charged over the life, by component, paid or not."""
    by_name = {one.component: amount_text(one.charged) for one in sums(statement)}
    interest, penalty, compound, fees = (by_name[name] for name in ("interest", "penalty", "compound", "fees"))
    charged = amount_text(statement.cap.charged)
    return Words(
        f"  全程计收 = 期内利息 {interest} + 罚息 {penalty} + 复利 {compound} + 费用 {fees} = {charged}",
        f"  charged over the life = interest {interest} + penalty {penalty} + compound {compound} + fees {fees} = {charged}",
    )


def _period(line: Line, tested: Tested, rate: str) -> Words:
    """One period beside its bounds, over them or within."""
    name = line_name(tested.instalment)
    share = "/ 12" if tested.days is None else f"× {tested.days} / {DAYS_A_YEAR}"
    bound = f"{amount_text(tested.base)} × {rate} {share} = {amount_text(tested.interest_bound)}"
    zh = f"  {name.zh}：期内利息 {amount_text(tested.interest)} 对 {bound}"
    en = f"  {name.en}: interest {amount_text(tested.interest)} against {bound}"
    if tested.default or tested.default_bound:
        late = f"{amount_text(line.penalty)} + {amount_text(line.compound)} = {amount_text(tested.default)}"
        items = " + ".join(
            f"{amount_text(one.base)} × {rate} × {one.days} / {DAYS_A_YEAR}" for one in line.penalty_segments
        )
        most = f"{items} = {amount_text(tested.default_bound)}" if items else "0.00"
        zh += f"；罚息加复利 {late} 对 {most}" + ("" if items else "（无逾期本金）")
        en += f"; penalty and compound {late} against {most}" + ("" if items else " (no overdue principal)")
    over = amount_text(tested.excess)
    return Words(
        f"{zh}；{f'超出 {over}' if tested.excess else '未超出'}",
        f"{en}; {f'over by {over}' if tested.excess else 'within'}",
    )
