"""Building the Flask application: settings, pages, API, guard, errors and headers are put together here and nowhere else."""

from __future__ import annotations

import hashlib
import secrets

from flask import Flask
from jinja2 import StrictUndefined

from legal_service import api
from legal_service.access import files as keys
from legal_service.errors import Refusal
from legal_service.installation import Installation, installed
from legal_service.web import assets, errors, forms, guard, headers, log, metrics, navigation, reader, speaking
from legal_service.web.routes import ROUTES


def create_app(installation: Installation | None = None) -> Flask:
    """The web interface and API of one installation; without an argument the one that the settings name.

    Building needs no instance: before `legal init` every page says so and `/readyz` answers 503.
    """
    installation = installation or installed()
    app = Flask("legal_service", static_folder=None, template_folder="web/pages")
    app.url_map.merge_slashes = False
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.config.update(
        SECRET_KEY=_secret(installation),
        SESSION_COOKIE_NAME="legal",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=installation.settings.public_url.startswith("https:"),
    )
    reader.install(app, installation)
    log.install(app, installation.settings)
    metrics.install(app)
    for part in (speaking, forms, assets, navigation):
        part.install(app)
    guard.install(app, ROUTES)
    errors.install(app)
    api.install(app)
    headers.install(app)
    return app


def _secret(installation: Installation) -> bytes:
    """The key that signs cookies. Before `legal init` there is none and nobody can sign in: a passing one serves the error pages."""
    try:
        secret = keys.secret_key(installation.settings)
    except Refusal:
        secret = secrets.token_hex(32)
    return hashlib.sha256(f"cookie\x00{secret}".encode()).digest()
