"""What may be entered: a file name is a name, never a path."""

from __future__ import annotations

import pytest

from legal_service.errors import Refusal
from legal_service.vault.facts import check_filename, check_kind, check_subject


@pytest.mark.parametrize(
    "name",
    [
        "",
        "   ",
        ".",
        "..",
        "../合同.pdf",
        "a/b.pdf",
        "..\\..\\x.pdf",
        "C:\\x.pdf",
        "合同\n.pdf",
        "合同\x00.pdf",
        "合同\x85.pdf",
        "合同\u202efdp.exe",
        "合同\u2028.pdf",
        "合同\ud800.pdf",
        "合" * 84 + ".pdf",
    ],
)
def test_what_is_not_a_name_is_refused(name: str) -> None:
    with pytest.raises(Refusal) as refused:
        check_filename(name)
    assert refused.value.code == "bad_filename"
    assert refused.value.reason.zh
    assert refused.value.reason.en


def test_a_long_chinese_name_of_255_bytes_is_a_name() -> None:
    name = "合" * 83 + "ab.pdf"
    assert len(name.encode()) == 255
    assert check_filename(name) == name


def test_the_same_looking_name_from_a_mac_becomes_the_same_name() -> None:
    assert check_filename("re\u0301sume\u0301.pdf") == "r\u00e9sum\u00e9.pdf"


def test_a_name_with_two_dots_inside_is_a_name() -> None:
    assert check_filename("合同..pdf") == "合同..pdf"


def test_codes_are_codes() -> None:
    assert check_kind("disbursement_receipt") == "disbursement_receipt"
    assert check_subject("case:HM-2026-0001") == "case:HM-2026-0001"
    for kind in ("", "借款合同", "a b", "../x"):
        with pytest.raises(ValueError):
            check_kind(kind)
    for subject in ("", "HM0001", "loan:", "loan:a b", "loan:a\nb", "loan:" + "x" * 91):
        with pytest.raises(ValueError):
            check_subject(subject)
