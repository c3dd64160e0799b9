"""`legal loan reconcile`: one JSON document, both figures of every difference."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path

import pytest
from click.testing import CliRunner

from legal_service.cli import legal
from legal_service.installation import Installation
from tests.builders import ROWS, a_tape, imported


def test_reconcile_answers_for_all_loans_and_for_one(
    installation: Installation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loans = deepcopy(ROWS["loans"])
    for row, principal in zip(loans, ("1.00", "2.00", ""), strict=True):
        row.update({"outstanding_principal": principal, "balance_as_of": "2024-12-31" if principal else ""})
    imported(installation, a_tape(tmp_path / "tape", loans=loans))
    monkeypatch.setenv("LEGAL_INSTANCE", str(installation.settings.instance))
    told = json.loads(CliRunner().invoke(legal, ["loan", "reconcile", "--json"]).stdout)
    assert (told["compared"], told["differing"], len(told["findings"])) == (2, 2, 2)
    assert [one["theirs"] for one in told["findings"]] == ["1.00", "2.00"]
    one = json.loads(CliRunner().invoke(legal, ["loan", "reconcile", "--loan", "HM0002", "--json"]).stdout)
    assert [(found["loan_no"], found["severity"]) for found in one["findings"]] == [("HM0002", "doubt")]
    none = CliRunner().invoke(legal, ["loan", "reconcile", "--loan", "HM9999", "--json"])
    assert (none.exit_code, json.loads(none.stdout)["refusal"]["code"]) == (1, "unknown_loan")
