"""The words of a page: in the reader's language, all of them; nothing half translated, no code where a word belongs.

Data is exempt: what stands in an element (or below one) marked `data-original`, or with a `lang` of its own. Codes and
commands are exempt in `code`, `pre`, `kbd` and `samp`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import opencc
from playwright.sync_api import Page

TONGUES = {"zh": "zh-CN", "hant": "zh-Hant", "en": "en"}
"""`?lang=` → the language of the document."""

_GATHER = """
() => {
  const home = document.documentElement.lang, found = [];
  const seen = element => element.checkVisibility ? element.checkVisibility({visibilityProperty: true}) : true;
  const exempt = element => element.closest('[data-original], code, pre, kbd, samp, script, style, template') !== null
    || (element.closest('[lang]') || document.documentElement).lang !== home;
  const where = element => {
    const id = element.id ? '#' + element.id : '';
    const kind = typeof element.className === 'string' && element.className ? '.' + element.className.trim().split(/\\s+/)[0] : '';
    return element.tagName.toLowerCase() + id + kind;
  };
  const put = (element, text) => { const told = text.replace(/\\s+/g, ' ').trim(); if (told) found.push([where(element), told]); };
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const element = walk.currentNode.parentElement;
    if (!exempt(element) && seen(element)) put(element, walk.currentNode.data);
  }
  for (const name of ['title', 'alt', 'placeholder', 'aria-label', 'aria-description', 'data-label'])
    for (const element of document.body.querySelectorAll('[' + name + ']'))
      if (!exempt(element)) put(element, element.getAttribute(name));
  for (const element of document.body.querySelectorAll('input[type=submit], input[type=button], input[type=reset]'))
    if (!exempt(element)) put(element, element.value);
  found.push(['title', document.title]);
  const data = [...document.querySelectorAll('[data-original]')].map(one => one.textContent.replace(/\\s+/g, ' ').trim());
  return [found, [...new Set(data)].filter(one => one.length > 1).sort((one, other) => other.length - one.length)];
}
"""

CHINESE = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_KEY = re.compile(
    r"(?<![\w/.@-])[a-z][a-z0-9]*(?:_[a-z0-9]+)+(?![\w@])|\{[{%]|[%}]\}|\bundefined\b|\bNaN\b|<built-in|\[object "
)
_NOTHING = re.compile(r"^(?:None|null|True|False)$")
_ENGLISH = re.compile(r"[A-Za-z]{2,}(?:[’'-][a-z]+)?(?: [A-Za-z]{2,}(?:[’'-][a-z]+)?){2,}")
_COMMAND = re.compile(r"\blegal(?: [^\s，。；）]+)+")
"""A command line inside a sentence is no word of it."""
_RUN = re.compile(f"{CHINESE.pattern}+")
_WORD = re.compile(r"[A-Za-z]{2,}")
_EITHER = frozenset("台只后里系干面准于余云松沖冲占佣折念借卷卜吁回制志幸才托扣斗旋昵杆梁欲注蔑致萎製閒霉蘗奸凶喂")
"""Characters that a Traditional Chinese text may rightly keep although s2t alone would change them."""


@dataclass(frozen=True, slots=True)
class Said:
    """One piece of text that is not exempt, and the element it stands in."""

    where: str
    text: str


def said(page: Page) -> list[Said]:
    """Everything a reader sees or hears on the page that ought to be in the page's own language."""
    found, data = page.evaluate(_GATHER)
    return [Said(where, _without(text, data)) for where, text in found]


def _without(text: str, data: list[str]) -> str:
    """A label that names data of the page (`停用账号 林知远`) without that data: an attribute cannot mark it."""
    for one in data:
        text = text.replace(one, " ")
    return text


def faults(found: list[Said], tongue: str, *, codes: bool = False) -> list[str]:
    """What is not in the language of the page, or not in any. With `codes` the page is about codes and may speak them.

    >>> faults([Said("p", "案件 12 件")], "en")
    ['p: not translated: 案件 12 件']
    >>> faults([Said("td", "no_arbitration_clause"), Said("p", "The case is closed")], "zh")
    ['td: a code, not a word: no_arbitration_clause', 'p: not translated: The case is closed']
    >>> faults([Said("p", "账目"), Said("p", "賬目在後臺")], "hant")
    ['p: not converted: 账目']
    """
    judged = {"en": _english, "zh": _chinese, "hant": _traditional}[tongue]
    troubles = []
    for one in found:
        if codes and not CHINESE.search(one.text):
            continue
        if not codes and (_KEY.search(_COMMAND.sub(" ", one.text)) or _NOTHING.match(one.text)):
            troubles.append(f"{one.where}: a code, not a word: {one.text[:120]}")
        elif fault := judged(one.text):
            troubles.append(f"{one.where}: {fault}: {one.text[:120]}")
    return troubles


def _english(text: str) -> str:
    """A sentence of English words may name something in Chinese: four words to each name, or it is not translated."""
    return "not translated" if len(_RUN.findall(text)) * 4 > len(_WORD.findall(text)) else ""


def _chinese(text: str) -> str:
    return "not translated" if _ENGLISH.search(text) and not CHINESE.search(text) else ""


def _traditional(text: str) -> str:
    if fault := _chinese(text):
        return fault
    changed = {was for was, now in zip(text, _converter().convert(text), strict=False) if was != now}
    return "not converted" if changed - _EITHER else ""


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("s2t")
