"""A file that is cut, of the wrong kind, or misshapen: its clear answer, and nothing has changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from legal_service.errors import Refusal
from legal_service.installation import Installation
from tests.builders import a_tape, imported, picture
from tests.intake.conftest import Refused


def told(refused: Refused, tape: Path) -> list[tuple[str, str]]:
    return [(finding.code, finding.where) for finding in refused(tape)]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-8-sig"])
def test_a_file_cut_in_the_middle_of_a_character(tmp_path: Path, refused: Refused, encoding: str) -> None:
    tape = a_tape(tmp_path / "tape", encoding=encoding)
    file = tape / "borrowers.csv"
    content = file.read_bytes()
    file.write_bytes(content[: content.index("二号路".encode(encoding.removesuffix("-sig"))) + 1])
    [finding] = refused(tape)
    assert (finding.code, finding.where) == ("bad_encoding", "borrowers.csv:3")
    assert "截断" in finding.message.zh and "cut in the middle of a character" in finding.message.en


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_a_file_cut_in_the_middle_of_a_row(tmp_path: Path, refused: Refused, encoding: str) -> None:
    tape = a_tape(tmp_path / "tape", encoding=encoding)
    file = tape / "borrowers.csv"
    content = file.read_bytes()
    file.write_bytes(content[: content.index("示例省示例市二号路".encode(encoding))])
    assert ("short_row", "borrowers.csv:3") in told(refused, tape)


def test_a_file_cut_in_the_middle_of_the_header(tape: Path, refused: Refused) -> None:
    (tape / "repayments.csv").write_text("loan_no,paid_on,amo", encoding="utf-8")
    assert told(refused, tape) == [
        ("missing_column", "repayments.csv:1:AMOUNT"),
        ("missing_column", "repayments.csv:1:REFERENCE"),
    ]


def test_a_file_cut_in_its_last_cell_is_at_least_a_doubt(installation: Installation, tape: Path) -> None:
    file = tape / "charges.csv"
    file.write_bytes(file.read_bytes()[:-2])
    outcome = imported(installation, tape)
    assert ("no_final_newline", "doubt") in [(finding.code, finding.severity) for finding in outcome.findings]


def test_a_damaged_utf8_file_is_not_taken_for_gb18030(tape: Path, refused: Refused) -> None:
    file = tape / "borrowers.csv"
    file.write_bytes(file.read_bytes().replace("伟".encode(), "伟".encode()[:2], 1))
    [finding] = refused(tape)
    assert (finding.code, finding.where) == ("bad_encoding", "borrowers.csv:2")
    assert "UTF-8" in finding.message.en


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_utf16_is_refused_with_what_to_save_it_as(tape: Path, refused: Refused, encoding: str) -> None:
    file = tape / "loans.csv"
    file.write_bytes(file.read_text(encoding="utf-8").encode(encoding))
    [finding] = refused(tape)
    assert (finding.code, finding.where) == ("bad_encoding", "loans.csv:1")
    assert "UTF-8" in finding.message.zh and "UTF-8" in finding.message.en


def test_nul_bytes_are_refused_where_they_stand(tape: Path, refused: Refused) -> None:
    file = tape / "borrowers.csv"
    padded = file.read_bytes().replace(b"19900000002", b"1990000\x000002")
    file.write_bytes(padded)
    assert told(refused, tape) == [("bad_encoding", "borrowers.csv:3")]


def test_an_unpaired_quote(tape: Path, refused: Refused) -> None:
    file = tape / "borrowers.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("欧阳娜娜", '"欧阳娜娜'), encoding="utf-8")
    [finding] = refused(tape)
    assert (finding.code, finding.where) == ("bad_csv", "borrowers.csv:3")


def test_a_short_and_a_long_row(tape: Path, refused: Refused) -> None:
    file = tape / "waivers.csv"
    lines = file.read_text(encoding="utf-8").splitlines()
    row = lines[1].replace("W1", "W2")
    file.write_text(
        "\n".join([*lines, row.rpartition(",")[0], row.replace("W2", "W3") + ",多"]) + "\n", encoding="utf-8"
    )
    assert told(refused, tape) == [("short_row", "waivers.csv:3"), ("long_row", "waivers.csv:4")]


def test_empty_columns_at_the_right_harm_nobody(installation: Installation, tape: Path) -> None:
    file = tape / "loans.csv"
    file.write_text("".join(f"{line},,\n" for line in file.read_text(encoding="utf-8").splitlines()), encoding="utf-8")
    assert imported(installation, tape).findings == []


def test_a_missing_and_a_duplicate_column(tape: Path, refused: Refused) -> None:
    file = tape / "repayments.csv"
    content = file.read_text(encoding="utf-8")
    file.write_text(content.replace("amount", "amnt", 1), encoding="utf-8")
    assert told(refused, tape) == [("missing_column", "repayments.csv:1:AMOUNT")]
    file.write_text(content.replace("channel", "金额", 1), encoding="utf-8")
    assert told(refused, tape) == [("duplicate_column", "repayments.csv:1:金额")]


def test_an_unreadable_parent_is_told_once_and_not_once_for_every_child(tape: Path, refused: Refused) -> None:
    (tape / "loans.csv").write_bytes(b"loan_no\xff\xff")
    assert [finding.code for finding in refused(tape)] == ["bad_encoding"]


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xef\xbb\xbf"])
def test_an_empty_file(tape: Path, refused: Refused, content: bytes) -> None:
    (tape / "waivers.csv").write_bytes(content)
    assert told(refused, tape) == [("empty_file", "waivers.csv:1")]


def test_a_tape_file_that_is_a_link_out_of_the_folder(tape: Path, refused: Refused, tmp_path: Path) -> None:
    outside = tmp_path / "elsewhere.csv"
    (tape / "waivers.csv").rename(outside)
    (tape / "waivers.csv").symlink_to(outside)
    assert told(refused, tape) == [("path_outside_tape", "waivers.csv:1")]


def test_two_files_for_one_sheet_are_read_as_one(tape: Path, refused: Refused) -> None:
    (tape / "减免.csv").write_bytes((tape / "waivers.csv").read_bytes())
    [finding] = refused(tape)
    assert (finding.code, finding.where) == ("duplicate_key", "减免.csv:2:REFERENCE")
    assert "waivers.csv:2" in finding.message.en


def test_what_is_no_tape_is_refused(settled: Installation, tmp_path: Path) -> None:
    before = picture(settled)
    (tmp_path / "empty").mkdir()
    (tmp_path / "letter.pdf").write_bytes(b"%PDF-1.4")
    for path in (tmp_path / "empty", tmp_path / "letter.pdf"):
        with pytest.raises(Refusal) as told:
            imported(settled, path)
        assert told.value.code == "no_tape"
    assert picture(settled) == before


def test_a_file_that_is_not_part_of_the_tape_is_a_doubt_and_never_silent(
    installation: Installation, tape: Path
) -> None:
    (tape / "notes.csv").write_bytes(b"\xff\xfe\x00")
    (tape / "old.xls").write_bytes(b"\xd0\xcf")
    (tape / "~$loans.xlsx").write_bytes(b"lock")
    (tape / "._loans.csv").write_bytes(b"\x00\x05\x16\x07")
    outcome = imported(installation, tape)
    assert [(finding.code, finding.severity, finding.where) for finding in outcome.findings] == [
        ("unknown_sheet", "doubt", "notes.csv:1"),
        ("unknown_sheet", "doubt", "old.xls:1"),
    ]
    assert outcome.created == 21


def test_an_unknown_column_is_a_doubt_and_kept_with_the_contract(installation: Installation, tape: Path) -> None:
    from legal_service.accounts.models import Contract
    from tests.builders import rows_of

    file = tape / "loans.csv"
    header, first, *others = file.read_text(encoding="utf-8").splitlines()
    rows = [header + ",团队,经办", first + ",东一组,周五", *(other + ",," for other in others)]
    file.write_text("\n".join(rows) + "\n", encoding="utf-8")
    outcome = imported(installation, tape)
    assert [(finding.code, finding.where) for finding in outcome.findings] == [
        ("unknown_column", "loans.csv:1:团队"),
        ("unknown_column", "loans.csv:1:经办"),
    ]
    kept = [contract.extra for contract in rows_of(installation, Contract)]
    assert kept == ['{"团队": "东一组", "经办": "周五"}', None, None]
