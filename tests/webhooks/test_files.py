"""The road to the partner: where it may lead, and that it always ends."""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from legal_service.installation import Installation
from legal_service.webhooks import files
from legal_service.webhooks.facts import Outcome
from legal_service.webhooks.files import Courier

from .a_receiver import Receiver, add, deliver, happen, log_of, redirect, state_of

REAL = socket.getaddrinfo


def post(url: str) -> Outcome:
    return Courier().post(url, {"webhook-id": "evt_1_1"}, b"{}")


def resolve(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> None:
    """Every name leads to these addresses."""

    def answer(host: Any, port: Any, *args: Any, **kwargs: Any) -> Any:
        family = {True: socket.AF_INET6, False: socket.AF_INET}
        return [(family[":" in one], socket.SOCK_STREAM, 6, "", (one, port)) for one in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", answer)


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "TOTAL_SECONDS", 0.6)
    monkeypatch.setattr(files, "CONNECT_SECONDS", 0.3)


@pytest.mark.usefixtures("hurried")
@pytest.mark.parametrize("manner", ["hang", "drip"])
def test_a_partner_that_hangs_or_drips_is_left_in_time(receiver: Receiver, manner: str) -> None:
    receiver.replies = [getattr(receiver, manner)]
    began = time.monotonic()
    assert post(receiver.url) == Outcome(None)
    assert 0.5 < time.monotonic() - began < 10  # the partner would hang for twenty


def test_a_redirect_is_not_followed(receiver: Receiver) -> None:
    receiver.replies = [redirect]
    assert post(receiver.url) == Outcome(307)
    assert [one.path for one in receiver.received] == ["/hooks?key=1"]
    assert not Outcome(307).delivered


def test_an_endless_body_is_not_read(receiver: Receiver) -> None:
    sent = [0]

    def endless(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.end_headers()
        try:
            while not receiver.may_go_on.is_set():
                sent[0] += request.wfile.write(bytes(1024))
        except OSError:
            receiver.may_go_on.set()

    receiver.replies = [endless]
    assert post(receiver.url) == Outcome(200)
    assert receiver.may_go_on.wait(5)
    assert sent[0] < 50_000_000


def test_nobody_there(receiver: Receiver) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert post(f"http://127.0.0.1:{port}/") == Outcome(None)
    assert post("https://no-such-host.invalid/") == Outcome(None)


def test_the_proxies_of_the_environment_are_not_asked(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert post(receiver.url) == Outcome(204)


def test_another_address_of_the_name_is_tried_when_the_first_does_not_answer(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    resolve(monkeypatch, "::1", "127.0.0.9", "127.0.0.1")
    assert post(receiver.url) == Outcome(204)
    assert len(receiver.received) == 1


@pytest.mark.parametrize("addresses", [["169.254.169.254"], ["127.0.0.1", "fe80::1"], ["203.0.113.9"]])
def test_a_name_that_leads_elsewhere_by_now_is_not_called_and_its_webhook_stops(
    installation: Installation, receiver: Receiver, monkeypatch: pytest.MonkeyPatch, addresses: list[str]
) -> None:
    number, _ = add(installation, receiver.url)
    happen(installation, "negotiation")
    resolve(monkeypatch, *addresses)
    assert deliver(installation).stopped == 1
    assert receiver.received == []
    assert state_of(installation, number).stopped_because == "blocked_address"
    assert [(one.status, one.answered) for one in log_of(installation, number)] == [("given_up", None)]


def test_an_address_that_the_rules_no_longer_allow_is_not_called() -> None:
    assert post("http://partner.example/") == Outcome(None, blocked=True)


@pytest.fixture
def authority(tmp_path: Path) -> Iterator[tuple[Path, Receiver]]:
    """A server with a certificate for `localhost` and the certificate of who made it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "a test")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path / "server.pem"
    certificate = made.public_bytes(serialization.Encoding.PEM)
    path.write_bytes(
        certificate
        + key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    (tmp_path / "ca.pem").write_bytes(certificate)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    server = Receiver(context)
    yield tmp_path / "ca.pem", server
    server.close()


def test_certificates_are_verified_for_the_name_and_not_for_the_address(
    authority: tuple[Path, Receiver], monkeypatch: pytest.MonkeyPatch
) -> None:
    trusted, server = authority
    assert server.url.startswith("https://localhost:")
    assert post(server.url) == Outcome(None)
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    assert post(server.url) == Outcome(204)
    assert post(server.url.replace("localhost", "127.0.0.1")) == Outcome(None)
    resolve(monkeypatch, "127.0.0.1")
    assert post(server.url.replace("localhost", "partner.example")) == Outcome(None)
    assert len(server.received) == 1
