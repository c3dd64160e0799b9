"""People named by rule: a name after 借款人, before 先生, with （男，…）; 老张, 姓张; and a person's date of birth.

Names that no rule announces are left to a language model, which comes with the deepening of redaction; here they are
found only when the case knows them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from legal_service.redaction.kinds import Kind
from legal_service.redaction.lexicon import COMPOUND_SURNAMES, LABELS, SURNAMES, ordinary_words
from legal_service.redaction.slots import GAP
from legal_service.redaction.spans import Span

_ONE = f"[{''.join(sorted(SURNAMES))}]"
_TWO = f"(?:{'|'.join(sorted(name for name in COMPOUND_SURNAMES if len(name) == 2))})"
_CJK = r"[\u3400-\u9fff\U00020000-\U0003134f]"
_SPACE = r"[ \u00a0\u3000\u200b]{0,3}"
_NAME = rf"(?:{_TWO}(?:{_SPACE}{_CJK}){{1,2}}|{_ONE}(?:{_SPACE}{_CJK}){{1,2}}|{_CJK}{{2,10}}(?:[·•・‧]{_CJK}{{2,12}}){{1,3}})"
_NEVER_LAST = frozenset(
    "于在的与和及向因未已曾将对从被把是有称说表应需还逾到给为系欠签等之至共经自均无不又同住现身电手男女先并当则均按据由该此其也就都再未没要会能可以"
    "收付借贷担保证出生年月日号码主本处名其即或提起诉请拒承认支逾尚仍只拟愿意接听打来来去回了着过吗呢吧啊呀哦嗯您你我他她它们这那哪谁很太更最跟帮让叫问找"
)
_PARTY = re.compile("[甲乙丙丁]方")
_PREPOSITIONS = frozenset("应向和从于时都别全关连同包计平")
"""Surnames that are also words of everyday grammar: 乙方应立即清偿 names nobody."""
_LABEL = rf"(?:{'|'.join(sorted(LABELS, key=len, reverse=True))})"
_LABELLED = re.compile(rf"{_LABEL}(?:[(（][^()（）\n]{{1,8}}[)）])?{GAP}(?:[:：是为]|[\"“「《])?{GAP}(?P<name>{_NAME})")
_LISTED = re.compile(rf"[、和与及]{GAP}(?P<name>{_NAME})")
_DESCRIBED = re.compile(
    rf"(?P<name>{_NAME}){GAP}(?=[(（,，]{GAP}(?:男|女|身份证|公民身份|证件号|(?:19|20)\d{{2}}年\d{{1,2}}月\d{{1,2}}日(?:出)?生|汉族))"
)
_TITLED = re.compile(
    rf"(?P<name>{_TWO}{_CJK}{{0,2}}|{_ONE}{_CJK}{{0,2}}?)(?=先生|女士|小姐|太太|律师(?!事务)|法官|经理|主任|师傅|老师|老板|同志|阿姨|大哥|大姐|总(?![额计共是体行部公之在裁监结和量账])|哥(?!们)|姐(?!妹))"
)
_FAMILIAR = re.compile(
    rf"(?<!{_CJK})(?P<name>[老小阿]{_ONE})(?!{_CJK}*(?:序|时|于))(?=[\s,，。:：;；!！?？、]|说|讲|在|的|是|欠|还|你|你好|这|那|打|已|要|没|不|有|今|昨|明|$)"
)
_NAMED = re.compile(
    rf"(?:我|他|她|你|您|人|户|者|对方|男子|女子)?姓(?P<name>{_TWO}|{_ONE})(?!名|氏)(?=[\s,，。:：;；的、]|先生|女士|$|叫|是|那)"
)
_ANSWERED = re.compile(
    rf"(?:^|[\n\t，。；：、,;:])(?P<name>{_TWO}{_CJK}{{1,2}}|{_ONE}{_CJK}{{1,2}})(?=代?接听|代?接电话|来电|回电)"
)
"""How an agent notes who took the call: 廖丽接听，系借款人姐妹."""
_BIRTH = re.compile(
    rf"(?:出生日期|出生年月日?|出生于|生日|出生时间|生于|出生){GAP}(?:[:：是为]|于)?{GAP}(?P<before>[0-9〇零一二三四五六七八九十]{{2,4}}{GAP}[-/.年]{GAP}[0-9〇零一二三四五六七八九十]{{1,3}}{GAP}[-/.月]{GAP}[0-9〇零一二三四五六七八九十]{{1,3}}日?|(?:19|20)\d{{6}})"
    rf"|(?P<after>[0-9〇零一二三四五六七八九十]{{2,4}}年{GAP}[0-9一二三四五六七八九十]{{1,3}}月{GAP}[0-9一二三四五六七八九十]{{1,3}}日){GAP}(?:出生|生(?![效成产活意息]))"
)


def people(levelled: str) -> Iterator[Span]:
    """Persons and dates of birth announced by the words around them."""
    for found in _LABELLED.finditer(levelled):
        name = _cut(levelled, *found.span("name"))
        if name:
            yield name
            yield from _listed(levelled, name.end)
    for found in _DESCRIBED.finditer(levelled):
        for start in _starts(levelled, *found.span("name")):
            yield Span(start, found.end("name"), Kind.PERSON, score=6)
            break
    for found in _TITLED.finditer(levelled):
        if "某" not in found["name"] and not _word_across(levelled, *found.span("name")):
            alone = found["name"] in SURNAMES or found["name"] in COMPOUND_SURNAMES
            yield Span(*found.span("name"), Kind.PERSON, form="surname" if alone else "full", score=5)
    for found in _ANSWERED.finditer(levelled):
        name = _cut(levelled, *found.span("name"))
        if name and name.end == found.end("name"):
            yield name
    for pattern in (_FAMILIAR, _NAMED):
        for found in pattern.finditer(levelled):
            yield Span(*found.span("name"), Kind.PERSON, form="surname", score=4)
    for found in _BIRTH.finditer(levelled):
        yield Span(*found.span("before" if found["before"] else "after"), Kind.BIRTH_DATE, score=6)


def _listed(text: str, end: int) -> Iterator[Span]:
    """The names that follow the first one: 借款人王五、李四."""
    while (found := _LISTED.match(text, end)) is not None:
        name = _cut(text, *found.span("name"))
        if name is None:
            return
        yield name
        end = name.end


def _cut(text: str, start: int, end: int) -> Span | None:
    """The name at a place where one must stand, without the verb that follows it; None for an ordinary word."""
    name = text[start:end]
    if "·" in name or "•" in name or "・" in name:
        return Span(start, end, Kind.PERSON, score=7)
    least = 3 if name[:2] in COMPOUND_SURNAMES else 2
    letters = [at for at in range(start, end) if re.match(_CJK, text[at])]
    while len(letters) > least and (
        text[letters[-1]] in _NEVER_LAST
        or text[letters[-1] : letters[-1] + 2] in ordinary_words()
        or letters[-1] - letters[-2] > letters[1] - letters[0]
    ):
        letters.pop()
    last = letters[-1] + 1
    plain = "".join(text[at] for at in letters)
    if _PARTY.search(plain) or (plain[0] in _PREPOSITIONS and text[last - 1 : last + 1] in ordinary_words()):
        return None
    if (
        plain in LABELS
        or plain[:2] in ordinary_words()
        or plain in ordinary_words()
        or (len(letters) == 2 and plain[1] in _NEVER_LAST)
    ):
        return None
    if any(plain.endswith(word) for word in ("公司", "银行", "法院", "集团", "支行")) or re.match(
        r"[\u4e00-\u9fff]{0,12}?(?:公司|银行|法院|律师事务所|支行|委员会)", text[last : last + 18]
    ):
        return None
    return Span(start, last, Kind.PERSON, score=7)


def _starts(text: str, start: int, end: int) -> Iterator[int]:
    """Where the name before （男，…） may begin: the longest two to four characters that start with a surname."""
    for length in (4, 3, 2):
        at = end - length
        if at >= start - 2 and at >= 0:
            candidate = text[at:end]
            if (candidate[:2] in COMPOUND_SURNAMES and length >= 3) or (length <= 3 and candidate[0] in SURNAMES):
                yield at


def _word_across(text: str, start: int, end: int) -> bool:
    return (
        text[start - 1 : start + 1] in ordinary_words()
        or text[start : start + 2] in ordinary_words()
        or text[end - 1 : end + 1] in ordinary_words()
    )
