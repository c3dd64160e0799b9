"""Whatever the document allows, and what it forbids, is answered as the document says: in every role, without a failure of ours."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from legal_service.access.permissions import ROLES
from legal_service.installation import Installation
from tests.api.conftest import CASE, application, settings_of, token_of

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    negative_data_rejection,
]
EXAMPLES = {"lawyer": (6, 3), "admin": (4, 2), "compliance": (4, 2)}
"""Role → examples an operation: (allowed by the document, forbidden by it). The others get two and one."""
OF_LAW = (1, 1)
"""As many of each question of law in every role but the lawyer's: they answer everybody alike, and there are many."""
THERE = {
    "case_no": CASE,
    "loan_no": "HM0001",
    "package_id": f"{CASE}-statement_of_claim-external_counsel-20261020",
    "revision": 1,
    "export_id": 1,
    "grant_id": 1,
    "job_id": 1,
    "issue_id": 1,
    "webhook_id": 1,
    "event_id": 1,
    "request_id": 1,
    "cell": "loans_by_tier.severe",
    "token_id": 999,  # not the one that is used here
    "email": "nobody@lender.example",
}
"""What is there to be named in an address: random names would only ever meet 404."""


class Switch:
    """One WSGI address behind which each test puts its own instance, so that the document is read only once."""

    app: Any = None

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        environ.setdefault("REMOTE_ADDR", "127.0.0.1")  # a caller on this machine
        found: Iterable[bytes] = self.app(environ, start_response)
        return found


@dataclass(frozen=True)
class Drawn:
    """An operation, and where its calls are drawn from."""

    operation: Any
    allowed: Any
    forbidden: Any


@pytest.fixture(scope="module")
def switch() -> Switch:
    return Switch()


@pytest.fixture
def copy(tmp_path: Path, populated: Path, switch: Switch) -> Iterator[Installation]:
    folder = tmp_path / "instance"
    shutil.copytree(populated, folder)
    here = Installation(settings_of(folder)).opened()
    switch.app = application(here)
    yield here
    here.database.dispose()


DRAWN: list[Drawn] = []


@pytest.fixture
def drawn(copy: Installation, switch: Switch) -> list[Drawn]:
    """Every operation of the document; read with the first instance, which describes all of them."""
    if not DRAWN:
        document = schemathesis.openapi.from_wsgi("/api/openapi.json", switch)
        for operation in (ok_of(found) for found in document.get_all_operations()):
            asked = operation.body or operation.query
            DRAWN.append(
                Drawn(
                    operation,
                    operation.as_strategy(generation_mode=GenerationMode.POSITIVE),
                    operation.as_strategy(generation_mode=GenerationMode.NEGATIVE) if asked else None,
                )
            )
    return DRAWN


@pytest.mark.parametrize("role", ROLES)
def test_every_operation_answers_as_documented(copy: Installation, drawn: list[Drawn], role: str) -> None:
    assert len(drawn) > 40
    headers = {"Authorization": f"Bearer {token_of(copy, role)}"}
    allowed, forbidden = EXAMPLES.get(role, (2, 1))
    faults = []
    for one in drawn:
        label = one.operation.label
        right, wrong = OF_LAW if "/law/" in label and role != "lawyer" else (allowed, forbidden)
        faults += faults_of(label, one.allowed, headers, right, there=True)
        if one.forbidden is not None:
            faults += faults_of(label, one.forbidden, headers, wrong, there=False)
    assert faults == []


def ok_of(found: Any) -> Any:
    """An operation that schemathesis could read; a fault of the document is ours."""
    assert hasattr(found, "ok"), found.err()
    return found.ok()


def faults_of(label: str, calls: Any, headers: dict[str, str], examples: int, *, there: bool) -> list[str]:
    """What so many calls of one operation show to be wrong; `there` puts names into the address that are there."""

    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=calls)
    def call(case: Any) -> None:
        if there and case.path_parameters:
            case.path_parameters = {name: THERE.get(name, value) for name, value in case.path_parameters.items()}
        case.call_and_validate(headers=headers, checks=CHECKS)

    try:
        call()
    except FailureGroup as group:
        return [f"{label}: {one.title}: {one.message}" for one in group.exceptions]
    return []
