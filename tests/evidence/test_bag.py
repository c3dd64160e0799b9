"""The bag: an ordinary BagIt 1.0 package that other people's tools accept, the same bytes each time."""

import io
import zipfile
from datetime import date
from pathlib import Path

import bagit
import pytest

from legal_service.errors import Refusal
from legal_service.evidence import bag

FILES = {
    "data/exhibits/01-借款合同.pdf": b"%PDF-1.7 contract",
    "data/exhibits/02-放款凭证 (2).txt": b"a space in a name",
    "metadata/custody.jsonl": b"{}\n",
}
INFO = [("Source-Organization", "江南消费金融有限公司"), ("Bagging-Date", "2026-11-23")]
ROOT = "AJ2026-0001-statement_of_claim-court-20261123"


def prepared(files: dict[str, bag.Content] | None = None) -> bag.Plan:
    return bag.prepare(files or FILES, INFO, root=ROOT, on=date(2026, 11, 23))


def test_bagit_python_validates_the_unpacked_package(tmp_path: Path) -> None:
    zipfile.ZipFile(io.BytesIO(bag.packed(prepared(), timestamp=b"tsr", chain=b"pem"))).extractall(tmp_path)
    found = bagit.Bag(str(tmp_path / ROOT))
    assert found.validate()
    assert found.version == "1.0"
    assert found.info["Payload-Oxum"] == f"{len(b'%PDF-1.7 contract') + len(b'a space in a name')}.2"
    assert found.info["Source-Organization"] == "江南消费金融有限公司"


def test_entries_are_sorted_stored_dated_and_under_one_directory() -> None:
    entries = zipfile.ZipFile(io.BytesIO(bag.packed(prepared(), timestamp=b"tsr", chain=b"pem"))).infolist()
    assert [entry.filename for entry in entries] == sorted(entry.filename for entry in entries)
    assert {entry.filename.split("/")[0] for entry in entries} == {ROOT}
    assert {entry.date_time for entry in entries} == {(2026, 11, 23, 0, 0, 0)}
    assert {entry.compress_type for entry in entries} == {zipfile.ZIP_STORED}


def test_the_order_in_which_files_are_given_does_not_matter() -> None:
    turned = dict(reversed(FILES.items()))
    assert bag.packed(prepared(turned)) == bag.packed(prepared())


def test_a_stream_makes_the_same_bag_as_its_bytes() -> None:
    streamed: dict[str, bag.Content] = {name: (lambda held=held: io.BytesIO(held)) for name, held in FILES.items()}
    assert bag.packed(prepared(streamed)) == bag.packed(prepared())


def test_a_file_that_changes_between_hashing_and_writing_is_not_let_out() -> None:
    versions = iter([b"first", b"later"])
    plan = prepared({"data/x.txt": lambda: io.BytesIO(next(versions))})
    with pytest.raises(OSError, match="changed between"):
        bag.packed(plan)


def test_timestamp_and_its_certificates_are_in_no_manifest() -> None:
    plan = prepared()
    archive = zipfile.ZipFile(io.BytesIO(bag.packed(plan, timestamp=b"tsr", chain=b"pem")))
    assert archive.read(f"{ROOT}/tagmanifest-sha256.txt") == plan.tagmanifest
    assert b"timestamp.tsr" not in plan.tagmanifest and b"tsa-chain.pem" not in plan.tagmanifest
    assert b"metadata/custody.jsonl" in plan.tagmanifest and b"manifest-sha256.txt" in plan.tagmanifest


def test_a_name_from_a_mac_is_written_in_the_form_that_every_system_reads() -> None:
    plan = prepared({"data/café.txt": b""})
    assert "data/caf\u00e9.txt" in plan.files


@pytest.mark.parametrize(
    "name",
    [
        "data/../x",
        "/data/x",
        "data//x",
        "data/a\\b",
        "data/con.txt",
        "data/100%.txt",
        "data/a:b",
        "data/x ",
        "data/\u202efdp.exe",
        "data/" + "长" * 80,
    ],
)
def test_a_name_that_some_system_cannot_write_is_refused(name: str) -> None:
    with pytest.raises(Refusal) as refused:
        prepared({name: b""})
    assert refused.value.code == "bad_package_name"


def test_two_names_that_are_one_on_windows_are_refused() -> None:
    with pytest.raises(Refusal) as refused:
        prepared({"data/A.pdf": b"1", "data/a.pdf": b"2"})
    assert refused.value.code == "duplicate_package_name"


def test_a_line_break_in_a_value_cannot_add_a_line_to_bag_info() -> None:
    plan = bag.prepare(FILES, [("Recipient", "甲\nPayload-Oxum: 1.1")], root=ROOT, on=date(2026, 11, 23))
    assert bytes(plan.files["bag-info.txt"]).decode().splitlines()[0] == "Recipient: 甲 Payload-Oxum: 1.1"
