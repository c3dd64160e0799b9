"""Which of several debts a payment extinguishes, and in what order within each (民法典 560, 561).

First what the debtor designated; then debts already due, the least secured, the most burdensome, the earliest due, and
pro rata. Within a debt: costs of realising it, interest, principal.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from itertools import groupby

from legal_service.errors import Refusal, Words
from legal_service.money import Fen, Micro


@dataclass(frozen=True, slots=True)
class Debt:
    """One debt of the same debtor. Amounts unpaid, in fen; `secured` is the part of it that security covers, 0 to 1.

    The burden is the yearly rate; two debts with the same are equally heavy.
    """

    id: str
    due_on: date
    costs: Fen
    interest: Fen
    principal: Fen
    secured: Fraction = Fraction(0)
    annual_rate: Micro = 0

    @property
    def total(self) -> Fen:
        return self.costs + self.interest + self.principal


@dataclass(frozen=True, slots=True)
class Line:
    """What one debt received, and why it stood where it stood."""

    id: str
    to_costs: Fen
    to_interest: Fen
    to_principal: Fen
    because: Words
    basis: str

    @property
    def total(self) -> Fen:
        return self.to_costs + self.to_interest + self.to_principal


def allocate(
    amount: Fen, debts: Sequence[Debt], *, on: date, basis: dict[str, str], designated: Sequence[str] = ()
) -> tuple[list[Line], Fen]:
    """Spread a payment over debts. Returns a line for every debt, in the order of appropriation, and what was left over.

    `basis` cites the articles: `designation` (560 ¶1), `order` (560 ¶2), `within` (561). Raises `Refusal` when two debts
    bear one id or a designation names none of them.
    """
    _check(debts, designated)
    left = amount
    lines: list[Line] = []
    by_id = {debt.id: debt for debt in debts}
    for id in dict.fromkeys(designated):
        debt = by_id.pop(id)
        part = min(left, debt.total)
        left -= part
        lines.append(_within(debt, part, Words(zh="债务人指定", en="designated by the debtor"), basis, "designation"))
    rest = sorted(by_id.values(), key=lambda debt: _rank(debt, on))
    for rank, group in groupby(rest, key=lambda debt: _rank(debt, on)):
        equal = list(group)
        part = min(left, sum(debt.total for debt in equal))
        left -= part
        why = _why(rank, equal, on)
        for debt, share in zip(equal, shares(part, [debt.total for debt in equal]), strict=True):
            lines.append(_within(debt, share, why, basis, "order"))
    return lines, left


def shares(amount: Fen, weights: Sequence[int]) -> list[Fen]:
    """An amount shared pro rata, exact to the fen: largest remainders first, the earlier of equal ones.

    >>> shares(100, [1, 1, 1]), shares(10, [300, 100]), shares(5, [0, 0])
    ([34, 33, 33], [8, 2], [0, 0])
    """
    whole = sum(weights)
    if whole == 0:
        return [0 for _ in weights]
    given = [amount * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda each: (-(amount * weights[each] % whole), each))
    for each in by_remainder[: amount - sum(given)]:
        given[each] += 1
    return given


def _rank(debt: Debt, on: date) -> tuple[bool, Fraction, int, date]:
    return debt.due_on > on, debt.secured, -debt.annual_rate, debt.due_on


def _why(rank: tuple[bool, Fraction, int, date], equal: list[Debt], on: date) -> Words:
    undue, _, _, due_on = rank
    zh = f"{due_on} {'尚未到期' if undue else '已到期'}；依次比较担保、负担、到期先后"
    en = f"{'not yet due' if undue else 'due'} ({due_on}); ranked by security, burden, due date"
    if len(equal) > 1:
        zh, en = f"{zh}；均相同，按债务比例", f"{en}; all equal: pro rata"
    return Words(zh=zh, en=en)


def _within(debt: Debt, part: Fen, why: Words, basis: dict[str, str], rule: str) -> Line:
    line = Line(debt.id, 0, 0, 0, why, f"{basis[rule]}；{basis['within']}")
    to_costs = min(part, debt.costs)
    to_interest = min(part - to_costs, debt.interest)
    return replace(line, to_costs=to_costs, to_interest=to_interest, to_principal=part - to_costs - to_interest)


def _check(debts: Sequence[Debt], designated: Sequence[str]) -> None:
    ids = [debt.id for debt in debts]
    if len(set(ids)) != len(ids):
        raise Refusal(
            "duplicate_debt",
            Words(zh="两笔债务使用了同一编号，请区分。", en="two debts bear the same id; tell them apart"),
            "机构内部规则：债务编号",
        )
    strange = next((id for id in designated if id not in ids), None)
    if strange is not None:
        raise Refusal(
            "unknown_debt",
            Words(
                zh=f"指定清偿的债务「{strange[:40]}」不在清单中。",
                en=f"the designated debt {strange[:40]!r} is not in the list",
            ),
            "民法典 第五百六十条第一款",
        )
