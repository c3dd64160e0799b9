"""A loan's page: what is owed, what is recommended and why, its papers, and opening a case."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from legal_service.cases import queries
from legal_service.installation import Installation
from tests.builders import a_tape, imported
from tests.web.a_case import SECRETS
from tests.web.conftest import Desk


@pytest.fixture(autouse=True)
def tape(installation: Installation, tmp_path: Path) -> None:
    imported(installation, a_tape(tmp_path / "tape"))


def test_the_page_recommends_with_reasons_and_shows_the_papers(lawyer: Desk) -> None:
    words = lawyer.read("/loans/HM0001?as_of=2026-03-02")
    for told in (
        "提出和解方案",
        "尚无和解尝试",
        "重度",
        "HT-2024-0001",
        "示例市示例区人民法院",
        "借款合同",
        "loans.csv:2",
        "张*",
    ):
        assert told in words
    assert [secret for secret in SECRETS if secret in words] == []


def test_a_case_is_opened_once(lawyer: Desk, installation: Installation) -> None:
    answer = lawyer.post("/loans/HM0001/case")
    assert answer.status_code == 303
    case_no = answer.headers["Location"].rpartition("/")[2]
    again = lawyer.post("/loans/HM0001/case")
    assert again.headers["Location"] == answer.headers["Location"], "asked again it leads to the case already open"
    with installation.reading() as session:
        assert queries.case_numbers(session) == [case_no]
    assert case_no in lawyer.read("/loans/HM0001")


def test_other_roles_and_unknown_loans(desk: Callable[..., Desk]) -> None:
    compliance = desk("compliance")
    assert "建立案件" not in compliance.read("/loans/HM0001")
    assert compliance.post("/loans/HM0001/case").status_code == 403
    assert compliance.get("/loans/HM9999").status_code == 404
    assert desk("regulator").get("/loans/HM0001").status_code == 403
