"""A case of the small tape as the pages' tests need it: HM0001 of 张伟, in whatever stage the test asks for."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from pathlib import Path

from legal_service.cases import operations
from legal_service.installation import Installation
from tests.builders import a_tape, imported
from tests.web.conftest import plain

ON = date(2026, 3, 2)
NAME, PHONE, PLACE = "张伟", "19900000001", "一号院1号楼101室"
SECRETS = (NAME, PHONE, PLACE, "622848040256489001", "110101199003071")
"""What no page shows before it is asked for: name, phone, address, card, the beginning of the identity number."""


def a_case(installation: Installation, folder: Path, *, stages: tuple[str, ...] = (), loan_no: str = "HM0001") -> str:
    """Import the small tape, open a case for one loan, move it along; answer its number."""
    imported(installation, a_tape(folder / "tape"))
    return opened(installation, loan_no, stages)


def opened(installation: Installation, loan_no: str, stages: tuple[str, ...] = ()) -> str:
    """Open a case for a loan that is on the books, and move it along."""
    with installation.transaction(installation.actor(None)) as tx:
        case_no = operations.open_case(tx, loan_nos=[loan_no], on=ON)
        for stage in stages:
            operations.advance(tx, case_no=case_no, target=stage, on=ON)
    return case_no


def version_in(html: str) -> str:
    """The version that the page's forms carry."""
    found = re.search(r'name="version" value="(\d+)"', html)
    assert found, plain(html)
    return found[1]


def cells(html: str, summary: str) -> list[str]:
    """The amounts of one row of a ledger, by the row's name."""
    for found in re.findall(r"<summary>(.*?)</summary>", html, re.S):
        name = re.search(r'<span class="name">(.*?)</span>(?=<span class="cell)', found, re.S)
        if name and plain(name[1]) == summary:
            return [
                plain(re.sub(r'<span class="cap">.*?</span>', "", one))
                for one in re.findall(r'<span class="cell n">(.*?\d|.*?—)</span>', found, re.S)
            ]
    raise AssertionError(f"no row {summary}: {unescape(plain(html))[:500]}")
