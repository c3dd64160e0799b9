"""What must not show: a borrower in a title, an address or the browser's storage; a number unmasked."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import unquote

from playwright.sync_api import Page
from sqlalchemy import select

from legal_service.accounts.models import Guarantee
from legal_service.installation import Installation
from legal_service.parties.models import Person

_KEPT = """
() => ({
  storage: JSON.stringify([{...localStorage}, {...sessionStorage}]),
  text: document.body.innerText,
  fields: [...document.querySelectorAll('input, textarea, select')].map(one => one.value).join(' '),
})
"""


@dataclass(frozen=True)
class Personal:
    """The sample's people: what they are called, and the numbers by which they can be found."""

    names: frozenset[str]
    numbers: frozenset[str]


def of(installation: Installation) -> Personal:
    """Everybody on the sample's tape, from the instance's own database."""
    with installation.reading() as session:
        people = session.scalars(select(Person)).all()
        guarantors = session.scalars(select(Guarantee)).all()
        names = {one.name for one in (*people, *guarantors)}
        numbers = {
            value
            for one in people
            for value in (one.id_number, one.phone, one.phone2, one.bank_card, one.email, one.wechat)
            if value
        } | {value for one in guarantors for value in (one.id_number, one.phone) if value}
    assert names, "the sample has no people"
    assert numbers, "the sample's people have no numbers"
    return Personal(frozenset(names), frozenset(numbers))


def faults(page: Page, personal: Personal) -> list[str]:
    """Personal values where they must not be."""
    kept = page.evaluate(_KEPT)
    places = {
        "title": page.title(),
        "address": unquote(page.url),
        "storage": kept["storage"],
        "cookies": unquote(" ".join(one.get("value", "") for one in page.context.cookies())),
    }
    troubles = [
        f"privacy: the {place} holds a {kind}"
        for place, text in places.items()
        for kind, values in (("name", personal.names), ("number", personal.numbers))
        if any(value in text for value in values)
    ]
    shown = kept["text"] + kept["fields"]
    return troubles + [f"privacy: a number is shown unmasked: …{one[-4:]}" for one in personal.numbers if one in shown]
