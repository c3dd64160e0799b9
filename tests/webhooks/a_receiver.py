"""A partner's system: a real HTTP server on loopback that verifies signatures with code of its own and answers as it is told."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from legal_service import clock
from legal_service.access.operations import record
from legal_service.database import LOCAL_OPERATOR
from legal_service.installation import Installation
from legal_service.webhooks import operations, queries
from legal_service.webhooks.facts import DeliveryFacts, Round, WebhookFacts

NOON = clock.midday(date(2026, 7, 1))
EVERYTHING = ("case.opened", "case.stage_changed", "deadline.opened", "package.built")

Reply = int | Callable[[BaseHTTPRequestHandler], None]


@dataclass(frozen=True)
class Received:
    """One request as it came in."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def told(self) -> dict[str, Any]:
        found = json.loads(self.body)
        assert isinstance(found, dict)
        return found

    @property
    def number(self) -> str:
        return self.headers["webhook-id"]

    def signed_with(self, secret: str) -> bool:
        """The Standard Webhooks scheme, written here anew: HMAC-SHA256 over `id.timestamp.body`, any of the signatures."""
        kind, _, key = secret.partition("_")
        assert kind == "whsec"
        content = b".".join([self.number.encode(), self.headers["webhook-timestamp"].encode(), self.body])
        mine = base64.standard_b64encode(hmac.digest(base64.b64decode(key, validate=True), content, hashlib.sha256))
        return any(
            version == "v1" and signature.encode() == mine
            for version, _, signature in (one.partition(",") for one in self.headers["webhook-signature"].split())
        )


class Receiver:
    """Answers 204, or what `replies` says next: a status, or a function that has the request to itself."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self.received: list[Received] = []
        self.replies: list[Reply] = []
        self.arrived = threading.Event()
        self.may_go_on = threading.Event()
        receiver = self

        class Desk(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                headers = {name.lower(): value for name, value in self.headers.items()}
                receiver.received.append(Received(self.path, headers, body))
                receiver.arrived.set()
                reply = receiver.replies.pop(0) if receiver.replies else 204
                if callable(reply):
                    reply(self)
                else:
                    self.send_response(reply)
                    self.end_headers()

            def log_message(self, format: str, *args: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Desk)
        self.server.daemon_threads = True
        if tls is not None:
            self.server.socket = tls.wrap_socket(self.server.socket, server_side=True)
        self.port = self.server.server_address[1]
        self.url = f"http{'s' if tls else ''}://localhost:{self.port}/hooks?key=1"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def hang(self, _request: BaseHTTPRequestHandler) -> None:
        """Take the request and say nothing."""
        self.may_go_on.wait(20)

    def drip(self, request: BaseHTTPRequestHandler) -> None:
        """Answer, but never come to an end with it."""
        request.wfile.write(b"HTTP/1.1 200 OK\r\n")
        try:
            while not self.may_go_on.wait(0.05):
                request.wfile.write(b"X-Slow: 1\r\n")
        except OSError:  # the other side has had enough
            return

    @property
    def kinds(self) -> list[str]:
        return [one.told["type"] for one in self.received]

    def close(self) -> None:
        self.may_go_on.set()
        self.server.shutdown()
        self.server.server_close()


def redirect(request: BaseHTTPRequestHandler) -> None:
    """Send the caller elsewhere on the same server."""
    request.send_response(307)
    request.send_header("Location", "/elsewhere")
    request.end_headers()


def add(installation: Installation, url: str, *events: str) -> tuple[int, str]:
    """A webhook of these events, or of all that the tests write."""
    with installation.transaction(LOCAL_OPERATOR) as tx:
        return operations.create_webhook(tx, url=url, events=events or EVERYTHING)


def happen(installation: Installation, *targets: str, case_no: str = "LC-2026-000001") -> None:
    """The case moves from stage to stage, as `cases.operations.advance` records it."""
    for target in targets:
        with installation.transaction(LOCAL_OPERATOR) as tx:
            record(
                tx, action="case.advance", subject=f"case:{case_no}", source="contact", target=target, on="2026-07-01"
            )


def deliver(installation: Installation, at: datetime = NOON, seconds: float = 0) -> Round:
    """One round at a moment."""
    return operations.deliver_due(
        installation.database,
        institution_id=installation.institution_id,
        moment=lambda: clock.seconds_from(at, seconds),
    )


def log_of(installation: Installation, webhook_id: int) -> list[DeliveryFacts]:
    """The deliveries of a webhook, oldest first."""
    with installation.reading() as session:
        return queries.deliveries(session, webhook_id)[::-1]


def state_of(installation: Installation, webhook_id: int) -> WebhookFacts:
    with installation.reading() as session:
        return queries.webhook(session, webhook_id)
