"""The demonstration authority: what it issues satisfies OpenSSL, is labelled 演示, and bad requests are answered with a reason."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from asn1crypto import tsp

from legal_service import clock
from legal_service.vault.timestamps import request, verify
from legal_service.vault.timestamps.authority import AUTHORITY_NAME, Authority, Response, answer
from legal_service.vault.timestamps.certificates import read_pem

OpenSSL = Callable[..., CompletedProcess[str]]

DATA = "证据包".encode()


def laid_out(folder: Path, authority: Authority, tsr: bytes) -> None:
    (folder / "data").write_bytes(DATA)
    (folder / "ca.pem").write_bytes(authority.ca_pem)
    (folder / "asked.tsq").write_bytes(request(DATA, 42))
    (folder / "answer.tsr").write_bytes(tsr)


def test_openssl_verifies_our_stamp(openssl: OpenSSL, tmp_path: Path, authority: Authority) -> None:
    laid_out(tmp_path, authority, answer(request(DATA, 42), authority, at=clock.now(), serial=1))
    for question in (["-queryfile", "asked.tsq"], ["-data", "data"]):
        done = openssl("ts", "-verify", *question, "-in", "answer.tsr", "-CAfile", "ca.pem")
        assert (done.returncode, "Verification: OK" in done.stdout) == (0, True), done.stderr


def test_openssl_refuses_our_stamp_over_other_data(openssl: OpenSSL, tmp_path: Path, authority: Authority) -> None:
    laid_out(tmp_path, authority, answer(request(DATA, 43), authority, at=clock.now(), serial=1))
    done = openssl("ts", "-verify", "-queryfile", "asked.tsq", "-in", "answer.tsr", "-CAfile", "ca.pem")
    assert done.returncode != 0
    assert "nonce" in done.stderr
    (tmp_path / "data").write_bytes(DATA + b"!")
    done = openssl("ts", "-verify", "-data", "data", "-in", "answer.tsr", "-CAfile", "ca.pem")
    assert done.returncode != 0
    assert "imprint" in done.stderr


def test_requests_of_openssl_are_answered(openssl: OpenSSL, tmp_path: Path, authority: Authority) -> None:
    laid_out(tmp_path, authority, b"")
    for algorithm in ("sha256", "sha384", "sha512"):
        assert openssl("ts", "-query", "-data", "data", f"-{algorithm}", "-cert", "-out", "asked.tsq").returncode == 0
        tsr = answer((tmp_path / "asked.tsq").read_bytes(), authority, at=clock.now(), serial=5)
        (tmp_path / "answer.tsr").write_bytes(tsr)
        done = openssl("ts", "-verify", "-queryfile", "asked.tsq", "-in", "answer.tsr", "-CAfile", "ca.pem")
        assert done.returncode == 0, done.stderr
        assert verify(tsr, DATA, ca_pem=authority.ca_pem).trusted


def test_the_demonstration_is_labelled_in_every_certificate(authority: Authority) -> None:
    for certificate in read_pem(authority.tsa_pem + authority.ca_pem):
        assert "演示" in certificate.subject.native["common_name"]
        assert "不具法律效力" in certificate.subject.native["common_name"]
    assert verify(answer(request(DATA, 1), authority, at=clock.now(), serial=1), DATA).by == AUTHORITY_NAME


def test_the_same_request_moment_and_number_give_the_same_bytes(authority: Authority) -> None:
    now = clock.now()
    first, again, next_one = (answer(request(DATA, 1), authority, at=now, serial=serial) for serial in (1, 1, 2))
    assert first == again != next_one


@pytest.mark.parametrize(
    ("change", "failure"),
    [
        ({"message_imprint": {"hash_algorithm": {"algorithm": "sha1"}, "hashed_message": bytes(20)}}, "bad_alg"),
        (
            {"message_imprint": {"hash_algorithm": {"algorithm": "sha256"}, "hashed_message": bytes(31)}},
            "bad_data_format",
        ),
        ({"req_policy": "1.2.3.4"}, "unaccepted_policy"),
        ({"extensions": [{"extn_id": "1.2.3", "critical": True, "extn_value": b"x"}]}, "unaccepted_extensions"),
        ({"version": "v2"}, "bad_request"),
    ],
)
def test_what_the_authority_does_not_stamp(authority: Authority, change: dict[str, object], failure: str) -> None:
    asked = tsp.TimeStampReq.load(request(DATA, 1))
    for field, value in change.items():
        asked[field] = value
    response = Response.load(answer(asked.dump(force=True), authority, at=clock.now(), serial=1), strict=True)
    assert response["status"]["status"].native == "rejection"
    assert response["status"]["fail_info"].native == {failure}
    assert response["time_stamp_token"].native is None


def test_openssl_reads_our_rejection(openssl: OpenSSL, tmp_path: Path, authority: Authority) -> None:
    (tmp_path / "answer.tsr").write_bytes(answer(b"not a request", authority, at=clock.now(), serial=1))
    done = openssl("ts", "-reply", "-in", "answer.tsr", "-text")
    assert done.returncode == 0, done.stderr
    assert "Status: Rejected." in done.stdout
    assert "request unreadable" in done.stdout
