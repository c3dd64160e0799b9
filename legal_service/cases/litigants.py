"""The parties of a case (当事人) as codes: the plaintiff, the borrower, his guarantors in the order of the tape."""

from __future__ import annotations

import re

from legal_service import labels
from legal_service.errors import Words

PLAINTIFF, BORROWER = "plaintiff", "borrower"

_GUARANTOR = re.compile(r"guarantor_([1-9][0-9]?)")

labels.register("litigant", {PLAINTIFF: ("原告", "plaintiff"), BORROWER: ("借款人", "borrower")})


def parties_of(guarantors: int) -> tuple[str, ...]:
    """The codes of the parties of a case with so many guarantors.

    >>> parties_of(2)
    ('plaintiff', 'borrower', 'guarantor_1', 'guarantor_2')
    """
    return (PLAINTIFF, BORROWER, *(f"guarantor_{number}" for number in range(1, guarantors + 1)))


def name(party: str) -> Words:
    """What a party is called on a page, without naming the person; what is no party stands for itself.

    >>> name("guarantor_2").en
    'guarantor 2'
    >>> name("L1:guarantor_2").zh
    '保证人2（借据 L1）'
    """
    loan_no, parted, of = party.partition(":")
    if parted and _GUARANTOR.fullmatch(of):
        whose = name(of)
        return Words(zh=f"{whose.zh}（借据 {loan_no}）", en=f"{whose.en} of loan {loan_no}")
    numbered = _GUARANTOR.fullmatch(party)
    if numbered:
        return Words(zh=f"保证人{numbered[1]}", en=f"guarantor {numbered[1]}")
    return labels.label("litigant", party) if party in (PLAINTIFF, BORROWER) else Words(zh=party, en=party)
