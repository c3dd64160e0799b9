"""Numbers that pass their checks and belong to nobody, as far as ranges exist that were given to nobody.

Identity numbers: the third and fourth digit, the prefecture, are 99, which no edition of GB/T 2260 has assigned; province, birth
date, sex digit and check digit are coherent. Mobiles: range 154, not assigned to any operator (operators' range lists, secondary).
Landlines: the subscriber's number begins with 1, which local numbers never do. Cards: 6200 00…, the range of the card network's
documentation for tests. Credit codes: the region of registration is likewise a 99 prefecture. E-mail: the reserved domains of RFC 2606.
For WeChat names no such range exists; they end in `_demo`.
"""

from __future__ import annotations

from datetime import date
from random import Random

from legal_service.law import identifiers

NOBODYS_PREFECTURE = "99"
NOBODYS_MOBILES = "154"
TEST_CARDS = "62000000"
DOMAINS = ("example.com", "example.net", "example.org")

_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Numbers:
    """Draws numbers, none twice within one portfolio."""

    def __init__(self) -> None:
        self._given: set[str] = set()

    def id_card(self, chance: Random, province: str, born: date, *, male: bool) -> str:
        """An identity number of that province, birth date and sex, in a region of nobody."""
        while True:
            region = f"{province}{NOBODYS_PREFECTURE}{chance.randrange(1, 100):02d}"
            sequence = chance.randrange(1, 500) * 2 - (1 if male else 0)
            first = f"{region}{born:%Y%m%d}{sequence:03d}"
            if self._new(first):
                return first + identifiers.id_card_check_digit(first)

    def mobile(self, chance: Random) -> str:
        """A mobile number in a range assigned to nobody."""
        while True:
            number = f"{NOBODYS_MOBILES}{chance.randrange(10**8):08d}"
            if self._new(number):
                return number

    def bank_card(self, chance: Random) -> str:
        """A debit card of 19 digits in the test range."""
        while True:
            payload = f"{TEST_CARDS}{chance.randrange(10**10):010d}"
            if self._new(payload):
                return payload + identifiers.luhn_check_digit(payload)

    def _new(self, number: str) -> bool:
        fresh = number not in self._given
        self._given.add(number)
        return fresh


def credit_code(province: str, body: str) -> str:
    """A unified social credit code of a company in a region of nobody; `body` is the eight characters of its organisation code.

    >>> identifiers.check("uscc", credit_code("33", "MA000HM1")).valid
    True
    """
    first = f"91{province}{NOBODYS_PREFECTURE}01{body}{_organisation_check(body)}"
    return first + identifiers.uscc_check_character(first)


def _organisation_check(body: str) -> str:
    """The check character of an organisation code (GB 11714)."""
    total = sum(
        weight * _ALPHANUMERIC.index(character) for weight, character in zip(_ORGANISATION_WEIGHTS, body, strict=True)
    )
    return {10: "X", 11: "0"}.get(11 - total % 11, str(11 - total % 11))
