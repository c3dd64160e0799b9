"""The 24 % test (综合融资成本上限): what interest, penalty, compound and fees together exceed, per period and over the life.

No text fixes the method. Per period: a regular month's scheduled interest against base × rate / 12; other periods by days / 365;
penalty plus compound of a line against rate × unpaid principal × days / 365 over its penalty segments. Over the life: all that
was charged against rate × principal outstanding × days / 365. 365 gives the smaller ceiling, also where the contract counts 360.
Source: contract.md section 4; 法发〔2017〕22号 第二条 (awaiting counsel: law.md 3.1); costs of realising the debt stay outside.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from legal_service.accounts.instalments import Period
from legal_service.accounts.interest import Segment
from legal_service.accounts.rules import Rules
from legal_service.money import MICRO, Fen, Micro, round_half_up

DAYS_A_YEAR = 365


@dataclass(frozen=True, slots=True)
class Tested:
    """One due line under the test: what was charged, the bound, what exceeds it (interest, and penalty plus compound)."""

    instalment: int | None
    due_on: date
    base: Fen
    days: int | None
    interest: Fen
    interest_bound: Fen
    default: Fen
    default_bound: Fen

    @property
    def excess(self) -> Fen:
        """What both parts exceed their bounds by, added."""
        return max(0, self.interest - self.interest_bound) + max(0, self.default - self.default_bound)


@dataclass(frozen=True, slots=True)
class Unpaid:
    """The charges unpaid at the business date, from which a reduction can be taken."""

    interest: Fen = 0
    penalty: Fen = 0
    compound: Fen = 0
    fees: Fen = 0

    @property
    def total(self) -> Fen:
        """All of them."""
        return self.interest + self.penalty + self.compound + self.fees

    def less(self, reduction: Fen) -> Unpaid:
        """What is left after a reduction, taken from fees, then compound, penalty, contract interest.

        >>> Unpaid(interest=100, penalty=50, compound=5, fees=20).less(60)
        Unpaid(interest=100, penalty=15, compound=0, fees=0)
        """
        fees = min(self.fees, reduction)
        compound = min(self.compound, reduction - fees)
        penalty = min(self.penalty, reduction - fees - compound)
        interest = min(self.interest, reduction - fees - compound - penalty)
        return Unpaid(self.interest - interest, self.penalty - penalty, self.compound - compound, self.fees - fees)

    def less_both(self, reduction: Fen, undisclosed: Fen) -> Unpaid:
        """What may be claimed: less a reduction, and less the undisclosed part of the fees as far as the reduction left it there.

        Among the fees the reduction takes the undisclosed ones first, so that none is deducted twice (decision 0022).

        >>> Unpaid(interest=100, fees=90).less_both(80, 90), Unpaid(interest=100, fees=90).less_both(95, 50)
        (Unpaid(interest=100, penalty=0, compound=0, fees=0), Unpaid(interest=95, penalty=0, compound=0, fees=0))
        """
        disclosed = Unpaid(self.interest, self.penalty, self.compound, self.fees - undisclosed)
        return disclosed.less(max(0, reduction - undisclosed))


@dataclass(frozen=True, slots=True)
class CapTest:
    """The result: both parts uncapped, the reduction, and what was paid above the cap and so cannot be reduced any more."""

    rate: Micro
    basis: str
    ceiling: Fen
    charged: Fen
    per_period_reduction: Fen
    lifetime_reduction: Fen
    reduction: Fen
    paid_excess: Fen
    principal_days: int
    tested: tuple[Tested, ...]


def interest_bound(period: Period, rate: Micro) -> Fen:
    """The most contract interest that a period bears under the cap.

    >>> month = Period(1, date(2026, 2, 15), 0, 0, 0, 1_000_000, date(2026, 1, 15), True, ())
    >>> interest_bound(month, 240_000)
    20000
    """
    if period.regular:
        return round_half_up(period.base * rate, 12 * MICRO)
    days = (period.due_on - period.opened_on).days
    return round_half_up(period.base * rate * days, MICRO * DAYS_A_YEAR)


def default_bound(penalty_segments: Iterable[Segment], rate: Micro) -> Fen:
    """The most penalty and compound together that a line bears under the cap: nothing where no principal was overdue."""
    return sum(round_half_up(segment.base * rate * segment.days, MICRO * DAYS_A_YEAR) for segment in penalty_segments)


def examine(period: Period, penalty: Fen, compound: Fen, penalty_segments: Iterable[Segment], rate: Micro) -> Tested:
    """One due line under the test."""
    return Tested(
        instalment=period.number,
        due_on=period.due_on,
        base=period.base,
        days=None if period.regular else (period.due_on - period.opened_on).days,
        interest=period.interest,
        interest_bound=interest_bound(period, rate),
        default=penalty + compound,
        default_bound=default_bound(penalty_segments, rate),
    )


def cap_test(lines: tuple[Tested, ...], *, fees: Fen, principal_days: int, unpaid: Unpaid, rules: Rules) -> CapTest:
    """The whole test. `fees` is all that was charged in fees, `principal_days` the sum of principal outstanding × days.

    >>> rules = Rules(240_000, "法发〔2017〕22号 第二条")
    >>> test = cap_test((), fees=10_000, principal_days=1_000_000 * 10, unpaid=Unpaid(fees=10_000), rules=rules)
    >>> test.ceiling, test.lifetime_reduction, test.reduction
    (6575, 3425, 3425)
    """
    per_period = sum(line.excess for line in lines)
    charged = sum(line.interest + line.default for line in lines) + fees
    ceiling = round_half_up(principal_days * rules.cap_rate, MICRO * DAYS_A_YEAR)
    lifetime = max(0, charged - per_period - ceiling)
    reduction = min(per_period + lifetime, unpaid.total)
    return CapTest(
        rate=rules.cap_rate,
        basis=rules.cap_basis,
        ceiling=ceiling,
        charged=charged,
        per_period_reduction=per_period,
        lifetime_reduction=lifetime,
        reduction=reduction,
        paid_excess=per_period + lifetime - reduction,
        principal_days=principal_days,
        tested=lines,
    )
