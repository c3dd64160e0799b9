"""The verifier, alone with the ZIP: everything that can be wrong with a package is named by file, and nothing makes it fall over."""

import io
import json
import os
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from legal_service.evidence import bag, files, verify
from legal_service.vault import timestamps
from legal_service.vault.timestamps import authority
from tests.evidence.a_package import STAMPED_AT, an_authority, planned, stamped, the_package, the_zip

ROOT = "AJ2026-0001-statement_of_claim-court-20261123"
CONTRACT = "data/exhibits/02-借款合同.pdf"


def codes(package: bytes) -> list[tuple[str, str]]:
    return [(problem["file"], problem["code"]) for problem in verify.verify(package)["problems"]]


def rezipped(change: Callable[[dict[str, bytes]], None]) -> bytes:
    """The package unpacked, changed and zipped again by an ordinary program."""
    archive = zipfile.ZipFile(io.BytesIO(the_zip()))
    content = {name: archive.read(name) for name in archive.namelist()}
    change(content)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as again:
        for name, data in content.items():
            again.writestr(name, data)
    return out.getvalue()


def added(*entries: tuple[zipfile.ZipInfo | str, bytes]) -> bytes:
    """The package with entries added behind the others."""
    out = io.BytesIO(the_zip())
    with zipfile.ZipFile(out, "a") as archive:
        for entry, data in entries:
            archive.writestr(entry, data)
    return out.getvalue()


def test_a_sound_package_verifies_and_is_trusted_under_the_readers_root() -> None:
    answer = verify.verify(the_zip(), an_authority().ca_pem)
    assert answer == {
        "ok": True,
        "files": 23,
        "pages": 12,
        "problems": [],
        "timestamp": {"ok": True, "trusted": True, "at": "2026-11-23T12:00:00+08:00", "by": authority.AUTHORITY_NAME},
    }


def test_without_a_root_the_timestamp_holds_but_is_not_trusted() -> None:
    answer = verify.verify(the_zip())
    assert answer["ok"] and answer["timestamp"]["ok"] and not answer["timestamp"]["trusted"]


def test_another_root_is_a_problem() -> None:
    stranger = an_authority.__wrapped__().ca_pem
    answer = verify.verify(the_zip(), stranger)
    assert not answer["ok"] and answer["timestamp"]["ok"] and not answer["timestamp"]["trusted"]


def test_a_package_zipped_again_by_another_program_still_verifies() -> None:
    assert codes(rezipped(lambda content: None)) == []


def test_any_changed_byte_is_named_by_file() -> None:
    archive = zipfile.ZipFile(io.BytesIO(the_zip()))
    for entry in archive.infolist():
        if entry.file_size == 0:
            continue
        spoilt = bytearray(the_zip())
        begin = entry.header_offset + 30 + len(entry.filename.encode())
        spoilt[begin + entry.file_size // 2] ^= 1
        named = {file for file, _ in codes(bytes(spoilt))}
        inside = entry.filename.removeprefix(f"{ROOT}/")
        assert inside in named, inside


@pytest.mark.parametrize("name", [CONTRACT, "metadata/provenance.jsonl"])
def test_a_file_changed_and_zipped_again_is_named(name: str) -> None:
    assert (name, "changed") in codes(rezipped(lambda content: content.update({f"{ROOT}/{name}": b"other"})))


def test_a_missing_file_is_named() -> None:
    assert (CONTRACT, "missing") in codes(rezipped(lambda content: content.pop(f"{ROOT}/{CONTRACT}")))


def test_an_added_file_is_named() -> None:
    assert codes(added((f"{ROOT}/data/extra.pdf", b"x"))) == [
        ("data/extra.pdf", "not_in_manifest"),
        ("bag-info.txt", "payload_oxum"),
    ]


def test_a_new_manifest_over_a_changed_file_is_caught_by_the_timestamp() -> None:
    package = the_package()
    archive = zipfile.ZipFile(io.BytesIO(the_zip()))
    forged = dict(package.files) | {"metadata/provenance.jsonl": b'{"forged":true}\n'}
    plan = bag.prepare(forged, package.info, root=package.root, on=package.on)
    old = archive.read(f"{ROOT}/metadata/timestamp.tsr")
    assert codes(bag.packed(plan, timestamp=old, chain=archive.read(f"{ROOT}/metadata/tsa-chain.pem"))) == [
        ("metadata/timestamp.tsr", "timestamp_imprint")
    ]


def test_a_package_without_timestamp_is_not_in_order() -> None:
    assert ("metadata/timestamp.tsr", "timestamp_missing") in codes(bag.packed(planned(the_package())))


def test_rubbish_certificates_do_not_stop_the_check() -> None:
    plan = planned(the_package())
    reply = authority.answer(timestamps.request(plan.tagmanifest, 7), an_authority(), at=STAMPED_AT, serial=1)
    assert codes(bag.packed(plan, timestamp=reply, chain=b"rubbish")) == [
        ("metadata/tsa-chain.pem", "chain_unreadable")
    ]


def test_pages_that_the_catalogue_miscounts_are_found() -> None:
    def restated(change: Callable[[dict[str, object]], None]) -> list[tuple[str, str]]:
        package = the_package()
        catalogue = json.loads(package.files["data/catalogue.json"])
        change(catalogue)
        altered = dict(package.files) | {"data/catalogue.json": json.dumps(catalogue).encode()}
        return codes(stamped(bag.prepare(altered, package.info, root=package.root, on=package.on)))

    assert ("data/binder.pdf", "binder_pages") in restated(lambda catalogue: catalogue.update(pages=13))
    assert restated(lambda catalogue: catalogue["exhibits"][1].update(first_page=5)) == [
        ("data/catalogue.json", "catalogue_pages")
    ]
    assert (CONTRACT, "not_in_catalogue") in restated(lambda catalogue: catalogue["exhibits"].pop(1))
    assert restated(lambda catalogue: catalogue["exhibits"][1].update(sha256="0" * 64))[0] == (
        CONTRACT,
        "catalogue_digest",
    )
    assert restated(lambda catalogue: catalogue.update(exhibits=7)) == [("data/catalogue.json", "catalogue")]


def test_a_custody_entry_taken_out_altered_or_unreadable_is_found() -> None:
    def relogged(change: Callable[[list[str]], list[str]]) -> list[tuple[str, str]]:
        package = the_package()
        lines = change(bytes(package.files["metadata/custody.jsonl"]).decode().splitlines())
        altered = dict(package.files) | {"metadata/custody.jsonl": "\n".join(lines).encode()}
        return codes(stamped(bag.prepare(altered, package.info, root=package.root, on=package.on)))

    log = "metadata/custody.jsonl"
    assert relogged(lambda lines: lines) == []
    assert (log, "custody_broken") in relogged(lambda lines: lines[1:])
    assert (log, "custody_broken") in relogged(lambda lines: [line.replace("clerk", "Clerk") for line in lines])
    assert relogged(lambda lines: ["{}"]) == [(log, "custody")]
    assert relogged(lambda lines: ["[" * 100_000]) == [(log, "custody")]
    assert (CONTRACT, "no_custody") in relogged(lambda lines: [line for line in lines if '"item":2,' not in line])


@pytest.mark.parametrize(
    "name", ["../evil.txt", "/etc/passwd", "C:/x", f"{ROOT}/../x", f"{ROOT}\\x", f"{ROOT}/\u202efdp.exe"]
)
def test_a_path_that_leads_out_is_named_and_not_followed(name: str) -> None:
    assert next(code for _, code in codes(added((name, b"x")))) == "unsafe_name"


def test_a_second_directory_a_second_name_and_a_link_are_found() -> None:
    assert ("", "several_roots") in codes(added(("elsewhere/x.txt", b"x")))
    with pytest.warns(UserWarning, match="Duplicate"):
        assert (f"{ROOT}/bagit.txt", "duplicate_name") in codes(added((f"{ROOT}/bagit.txt", b"x")))
    link = zipfile.ZipInfo(f"{ROOT}/data/link")
    link.create_system, link.external_attr = 3, 0o120777 << 16
    assert (f"{ROOT}/data/link", "not_a_file") in codes(added((link, b"/etc/passwd")))


def test_data_that_no_directory_lists_is_found() -> None:
    assert ("", "hidden_data") in codes(b"MZ a program" + the_zip())
    assert codes(the_zip() + b"more") != []
    out = io.BytesIO(the_zip())
    with zipfile.ZipFile(out, "a") as archive:
        archive.comment = b"a word to the reader"
    assert ("", "hidden_data") in codes(out.getvalue())


def test_a_local_header_that_tells_another_name_is_found() -> None:
    name = f"{ROOT}/bagit.txt".encode()
    spoilt = the_zip().replace(name, name[:-5] + b"_.txt", 1)
    assert any(code in {"headers_differ", "unreadable"} for _, code in codes(spoilt))


def test_a_bomb_is_not_opened() -> None:
    out = io.BytesIO(the_zip())
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{ROOT}/data/bomb", bytes(64 << 20))
    assert (f"{ROOT}/data/bomb", "bomb") in codes(out.getvalue())


def test_a_size_that_lies_is_found() -> None:
    def lie(content: bytes) -> bytes:
        spoilt = bytearray(content)
        at = content.rfind(b"PK\x01\x02", 0, content.rfind(f"{ROOT}/data/statement.xlsx".encode()))
        spoilt[at + 24 : at + 28] = struct.pack("<L", 1 << 20)
        return bytes(spoilt)

    assert any(file.endswith("statement.xlsx") for file, _ in codes(lie(the_zip())))


@pytest.mark.parametrize("rubbish", [b"", b"PK", b"PK\x05\x06" + bytes(18), os.urandom(4096), b"%PDF-1.7"])
def test_rubbish_is_answered_with_a_problem(rubbish: bytes) -> None:
    answer = verify.verify(rubbish)
    assert not answer["ok"] and answer["problems"] and answer["files"] == 0


def test_a_package_cut_or_spoilt_anywhere_never_raises() -> None:
    whole = the_zip()
    for step in range(1, 40):
        cut = len(whole) * step // 40
        assert not verify.verify(whole[:cut])["ok"]
    directory = whole.rfind(b"PK\x01\x02", 0, whole.find(b"PK\x05\x06"))
    for place in range(whole.find(b"PK\x01\x02"), directory + 60, 41):
        spoilt = bytearray(whole)
        spoilt[place] ^= 0xFF
        verify.verify(bytes(spoilt))


def test_an_unpacked_package_verifies_and_a_link_in_it_is_found(tmp_path: Path) -> None:
    zipfile.ZipFile(io.BytesIO(the_zip())).extractall(tmp_path)
    assert files.verify(tmp_path)["ok"]
    assert files.verify(tmp_path / ROOT)["ok"]
    (tmp_path / ROOT / "data" / "link").symlink_to("/etc/passwd")
    problems = [(each["file"], each["code"]) for each in files.verify(tmp_path / ROOT)["problems"]]
    assert problems == [("data/link", "not_a_file")]


def test_a_path_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    assert files.verify(tmp_path / "nothing.zip")["problems"][0]["code"] == "unreadable"


def test_the_reader_may_choose_the_language() -> None:
    assert verify.verify(b"", language="en")["problems"][0]["message"].startswith("not a sound ZIP file")
