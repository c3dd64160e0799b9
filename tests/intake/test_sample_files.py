"""The folder of the sample: papers with text, scans without, nothing outside the folder, the same bytes again."""

import csv
import hashlib
import io
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from legal_service.errors import Refusal
from legal_service.intake import files as intake
from legal_service.intake.sample.credit_files import draw_files
from legal_service.intake.sample.files import write_sample
from legal_service.law.figures import capitals
from tests.intake.sampled import read_back

AS_OF = date(2026, 11, 23)
LOANS, SEED = 30, 3


def write(out, **changed):
    arguments = {"loans": LOANS, "seed": SEED, "as_of": AS_OF, "papers_for": 2, "progress": lambda *_: None}
    return write_sample(out, **{**arguments, **changed})


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    out = tmp_path_factory.mktemp("sample") / "tape"
    return out, write(out)


@pytest.fixture(scope="module")
def exemplary():
    return next(file for file in draw_files(LOANS, SEED, AS_OF) if file.exemplary)


def text_of(pdf: Path) -> str:
    document = pypdfium2.PdfDocument(pdf.read_bytes())
    return "".join(page.get_textpage().get_text_bounded() for page in document).replace("\r\n", "")


def listed(out: Path):
    return list(csv.DictReader(io.StringIO((out / "documents.csv").read_text("utf-8-sig"))))


def digests(out: Path):
    return {
        str(path.relative_to(out)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(out.rglob("*"))
        if path.is_file()
    }


def test_the_summary_counts_what_was_written(written):
    out, summary = written
    assert summary["loans"] == LOANS and summary["borrowers"] <= LOANS
    assert sum(summary["tiers_aimed"].values()) == LOANS
    assert summary["documents"] == len(listed(out)) and len(summary["papers_for"]) == 2
    assert set(summary["files"]) == {path.name for path in out.iterdir() if path.is_file()}


def test_the_folder_passes_the_import_with_its_documents(written):
    out, summary = written
    tape = read_back({path.name: path.read_bytes() for path in sorted(out.glob("*.csv"))}, AS_OF)
    found = intake.check_documents(tape, out)
    assert [finding for finding in tape.findings if finding.severity == "error"] == []
    assert len(found) == summary["documents"]


def test_csv_begins_with_a_byte_order_mark_and_a_note_says_that_all_is_invented(written):
    out, _ = written
    assert all(path.read_bytes().startswith(b"\xef\xbb\xbf") for path in out.glob("*.csv"))
    note = (out / "README.txt").read_text("utf-8-sig")
    assert "虚构" in note and "synthetic" in note


def test_the_exemplary_case_has_every_paper_a_filing_asks_for(written, exemplary):
    out, summary = written
    assert summary["exemplary"] == exemplary.loan.loan_no == summary["papers_for"][0]
    kinds = {row["kind"] for row in listed(out) if row["loan_no"] == exemplary.loan.loan_no}
    assert kinds >= {
        "contract", "disbursement_receipt", "id_card", "authorisation", "face_verification", "signature_certificate",
        "form_terms_notice", "guarantee_contract", "demand_letter", "acceleration_notice", "delivery_receipt", "licence",
    }  # fmt: skip


def test_the_contract_says_what_the_tape_says(written, exemplary):
    out, _ = written
    path = next((out / "documents" / exemplary.loan.loan_no).glob("*-借款合同.pdf"))
    text = text_of(path)
    borrower, loan = exemplary.borrower, exemplary.loan
    for value in (
        borrower.name, borrower.id_number, borrower.phone, borrower.bank_card, borrower.domicile, loan.contract_no,
        capitals(loan.principal), "惠民消费金融有限公司", "提前到期", "送达", loan.clauses.court, exemplary.kin.name,
    ):  # fmt: skip
        assert value in text, value
    assert f"{loan.periods()[-1].due_on}" in text, "the schedule runs to its last instalment"


def test_the_receipt_bears_the_sum_paid_out(written, exemplary):
    out, _ = written
    text = text_of(next((out / "documents" / exemplary.loan.loan_no).glob("*-放款凭证.pdf")))
    assert capitals(exemplary.loan.paid_out) in text and exemplary.borrower.bank_card in text


def test_scans_have_no_text_and_everything_else_has(written):
    out, _ = written
    scans = [row for row in listed(out) if "扫描" in row["source"]]
    assert {row["kind"] for row in scans} >= {"id_card"}
    for row in listed(out):
        text = text_of(out / row["file"])
        if row in scans:
            assert text == ""
        elif row["original"] == "electronic":
            assert len(text) > 100, row["file"]


def test_the_same_arguments_write_the_same_bytes_over_an_earlier_sample(written):
    out, summary = written
    before = digests(out)
    assert write(out) == summary
    assert digests(out) == before


def test_a_folder_with_anything_else_is_refused_and_left_alone(tmp_path):
    (tmp_path / "loans.csv").write_text("loan_no\nHM1\n")
    with pytest.raises(Refusal) as refused:
        write(tmp_path)
    assert refused.value.code == "folder_not_empty"
    assert (tmp_path / "loans.csv").read_text() == "loan_no\nHM1\n"


def test_without_papers_only_the_tape_is_written(tmp_path):
    summary = write(tmp_path / "tape", papers_for=0, loans=200)
    assert summary["documents"] == 0 and "documents.csv" not in summary["files"]
