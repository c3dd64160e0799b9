"""Every template in the lawyers' drawer lints clean and prints its sample case with no field left out."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest

from legal_service import clock, config
from legal_service.accounts import sheet
from legal_service.contacts.log import Contact
from legal_service.documents import files
from legal_service.documents.lint import lint
from legal_service.documents.manifest import Template
from legal_service.documents.page import render_html
from legal_service.documents.plain import words_of_docx
from legal_service.errors import Refusal
from legal_service.evidence import files as evidence
from legal_service.evidence.assembly import assemble
from legal_service.evidence.facts import Logs
from legal_service.filings import rendering
from legal_service.reports import sheet as returns
from legal_service.reports.composition import compose
from tests.accounts.a_loan import a_loan, charged, paid, statement_of
from tests.evidence import a_package
from tests.filings import claim_builders
from tests.reports import a_return

ON = date(2026, 6, 30)


def _statement_of_claim(template: Template) -> str:
    return words_of_docx(rendering.statement_of_claim(template, claim_builders.a_full_claim(), ON)["docx"])


def _statement_of_account(template: Template) -> str:
    statement = statement_of(a_loan(paid("2026-03-05", "500"), charged("2026-04-01", "other", "20")), "2026-06-30")
    names = sheet.SheetNames(lender="甲公司", borrower="张三", prepared_by="业务系统")
    return render_html(template.body.decode(), sheet.context(statement, names))


def _contact_log(template: Template) -> str:
    contact = Contact(
        "C1", datetime(2026, 3, 1, 10, tzinfo=clock.SHANGHAI), "call", "out", "borrower", "19900000000", "connected",
        "", "", "约定还款", "contact_attempt:1",
    )  # fmt: skip
    facts = rendering.log_facts(
        case_no="LC-2026-000001", loans=["L1"], lender="甲公司", borrower="张三", as_of=ON, contacts=[contact]
    )
    return str(len(rendering.contact_log(template, facts, ON)))


def _regulatory_return(template: Template) -> str:
    whole = compose(a_return.a_quarter(), "0" * 64, a_return.DEFINITION, a_return.FIRST)
    return render_html(template.body.decode(), returns.context(whole))


SAMPLES: dict[str, Callable[[Template], str]] = {
    "statement_of_claim": _statement_of_claim,
    "statement_of_account": _statement_of_account,
    "contact_log": _contact_log,
    "regulatory_return": _regulatory_return,
}
BINDER = {"evidence_catalogue", "package_cover", "package_slip"}
"""Printed together when a package is assembled, a slip among them."""


def without_sample(folder: Path) -> list[str]:
    return sorted(set(files.codes(folder=folder)) - set(SAMPLES) - BINDER)


def print_sample(folder: Path, code: str) -> str:
    """Print a template's sample case; a field left out stops here."""
    return SAMPLES[code](files.load(code, folder=folder))


def print_binder(folder: Path) -> bytes:
    items = a_package.exhibits()
    package = assemble(
        a_package.FACTS,
        exhibits=items,
        filings=[],
        statement=a_package.statement(),
        logs=Logs(custody=a_package.custody_of(items), provenance=[], redactions=[]),
        drawers=a_package.a_drawer(),
        sheets=evidence.sheets(folder=folder),
        verify_page=evidence.verify_page(),
    )
    return package.files["data/binder.pdf"]


def test_every_template_lints_clean() -> None:
    found = {code: lint(files.load(code)) for code in files.codes()}
    assert {code: findings for code, findings in found.items() if findings} == {}


def test_every_template_has_a_sample_case() -> None:
    assert without_sample(config.TEMPLATES) == []
    assert set(SAMPLES) | BINDER <= set(files.codes())


@pytest.mark.parametrize("code", sorted(SAMPLES))
def test_every_template_prints_its_sample_case(code: str) -> None:
    assert print_sample(config.TEMPLATES, code)


def test_the_sheets_of_the_binder_print_theirs() -> None:
    assert print_binder(config.TEMPLATES).startswith(b"%PDF")


def _with(tmp_path: Path, code: str, planted: str) -> Path:
    folder = Path(shutil.copytree(config.TEMPLATES, tmp_path / "templates"))
    body = folder / code / "body.html"
    body.write_text(body.read_text(encoding="utf-8") + planted, encoding="utf-8")
    return folder


@pytest.mark.parametrize("code", sorted(set(SAMPLES) - {"statement_of_claim"}))
def test_a_planted_field_that_no_facts_give_stops_the_sample(tmp_path: Path, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        print_sample(_with(tmp_path, code, "<p>{{ nobody.knows }}</p>"), code)
    assert refused.value.code == "template_field_missing"


@pytest.mark.parametrize("code", sorted(BINDER))
def test_a_planted_field_stops_the_binder(tmp_path: Path, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        print_binder(_with(tmp_path, code, "<p>{{ nobody.knows }}</p>"))
    assert refused.value.code == "template_field_missing"


def test_a_planted_template_without_a_sample_is_found(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(config.TEMPLATES, tmp_path / "templates"))
    shutil.copytree(folder / "contact_log", folder / "new_letter")
    manifest = folder / "new_letter" / "manifest.yaml"
    manifest.write_text(
        manifest.read_text(encoding="utf-8").replace("code: contact_log", "code: new_letter"), encoding="utf-8"
    )
    assert "new_letter" in without_sample(folder)


def test_a_planted_fault_is_linted(tmp_path: Path) -> None:
    folder = _with(tmp_path, "contact_log", "<p>{% if rows %}</p>")
    assert [finding.code for finding in lint(files.load("contact_log", folder=folder))] == ["template_tag_wrong"]
