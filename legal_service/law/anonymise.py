"""Names hidden as courts hide them in published judgments (法释〔2016〕19号 article 9).

The surname stays, the given name becomes 某; different people with the same result are numbered. A borrower's name is
not among those that must be hidden (article 8): hiding it is a policy of the house, never "required by law".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from legal_service.errors import Refusal, Words

BASIS = "最高人民法院关于人民法院在互联网公布裁判文书的规定(法释〔2016〕19号) 第九条"

_COMPOUND = """
欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶
太叔 申屠 公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 子车 亓官 司寇 巫马 公西 颛孙 壤驷 公良
漆雕 乐正 宰父 谷梁 拓跋 夹谷 轩辕 令狐 段干 百里 呼延 东郭 南门 羊舌 微生 左丘 东门 西门 梁丘 第五
歐陽 諸葛 東方 聞人 尉遲 長孫 獨孤 鮮于 鍾離 軒轅 東郭 赫連 萬俟
"""
COMPOUND_SURNAMES = frozenset(_COMPOUND.split())
_ORGANISATION = re.compile(
    r"(公司|银行|分行|支行|事务所|委员会|合作社|信用社|中心|集团|法院|合伙|（有限合伙）|\(有限合伙\))$"
)
_DOTS = "·•・‧∙."
_SPACES = re.compile(r"\s+")


def hide(name: str) -> str:
    """One name, hidden; an organisation's name stays as it is (article 11).

    >>> [hide(name) for name in ("张三", "欧阳修远", "欧阳", "阿卜杜拉·买买提", "约翰·史密斯", "john smith")]
    ['张某', '欧阳某', '欧某', '阿某', '约某', 'J']
    """
    name = _tidy(name)
    if _ORGANISATION.search(name):
        return name
    first = name[0]
    if first.upper() != first.lower():
        return first.upper()
    if len(name) > 2 and name[:2] in COMPOUND_SURNAMES:
        return f"{name[:2]}某"
    return f"{first}某"


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
    """A name with one kind of dot and no stray spaces: 张 三 and 张三 are one person."""
    name = _SPACES.sub(" ", name).strip()
    if not name or all(character in _DOTS for character in name):
        raise Refusal("empty_name", Words(zh="姓名为空，无法隐名。", en="there is no name to hide"), BASIS)
    if name[0].upper() == name[0].lower():
        name = name.replace(" ", "")
        for dot in _DOTS:
            name = name.replace(dot, "·")
    return name
