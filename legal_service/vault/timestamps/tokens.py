"""Requests for and verification of RFC 3161 timestamps.

`ok` means: the stamp is over this very data (and answers this nonce), its signature is good, and the signing
certificate is a timestamping certificate, valid at the moment of the stamp and named in the signature. `trusted` means more: that
certificate leads to a root which the reader himself gave. RSA, ECDSA and EdDSA signatures are read; SM2 is not.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from asn1crypto import cms, core, tsp, x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm

from legal_service.clock import SHANGHAI
from legal_service.errors import Finding, Words
from legal_service.vault.timestamps import certificates

HASHES = ("sha256", "sha384", "sha512")

_WHERE = "timestamp.tsr"


class Response(core.Sequence):  # type: ignore[misc]
    """RFC 3161 2.4.2 TimeStampResp; a refusal carries no token."""

    _fields = [  # noqa: RUF012
        ("status", tsp.PKIStatusInfo),
        ("time_stamp_token", cms.ContentInfo, {"optional": True}),
    ]


@dataclass(frozen=True, slots=True)
class Digest:
    """Data known only by its SHA-256, in hexadecimal."""

    sha256: str


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a verification found: when (Shanghai) and by whom, and the first problem met."""

    ok: bool
    trusted: bool
    at: datetime | None = None
    by: str = ""
    problem: Finding | None = None

    def as_json(self) -> dict[str, Any]:
        """The shape of contract.md section 6: `{"ok", "trusted", "at", "by"}`."""
        return {"ok": self.ok, "trusted": self.trusted, "at": self.at.isoformat() if self.at else None, "by": self.by}


class _Flaw(Exception):
    def __init__(self, code: str, zh: str, en: str) -> None:
        super().__init__(en)
        self.finding = Finding(code, "error", _WHERE, Words(zh=zh, en=en), "RFC 3161")


def request(data: bytes | Digest, nonce: int) -> bytes:
    """A request in DER for a stamp over SHA-256 of the data, with nonce, asking for the authority's certificate."""
    return bytes(
        tsp.TimeStampReq(
            {
                "version": "v1",
                "message_imprint": {
                    "hash_algorithm": {"algorithm": "sha256"},
                    "hashed_message": _hashed(data, "sha256"),
                },
                "nonce": nonce,
                "cert_req": True,
            }
        ).dump()
    )


def verify(
    tsr: bytes,
    data: bytes | Digest,
    *,
    nonce: int | None = None,
    chain_pem: bytes | None = None,
    ca_pem: bytes | None = None,
) -> Stamp:
    """Verify a response (or a bare token) against the data, the nonce if one was sent, and the reader's root if he gives one.

    `chain_pem` adds certificates that the token may lack; it lends no trust. Never raises on a bad token: `problem` says
    what is wrong with it. `ValueError` when `ca_pem` or `chain_pem` holds no certificate.
    """
    added = certificates.read_pem(chain_pem) if chain_pem else []
    roots = certificates.read_pem(ca_pem) if ca_pem is not None else None
    stamp = Stamp(ok=False, trusted=False)
    try:
        signed = _signed_data(tsr)
        info, content = _content(signed)
        stamp = replace(stamp, at=info["gen_time"].native.astimezone(SHANGHAI))
        known = _embedded(signed) + added
        signer, certificate = _signer(signed, known)
        stamp = replace(stamp, by=certificates.name_of(certificate))
        _check_imprint(info, data)
        if nonce is not None and info["nonce"].native != nonce:
            raise _Flaw(
                "timestamp_nonce",
                "时间戳不是对本次请求的答复（随机数不符）",
                "the stamp answers another request (nonce)",
            )
        _check_signature(signer, certificate, content)
        _check_certificate(certificate, info["gen_time"].native)
        stamp = replace(stamp, ok=True)
        if roots is not None:
            reason = certificates.why_untrusted(certificate, known, roots, info["gen_time"].native)
            if reason:
                raise _Flaw(
                    "timestamp_untrusted",
                    f"时间戳证书不能追溯到所给的根证书：{reason}",
                    f"the root given is not behind it: {reason}",
                )
            stamp = replace(stamp, trusted=True)
    except _Flaw as flaw:
        return replace(stamp, problem=flaw.finding)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, RecursionError) as error:
        # asn1crypto parses late and answers hostile bytes with any of these
        unreadable = _Flaw(
            "timestamp_unreadable", f"时间戳文件无法读取：{error}"[:200], f"the timestamp cannot be read: {error}"[:200]
        )
        return replace(stamp, ok=False, trusted=False, problem=unreadable.finding)
    return stamp


def embedded_chain(tsr: bytes) -> bytes:
    """The certificates inside a verified response, signer's first, as PEM; `ValueError` when it carries none."""
    signed = _signed_data(tsr)
    inside = _embedded(signed)
    signer = certificates.signer_of(signed["signer_infos"][0], inside)
    if signer is None:
        raise ValueError("the response carries no certificate of its signer")
    return certificates.write_pem(certificates.chain_from(signer, inside))


def _hashed(data: bytes | Digest, algorithm: str) -> bytes:
    if isinstance(data, bytes):
        return hashlib.new(algorithm, data).digest()
    if algorithm != "sha256":
        raise _Flaw(
            "timestamp_imprint",
            f"时间戳使用 {algorithm}，需要原始数据",
            f"the stamp uses {algorithm}; the data itself is needed",
        )
    return bytes.fromhex(data.sha256)


def _signed_data(tsr: bytes) -> cms.SignedData:
    if isinstance(core.Sequence.load(tsr, strict=True)[0], core.ObjectIdentifier):
        token = cms.ContentInfo.load(tsr, strict=True)
    else:
        response = Response.load(tsr, strict=True)
        status = response["status"]
        if status["status"].native not in {"granted", "granted_with_mods"}:
            said = "; ".join(status["status_string"].native or []) or str(sorted(status["fail_info"].native or []))
            raise _Flaw(
                "timestamp_rejected", f"时间戳机构拒绝了请求：{said}", f"the authority rejected the request: {said}"
            )
        token = response["time_stamp_token"]
    if token["content_type"].native != "signed_data":
        raise _Flaw("timestamp_unreadable", "不是时间戳", "not a timestamp")
    return token["content"]


def _content(signed: cms.SignedData) -> tuple[tsp.TSTInfo, bytes]:
    enclosed = signed["encap_content_info"]
    if enclosed["content_type"].native != "tst_info" or len(signed["signer_infos"]) != 1:
        raise _Flaw(
            "timestamp_unreadable",
            "不是时间戳（内容类型或签名数不符）",
            "not a timestamp (content type or number of signers)",
        )
    content = bytes(enclosed["content"])
    info = tsp.TSTInfo.load(content, strict=True)
    info.native  # noqa: B018 asn1crypto parses late; let it fail here
    return info, content


def _embedded(signed: cms.SignedData) -> list[x509.Certificate]:
    return [each.chosen for each in signed["certificates"] if each.name == "certificate"]


def _signer(signed: cms.SignedData, known: list[x509.Certificate]) -> tuple[cms.SignerInfo, x509.Certificate]:
    signer = signed["signer_infos"][0]
    certificate = certificates.signer_of(signer, known)
    if certificate is None:
        raise _Flaw(
            "timestamp_no_certificate", "缺少时间戳机构的签名证书", "the certificate of the authority is missing"
        )
    return signer, certificate


def _check_imprint(info: tsp.TSTInfo, data: bytes | Digest) -> None:
    imprint = info["message_imprint"]
    algorithm = imprint["hash_algorithm"]["algorithm"].native
    if algorithm not in HASHES:
        raise _Flaw(
            "timestamp_algorithm", f"哈希算法不可接受：{algorithm}", f"hash algorithm not acceptable: {algorithm}"
        )
    if imprint["hashed_message"].native != _hashed(data, algorithm):
        raise _Flaw(
            "timestamp_imprint",
            "数据与时间戳不符：数据已改动，或时间戳属于别的文件",
            "the data is not what was stamped",
        )


def _attribute(signer: cms.SignerInfo, name: str) -> Any:
    found = [each["values"] for each in signer["signed_attrs"] if each["type"].native == name]
    if len(found) != 1 or len(found[0]) != 1:
        raise _Flaw("timestamp_signature", f"签名属性 {name} 缺失或重复", f"signed attribute {name} absent or repeated")
    return found[0][0]


def _check_signature(signer: cms.SignerInfo, certificate: x509.Certificate, content: bytes) -> None:
    """RFC 5652 5.6: the attributes bind the content, the signature binds the attributes, and they name the certificate."""
    # imported late, as in certificates.why_untrusted
    from pyhanko_certvalidator.errors import AlgorithmNotSupported
    from pyhanko_certvalidator.sig_validate import DefaultSignatureValidator, SignatureValidationContext

    algorithm = signer["digest_algorithm"]["algorithm"].native
    for used in (algorithm, _signature_hash(signer)):
        if used not in HASHES:
            raise _Flaw(
                "timestamp_algorithm", f"签名哈希算法不可接受：{used}", f"signature hash not acceptable: {used}"
            )
    if _attribute(signer, "content_type").native != "tst_info":
        raise _Flaw("timestamp_signature", "签名所指内容类型不符", "the signature is over another type of content")
    if _attribute(signer, "message_digest").native != hashlib.new(algorithm, content).digest():
        raise _Flaw("timestamp_signature", "时间戳内容被改动", "the stamp's own content was altered")
    types = {each["type"].native for each in signer["signed_attrs"]}
    named = _attribute(signer, "signing_certificate_v2" if "signing_certificate_v2" in types else "signing_certificate")
    if not certificates.names_certificate(named["certs"][0], certificate):
        raise _Flaw("timestamp_signature", "签名未指明该证书", "the signature names another certificate")
    try:
        DefaultSignatureValidator().validate_signature(
            signer["signature"].native,
            signer["signed_attrs"].untag().dump(),
            certificate.public_key,
            signer["signature_algorithm"],
            SignatureValidationContext(contextual_md_algorithm=algorithm),
        )
    except (AlgorithmNotSupported, UnsupportedAlgorithm, AssertionError) as error:
        raise _Flaw(
            "timestamp_algorithm", f"签名算法不支持：{error}", f"signature algorithm not supported: {error}"
        ) from error
    except InvalidSignature:
        raise _Flaw("timestamp_signature", "时间戳签名无效", "the signature does not verify") from None


def _signature_hash(signer: cms.SignerInfo) -> str:
    try:
        return str(signer["signature_algorithm"].hash_algo)
    except ValueError:  # the signature's own name holds no hash: the digest algorithm rules
        return str(signer["digest_algorithm"]["algorithm"].native)


def _check_certificate(certificate: x509.Certificate, at: datetime) -> None:
    if not certificates.stamps_only(certificate):
        raise _Flaw(
            "timestamp_usage",
            "签名证书不是专用的时间戳证书（缺少关键扩展 timeStamping）",
            "the certificate is not for timestamping alone (critical extended key usage timeStamping)",
        )
    if not certificates.held(certificate, at):
        raise _Flaw(
            "timestamp_expired",
            "加盖时间戳时签名证书不在有效期内",
            "the certificate was not valid at the moment of the stamp",
        )
