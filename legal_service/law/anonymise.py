"""Names hidden as courts hide them in published judgments (法释〔2016〕19号 article 9).

The surname stays, the given name becomes 某; different people with the same result are numbered. A borrower's name is
not among those that must be hidden (article 8): hiding it is a policy of the house, never "required by law".
An organisation's name is kept as written (article 11). One person may be written with any dot between the names, and a
Latin name in any case: 阿卜杜拉．买买提 is 阿卜杜拉·买买提, JOHN SMITH is John Smith.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from legal_service.errors import Refusal, Words
from legal_service.law.organisations import is_organisation
from legal_service.law.surnames import COMPOUND_SURNAMES, surname_of

__all__ = ["BASIS", "COMPOUND_SURNAMES", "hide", "hide_all"]

BASIS = "最高人民法院关于人民法院在互联网公布裁判文书的规定(法释〔2016〕19号) 第九条"

_DOTS = "·•‧・･∙⋅●᛫⸱\u0387．｡。﹒."
"""Every dot that is written between the names of one person; all are read as 「·」."""
_SPACES = re.compile(r"\s+")


def hide(name: str) -> str:
    """One name, hidden; an organisation's name stays as it is (article 11).

    >>> [hide(name) for name in ("张三", "欧阳修远", "欧阳", "阿卜杜拉·买买提", "约翰·史密斯", "john smith")]
    ['张某', '欧阳某', '欧某', '阿某', '约某', 'J']
    """
    name = _tidy(name)
    if is_organisation(name, _DOTS):
        return name
    first = name[0]
    return first.upper() if first.upper() != first.lower() else f"{surname_of(name)}某"


def hide_all(names: Sequence[str]) -> list[str]:
    """The names of one document, hidden, in their order; the same name is the same person and keeps its number.

    Raises `Refusal` on an empty name.

    >>> hide_all(["张三", "李四", "张四", "张三"])
    ['张某1', '李某', '张某2', '张某1']
    """
    tidy = [_tidy(name) for name in names]
    people: dict[str, list[str]] = {}
    for name in _once(tidy):
        people.setdefault(hide(name), []).append(name)
    shown = {
        name: hidden if len(alike) == 1 else f"{hidden}{number}"
        for hidden, alike in people.items()
        for number, name in enumerate(alike, start=1)
    }
    return [shown[name] for name in tidy]


def _once(names: Iterable[str]) -> Iterable[str]:
    return dict.fromkeys(names)


def _tidy(name: str) -> str:
    """A name as it is compared: one kind of dot, no stray spaces (张 三 is 张三), a Latin one in one case; organisations as written."""
    name = _SPACES.sub(" ", name).strip()
    if not name or all(character in _DOTS or character == " " for character in name):
        raise Refusal("empty_name", Words(zh="姓名为空，无法隐名。", en="there is no name to hide"), BASIS)
    if is_organisation(name, _DOTS):
        return name
    name = unicodedata.normalize("NFKC", name)
    dotted = re.sub(rf"[{re.escape(_DOTS)}]+", "·", name)
    if name[0].upper() == name[0].lower():
        return dotted.replace(" ", "")
    return " ".join(dotted.replace("·", " ").casefold().split())
