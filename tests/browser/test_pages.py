"""Every page, as every role that walks it: in three languages, by eye, by ear, by keyboard, on a telephone; and its picture."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser import pictures
from tests.browser.desk import Desk
from tests.browser.pages import VISITS, Visit

SignedIn = Callable[[str], Desk]
BY_NAME = pytest.mark.parametrize("visit", VISITS, ids=lambda visit: visit.name)


@BY_NAME
def test_the_page_in_chinese_by_eye_ear_and_keyboard(visit: Visit, signed_in: SignedIn) -> None:
    desk = signed_in(visit.role)
    desk.open(visit.address(desk.sample), tongue="zh")
    desk.judge(reference=visit.reference)
    if visit.pictured and pictures.wanted():
        desk.page.reload()
        pictures.take(desk.page, visit.name, pictures.GUIDE)


@pytest.mark.parametrize("tongue", ["en", "hant"])
@BY_NAME
def test_the_page_in_other_languages(visit: Visit, tongue: str, signed_in: SignedIn) -> None:
    desk = signed_in(visit.role)
    desk.open(visit.address(desk.sample), tongue=tongue)
    desk.check(codes=visit.reference)
