"""What a page knows of its reader and its house: the language asked for, links that keep it, the installation behind."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from flask import Flask, current_app, request, url_for
from sqlalchemy.orm import Session

from legal_service import __version__, clock
from legal_service.errors import Language, Words
from legal_service.installation import Installation
from legal_service.web.trail_watch import TrailWatch

_KEY = "legal_service"
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass
class House:
    """What the pages share in one process. `found` is set once the instance has been seen set up and current."""

    installation: Installation
    trail: TrailWatch = field(default_factory=TrailWatch)
    found: bool = False


def install(app: Flask, installation: Installation) -> None:
    """Hang the installation on the application and give the pages their words."""
    app.extensions[_KEY] = House(installation)
    app.context_processor(_words)


def house() -> House:
    """What this process shares."""
    found = current_app.extensions[_KEY]
    assert isinstance(found, House)
    return found


@contextmanager
def reading() -> Iterator[Session]:
    """One consistent picture of the institution's rows; refuses `not_initialised` before `legal init`."""
    here = house()
    if not here.found:
        here.installation.opened()
        here.found = True
    with here.installation.reading() as session:
        yield session


def language() -> Language:
    """Chinese, unless `?lang=en` asks for English."""
    return "en" if request.args.get("lang") == "en" else "zh"


def link(endpoint: str, **values: str) -> str:
    """The address of a page in the reader's language."""
    asked: dict[str, Any] = {**values, "lang": "en"} if language() == "en" else {**values}
    return url_for(endpoint, **asked)


def switched() -> str:
    """This same address in the other language, as a relative reference that keeps what else was asked."""
    return "?" + urlencode({**request.args.to_dict(), "lang": "zh" if language() == "en" else "en"})


def day(on: date) -> str:
    """A date with its weekday in the reader's language."""
    return clock.dated(on) if language() == "zh" else f"{on.isoformat()} ({_WEEKDAYS[on.weekday()]})"


def moment(at: datetime) -> str:
    """A moment in Shanghai, to the second."""
    return at.astimezone(clock.SHANGHAI).strftime("%Y-%m-%d %H:%M:%S")


def _words() -> dict[str, Any]:
    spoken = language()
    return {
        "lang": spoken,
        "t": lambda zh, en: zh if spoken == "zh" else en,
        "w": lambda words: _read(words, spoken),
        "link": link,
        "switched": switched(),
        "day": day,
        "moment": moment,
        "version": __version__,
        "here": request.endpoint or "",
    }


def _read(words: Words | str, spoken: Language) -> str:
    return words if isinstance(words, str) else words.read(spoken)
