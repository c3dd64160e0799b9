"""A browser of the pages, without a server."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

import pytest
from flask.testing import FlaskClient

from legal_service.application import create_app
from legal_service.installation import Installation

Read = Callable[[str], str]


@pytest.fixture
def browser(installation: Installation) -> FlaskClient:
    """A reader on this machine before an initialised, empty instance."""
    return create_app(installation).test_client()


@pytest.fixture
def words(browser: FlaskClient) -> Read:
    """The words of a page as a reader sees them, every run of white space one blank."""

    def read(url: str) -> str:
        answer = browser.get(url)
        assert answer.status_code == 200, answer.get_data(as_text=True)
        return plain(answer.get_data(as_text=True))

    return read


def plain(html: str) -> str:
    """A page without its tags."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html))).strip()
