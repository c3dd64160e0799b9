"""The demonstration authority: a timestamp authority of our own, so that every step works without a contract with a real one.

It is named 演示 throughout and proves nothing in court: we would be witnesses in our own cause. Its answers are ordinary
RFC 3161 and verify with `openssl ts -verify`.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from asn1crypto import cms, core, pem, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from legal_service.vault.timestamps.tokens import HASHES, Response

ROOT_NAME = "演示根证书（不具法律效力）"
AUTHORITY_NAME = "演示时间戳机构（不具法律效力）"
POLICY = "2.25.301726411869384741024561387123470512894"
"""Object identifier of the demonstration policy; the arc 2.25 is open to everyone (ITU-T X.667)."""

HOLDS_FOR = timedelta(days=3650)

_SIZES = {name: hashlib.new(name).digest_size for name in HASHES}


@dataclass(frozen=True, slots=True)
class Authority:
    """The bundle: root certificate, authority's certificate and authority's private key, each in PEM.

    The root's key is not kept: nobody can issue a second certificate under this root.
    """

    ca_pem: bytes
    tsa_pem: bytes
    key_pem: bytes


def create_authority(at: datetime, *, ca_key: rsa.RSAPrivateKey, tsa_key: rsa.RSAPrivateKey) -> Authority:
    """Root and timestamping certificate for these keys, valid from a day before `at` for ten years.

    RFC 3161 2.3: extended key usage timeStamping, alone and critical.
    """
    root_name, authority_name = _name(ROOT_NAME), _name(AUTHORITY_NAME)
    root = (
        _certificate(at, subject=root_name, issuer=root_name, key=ca_key.public_key(), issuer_key=ca_key.public_key())
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(certificates=True), critical=True)
        .sign(ca_key, hashes.SHA256())
    )
    stamping = (
        _certificate(
            at, subject=authority_name, issuer=root_name, key=tsa_key.public_key(), issuer_key=ca_key.public_key()
        )
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
        .sign(ca_key, hashes.SHA256())
    )
    return Authority(
        ca_pem=root.public_bytes(serialization.Encoding.PEM),
        tsa_pem=stamping.public_bytes(serialization.Encoding.PEM),
        key_pem=tsa_key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        ),
    )


def answer(request: bytes, authority: Authority, *, at: datetime, serial: int) -> bytes:
    """The response, in DER, to a request: a token, or a rejection that says why (RFC 3161 2.4.2). Time in whole seconds.

    The same request, moment and serial number give the same bytes.
    """
    try:
        asked = tsp.TimeStampReq.load(request, strict=True)
        asked.native  # noqa: B018 asn1crypto parses late; let it fail here
    except (ValueError, TypeError, KeyError, RecursionError):
        return _rejection("bad_data_format", "request unreadable")
    refused = _why_not(asked)
    if refused:
        return _rejection(*refused)
    token = _token(_info(asked, at, serial), authority, with_certificates=asked["cert_req"].native)
    return bytes(Response({"status": {"status": "granted"}, "time_stamp_token": token}).dump())


def _why_not(asked: tsp.TimeStampReq) -> tuple[str, str] | None:
    imprint = asked["message_imprint"]
    algorithm = imprint["hash_algorithm"]["algorithm"].native
    if asked["version"].native != "v1":
        return "bad_request", "unknown version"
    if algorithm not in HASHES:
        return "bad_alg", "hash algorithm must be one of " + ", ".join(HASHES)
    if len(imprint["hashed_message"].native) != _SIZES[algorithm]:
        return "bad_data_format", "imprint has the wrong length"
    if asked["req_policy"].native not in {None, POLICY}:
        return "unaccepted_policy", f"the only policy is {POLICY}"
    if asked["extensions"].native:
        return "unaccepted_extensions", "no extension is known"
    return None


def _rejection(failure: str, why: str) -> bytes:
    status = {"status": "rejection", "status_string": [why], "fail_info": {failure}}
    return bytes(Response({"status": status}).dump())


def _info(asked: tsp.TimeStampReq, at: datetime, serial: int) -> bytes:
    fields = {
        "version": "v1",
        "policy": POLICY,
        "message_imprint": asked["message_imprint"],
        "serial_number": serial,
        "gen_time": at.astimezone(UTC).replace(microsecond=0),
        "accuracy": {"seconds": 1},
    }
    if asked["nonce"].native is not None:
        fields["nonce"] = asked["nonce"].native
    return bytes(tsp.TSTInfo(fields).dump())


def _token(info: bytes, authority: Authority, *, with_certificates: bool) -> cms.ContentInfo:
    certificate = _read(authority.tsa_pem)
    reference = tsp.SigningCertificateV2({"certs": [{"cert_hash": hashlib.sha256(certificate.dump()).digest()}]})
    attributes = cms.CMSAttributes(
        [
            {"type": "content_type", "values": ["tst_info"]},
            {"type": "message_digest", "values": [hashlib.sha256(info).digest()]},
            {"type": "signing_certificate_v2", "values": [reference]},
        ]
    )
    key = serialization.load_pem_private_key(authority.key_pem, password=None)
    if not isinstance(key, rsa.RSAPrivateKey):
        raise ValueError("the key of the demonstration authority is an RSA key")
    signer = {
        "version": "v1",
        "sid": {"issuer_and_serial_number": {"issuer": certificate.issuer, "serial_number": certificate.serial_number}},
        "digest_algorithm": {"algorithm": "sha256"},
        "signed_attrs": attributes,
        "signature_algorithm": {"algorithm": "sha256_rsa"},
        "signature": key.sign(attributes.dump(), padding.PKCS1v15(), hashes.SHA256()),
    }
    signed = {
        "version": "v3",
        "digest_algorithms": [{"algorithm": "sha256"}],
        "encap_content_info": {"content_type": "tst_info", "content": core.ParsableOctetString(info)},
        "signer_infos": [signer],
    }
    if with_certificates:
        signed["certificates"] = [certificate, _read(authority.ca_pem)]
    return cms.ContentInfo({"content_type": "signed_data", "content": cms.SignedData(signed)})


def _read(certificate_pem: bytes) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(pem.unarmor(certificate_pem)[2], strict=True)


def _name(common: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "演示 DEMONSTRATION ONLY"),
            x509.NameAttribute(NameOID.COMMON_NAME, common),
        ]
    )


def _certificate(
    at: datetime, *, subject: x509.Name, issuer: x509.Name, key: rsa.RSAPublicKey, issuer_key: rsa.RSAPublicKey
) -> x509.CertificateBuilder:
    mark = x509.SubjectKeyIdentifier.from_public_key(key)
    begins = at.astimezone(UTC).replace(microsecond=0) - timedelta(days=1)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(int.from_bytes(mark.digest[:16], "big"))  # the key's own mark: unique under this root
        .not_valid_before(begins)
        .not_valid_after(begins + HOLDS_FOR)
        .add_extension(mark, critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key), critical=False)
    )


def _usage(*, certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not certificates,
        content_commitment=not certificates,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=certificates,
        crl_sign=certificates,
        encipher_only=False,
        decipher_only=False,
    )
