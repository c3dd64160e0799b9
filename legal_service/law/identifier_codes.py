"""What the digits of a number may stand for: registration departments (GB 32100), issuers of cards. Each with how far it was read.

GB 32100 and the issuers' lists were not opened: a code that does not stand here is doubted, only one that cannot be is wrong.
"""

from __future__ import annotations

from dataclasses import dataclass

from legal_service.law.parameters import Status


@dataclass(frozen=True, slots=True)
class Department:
    """A registration department (first character of a unified code) and the categories (second character) it registers."""

    name: str
    categories: str
    status: Status


DEPARTMENTS = {
    "1": Department("机构编制", "1239", "awaiting_counsel"),
    "5": Department("民政", "1239", "awaiting_counsel"),
    "9": Department("市场监督管理（工商）", "1239", "awaiting_counsel"),
    "Y": Department("其他", "1", "awaiting_counsel"),
}
NO_DEPARTMENT = "0"
NATION = "100000"
"""The region of what is registered with the State's own authority; it begins with no province's code."""

UNIONPAY = ("62", "60", "81")
"""How cards of UnionPay begin: 62, some 60 and 81 (secondary)."""
NO_ISSUER = ("0", "1", "7")
"""ISO/IEC 7812 gives 0 to other uses, 1 to airlines, 7 to petroleum: no bank's card (awaiting counsel)."""

OLDEST = 130
"""Years after which a birth date is not believed: nobody lived so long; old registers hold a few of 120 (house policy)."""
BEFORE_ANY_DAY = 1890
"""Without a day to count from, years of birth before this one are not believed."""
