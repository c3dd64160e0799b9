"""What exactly is claimed, element by element, adding up to the claim total of the statement of account; and the penalty rate."""

from __future__ import annotations

from dataclasses import dataclass

from legal_service.accounts.cap import DAYS_A_YEAR
from legal_service.errors import Refusal, Words
from legal_service.filings.facts.claim_facts import Account, ClaimFacts, Contract
from legal_service.money import Fen, Micro, amount_text, round_half_up


@dataclass(frozen=True, slots=True)
class Claimed:
    """The amounts printed on the form, in fen."""

    principal: Fen
    interest: Fen
    penalty: Fen
    compound: Fen
    fees: Fen
    costs: Fen

    @property
    def all_interest(self) -> Fen:
        """Contract interest, penalty and compound interest together: 欠利息 of the form."""
        return self.interest + self.penalty + self.compound

    @property
    def total(self) -> Fen:
        """The amount in dispute (标的总额)."""
        return self.principal + self.all_interest + self.fees + self.costs


def claimed(account: Account) -> Claimed:
    """The claim by element. Raises `Refusal("amounts_disagree")` unless the elements add up to the statement's claim total."""
    parts = (account.principal, account.interest, account.penalty, account.compound, account.fees, account.costs)
    claim = Claimed(*(part.value for part in parts))
    difference = account.claim_total.value - claim.total
    if difference or min(part.value for part in parts) < 0:
        raise Refusal(
            "amounts_disagree",
            Words(
                zh=f"诉讼请求各项之和与欠款明细的主张总额相差{amount_text(difference)}元，请核对欠款明细后重新生成。",
                en=f"the elements of the claim and the claim total of the statement differ by {amount_text(difference)} yuan; check the "
                "statement of account and make the claim again",
            ),
            "民事诉讼法(2023修正) 第一百二十二条",
        )
    return claim


def penalty_rate(contract: Contract) -> Micro:
    """The penalty rate a year on the day of the statement, in millionths: what runs on from there until payment."""
    return raised(contract.rate_in_force.value, contract.penalty_uplift.value)


def raised(rate: Micro, uplift: int) -> Micro:
    """A yearly rate raised by an uplift in hundredths, rounded half up to a millionth.

    >>> raised(155_000, 50), raised(120_000, 0)
    (232500, 120000)
    """
    return round_half_up(rate * (100 + uplift), 100)


def penalty_claimed(facts: ClaimFacts) -> bool:
    """Whether penalty is asked for: a sum of it up to the statement, or what runs on over the principal until payment."""
    account = facts.account
    return account.penalty.value > 0 or (facts.until_paid and account.principal.value > 0)


def runs_above_cap(account: Account, contract: Contract, claim: Claimed) -> bool:
    """Whether what runs on until payment, penalty and compound together, accrues faster than the cap on the principal allows.

    Days count over 365 in the cap, over the contract's year in the claim: 23.8 % on 360 days is 24.13 % on 365. Compound runs
    on the unpaid contract interest at the same rate, so it raises what one yuan of principal bears.
    """
    base = claim.principal + (claim.interest if contract.compound else 0)
    rate = contract.rate_in_force.value * (100 + contract.penalty_uplift.value)
    return base * rate * DAYS_A_YEAR > claim.principal * account.cap_rate * 100 * contract.day_count
