"""How pages speak: one of two written languages, Traditional Chinese derived from Simplified, dates and amounts as read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any
from urllib.parse import urlencode

import opencc
from flask import Flask, current_app, request, url_for
from markupsafe import Markup, escape

from legal_service import __version__, clock, money
from legal_service.errors import Words
from legal_service.web import reader, session
from legal_service.web.names import name

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def install(app: Flask) -> None:
    """Give the pages their words."""
    app.context_processor(_words)


def t(zh: str, en: str) -> str:
    """A sentence of a page in the reader's language."""
    tongue = reader.tongue()
    if tongue == "en":
        return en
    return traditional(zh) if tongue == "hant" else zh


def w(words: Words | str) -> str:
    """Words of a room in the reader's language; a plain string is data and stays as it is."""
    return words if isinstance(words, str) else t(words.zh, words.en)


_CODE = re.compile(r"`([^`]+)`")


def coded(words: Words) -> Markup:
    """Words in the reader's language whose codes stand between backticks: set as code, and never converted."""
    pieces = _CODE.split(w(words))
    return Markup("").join(
        Markup("<code>{}</code>").format(one) if n % 2 else escape(one) for n, one in enumerate(pieces)
    )


def label(family: str, code: str) -> str:
    """What a code is called in the reader's language."""
    return w(name(family, code))


@cache
def _converter() -> Any:
    return opencc.OpenCC("s2t")


@lru_cache(maxsize=20_000)
def traditional(zh: str) -> str:
    """Simplified as Traditional Chinese. Only for words of the house: names and quoted law keep their characters."""
    return str(_converter().convert(zh))


def day(on: date) -> str:
    """A date with its weekday in the reader's language: 2026-11-23 (周一)."""
    if reader.tongue() == "en":
        return f"{on.isoformat()} ({_WEEKDAYS[on.weekday()]})"
    return t(clock.dated(on), "")


def moment(at: datetime) -> str:
    """A moment in Shanghai, to the second."""
    return at.astimezone(clock.SHANGHAI).strftime("%Y-%m-%d %H:%M:%S")


def yuan(fen: int) -> str:
    """An amount with thousands separators and two decimals; the unit stands in the header."""
    return money.grouped(fen)


def article(basis: str) -> Markup:
    """A legal basis, quoted in the language of the law."""
    return Markup('<span lang="zh-CN" class="basis">{}</span>').format(basis) if basis else Markup("—")


def original(text: object) -> Markup:
    """Data as it came: a name, an address, a court. Not translated, not converted."""
    return Markup("<span data-original>{}</span>").format(escape(text))


def link(endpoint: str, **values: Any) -> str:
    """The address of a page."""
    return url_for(endpoint, **values)


def switched(tongue: str) -> str:
    """This same address in another language, keeping what else was asked; from the answer to a form, a page that can be asked for."""
    asked = urlencode({**request.args.to_dict(), "lang": tongue})
    if request.method in ("GET", "HEAD"):
        return f"?{asked}"
    places = current_app.create_url_adapter(request)
    here = request.path if places is not None and places.test(request.path, method="GET") else url_for("start")
    return f"{here}?{asked}"


def with_asked(**changes: Any) -> str:
    """This same address with some of its questions changed; None takes one away. The state of a list lives in its URL."""
    asked: Mapping[str, Any] = {**request.args.to_dict(), **changes}
    kept = {key: value for key, value in asked.items() if value is not None and key != "lang"}
    return "?" + urlencode(kept)


def _words() -> dict[str, Any]:
    return {
        "lang": reader.tongue(),
        "html_lang": reader.TONGUES[reader.tongue()],
        "t": t,
        "w": w,
        "coded": coded,
        "label": label,
        "link": link,
        "switched": switched,
        "with_asked": with_asked,
        "day": day,
        "moment": moment,
        "yuan": yuan,
        "article": article,
        "original": original,
        "version": __version__,
        "here": request.endpoint or "",
        "signed": session.current(),
        "may": reader.may,
    }
