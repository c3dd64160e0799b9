"""`legal package list` and `legal grant revoke`: what the pages show, from the command line."""

from __future__ import annotations

import json
from typing import Any

import pytest
from click.testing import CliRunner

from legal_service import clock
from legal_service.cli import legal
from legal_service.exports.operations import take_package
from legal_service.installation import Installation
from tests.exports.a_sealed_package import COUNSEL, ON, at, granted


def run(*arguments: str, exit_code: int = 0) -> Any:
    result = CliRunner().invoke(legal, [*arguments, "--json"])
    assert result.exit_code == exit_code, result.output
    return json.loads(result.stdout)


def test_packages_are_listed_and_a_grant_is_taken_back(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEGAL_INSTANCE", str(installation.settings.instance))
    for name in ("LEGAL_DATABASE_URL", "LEGAL_STORE_URL", "LEGAL_FIELD_KEYS"):
        monkeypatch.delenv(name, raising=False)
    grant_id, _ = granted(installation)
    with at(installation, COUNSEL, clock.midday(ON)) as tx:
        take_package(tx, store=installation.store, grant_id=grant_id)

    (package,) = run("package", "list", "LC-2026-000001")["packages"]
    assert package["grants"] == [
        {"grant": grant_id, "to": COUNSEL.email, "until": "2099-01-01", "state": "live"},
    ]
    assert [(one["by"], one["grant"]) for one in package["downloads"]] == [(COUNSEL.email, grant_id)]
    assert run("grant", "revoke", str(grant_id)) == {"grant": grant_id, "state": "revoked"}
    (package,) = run("package", "list", "LC-2026-000001")["packages"]
    assert [one["state"] for one in package["grants"]] == ["revoked"]
    assert len(package["downloads"]) == 1
    assert run("grant", "revoke", "999", exit_code=1)["refusal"]["code"] == "unknown_grant"
    assert run("package", "list", "LC-9", exit_code=1)["refusal"]["code"] == "unknown_case"
    shown = CliRunner().invoke(legal, ["package", "list", "LC-2026-000001"])
    assert "已撤销" in shown.output or "revoked" in shown.output
