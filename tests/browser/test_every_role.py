"""Every page before every role: shown, or refused on a page of the house that says why. Never a failure, never a hint."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from legal_service.access import permissions
from tests.browser.desk import Desk
from tests.browser.pages import VISITS

SignedIn = Callable[[str], Desk]


@pytest.mark.parametrize("role", ["", *permissions.ROLES])
def test_every_page(role: str, signed_in: SignedIn) -> None:
    desk = signed_in(role)
    troubles = []
    for visit in VISITS:
        path = visit.address(desk.sample)
        answer = desk.context.request.get(path, max_redirects=0, fail_on_status_code=False)
        text = answer.text()
        if role == visit.role and answer.status != 200:
            troubles.append(f"{path}: its own reader is answered {answer.status}")
        if answer.status not in (200, 303, 403, 404):
            troubles.append(f"{path}: {answer.status}")
        if answer.status == 303 and not answer.headers["location"].startswith("/"):
            troubles.append(f"{path}: leads to {answer.headers['location']}")
        if answer.status in (403, 404) and ("<h1" not in text or 'lang="zh-CN"' not in text):
            troubles.append(f"{path}: refused without a page of the house")
        if not role and answer.status == 200 and visit.role:
            troubles.append(f"{path}: open to everybody")
    assert not troubles, f"{role or 'nobody'}:\n  " + "\n  ".join(troubles)
