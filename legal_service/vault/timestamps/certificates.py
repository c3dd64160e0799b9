"""Certificates of timestamp authorities: reading them, finding the signer's, and whether a given root stands behind it."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Sequence
from datetime import datetime

from asn1crypto import cms, pem, tsp, x509


def read_pem(bundle: bytes) -> list[x509.Certificate]:
    """All certificates of a PEM file, in its order; `ValueError` when there is none or one cannot be read."""
    if not pem.detect(bundle):
        raise ValueError("no certificate in PEM form")
    certificates = []
    for kind, _headers, der in pem.unarmor(bundle, multiple=True):
        if kind == "CERTIFICATE":
            certificate = x509.Certificate.load(der, strict=True)
            certificate.native  # noqa: B018 asn1crypto parses late; let it fail here
            certificates.append(certificate)
    if not certificates:
        raise ValueError("no certificate in PEM form")
    return certificates


def write_pem(certificates: Sequence[x509.Certificate]) -> bytes:
    """The certificates as one PEM file."""
    return b"".join(pem.armor("CERTIFICATE", certificate.dump()) for certificate in certificates)


def signer_of(signer: cms.SignerInfo, candidates: Sequence[x509.Certificate]) -> x509.Certificate | None:
    """The certificate that a signature names, by issuer and serial number or by key identifier."""
    name = signer["sid"].chosen
    for candidate in candidates:
        if isinstance(name, cms.IssuerAndSerialNumber):
            if candidate.issuer == name["issuer"] and candidate.serial_number == name["serial_number"].native:
                return candidate
        elif candidate.key_identifier == name.native:
            return candidate
    return None


def chain_from(signer: x509.Certificate, candidates: Sequence[x509.Certificate]) -> list[x509.Certificate]:
    """The signer's certificate, then each issuer's as far as the candidates reach; by name only, signatures not checked."""
    chain = [signer]
    while chain[-1].issuer != chain[-1].subject:
        above = next((each for each in candidates if each.subject == chain[-1].issuer and each not in chain), None)
        if above is None:
            break
        chain.append(above)
    return chain


def stamps_only(certificate: x509.Certificate) -> bool:
    """RFC 3161 2.3: the extended key usage is critical and names time stamping alone."""
    usage = certificate.extended_key_usage_value
    return (
        usage is not None
        and usage.native == ["time_stamping"]
        and "extended_key_usage" in certificate.critical_extensions
    )


def names_certificate(reference: tsp.ESSCertID | tsp.ESSCertIDv2, certificate: x509.Certificate) -> bool:
    """RFC 5035: whether the signed reference (hash, perhaps issuer and serial) means this certificate."""
    algorithm = (
        "sha1"  # RFC 2634: the first version knows no other; it binds the certificate, the signature binds the rest
    )
    if isinstance(reference, tsp.ESSCertIDv2):
        algorithm = reference["hash_algorithm"]["algorithm"].native
    if hashlib.new(algorithm, certificate.dump()).digest() != reference["cert_hash"].native:
        return False
    place = reference["issuer_serial"]
    if not place:
        return True
    issuers = [name.chosen for name in place["issuer"] if name.name == "directory_name"]
    return issuers == [certificate.issuer] and place["serial_number"].native == certificate.serial_number


def held(certificate: x509.Certificate, at: datetime) -> bool:
    """Whether the certificate was within its validity at that moment."""
    return bool(certificate.not_valid_before <= at <= certificate.not_valid_after)


def name_of(certificate: x509.Certificate) -> str:
    """The common name of the holder, else the whole name."""
    common = certificate.subject.native.get("common_name")
    return common if isinstance(common, str) else str(certificate.subject.human_friendly)


def why_untrusted(
    certificate: x509.Certificate, between: Sequence[x509.Certificate], roots: Sequence[x509.Certificate], at: datetime
) -> str:
    """Empty when a path of valid certificates (RFC 5280) leads from one of these roots, as of `at`; else the reason.

    Judged at the moment of the stamp, so that a stamp outlives its authority's certificate. Nothing is fetched: whether
    a certificate was revoked is not checked.
    """
    # imported late: half a second that only a check against a root needs
    from pyhanko_certvalidator import CertificateValidator, ValidationContext
    from pyhanko_certvalidator.errors import PathBuildingError, ValidationError

    if not roots:
        return "no root certificate given"
    context = ValidationContext(trust_roots=list(roots), moment=at, allow_fetching=False, revocation_mode="soft-fail")
    validator = CertificateValidator(certificate, intermediate_certs=list(between), validation_context=context)
    try:
        asyncio.run(validator.async_validate_path())
    except (PathBuildingError, ValidationError) as error:
        return str(error)
    return ""
