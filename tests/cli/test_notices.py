"""`legal law notice` and `legal docket correct`: one JSON document each, a dry run that writes nothing, refusals that name the day."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from legal_service.cases import operations, queries
from legal_service.cli import legal
from legal_service.database import Transaction
from legal_service.installation import Installation
from tests.cases.a_case import AS_OF, a_portfolio, writing
from tests.cli.test_refusals import answer_of, folder, refused, run
from tests.law.a_notice import a_notice

__all__ = ["folder"]


@pytest.fixture
def case_no(installation: Installation) -> str:
    """A case with a deadline on 1 January 2027."""

    def write(tx: Transaction) -> str:
        found = operations.open_case(tx, loan_nos=["L1"], on=AS_OF)
        case = queries.case_row(tx.session, found)
        operations.open_deadline(tx, case=case, rule="docketing", trigger=date(2026, 12, 25))
        return found

    return str(writing(a_portfolio(installation), write))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The notice as a file."""
    path = tmp_path / "国务院2027.yaml"
    path.write_bytes(a_notice())
    return path


def told(*arguments: str | Path) -> Any:
    done: Result = run(*arguments)
    assert done.exit_code == 0, done.output
    return answer_of(done)


def test_a_notice_is_tried_then_loaded_and_then_known_to_every_reader(folder: Path, case_no: str, file: Path) -> None:
    asked = ("law", "period", "--from", "2026-12-25", "--days", "7")
    assert told(*asked)["provisional"]
    tried = told("law", "notice", "load", file, "--dry-run", "--json")
    assert (tried["dry_run"], [one["after"]["last_day"] for one in tried["moved"]]) == (True, ["2027-01-04"])
    assert told(*asked)["provisional"], "a dry run writes nothing"
    loaded = told("law", "notice", "load", file, "--by", "lawyer@b.cn", "--json")
    assert (loaded["year"], loaded["changed"], loaded["moved"]) == (2027, True, tried["moved"])
    assert loaded["moved"] == [
        {
            "case_no": case_no, "rule": "docketing", "subject": "", "trigger": "2026-12-25", "done_on": None,
            "before": {"raw": "2027-01-01", "last_day": "2027-01-01", "internal": "2027-01-01", "provisional": True},
            "after": {"raw": "2027-01-01", "last_day": "2027-01-04", "internal": "2026-12-31", "provisional": False},
        }
    ]  # fmt: skip
    found = told(*asked)
    assert (found["last_day"], found["internal"], found["provisional"]) == ("2027-01-04", "2026-12-31", False)
    assert not told("law", "notice", "load", file, "--json")["changed"]
    listed = CliRunner().invoke(legal, ["law", "notice", "list", "--json"]).stdout
    assert '"loaded_by": "lawyer@b.cn"' in listed
    assert "docket.move" not in run("audit", "verify", "--json").output


def test_without_an_instance_the_law_is_that_of_the_release_and_nothing_is_loaded(
    tmp_path: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEGAL_INSTANCE", str(tmp_path / "none"))
    assert told("law", "period", "--from", "2026-12-25", "--days", "7")["provisional"]
    assert refused(run("law", "notice", "load", file, "--json")) == "not_initialised"
    assert not (tmp_path / "none").exists()


def test_a_wrong_notice_is_findings_with_field_and_day(folder: Path, case_no: str, file: Path) -> None:
    file.write_bytes(a_notice(("- 2027-05-08", "- 2027-05-07")))
    done = run("law", "notice", "load", file, "--json")
    assert done.exit_code == 1
    (found,) = answer_of(done)["findings"]
    assert (found["code"], found["severity"]) == ("no_weekend", "error")
    assert found["where"] == "国务院2027.yaml:working_weekends[2]"
    assert "2027-05-07" in found["message"]


def test_a_damaged_notice_is_a_refusal_everywhere(folder: Path, case_no: str, file: Path) -> None:
    told("law", "notice", "load", file, "--json")
    (folder / "law" / "holidays" / "2027.yaml").write_text("year: [", encoding="utf-8")
    assert refused(run("law", "period", "--from", "2026-12-25", "--days", "7")) == "notice_damaged"
    assert told("law", "notice", "load", file, "--json")["changed"], "loaded again, it is whole"
    assert not told("law", "period", "--from", "2026-12-25", "--days", "7")["provisional"]


def test_a_trigger_is_corrected_by_a_named_person(folder: Path, case_no: str) -> None:
    asked = ("docket", "correct", case_no, "docketing", "--to", "2026-03-02", "--reason", "court_notice", "--json")
    assert refused(run(*asked)) == "named_person_required"
    moved = told(*asked, "--by", "lawyer@b.cn")
    assert (moved["before"]["last_day"], moved["after"]["last_day"]) == ("2027-01-01", "2026-03-09")
    due = CliRunner().invoke(legal, ["docket", "--case", case_no, "--json"])
    assert '"trigger": "2026-03-02"' in due.stdout
    assert run("docket", "correct", case_no, "docketing", "--to", "2026-03-02", "--reason", "x").exit_code == 2
