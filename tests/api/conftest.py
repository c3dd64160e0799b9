"""An institution with a small portfolio, one case with its papers, and a colleague in every role, asked through the API in process."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from legal_service import clock
from legal_service.access import operations as access
from legal_service.access import queries
from legal_service.access.permissions import ROLES
from legal_service.application import create_app
from legal_service.cases import operations as cases
from legal_service.config import Settings
from legal_service.database import LOCAL_OPERATOR, Actor
from legal_service.evidence import operations as evidence
from legal_service.exports.operations import create_grant
from legal_service.filings import operations as filings
from legal_service.installation import Installation
from legal_service.jobs import operations as jobs
from legal_service.reports import operations as reports
from legal_service.reports import queries as report_queries
from legal_service.reports.periods import period_named
from legal_service.webhooks import operations as webhooks
from tests.builders import a_pdf, a_tape, imported
from tests.conftest import settings_in
from tests.exports.a_sealed_package import sealed

CASE = "LC-2024-000001"
TOKENS = "tokens.txt"
OWN: dict[str, Any] = {"ownership": "private", "mediation": {"informed": True, "wanted": "yes"}}
SECRETS = (
    "张伟",
    "欧阳娜娜",
    "孙三",
    "19900000001",
    "19900000003",
    "11010119900307123",
    "示例市示例区一号院1号楼101室",
)
"""Values of persons on the tape: no answer of the API may hold one."""


def email_of(role: str) -> str:
    """The colleague of a role."""
    return f"{role}@lender.example"


@dataclass(frozen=True)
class Caller:
    """A partner's system: every call carries its owner's token."""

    client: FlaskClient
    token: str

    def __call__(self, method: str, path: str, **how: Any) -> TestResponse:
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        headers.update(how.pop("headers", {}))
        return self.client.open(f"/api/v1{path}", method=method, headers=headers, **how)

    def get(self, path: str, **how: Any) -> TestResponse:
        return self("GET", path, **how)

    def post(self, path: str, json: Any = None, **how: Any) -> TestResponse:
        return self("POST", path, json=json, **how) if json is not None else self("POST", path, **how)

    def delete(self, path: str, **how: Any) -> TestResponse:
        return self("DELETE", path, **how)

    def read(self, path: str, **how: Any) -> Any:
        """The document at an address that must answer 200."""
        answer = self.get(path, **how)
        assert answer.status_code == 200, (path, answer.status_code, answer.text)
        return answer.json


def settings_of(folder: Path) -> Settings:
    """The settings of an instance whose institution is known as plaintiff."""
    return replace(settings_in(folder), plaintiff=OWN)


@pytest.fixture(scope="session")
def populated(tmp_path_factory: pytest.TempPathFactory, fresh_instance: Path) -> Path:
    """An instance with the small tape, one case with evidence, filings, package, grant, a return, a webhook, a job; made once."""
    folder = tmp_path_factory.mktemp("api") / "instance"
    shutil.copytree(fresh_instance, folder)
    here = Installation(settings_of(folder)).opened()
    imported(here, a_tape(folder.parent / "tape"))
    with here.transaction(LOCAL_OPERATOR) as tx:
        for role in ROLES:
            access.add_user(tx, email=email_of(role), role=role, name=f"同事{role}")
        cases.open_case(tx, loan_nos=["HM0001"], on=clock.parse_moment("2024-11-04").date())
    _papers(here)
    _return(here)
    (folder / TOKENS).write_text("\n".join(f"{role} {_token(here, role)}" for role in ROLES))
    here.database.dispose()
    return folder


def _papers(here: Installation) -> None:
    as_of = clock.parse_moment("2024-11-03").date()
    with here.transaction(actor_of(here, "lawyer")) as tx:
        evidence.add_evidence(
            tx, store=here.store, case_no=CASE, content=a_pdf("letter"), filename="催收函-张伟.pdf", kind="demand_letter",
            known_kinds=frozenset({"demand_letter"}), obtained_on=as_of, source="邮局",
        )  # fmt: skip
        for document in ("statement_of_account", "statement_of_claim"):
            filings.make(tx, store=here.store, case_no=CASE, document=document, as_of=as_of, own=OWN)
        package = sealed(tx, here.store, case_no=CASE, recipient=email_of("counsel"))
        until = clock.today() + timedelta(days=30)
        create_grant(tx, package_id=package.package_id, recipient=email_of("counsel"), until=until)
    with here.transaction(LOCAL_OPERATOR) as tx:
        webhooks.create_webhook(tx, url="https://partner.example/hook", events=["case.opened"])
    with here.transaction(actor_of(here, "collections")) as tx:
        jobs.enqueue(tx, kind="sweep", arguments={"as_of": "2024-11-03"})


def _return(here: Installation) -> None:
    name, period = "collection_and_litigation", "2024-Q2"
    with here.reading() as session:
        cut = report_queries.draw(
            session, name=name, period=period_named(period), progress=lambda done, total, text: None
        )
    with here.transaction(actor_of(here, "compliance")) as tx:
        reports.make_return(tx, store=here.store, name=name, period=period, cut=cut)


def _token(here: Installation, role: str) -> str:
    with here.transaction(actor_of(here, role)) as tx:
        user = queries.user_by_email(tx.session, email_of(role))
        assert user is not None
        return access.create_token(tx, user_id=user.id, name="tests", until=clock.today() + timedelta(days=30))


def actor_of(here: Installation, role: str) -> Actor:
    """The colleague of a role, acting."""
    return here.actor(email_of(role))


@pytest.fixture
def house(tmp_path: Path, populated: Path) -> Iterator[Installation]:
    """A copy of that instance for one test."""
    folder = tmp_path / "instance"
    shutil.copytree(populated, folder)
    here = Installation(settings_of(folder)).opened()
    yield here
    here.database.dispose()


@pytest.fixture
def app(house: Installation) -> Flask:
    """The application of the test's instance."""
    return application(house)


def application(here: Installation) -> Flask:
    """The application of an instance, its API included."""
    return create_app(here)


def token_of(here: Installation, role: str) -> str:
    """The token of a role's colleague."""
    told = (here.settings.instance / TOKENS).read_text().splitlines()
    return dict(line.split() for line in told)[role]


@pytest.fixture
def call_as(app: Flask, house: Installation) -> Callable[[str], Caller]:
    """`call_as("lawyer")` answers a caller with that role's token; `call_as("")` one without."""
    return lambda role: Caller(app.test_client(), token_of(house, role) if role else "")


@pytest.fixture
def lawyer(call_as: Callable[[str], Caller]) -> Caller:
    """The lawyer's system."""
    return call_as("lawyer")
