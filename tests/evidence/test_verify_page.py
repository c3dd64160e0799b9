"""The offline page: nothing from outside, only its own script runs, and it says what it does not check."""

import base64
import hashlib
import re

import pytest

from legal_service.evidence import bag, files, verify

PAGE = files.verify_page().decode()


@pytest.mark.parametrize("tag", ["script", "style"])
def test_the_policy_allows_the_pages_own_code_and_no_other(tag: str) -> None:
    [code] = re.findall(rf"<{tag}>(.*?)</{tag}>", PAGE, re.S)
    digest = base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()
    assert f"{tag}-src 'sha256-{digest}'" in PAGE
    assert "default-src 'none'" in PAGE


def test_the_page_fetches_nothing_and_writes_no_markup_from_the_package() -> None:
    assert not re.findall(r"(?:src|href)\s*=|https?://|@import|url\(|fetch\(|XMLHttpRequest|import\(", PAGE)
    assert "innerHTML" not in PAGE and "document.write" not in PAGE


def test_the_page_requires_the_same_files_as_the_verifier() -> None:
    [listed] = re.findall(r"const REQUIRED = \[(.*?)\];", PAGE, re.S)
    assert set(re.findall(r'"([^"]+)"', listed)) == {*verify.REQUIRED, bag.TIMESTAMP}


def test_the_page_says_that_it_does_not_check_the_timestamp_and_how_to() -> None:
    assert "不核对时间戳的签名" in PAGE and "not check the signature of the timestamp" in PAGE
    assert "openssl ts -verify -data tagmanifest-sha256.txt -in metadata/timestamp.tsr" in PAGE
