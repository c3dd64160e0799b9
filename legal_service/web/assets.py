"""Style sheets, scripts and the mark: our own from `static/`, Bootstrap's from its package. Compressed once, kept by browsers until they change."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from functools import cache
from importlib.resources import files

from flask import Flask, Response, abort, request, url_for

from legal_service import config

OURS = config.ROOT / "legal_service" / "web" / "static"
PACKAGED: dict[str, tuple[str, str]] = {
    "bootstrap.css": ("flask_bootstrap", "static/bootstrap5/css/bootstrap.min.css"),
}
"""Name → package and place in it."""


def install(app: Flask) -> None:
    """Give the pages the addresses of their assets; the version in them changes with the contents."""
    app.context_processor(
        lambda: {"ours": lambda name: _address("static", name), "packaged": lambda name: _address("asset", name)}
    )


def static(filename: str) -> Response:
    """One of our own files."""
    path = OURS / filename
    try:
        found = path.resolve().is_relative_to(OURS) and path.is_file()
    except (OSError, ValueError):  # no name that a file could have
        found = False
    if not found:
        abort(404)
    return _answer(filename, *_ours(filename))


def asset(name: str) -> Response:
    """A file of a package."""
    if name not in PACKAGED:
        abort(404)
    return _answer(name, *_packaged(name))


def _address(endpoint: str, name: str) -> str:
    if endpoint == "static":
        return url_for("static", filename=name, v=_ours(name)[2][:12])
    return url_for("asset", name=name, v=_packaged(name)[2][:12])


@cache
def _packaged(name: str) -> tuple[bytes, bytes, str]:
    package, place = PACKAGED[name]
    return _three(files(package).joinpath(place).read_bytes())


@cache
def _ours(name: str) -> tuple[bytes, bytes, str]:
    return _three((OURS / name).read_bytes())


def _three(content: bytes) -> tuple[bytes, bytes, str]:
    return content, gzip.compress(content, mtime=0), hashlib.sha256(content).hexdigest()


def _answer(name: str, content: bytes, compressed: bytes, digest: str) -> Response:
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    if kind == "text/javascript" or name.endswith(".js"):
        kind = "text/javascript"
    smaller = request.accept_encodings.quality("gzip") > 0 and len(compressed) < len(content)
    response = Response(
        compressed if smaller else content, content_type=f"{kind}; charset=utf-8" if kind.startswith("text/") else kind
    )
    if smaller:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Vary"] = "Accept-Encoding"
    response.set_etag(digest[:32] + ("z" if smaller else ""))
    response.make_conditional(request)
    return response
