"""The notices of the holidays on a phone: a row reads from top to bottom, nothing is squeezed, nothing is cut."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.desk import Desk
from tests.browser.layout import NARROW, sized

TABLE = "section[aria-labelledby=known] table"


@pytest.mark.parametrize("tongue", ["zh", "en"])
def test_the_notices_are_read_on_a_phone(signed_in: Callable[[str], Desk], tongue: str) -> None:
    desk = signed_in("lawyer")
    desk.open("/law/notices", tongue=tongue)
    page = desk.page
    years = page.locator(f"{TABLE} > tbody > tr").count()
    assert years >= 3
    with sized(page, NARROW):
        for title in page.locator(f"{TABLE} [lang=zh-CN]").all():
            box = title.bounding_box()
            assert box
            assert box["width"] >= 150  # ten characters a line, not two
        edges = page.locator(f"{TABLE} > tbody *").evaluate_all(
            "all => all.map(one => one.getBoundingClientRect().right)"
        )
        assert max(edges) <= NARROW[0]
        height = page.locator(TABLE).bounding_box()["height"]  # type: ignore[index]
        assert height < years * 320
