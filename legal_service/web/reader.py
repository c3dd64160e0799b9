"""What a page knows of its reader and its house: who reads, in which language, through which session, from which installation."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from flask import Flask, current_app, g, request
from flask import session as cookie
from sqlalchemy.orm import Session

from legal_service.access import permissions
from legal_service.database import Actor, Transaction
from legal_service.errors import Language
from legal_service.installation import Installation
from legal_service.web.session import Signed, current
from legal_service.web.trail_watch import TrailWatch

_KEY = "legal_service"
TONGUES = {"zh": "zh-CN", "hant": "zh-Hant", "en": "en"}
"""The languages of the pages → what HTML calls them. Traditional Chinese is derived from Simplified, word by word."""


@dataclass
class House:
    """What the pages share in one process. `found` is set once the instance has been seen set up and current."""

    installation: Installation
    trail: TrailWatch = field(default_factory=TrailWatch)
    found: bool = False


def install(app: Flask, installation: Installation) -> None:
    """Hang the installation on the application."""
    app.extensions[_KEY] = House(installation)


def house() -> House:
    """What this process shares."""
    found = current_app.extensions[_KEY]
    assert isinstance(found, House)
    return found


def installation() -> Installation:
    """The installation behind the pages; refuses `not_initialised` before `legal init`."""
    here = house()
    if not here.found:
        here.installation.opened()
        here.found = True
    return here.installation


def signed() -> Signed:
    """The signed-in reader; only for addresses that admit nobody else."""
    found = current()
    assert found is not None, "this address must not be public"
    return found


def actor() -> Actor:
    """Who acts."""
    return signed().actor


def may(permission: str) -> bool:
    """Whether the reader's role holds a permission: pages show only what their reader may do."""
    found = current()
    return found is not None and permissions.allowed(found.actor.role, permission)


@contextmanager
def reading() -> Iterator[Session]:
    """One consistent picture of the rows that the reader may see."""
    with installation().reading(actor()) as session:
        yield session


@contextmanager
def transaction() -> Iterator[Transaction]:
    """One business transaction in the reader's name, over the rows that the reader may see."""
    with installation().transaction(actor()) as tx:
        yield tx


def tongue() -> str:
    """The language of this page: asked for (`?lang=`), remembered in the browser, kept with the account, else Simplified Chinese."""
    if "tongue" not in g:
        found = current()
        wished = (request.args.get("lang"), cookie.get("lang"), found.user.language if found else None)
        g.tongue = next((one for one in wished if one in TONGUES), "zh")
        if request.args.get("lang") in TONGUES:
            cookie["lang"] = g.tongue
    return str(g.tongue)


def language() -> Language:
    """The language in which rooms speak to this reader."""
    return "en" if tongue() == "en" else "zh"


def asked_number(name: str) -> int | None:
    """A whole number of the address's questions that the database can hold; None for anything else, as if not asked."""
    written = request.args.get(name, "")
    return int(written) if written.isascii() and written.isdecimal() and len(written) < 10 else None
