"""Stamping for real: the demonstration authority's key files, asking an authority over HTTP, and serving the demonstration.

Keys lie under `keys/tsa/` of the instance, readable by their owner alone.
"""

from __future__ import annotations

import fcntl
import os
import secrets
import shutil
import time
from collections.abc import Callable, Iterable
from http.client import HTTPException
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib import error, request
from urllib.parse import urlsplit
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from cryptography.hazmat.primitives.asymmetric import rsa

from legal_service import clock
from legal_service.config import Settings
from legal_service.errors import Refusal, Words
from legal_service.vault.timestamps import tokens
from legal_service.vault.timestamps.authority import Authority, answer, create_authority

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

QUERY, REPLY = "application/timestamp-query", "application/timestamp-reply"
PATIENCE = 20.0  # seconds for the whole exchange
LARGEST_REPLY = 1 << 18  # bytes; a token with its chain is some ten kilobytes
LARGEST_REQUEST = 1 << 14
LOOPBACK = frozenset({"127.0.0.1", "localhost"})
KEY_SIZE = 3072

_PARTS = (("ca.pem", "ca_pem"), ("tsa.pem", "tsa_pem"), ("tsa.key", "key_pem"))


def make_authority(settings: Settings) -> None:
    """Make the demonstration authority's keys and certificates if there are none (`legal init`); whole or not at all."""
    folder = settings.keys / "tsa"
    if folder.is_dir():
        return
    ca_key, tsa_key = (rsa.generate_private_key(public_exponent=65537, key_size=KEY_SIZE) for _ in range(2))
    authority = create_authority(clock.now(), ca_key=ca_key, tsa_key=tsa_key)
    making = settings.keys / f"tsa.{secrets.token_hex(8)}"
    making.mkdir(mode=0o700, parents=True)
    try:
        for name, part in _PARTS:
            _write(making / name, getattr(authority, part))
        making.rename(folder)
    except OSError:
        shutil.rmtree(making, ignore_errors=True)
        if not folder.is_dir():  # else another init was quicker, and its keys stand
            raise


def read_authority(settings: Settings) -> Authority:
    """The demonstration authority of this instance; refuses `not_initialised` without its files."""
    folder = settings.keys / "tsa"
    try:
        return Authority(**{part: (folder / name).read_bytes() for name, part in _PARTS})
    except FileNotFoundError:
        raise Refusal(
            "not_initialised",
            Words(zh="没有时间戳密钥：请先运行 legal init", en="there are no timestamp keys: run legal init first"),
        ) from None


def next_serial(settings: Settings) -> int:
    """A serial number never given before by this instance, one above the last, across processes and crashes."""
    folder = settings.keys / "tsa"
    with (folder / "serial.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        book = folder / "serial"
        serial = int(book.read_text()) + 1 if book.is_file() else 1
        fresh = folder / "serial.new"
        fresh.unlink(missing_ok=True)
        _write(fresh, str(serial).encode())
        fresh.replace(book)
    return serial


def stamp(data: bytes, settings: Settings) -> tuple[bytes, bytes]:
    """Have the data stamped: (response in DER, the authority's chain in PEM).

    By LEGAL_TSA_URL when set, else by the demonstration authority. The answer is verified before it is believed. Refuses
    `timestamp_unavailable` (no usable answer) and `timestamp_refused` (an answer that does not verify).
    """
    nonce = secrets.randbits(64)
    asked = tokens.request(data, nonce)
    if settings.tsa_url:
        response = _ask(settings.tsa_url, asked)
    else:
        authority = read_authority(settings)
        response = answer(asked, authority, at=clock.now(), serial=next_serial(settings))
    checked = tokens.verify(response, data, nonce=nonce)
    if checked.problem:
        said = checked.problem.message
        raise Refusal(
            "timestamp_refused",
            Words(zh=f"时间戳未通过验证：{said.zh}", en=f"the timestamp does not verify: {said.en}"),
            "RFC 3161",
        )
    return response, tokens.embedded_chain(response)


def _unavailable(zh: str, en: str) -> Refusal:
    return Refusal("timestamp_unavailable", Words(zh=f"时间戳服务不可用：{zh}", en=f"no timestamp to be had: {en}"))


def _ask(url: str, asked: bytes) -> bytes:
    """POST the request (RFC 3161 3.4). No redirect is followed and no scheme but http and https is spoken."""
    place = urlsplit(url)
    if place.scheme not in {"http", "https"} or not place.hostname:
        raise _unavailable("LEGAL_TSA_URL 必须是 http 或 https 地址", "LEGAL_TSA_URL must be an http or https address")
    opener = request.OpenerDirector()
    parts: list[request.BaseHandler] = [
        request.HTTPHandler(),
        request.HTTPSHandler(),
        request.HTTPErrorProcessor(),
        request.HTTPDefaultErrorHandler(),
    ]
    if place.hostname not in LOOPBACK:
        parts.append(request.ProxyHandler())
    for part in parts:
        opener.add_handler(part)
    post = request.Request(url, data=asked, headers={"Content-Type": QUERY, "Accept": REPLY}, method="POST")
    until = time.monotonic() + PATIENCE
    try:
        with opener.open(post, timeout=PATIENCE) as response:
            return _read_reply(response, until)
    except error.HTTPError as refused:
        refused.close()
        raise _unavailable(f"对方返回 HTTP {refused.code}", f"the authority answered HTTP {refused.code}") from refused
    except (OSError, HTTPException, ValueError) as failed:
        raise _unavailable(f"{type(failed).__name__}: {failed}", f"{type(failed).__name__}: {failed}") from failed


def _read_reply(response: Any, until: float) -> bytes:
    reply = bytearray()
    while chunk := response.read1(1 << 14):
        reply += chunk
        if len(reply) > LARGEST_REPLY:
            raise _unavailable("答复过大", "the answer is too large")
        if time.monotonic() > until:
            raise _unavailable("答复超时", "the answer took too long")
    return bytes(reply)


def authority_application(settings: Settings) -> Callable[[WSGIEnvironment, StartResponse], Iterable[bytes]]:
    """The demonstration authority as a WSGI application: POST a request, receive the response."""
    authority = read_authority(settings)

    def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        length = str(environ.get("CONTENT_LENGTH") or "")
        if environ["REQUEST_METHOD"] != "POST":
            start_response("405 Method Not Allowed", [("Allow", "POST"), ("Content-Length", "0")])
            return []
        if environ.get("CONTENT_TYPE") != QUERY:
            start_response("415 Unsupported Media Type", [("Accept", QUERY), ("Content-Length", "0")])
            return []
        if not length.isdecimal() or int(length) > LARGEST_REQUEST:
            start_response("413 Content Too Large", [("Content-Length", "0")])
            return []
        asked = environ["wsgi.input"].read(int(length))
        response = answer(asked, authority, at=clock.now(), serial=next_serial(settings))
        start_response("200 OK", [("Content-Type", REPLY), ("Content-Length", str(len(response)))])
        return [response]

    return application


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Requests for stamps are nobody's news."""


def authority_server(host: str, port: int, settings: Settings) -> WSGIServer:
    """The demonstration authority listening on loopback (port 0: any free one); the caller runs `serve_forever`.

    Refuses `demonstration_only` another address: what it stamps has no legal effect, so nobody else shall be offered it.
    """
    if host not in LOOPBACK:
        raise Refusal(
            "demonstration_only",
            Words(zh="演示时间戳机构只能监听本机回环地址", en="the demonstration authority listens on loopback only"),
            "机构内部规则：演示时间戳不具法律效力",
        )
    return make_server(host, port, authority_application(settings), handler_class=_Quiet)


def _write(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as target:
        target.write(content)
        target.flush()
        os.fsync(target.fileno())
