"""Verifying timestamps: ours and OpenSSL's; altered, exchanged, expired and misused ones are told apart."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from asn1crypto import cms, tsp
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID

from legal_service import clock
from legal_service.vault.timestamps import Digest, embedded_chain, request, verify
from legal_service.vault.timestamps.authority import AUTHORITY_NAME, Authority, answer, create_authority
from legal_service.vault.timestamps.certificates import read_pem

OpenSSL = Callable[..., CompletedProcess[str]]

DATA = "tagmanifest-sha256.txt 的内容\n".encode()
AT = clock.parse_moment("2026-03-02 10:15:30")
NONCE = 0x0123456789ABCDEF


@pytest.fixture(scope="session")
def early() -> Authority:
    """An authority that began in March 2026, for stamps at a fixed moment; its keys are made once."""
    keys = [rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in range(2)]
    return create_authority(AT, ca_key=keys[0], tsa_key=keys[1])


def a_stamp(authority: Authority, data: bytes = DATA, nonce: int = NONCE) -> bytes:
    return answer(request(data, nonce), authority, at=AT, serial=7)


def code(**arguments: object) -> str:
    stamp = verify(**arguments)  # type: ignore[arg-type]
    return stamp.problem.code if stamp.problem else ""


def reissued(authority: Authority, *, usage: list[x509.ObjectIdentifier] | None, critical: bool) -> Authority:
    """The same authority with a certificate that names other usages, self-signed for the purpose."""
    key = serialization.load_pem_private_key(authority.key_pem, password=None)
    assert isinstance(key, rsa.RSAPrivateKey)
    good = x509.load_pem_x509_certificate(authority.tsa_pem)
    made = (
        x509.CertificateBuilder()
        .subject_name(good.subject)
        .issuer_name(good.subject)
        .public_key(key.public_key())
        .serial_number(99)
        .not_valid_before(good.not_valid_before_utc)
        .not_valid_after(good.not_valid_after_utc)
    )
    if usage is not None:
        made = made.add_extension(x509.ExtendedKeyUsage(usage), critical=critical)
    pem = made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    return replace(authority, tsa_pem=pem)


def test_a_good_stamp_is_ok_and_trusted_only_against_the_root_given(early: Authority) -> None:
    tsr = a_stamp(early)
    alone = verify(tsr, DATA, nonce=NONCE)
    assert alone.as_json() == {"ok": True, "trusted": False, "at": "2026-03-02T10:15:30+08:00", "by": AUTHORITY_NAME}
    assert alone.problem is None
    judged = verify(tsr, DATA, ca_pem=early.ca_pem)
    assert (judged.ok, judged.trusted, judged.problem) == (True, True, None)


def test_data_known_by_its_digest_alone(early: Authority) -> None:
    assert verify(a_stamp(early), Digest(hashlib.sha256(DATA).hexdigest())).ok
    assert code(tsr=a_stamp(early), data=Digest(hashlib.sha256(b"other").hexdigest())) == "timestamp_imprint"


def test_the_bare_token_is_read_too(early: Authority) -> None:
    token = tsp.TimeStampResp.load(a_stamp(early))["time_stamp_token"].dump()
    assert verify(token, DATA, ca_pem=early.ca_pem).trusted


def test_altered_data_is_not_what_was_stamped(early: Authority) -> None:
    stamp = verify(a_stamp(early), DATA + b" ", ca_pem=early.ca_pem)
    assert (stamp.ok, stamp.trusted) == (False, False)
    assert stamp.problem is not None
    assert stamp.problem.code == "timestamp_imprint"


def test_an_answer_to_another_request_is_found(early: Authority) -> None:
    assert code(tsr=a_stamp(early, nonce=NONCE + 1), data=DATA, nonce=NONCE) == "timestamp_nonce"
    assert code(tsr=a_stamp(early, nonce=NONCE), data=DATA, nonce=NONCE) == ""


def test_an_answer_without_a_nonce_is_found(early: Authority) -> None:
    asked = tsp.TimeStampReq.load(request(DATA, NONCE))
    del asked["nonce"]
    tsr = answer(asked.dump(force=True), early, at=AT, serial=7)
    assert code(tsr=tsr, data=DATA, nonce=NONCE) == "timestamp_nonce"
    assert verify(tsr, DATA).ok


def test_another_root_lends_no_trust(early: Authority, authority: Authority) -> None:
    stamp = verify(a_stamp(early), DATA, ca_pem=authority.ca_pem)
    assert (stamp.ok, stamp.trusted) == (True, False)
    assert stamp.problem is not None
    assert stamp.problem.code == "timestamp_untrusted"


def test_a_root_that_only_borrows_the_name_lends_no_trust(early: Authority) -> None:
    """Same names, other keys: the path is checked by signatures, not by names."""
    keys = [rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in range(2)]
    impostor = create_authority(AT, ca_key=keys[0], tsa_key=keys[1])
    assert not verify(a_stamp(early), DATA, ca_pem=impostor.ca_pem).trusted
    assert not verify(a_stamp(impostor), DATA, ca_pem=early.ca_pem).trusted


def test_the_chain_beside_the_token_lends_no_trust(early: Authority, authority: Authority) -> None:
    stamp = verify(a_stamp(early), DATA, chain_pem=early.tsa_pem + early.ca_pem, ca_pem=authority.ca_pem)
    assert (stamp.ok, stamp.trusted) == (True, False)


def test_a_token_without_certificates_needs_the_chain_beside_it(early: Authority) -> None:
    asked = tsp.TimeStampReq.load(request(DATA, NONCE))
    asked["cert_req"] = False
    tsr = answer(asked.dump(force=True), early, at=AT, serial=7)
    assert code(tsr=tsr, data=DATA) == "timestamp_no_certificate"
    assert verify(tsr, DATA, chain_pem=early.tsa_pem, ca_pem=early.ca_pem).trusted
    with pytest.raises(ValueError, match="no certificate"):
        embedded_chain(tsr)


def test_a_stamp_outside_the_validity_of_its_certificate(early: Authority) -> None:
    for moment in (AT - timedelta(days=2), AT + timedelta(days=3651)):
        tsr = answer(request(DATA, NONCE), early, at=moment, serial=7)
        assert code(tsr=tsr, data=DATA, ca_pem=early.ca_pem) == "timestamp_expired"
        assert not verify(tsr, DATA).ok


@pytest.mark.parametrize(
    ("usage", "critical"),
    [
        (None, False),
        ([ExtendedKeyUsageOID.TIME_STAMPING], False),
        ([ExtendedKeyUsageOID.SERVER_AUTH], True),
        ([ExtendedKeyUsageOID.TIME_STAMPING, ExtendedKeyUsageOID.CODE_SIGNING], True),
    ],
)
def test_a_certificate_not_made_for_timestamping_alone(
    early: Authority, usage: list[x509.ObjectIdentifier] | None, critical: bool
) -> None:
    wrong = reissued(early, usage=usage, critical=critical)
    assert code(tsr=a_stamp(wrong), data=DATA, ca_pem=wrong.tsa_pem) == "timestamp_usage"
    right = reissued(early, usage=[ExtendedKeyUsageOID.TIME_STAMPING], critical=True)
    assert verify(a_stamp(right), DATA).ok


def test_a_substituted_certificate_is_found(early: Authority) -> None:
    """RFC 5035: issuer, serial number and key agree, yet it is not the certificate that the signature names."""
    key = serialization.load_pem_private_key(early.key_pem, password=None)
    assert isinstance(key, rsa.RSAPrivateKey)
    good = x509.load_pem_x509_certificate(early.tsa_pem)
    other = (
        x509.CertificateBuilder()
        .subject_name(good.issuer)
        .issuer_name(good.issuer)
        .public_key(key.public_key())
        .serial_number(good.serial_number)
        .not_valid_before(good.not_valid_before_utc)
        .not_valid_after(good.not_valid_after_utc + timedelta(days=9999))
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
        .sign(key, hashes.SHA256())
    )
    asked = tsp.TimeStampReq.load(request(DATA, NONCE))
    asked["cert_req"] = False
    tsr = answer(asked.dump(force=True), early, at=AT, serial=7)
    substitute = other.public_bytes(serialization.Encoding.PEM)
    assert code(tsr=tsr, data=DATA, chain_pem=substitute, ca_pem=substitute) == "timestamp_signature"


def test_a_changed_time_inside_the_token_is_found(early: Authority) -> None:
    tsr = a_stamp(early)
    earlier = tsr.replace(b"20260302021530Z", b"20260301021530Z")
    assert earlier != tsr
    assert code(tsr=earlier, data=DATA) == "timestamp_signature"


def test_a_signature_of_another_key_is_found(early: Authority, authority: Authority) -> None:
    """The certificate of one authority, the key of another: all is in order but the signature."""
    forged = a_stamp(replace(early, key_pem=authority.key_pem))
    assert code(tsr=forged, data=DATA, ca_pem=early.ca_pem) == "timestamp_signature"
    assert not verify(forged, DATA).ok


def test_a_changed_signature_is_found(early: Authority) -> None:
    tsr = a_stamp(early)
    signature = tsp.TimeStampResp.load(tsr)["time_stamp_token"]["content"]["signer_infos"][0]["signature"].native
    changed = tsr.replace(signature, signature[:-1] + bytes([signature[-1] ^ 1]))
    assert code(tsr=changed, data=DATA) == "timestamp_signature"


def test_a_signature_over_another_type_of_content_is_found(early: Authority) -> None:
    """RFC 5652 11.1: a signature made for something else cannot be passed off as one over a timestamp."""
    key = serialization.load_pem_private_key(early.key_pem, password=None)
    assert isinstance(key, rsa.RSAPrivateKey)
    response = tsp.TimeStampResp.load(a_stamp(early))
    signer = response["time_stamp_token"]["content"]["signer_infos"][0]
    rest = [attribute for attribute in signer["signed_attrs"] if attribute["type"].native != "content_type"]
    for other in ([{"type": "content_type", "values": ["data"]}], []):
        attributes = cms.CMSAttributes([*other, *rest])
        signer["signed_attrs"] = attributes
        signer["signature"] = key.sign(attributes.dump(), padding.PKCS1v15(), hashes.SHA256())
        assert code(tsr=response.dump(force=True), data=DATA) == "timestamp_signature"


def test_a_weak_hash_is_not_accepted(early: Authority) -> None:
    tsr = a_stamp(early)
    response = tsp.TimeStampResp.load(tsr)
    signer = response["time_stamp_token"]["content"]["signer_infos"][0]
    signer["signature_algorithm"] = cms.SignedDigestAlgorithm({"algorithm": "sha1_rsa"})
    assert code(tsr=response.dump(force=True), data=DATA) == "timestamp_algorithm"


def test_no_byte_of_the_token_can_be_changed_unnoticed(early: Authority) -> None:
    """Any change either breaks the stamp or leaves its moment and its data as they were (unsigned status and chain)."""
    tsr = a_stamp(early)
    chance = random.Random(20260302)
    broken = 0
    for place in range(0, len(tsr), 7):
        changed = bytearray(tsr)
        changed[place] ^= 1 << chance.randrange(8)
        stamp = verify(bytes(changed), DATA, ca_pem=early.ca_pem)
        if stamp.ok:
            assert stamp.at == AT
        else:
            broken += 1
            assert stamp.problem is not None
    assert broken > len(tsr) // 7 * 0.5


@pytest.mark.parametrize(
    "junk",
    [b"", b"0", b"\x30\x00", b"\x30\x80\x00\x00", b"\xff" * 100, b"<html>502</html>", b"\x30\x84\xff\xff\xff\xff"],
)
def test_junk_is_unreadable_and_nothing_worse(junk: bytes) -> None:
    assert code(tsr=junk, data=DATA) == "timestamp_unreadable"


def test_trailing_bytes_are_not_tolerated(early: Authority) -> None:
    assert code(tsr=a_stamp(early) + b"\x00", data=DATA) == "timestamp_unreadable"


def test_a_rejection_says_why(early: Authority) -> None:
    stamp = verify(answer(b"junk", early, at=AT, serial=1), DATA)
    assert stamp.problem is not None
    assert stamp.problem.code == "timestamp_rejected"
    assert "unreadable" in stamp.problem.message.en


def test_a_root_file_without_a_root_is_a_mistake_of_the_caller(early: Authority) -> None:
    for nothing in (b"", b"hello", early.key_pem):
        with pytest.raises(ValueError, match="no certificate"):
            verify(a_stamp(early), DATA, ca_pem=nothing)


# --- OpenSSL's authority, our verification ---

CONFIG = """
[tsa]
default_tsa = one
[one]
serial = serial
default_policy = 1.2.3.4.1
digests = sha256, sha384, sha512
accuracy = secs:1
signer_digest = sha256
ess_cert_id_chain = {chain}
ess_cert_id_alg = {algorithm}
[root]
basicConstraints = critical,CA:true
keyUsage = critical,keyCertSign
[stamping]
extendedKeyUsage = critical,timeStamping
"""


@pytest.mark.parametrize(
    ("key", "chain", "algorithm"),
    [("rsa:2048", "no", "sha256"), ("rsa:2048", "yes", "sha1"), ("ec", "no", "sha384")],
)
def test_a_token_of_openssl_is_accepted(openssl: OpenSSL, tmp_path: Path, key: str, chain: str, algorithm: str) -> None:
    (tmp_path / "ts.cnf").write_text(CONFIG.format(chain=chain, algorithm=algorithm))
    (tmp_path / "serial").write_text("01")
    new = ["-newkey", key, "-nodes"] + (["-pkeyopt", "ec_paramgen_curve:P-256"] if key == "ec" else [])
    for arguments in (
        ["req", "-x509", *new, "-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=Root", "-days", "30"],
        ["req", *new, "-keyout", "tsa.key", "-out", "tsa.csr", "-subj", "/CN=Some TSA"],
        [
            "x509",
            "-req",
            "-in",
            "tsa.csr",
            "-CA",
            "ca.pem",
            "-CAkey",
            "ca.key",
            "-CAcreateserial",
            "-days",
            "30",
            "-out",
            "tsa.pem",
            "-extfile",
            "ts.cnf",
            "-extensions",
            "stamping",
        ],
    ):
        done = openssl(*arguments)
        assert done.returncode == 0, done.stderr
    (tmp_path / "asked.tsq").write_bytes(request(DATA, NONCE))
    reply = [
        "-queryfile",
        "asked.tsq",
        "-config",
        "ts.cnf",
        "-signer",
        "tsa.pem",
        "-inkey",
        "tsa.key",
        "-chain",
        "ca.pem",
    ]
    done = openssl("ts", "-reply", *reply, "-out", "answer.tsr")
    assert done.returncode == 0, done.stderr

    tsr, root = (tmp_path / "answer.tsr").read_bytes(), (tmp_path / "ca.pem").read_bytes()
    stamp = verify(tsr, DATA, nonce=NONCE, ca_pem=root)
    assert (stamp.ok, stamp.trusted, stamp.by, stamp.problem) == (True, True, "Some TSA", None)
    assert stamp.at is not None
    assert abs((clock.now() - stamp.at).total_seconds()) < 60
    assert [certificate.subject.native["common_name"] for certificate in read_pem(embedded_chain(tsr))] == [
        "Some TSA",
        "Root",
    ]
    assert code(tsr=tsr, data=DATA + b"x", ca_pem=root) == "timestamp_imprint"
    assert code(tsr=tsr, data=DATA, nonce=NONCE + 1) == "timestamp_nonce"
