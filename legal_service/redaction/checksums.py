"""Check digits of the numbers people carry. They raise the confidence of a find and never gate it: a typo goes too."""

from __future__ import annotations

import re
from datetime import date

from legal_service.law.identifiers import PROVINCES, id_card_check_digit, luhn_check_digit, uscc_check_character


def id_number(value: str) -> bool:
    """Whether eighteen characters end in the right check digit of a citizen's number (GB 11643).

    >>> id_number("11010519491231002X"), id_number("110105194912310021")
    (True, False)
    """
    return bool(re.fullmatch(r"[0-9]{17}[0-9X]", value)) and id_card_check_digit(value[:17]) == value[17]


def id_shape(value: str) -> bool:
    """A citizen's number by province and birth date, with or without a right check digit (18 or the old 15 digits).

    >>> id_shape("110105194912310021"), id_shape("622588012345678901"), id_shape("110105491231002")
    (True, False, True)
    """
    if value[:2] not in PROVINCES:
        return False
    birth = value[6:14] if len(value) == 18 else "19" + value[6:12] if len(value) == 15 else ""
    try:
        born = date(int(birth[:4]), int(birth[4:6]), int(birth[6:8]))
    except ValueError:
        return False
    return 1900 <= born.year <= 2099


def luhn(value: str) -> bool:
    """Whether a number of a bank card ends in its check digit.

    >>> luhn("6225880123456783"), luhn("6225880123456782")
    (True, False)
    """
    return value.isdecimal() and len(value) > 1 and luhn_check_digit(value[:-1]) == value[-1]


def uscc(value: str) -> bool:
    """Whether eighteen characters end in the check character of a unified social credit code (GB 32100).

    >>> uscc("91350100M000100Y43"), uscc("91350100M000100Y44")
    (True, False)
    """
    return bool(re.fullmatch(r"[0-9A-HJ-NPQRTUWXY]{18}", value)) and uscc_check_character(value[:17]) == value[17]
