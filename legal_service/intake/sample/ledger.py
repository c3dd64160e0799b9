"""How an invented borrower pays: on the day, early, late, in part, by direct debit that bounces; and how payment stops."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from legal_service.accounts.instalments import Period
from legal_service.intake.sample import institution
from legal_service.intake.sample.account import Account
from legal_service.intake.sample.arrears import Arrears
from legal_service.intake.sample.draw import happens, one_of, weighted
from legal_service.intake.sample.fates import Fate
from legal_service.intake.sample.loans import Loan
from legal_service.intake.sample.postings import Charge, Episode, Ledger, Repayment, Waiver

CHANNELS = ("手机银行转账", "微信支付", "支付宝", "网上银行转账")
DEBIT = "银行代扣"


def draw_ledger(chance: Random, loan: Loan, unpaid: int, fate: Fate, as_of: date, *, exemplary: bool) -> Ledger:
    """The ledger of a loan until the business date; `unpaid` is the number of the first instalment left open (0: none)."""
    payer = _Payer(chance, loan, as_of)
    payer.fees()
    paid = [period for period in payer.periods if period.due_on <= as_of]
    if unpaid:
        paid = paid[: unpaid - 1]
    elif paid and paid[-1].due_on == as_of and happens(chance, 50):
        paid.pop()
    temper = "prompt" if exemplary else weighted(chance, {"prompt": 62, "late": 30, "own": 8})
    for place, period in enumerate(paid, 1):
        payer.pay(period, temper, may_prepay=not unpaid or place < len(paid) - 2)
    if not unpaid:
        return payer.ledger(Arrears())
    missed = payer.periods[unpaid - 1]
    arrears = Arrears.draw(chance, loan, missed, payer.periods[-1].due_on, as_of, exemplary=exemplary)
    payer.in_arrears(missed, exemplary=exemplary)
    payer.costs(arrears, exemplary=exemplary)
    return payer.ledger(arrears.with_compensation(payer.account.owed(as_of)), missed.due_on)


class _Payer:
    """Books one loan's postings in the order of their days."""

    def __init__(self, chance: Random, loan: Loan, as_of: date) -> None:
        self._chance = chance
        self._loan = loan
        self._as_of = as_of
        self._last = loan.disbursed_on
        self._repayments: list[Repayment] = []
        self._charges: list[Charge] = []
        self._waivers: list[Waiver] = []
        self._episodes: list[Episode] = []
        self.periods: tuple[Period, ...] = loan.periods()
        self.account = Account(loan.facts())

    def fees(self) -> None:
        """What is charged besides interest, with the first instalment: to whom, and whether it was disclosed."""
        on = self.periods[0].due_on
        if on > self._as_of:
            return
        for kind, percent, taker, permille in (
            ("service_fee", 9, institution.SERVICER, 15),
            ("insurance", 5, institution.INSURER, 12),
            ("guarantee_fee", 3, institution.GUARANTEE_COMPANY, 20),
        ):
            if happens(self._chance, percent):
                amount = self._loan.paid_out * permille // 1000
                self._charge(Charge(on, kind, amount, self._reference("FY", on), taker, happens(self._chance, 80)))

    def pay(self, period: Period, temper: str, *, may_prepay: bool) -> None:
        """Pay one instalment, and whatever is due besides, by the business date; some pay two more ahead."""
        chance, due = self._chance, period.due_on
        late = self._delay(temper)
        on = max(self._last, min(due + timedelta(days=late), self._as_of))
        if on < due:
            if (missing := self._sum(period) - self.account.credit(on)) > 0:
                self._repay(on, missing, one_of(chance, CHANNELS), "payment")
            return
        if late == 0 and happens(chance, 1.6):
            on = self._bounced(due, self._sum(period), on)
        if on > due:
            self._episodes.append(Episode(due, on))
            if (on - due).days >= 6 and happens(chance, 9):
                self._let_off(on - timedelta(days=1))
        owed = self.account.owed(on)
        if not owed:
            return
        if on == due and may_prepay and happens(chance, 0.8):
            owed += 2 * self._sum(period)
            self._repay(on, owed, one_of(chance, CHANNELS), "payment")
            return
        debit = temper != "own" and on == due
        self._repay(on, owed, DEBIT if debit else one_of(chance, CHANNELS), "deduction" if debit else "payment")

    def in_arrears(self, missed: Period, *, exemplary: bool) -> None:
        """Part payments after payment has stopped: too little to make good the oldest instalment."""
        chance, days = self._chance, (self._as_of - missed.due_on).days
        left = missed.principal * 8 // 10 if missed.principal else missed.interest // 2
        times = 1 if exemplary else weighted(chance, {0: 55, 1: 25, 2: 14, 3: 6})
        if days < 8:
            return
        for after in sorted(chance.sample(range(4, days), min(times, days - 4))):
            on = missed.due_on + timedelta(days=after)
            amount = min(left, chance.randrange(1, 8) * 10_000)
            if on <= self._last or amount < 5_000:
                continue
            left -= amount
            if not exemplary and happens(chance, 8) and on + timedelta(days=2) <= self._as_of:
                self._bounced(on, amount, on)
                continue
            designated = "principal,interest,costs" if not exemplary and happens(chance, 4) else ""
            self._repay(on, amount, one_of(chance, CHANNELS), "payment", designated)

    def costs(self, arrears: Arrears, *, exemplary: bool) -> None:
        """A lawyer's fee for realising the debt, for some that were accelerated."""
        start = arrears.accelerated_on
        if exemplary or start is None or not happens(self._chance, 30):
            return
        on = max(self._last, start + timedelta(days=self._chance.randrange(10, 40)))
        if on <= self._as_of:
            amount = self._chance.randrange(15, 50) * 10_000
            self._charge(Charge(on, "legal_cost", amount, self._reference("FY", on), institution.LAW_FIRM, True))

    def ledger(self, arrears: Arrears, open_since: date | None = None) -> Ledger:
        """All of it."""
        if open_since is not None:
            self._episodes.append(Episode(open_since, None))
        return Ledger(
            tuple(self._repayments),
            tuple(self._charges),
            tuple(self._waivers),
            tuple(self._episodes),
            arrears.accelerated_on,
            arrears.compensated_on,
            arrears.compensated_amount,
        )

    def _delay(self, temper: str) -> int:
        chance = self._chance
        if temper == "own":
            return weighted(chance, {-3: 15, -2: 20, -1: 25, 0: 30, 2: 6, 4: 4})
        if temper == "late" and happens(chance, 28):
            return 1 + round(chance.expovariate(0.16)) % 24
        return 0

    def _bounced(self, on: date, amount: int, otherwise: date) -> date:
        """A direct debit that is undone the next day; answers the day on which the borrower pays after all."""
        again = on + timedelta(days=self._chance.randrange(2, 6))
        if again > self._as_of:
            return otherwise
        first = Repayment(on, amount, self._reference("HK", on), DEBIT, "deduction")
        self._repayments.append(first)
        undone = on + timedelta(days=1)
        self._repayments.append(
            Repayment(undone, amount, self._reference("CZ", undone), DEBIT, "reversal", first.reference)
        )
        self._last = undone
        return again

    def _let_off(self, on: date) -> None:
        amount = self.account.penalty(on)
        if amount:
            approver = one_of(self._chance, institution.APPROVERS)
            waiver = Waiver(on, "penalty", amount, self._reference("JM", on), approver)
            self._waivers.append(waiver)
            self.account.post(waiver.fact())

    def _repay(self, on: date, amount: int, channel: str, kind: str, designated: str = "") -> None:
        repayment = Repayment(
            on,
            amount,
            self._reference("HK", on),
            channel,
            "deduction" if kind == "deduction" else "payment",
            designated=designated,
        )
        self._repayments.append(repayment)
        self.account.post(repayment.fact())
        self._last = on

    def _charge(self, charge: Charge) -> None:
        self._charges.append(charge)
        self.account.post(charge.fact())
        self._last = max(self._last, charge.on)

    def _reference(self, prefix: str, on: date) -> str:
        count = len(self._repayments) + len(self._charges) + len(self._waivers) + 1
        return f"{prefix}{on:%Y%m%d}{count:04d}"

    def _sum(self, period: Period) -> int:
        return period.principal + period.interest + period.fee
