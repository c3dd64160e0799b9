"""A return checked by somebody who has nothing but its folder."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from legal_service.reports import files
from legal_service.reports.cut import digest
from legal_service.reports.production import CUT, FILES, MANIFEST, PDF, RETURN, XLSX
from legal_service.reports.verification import verify


def found(spoiled: dict[str, bytes]) -> set[tuple[str, str]]:
    return {(one.file, one.code) for one in verify(spoiled, files.press)}


def listed_anew(spoiled: dict[str, bytes], **changes: object) -> dict[str, bytes]:
    """The work of a forger who also writes the hashes anew."""
    manifest = json.loads(spoiled[MANIFEST]) | changes
    for name, one in manifest["files"].items():
        one.update(sha256=digest(spoiled[name]), bytes=len(spoiled[name]))
    return spoiled | {MANIFEST: (json.dumps(manifest, ensure_ascii=False, indent=1) + "\n").encode()}


def test_a_return_as_it_was_made_is_whole(made: dict[str, bytes], tmp_path: Path) -> None:
    for name, content in made.items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "covering letter.txt").write_text("not ours", encoding="utf-8")
    assert files.verify(tmp_path, language="zh") == {"ok": True, "files": 5, "problems": []}


@pytest.mark.parametrize("name", [RETURN, XLSX, PDF, CUT])
def test_one_altered_byte_is_found_and_its_file_named(made: dict[str, bytes], name: str) -> None:
    content = bytearray(made[name])
    content[len(content) // 2] ^= 1
    assert (name, "hash_differs") in found(made | {name: bytes(content)})


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_named(made: dict[str, bytes], name: str) -> None:
    assert (name, "missing") in found({one: content for one, content in made.items() if one != name})


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (RETURN, b'"60000.00"', b'"50000.00"'),
        (RETURN, "王合规".encode(), "李合规".encode()),
    ],
)
def test_a_forger_who_writes_the_hashes_anew_is_found_by_the_re_run(
    made: dict[str, bytes], name: str, old: bytes, new: bytes
) -> None:
    assert old in made[name]
    spoiled = listed_anew(made | {name: made[name].replace(old, new)})
    assert found(spoiled) == {(name, "not_reproduced")}


def test_a_forged_row_of_the_cut_is_found_by_the_re_run(made: dict[str, bytes]) -> None:
    cut = made[CUT].replace(b'"tier":"mild"', b'"tier":"moderate"', 1)
    assert cut != made[CUT]
    assert (RETURN, "not_reproduced") in found(listed_anew(made | {CUT: cut}, cut_sha256=digest(cut)))


def test_a_manifest_with_something_added_is_found(made: dict[str, bytes]) -> None:
    assert found(listed_anew(made, remark="approved by the regulator")) == {(MANIFEST, "not_reproduced")}


def test_another_preparer_in_the_manifest_is_found(made: dict[str, bytes]) -> None:
    spoiled = made | {MANIFEST: made[MANIFEST].replace("王合规".encode(), "李合规".encode())}
    assert (RETURN, "not_reproduced") in found(spoiled)


def test_a_return_of_another_definition_says_with_which_software_to_check_it(made: dict[str, bytes]) -> None:
    manifest = json.loads(made[MANIFEST])
    problems = verify(listed_anew(made, made_with=manifest["made_with"] | {"definition": "0-aaaa"}), files.press)
    assert [(one.file, one.code) for one in problems] == [(MANIFEST, "definition_differs")]
    assert "0-aaaa" in problems[0].message.en and manifest["made_with"]["legal-service"] in problems[0].message.en


def test_where_software_differs_the_message_says_so(made: dict[str, bytes]) -> None:
    manifest = json.loads(made[MANIFEST])
    spoiled = listed_anew(
        made | {PDF: made[PDF].replace(b"%%EOF", b"%%EOX")}, made_with=manifest["made_with"] | {"weasyprint": "1.0"}
    )
    problems = verify(spoiled, files.press)
    assert [(one.file, one.code) for one in problems] == [(PDF, "not_reproduced")]
    assert "weasyprint 1.0" in problems[0].message.en


@pytest.mark.parametrize(
    "spoil",
    [
        lambda made: {},
        lambda made: dict.fromkeys(made, b""),
        lambda made: made | {MANIFEST: b"[]"},
        lambda made: made | {MANIFEST: b"[" * 100000},
        lambda made: made | {MANIFEST: b'{"issue": {"number": "x"}, "files": {}}'},
        lambda made: listed_anew(made | {CUT: b"\xff\xfe"}),
        lambda made: listed_anew(made | {CUT: made[CUT].replace(b"collection_and_litigation", b"../../etc/passwd")}),
        lambda made: listed_anew(
            made | {CUT: made[CUT].replace(b'"status":"awaiting_counsel"', b'"status":"unheard of"')}
        ),
        lambda made: listed_anew(made | {CUT: made[CUT].replace(b'"period":"2026-Q3"', b'"period":"2026-Q9"')}),
    ],
)
def test_rubbish_is_a_problem_and_never_an_exception(
    made: dict[str, bytes], spoil: Callable[[dict[str, bytes]], dict[str, bytes]]
) -> None:
    assert verify(spoil(made), files.press)
