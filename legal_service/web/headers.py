"""What every answer carries: a strict content policy, no sniffing, no referrer, no storing of pages."""

from __future__ import annotations

from flask import Flask, Response, request

from legal_service.web import reader

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
"""`data:` for images alone: Bootstrap's style sheet draws its check marks and arrows so."""

HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=()",
}
UNCHANGING = ("static", "asset")


def install(app: Flask) -> None:
    """Add the headers to every answer, errors included."""
    app.after_request(_add)


def _add(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers[name] = value
    if reader.house().installation.settings.public_url.startswith("https:"):
        response.headers["Strict-Transport-Security"] = "max-age=31536000"
    if request.endpoint in UNCHANGING and response.status_code in (200, 304):
        response.headers["Cache-Control"] = (
            "public, max-age=31536000, immutable" if "v" in request.args else "max-age=300"
        )
    elif "Cache-Control" not in response.headers or "private" not in response.headers["Cache-Control"]:
        response.headers["Cache-Control"] = "no-store"
    if response.mimetype == "text/html":
        response.headers["Content-Language"] = reader.TONGUES[reader.tongue()]
    return response
