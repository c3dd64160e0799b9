"""Double interest for delayed performance of a judgment (迟延履行利息解释, 法释〔2014〕8号).

The double part = unpaid money debt of the title, WITHOUT its general interest × 0.0175 % a day × days. Money that comes
in pays the debt of the title first and the double part last (article 4).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from legal_service.errors import Refusal, Words
from legal_service.law.parameters import Parameters
from legal_service.money import Fen, grouped, round_half_up

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Obligation:
    """One money obligation of the title: `due_on` the last day for performance, `base` what bears the double part."""

    due_on: date
    base: Fen
    general_interest: Fen


@dataclass(frozen=True, slots=True)
class Payment:
    """Money that came in on a day."""

    on: date
    amount: Fen


@dataclass(frozen=True, slots=True)
class Suspension:
    """Days that do not count (article 3 ¶3), both included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the sum, in order: a stretch of days on one base, or a payment."""

    on: date
    words: Words
    double_part: Fen
    basis: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """`double_part` is all that accrued, paid or not; the others are what is still unpaid at the end."""

    double_part: Fen
    unpaid_base: Fen
    unpaid_general_interest: Fen
    unpaid_double_part: Fen
    unapplied: Fen
    steps: tuple[Step, ...]

    @property
    def outstanding(self) -> Fen:
        return self.unpaid_base + self.unpaid_general_interest + self.unpaid_double_part


@dataclass(slots=True)
class _Running:
    """An obligation on its way: what is unpaid, and the day up to which its present base has been counted."""

    due_on: date
    base: Fen
    general_interest: Fen
    counted_to: date


@dataclass(slots=True)
class _Ledger:
    """The obligations, oldest first, the double part so far, and the steps that led here."""

    rate: Decimal
    basis: str
    order: str
    idle: list[Suspension]
    obligations: list[_Running]
    accrued: Fen = 0
    paid: Fen = 0
    unapplied: Fen = 0
    steps: list[Step] = field(default_factory=list)

    def close(self, each: _Running, on: date) -> None:
        """Count the days up to and including `on` on the present base, rounded once to the fen."""
        if each.base == 0 or on <= each.counted_to:
            return
        first = each.counted_to + DAY
        idle = sum(_overlap(first, on, pause) for pause in self.idle)
        days = (on - each.counted_to).days - idle
        exact = each.base * Fraction(self.rate) * days
        part = round_half_up(exact.numerator, exact.denominator)
        self.accrued += part
        each.counted_to = on
        percent = f"{(self.rate * 100).normalize():f}%"
        zh = f"{first} 至 {on}：{grouped(each.base)} 元 × {percent} × {days} 日 = {grouped(part)} 元"
        en = f"{first} to {on}: {grouped(each.base)} yuan × {percent} × {days} days = {grouped(part)} yuan"
        if idle:
            zh, en = f"{zh}（扣除不计入的 {idle} 日）", f"{en} ({idle} days not counted)"
        self.steps.append(Step(on, Words(zh=zh, en=en), part, self.basis))

    def pay(self, payment: Payment) -> None:
        """Debt of the title due by that day first, then the double part, then what is not yet due (article 4).

        Money that reaches the double part has paid every base due, so that all that has accrued is counted by then.
        """
        due = [each for each in self.obligations if each.due_on <= payment.on]
        undue = [each for each in self.obligations if each.due_on > payment.on]
        interest, left = _take_interest(due, payment.amount)
        base, left = self._take_base(due, left, payment.on)
        double = min(left, self.accrued - self.paid)
        self.paid += double
        early_interest, left = _take_interest(undue, left - double)
        early_base, left = self._take_base(undue, left, payment.on)
        self.unapplied += left
        interest, base = interest + early_interest, base + early_base
        zh = f"收到 {grouped(payment.amount)} 元：抵一般债务利息 {grouped(interest)}、其他金钱债务 {grouped(base)}、加倍部分 {grouped(double)}"
        en = f"{grouped(payment.amount)} yuan received: general interest {grouped(interest)}, base {grouped(base)}, double part {grouped(double)}"
        if left:
            zh, en = f"{zh}，余 {grouped(left)}", f"{en}, left over {grouped(left)}"
        self.steps.append(Step(payment.on, Words(zh=zh, en=en), 0, self.order))

    def _take_base(self, obligations: list[_Running], left: Fen, on: date) -> tuple[Fen, Fen]:
        """Reduce bases, oldest due first; only a base that is reduced closes its stretch of days."""
        applied = 0
        for each in obligations:
            part = min(left, each.base)
            if part:
                self.close(each, on)
                each.base -= part
            applied, left = applied + part, left - part
        return applied, left


def compute(
    obligations: Sequence[Obligation],
    payments: Sequence[Payment],
    law: Parameters,
    *,
    until: date,
    suspended: Sequence[Suspension] = (),
) -> Outcome:
    """The double part up to and including `until`; payments after it do not count.

    Days run from the day after the last day for performance to the day of payment, both included (payment − deadline).
    Within the debt of the title general interest is paid before the base (民法典 561), each oldest due first.
    Raises `Refusal` for a delay that began before 2014-08-01.
    """
    daily = law.on("delay_interest/daily_rate", until)
    for each in obligations:
        if law.on("delay_interest/daily_rate", each.due_on + DAY) != daily:
            raise Refusal(
                "rate_changed",
                Words(
                    zh="迟延期间内加倍利率有变动，须由律师分段核定。",
                    en="the rate changed during the delay; counsel must divide it",
                ),
                daily.basis,
            )
    ledger = _Ledger(
        rate=daily.value,
        basis=daily.basis,
        order=law.on("delay_interest/order", until).basis,
        idle=_merged(suspended),
        obligations=[
            _Running(each.due_on, each.base, each.general_interest, counted_to=each.due_on)
            for each in sorted(obligations, key=lambda each: each.due_on)
        ],
    )
    for payment in sorted(payments, key=lambda payment: payment.on):
        if payment.on <= until:
            ledger.pay(payment)
    for running in ledger.obligations:
        ledger.close(running, until)
    return Outcome(
        double_part=ledger.accrued,
        unpaid_base=sum(each.base for each in ledger.obligations),
        unpaid_general_interest=sum(each.general_interest for each in ledger.obligations),
        unpaid_double_part=ledger.accrued - ledger.paid,
        unapplied=ledger.unapplied,
        steps=tuple(ledger.steps),
    )


def _take_interest(obligations: list[_Running], left: Fen) -> tuple[Fen, Fen]:
    applied = 0
    for each in obligations:
        part = min(left, each.general_interest)
        each.general_interest -= part
        applied, left = applied + part, left - part
    return applied, left


def _overlap(first: date, last: date, pause: Suspension) -> int:
    return max(0, (min(last, pause.last) - max(first, pause.first)).days + 1)


def _merged(suspended: Sequence[Suspension]) -> list[Suspension]:
    """The suspensions without overlap, so that no day is left out twice. Raises `Refusal` on a reversed one."""
    merged: list[Suspension] = []
    for pause in sorted(suspended, key=lambda pause: pause.first):
        if pause.last < pause.first:
            raise Refusal(
                "reversed_span",
                Words(
                    zh=f"中止期间 {pause.first} 至 {pause.last} 起止颠倒。",
                    en=f"the suspension {pause.first} to {pause.last} is reversed",
                ),
                "迟延履行利息解释 第三条第三款",
            )
        if merged and pause.first <= merged[-1].last:
            merged[-1] = Suspension(merged[-1].first, max(merged[-1].last, pause.last))
        else:
            merged.append(pause)
    return merged
