"""Which part of the debt a payment extinguishes first (清偿抵充).

One loan is one debt: costs of realising it, then interest, then principal (民法典 561), unless the contract orders otherwise,
from so many days overdue too, or the debtor designates. Within "interest": all contract interest, then all compound,
then all penalty, then all fees, which the article does not say (awaiting counsel: law.md 3.4); each oldest due first.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from legal_service.accounts.debt import Component, Debt, Taking
from legal_service.errors import Refusal, Words

KINDS = ("costs", "interest", "principal")
_WITHIN: dict[str, tuple[Component, ...]] = {
    "costs": ("costs",),
    "interest": ("interest", "compound", "penalty", "fees"),
    "principal": ("principal",),
}

Order = tuple[str, ...]
LEGAL_ORDER: Order = KINDS


@dataclass(frozen=True, slots=True)
class Allocation:
    """The contract's order, and the later orders that hold from so many days overdue on (fewest days first)."""

    first: Order
    later: tuple[tuple[int, Order], ...] = ()

    def order(self, days_overdue: int) -> Order:
        """The order that holds with so many days overdue.

        >>> clause = parse("costs,interest,principal;91:costs,principal,interest")
        >>> clause.order(90), clause.order(91)
        (('costs', 'interest', 'principal'), ('costs', 'principal', 'interest'))
        """
        ruling = self.first
        for days, order in self.later:
            if days_overdue >= days:
                ruling = order
        return ruling


@lru_cache(maxsize=256)
def parse(text: str) -> Allocation:
    """Read an order as the tape writes it; empty is the order of the law. Refuses an unknown or repeated kind.

    >>> parse("interest,principal").first
    ('interest', 'principal', 'costs')
    """
    first = LEGAL_ORDER
    later = []
    for index, clause in enumerate(part.strip() for part in text.split(";")):
        days, colon, order = clause.partition(":")
        if not colon and index == 0:
            first = complete(_kinds(clause, text), LEGAL_ORDER)
        elif colon and days.strip().isdecimal():
            later.append((int(days), complete(_kinds(order, text), LEGAL_ORDER)))
        elif clause:
            raise _refusal(text)
    return Allocation(first, tuple(sorted(later)))


def complete(order: Order, otherwise: Order) -> Order:
    """The kinds named, then the kinds not named in the order that holds otherwise.

    >>> complete(("principal",), LEGAL_ORDER)
    ('principal', 'costs', 'interest')
    """
    return order + tuple(kind for kind in otherwise if kind not in order)


def order_for(taking: Taking, allocation: Allocation, days_overdue: int) -> Order:
    """The order for one payment: the debtor's designation, else the contract's for that many days overdue."""
    contractual = allocation.order(days_overdue)
    designated = taking.posting.designated
    return complete(designated, contractual) if designated else contractual


def appropriate(debt: Debt, taking: Taking, day: int, order: Order) -> None:
    """Apply a payment (or what is left of it) on a day; what finds nothing due stays in `taking.left`."""
    taking.order = order
    for component in components(order):
        if not taking.left:
            break
        debt.settle(component, taking, day)
    debt.tidy(day)


@lru_cache(maxsize=64)
def components(order: Order) -> tuple[Component, ...]:
    """The components that an order of kinds settles one after the other."""
    return tuple(chain.from_iterable(_WITHIN[kind] for kind in order))


def waive(debt: Debt, taking: Taking, day: int) -> None:
    """Apply a waiver to the unpaid amounts of its kind, oldest due first; what exceeds them waives nothing."""
    component = taking.posting.component
    if component not in ("interest", "penalty", "compound", "fees", "principal"):
        reason = Words(
            zh=f"减免的种类「{component}」不在 interest、penalty、compound、fees、principal 之内",
            en=f"a waiver of {component!r}: the kinds are interest, penalty, compound, fees, principal",
        )
        raise Refusal("waiver_kind", reason, "contract.md 3")
    debt.settle(component, taking, day)  # type: ignore[arg-type]  # narrowed by the test above
    debt.tidy(day)


def _kinds(clause: str, text: str) -> Order:
    kinds = tuple(kind.strip() for kind in clause.split(",") if kind.strip())
    if len(set(kinds)) != len(kinds) or not set(kinds) <= set(KINDS):
        raise _refusal(text)
    return kinds


def _refusal(text: str) -> Refusal:
    reason = Words(
        zh=f"抵充次序「{text}」无法识别，应写作 costs,interest,principal，可续写 ;91:costs,principal,interest",
        en=f"cannot read the order of payment {text!r}; write costs,interest,principal, optionally ;91:costs,principal,interest",
    )
    return Refusal("allocation", reason, "民法典 第五百六十一条")
