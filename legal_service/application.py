"""Building the Flask application: settings, pages, guard, errors and headers are put together here and nowhere else."""

from __future__ import annotations

from flask import Flask
from jinja2 import StrictUndefined

from legal_service.installation import Installation, installed
from legal_service.web import errors, guard, headers, reader
from legal_service.web.routes import ROUTES


def create_app(installation: Installation | None = None) -> Flask:
    """The web interface of one installation; without an argument the one that the settings name.

    Building needs no instance: before `legal init` every page of figures says so and `/readyz` answers 503.
    """
    app = Flask("legal_service", static_folder=None, template_folder="web/pages")
    app.url_map.merge_slashes = False
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    reader.install(app, installation or installed())
    guard.install(app, ROUTES)
    errors.install(app)
    headers.install(app)
    return app
