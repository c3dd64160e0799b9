"""Browsers of the pages without a server: nobody signed in, or somebody of a role."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from legal_service.access import operations, queries
from legal_service.application import create_app
from legal_service.installation import Installation

Read = Callable[[str], str]
_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
_ONCE = re.compile(r'name="once" value="([^"]+)"')


class Desk:
    """A signed-in browser: `get`, and `post` with the hidden fields that a form carries."""

    def __init__(self, client: FlaskClient, email: str) -> None:
        self.client = client
        self.email = email

    def get(self, url: str) -> TestResponse:
        """Open a page."""
        return self.client.get(url)

    def read(self, url: str) -> str:
        """The words of a page that must open."""
        answer = self.get(url)
        assert answer.status_code == 200, (answer.status_code, plain(answer.get_data(as_text=True))[:2000])
        return plain(answer.get_data(as_text=True))

    def post(self, address: str, /, *, once: str = "", **fields: object) -> TestResponse:
        """Send a form; the same `once` again is the same filling of the same form."""
        page = self.client.get("/keyboard").get_data(as_text=True)
        token, number = _TOKEN.search(page), _ONCE.search(page)
        assert token and number
        hidden = {"csrf_token": token[1], "once": once or number[1]}
        return self.client.post(address, data={**hidden, **fields}, content_type="multipart/form-data")


@pytest.fixture
def browser(installation: Installation) -> FlaskClient:
    """Somebody on this machine before an initialised, empty instance, not signed in."""
    return create_app(installation).test_client()


@pytest.fixture
def desk(installation: Installation) -> Callable[..., Desk]:
    """`desk("lawyer")`: the browser of a signed-in user of a role; another `name` is another user of it."""
    app = create_app(installation)
    return lambda role, name="a": signed_in(installation, app.test_client(), role, name)


def signed_in(installation: Installation, client: FlaskClient, role: str, name: str = "a") -> Desk:
    """Sign a user of a role in, without the work of a password."""
    email = f"{name}@{role}.example"
    with installation.transaction(installation.actor(None)) as tx:
        operations.add_user(tx, email=email, role=role, name=f"{name} {role}")
    with installation.reading() as session:
        user = queries.user_by_email(session, email)
    assert user is not None
    with installation.transaction(installation.actor(email)) as tx:
        token = operations.begin_sign_in(tx, user_id=user.id)
    with client.session_transaction() as cookie:
        cookie["token"] = token
    return Desk(client, email)


@pytest.fixture
def lawyer(desk: Callable[..., Desk]) -> Desk:
    """A signed-in in-house lawyer."""
    return desk("lawyer")


@pytest.fixture
def words(lawyer: Desk) -> Read:
    """The words of a page as a lawyer sees them, every run of white space one blank."""
    return lawyer.read


def plain(html: str) -> str:
    """A page without its tags."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html))).strip()
