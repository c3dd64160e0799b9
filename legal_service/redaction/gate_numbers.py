"""Numbers nobody told the gate about: a valid citizen's number, mobile or card in clear is refused unless allowed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from legal_service.redaction.kinds import Kind

_SEPARATED = r"[ \u00a0\-]?"
_ID = re.compile(rf"(?<![0-9A-Za-z])[1-9](?:{_SEPARATED}\d){{16}}{_SEPARATED}[\dXx](?![0-9A-Za-z])")
_MOBILE = re.compile(
    r"(?<![0-9A-Za-z.])(?:\+?86[ -]?)?1[3-9]\d(?:\d{8}|[ -]\d{4}[ -]\d{4}|[ -]\d{3}[ -]\d{5})(?![0-9A-Za-z])"
)
_CARD = re.compile(rf"(?<![0-9A-Za-z])(?:62|4\d|5[1-5]){_SEPARATED}(?:\d{_SEPARATED}){{13,16}}\d(?![0-9A-Za-z])")
_NUMBERED = re.compile(
    r"(?:合同|协议|流水|订单|借据|凭证|单|编|案|票|批次|交易|回单|serial|reference|number|contract|loan|no)(?:编号|号码|号|_?no|_?id)?[\"'”]?\s*[:：=#]?\s*[\"'“]?$",
    re.I,
)


def numbers(text: str) -> Iterator[tuple[Kind, str, int]]:
    """Kind, written form and place of each valid personal number in clear."""
    for found in _ID.finditer(text):
        if _citizen(_bare(found[0])):
            yield Kind.ID_NUMBER, found[0], found.start()
    for found in _MOBILE.finditer(text):
        if not _NUMBERED.search(text[max(0, found.start() - 24) : found.start()]):
            yield Kind.MOBILE, found[0], found.start()
    for found in _CARD.finditer(text):
        bare = _bare(found[0])
        if (
            16 <= len(bare) <= 19
            and _mod_ten(bare)
            and not _NUMBERED.search(text[max(0, found.start() - 24) : found.start()])
        ):
            yield Kind.BANK_CARD, found[0], found.start()


def _bare(written: str) -> str:
    return re.sub(r"[^0-9X]", "", written.upper())


def _citizen(number: str) -> bool:
    """GB 11643: birth date and the eighteenth character."""
    weights = [2 ** (17 - place) % 11 for place in range(17)]
    try:
        date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    check = (12 - sum(int(digit) * weight for digit, weight in zip(number, weights, strict=False)) % 11) % 11
    return number[17] == ("X" if check == 10 else str(check))


def _mod_ten(number: str) -> bool:
    """Every second digit from the right doubled and its digits added; the sum is a multiple of ten."""
    return sum(sum(divmod(int(digit) * (1 + place % 2), 10)) for place, digit in enumerate(reversed(number))) % 10 == 0
