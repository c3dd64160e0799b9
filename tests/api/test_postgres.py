"""The same on PostgreSQL: pages of the docket and of the work list, and one key asked for by several at once."""

from __future__ import annotations

import threading
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from legal_service import clock
from legal_service.access import operations as access
from legal_service.access import queries
from legal_service.application import create_app
from legal_service.cases.models import Case
from legal_service.database import LOCAL_OPERATOR
from legal_service.installation import Installation
from tests.api.conftest import Caller, email_of
from tests.api.test_paging import through
from tests.builders import a_tape, imported


@pytest.fixture
def caller(postgres_installation: Installation, tmp_path: Path) -> Caller:
    """A lawyer's system before a small portfolio."""
    here = postgres_installation
    imported(here, a_tape(tmp_path / "tape"))
    with here.transaction(LOCAL_OPERATOR) as tx:
        access.add_user(tx, email=email_of("lawyer"), role="lawyer", name="王律师")
    with here.transaction(here.actor(email_of("lawyer"))) as tx:
        user = queries.user_by_email(tx.session, email_of("lawyer"))
        assert user is not None
        token = access.create_token(tx, user_id=user.id, name="tests", until=clock.today() + timedelta(days=1))
    return Caller(create_app(here).test_client(), token)


def test_pages_and_keys(postgres_installation: Installation, caller: Caller) -> None:
    answers, gate = [], threading.Barrier(4)

    def ask() -> None:
        gate.wait()
        own = Caller(caller.client.application.test_client(), caller.token)
        answers.append(own.post("/cases", {"loan_nos": ["HM0001"]}, headers={"Idempotency-Key": "once"}))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [answer.status_code for answer in answers] == [201] * 4
    assert sum("Idempotency-Replayed" in answer.headers for answer in answers) == 3
    for loan in ("HM0002", "HM0003"):
        assert caller.post("/cases", {"loan_nos": [loan]}).status_code == 201
    with postgres_installation.reading() as session:
        assert session.scalar(select(func.count()).select_from(Case)) == 3
    for path in ("/deadlines", "/cases", "/cases?sort=claim&desc=true"):
        path, _, asked = path.partition("?")
        questions = dict(one.split("=") for one in asked.split("&") if one)
        whole = through(caller, path, 100, **questions)
        assert len(whole) == (4 if path == "/deadlines" else 3), "HM0003 has a guarantor, whose period runs too"
        assert through(caller, path, 1, **questions) == whole


def test_an_odd_name_is_not_there(caller: Caller) -> None:
    for name in ("%00", "a%00b", "%ff", "💥"):
        assert caller.get(f"/cases/{name}").status_code == 404
        assert caller.get(f"/loans/{name}").status_code == 404
