"""Places where a person stands: after 借款人, before 先生, alone in a cell. A name that is a word counts only there."""

from __future__ import annotations

import re

from legal_service.redaction.lexicon import LABELS, TITLES

GAP = r"[\s\u200b]*"
_LABEL = re.compile(
    rf"(?:{'|'.join(sorted(LABELS, key=len, reverse=True))}|姓名|户名)"
    rf"(?:[(（][^()（）]{{1,8}}[)）])?{GAP}(?:[:：是为,，\"“「]|[(（]?签[字名章][)）]?)?{GAP}$"
)
_AFTER = re.compile(
    rf"^{GAP}(?:{'|'.join(TITLES)}|[(（,，、]{GAP}(?:男|女|身份证|公民身份|证件|汉族|回族|满族|\d{{4}}年|[1-9]\d{{5}})|"
    rf"[(（]?(?:签字|签名|本人)|的?(?:身份证|手机号|电话|借款|账户|配偶|住址))"
)


def person_slot(text: str, start: int, end: int) -> bool:
    """Whether the levelled text holds a person's name at `[start, end)` by its surroundings.

    >>> person_slot("借款人高兴于5月还款", 3, 5), person_slot("他很高兴", 2, 4), person_slot("高兴", 0, 2)
    (True, False, True)
    """
    line_start = max(text.rfind("\n", 0, start), text.rfind("\t", 0, start)) + 1
    line_end = min((at for at in (text.find("\n", end), text.find("\t", end)) if at >= 0), default=len(text))
    if not text[line_start:start].strip() and not text[end:line_end].strip():
        return True
    return bool(_LABEL.search(text[max(0, start - 24) : start]) or _AFTER.match(text[end : end + 12]))
