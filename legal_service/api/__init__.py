"""The API `/api/v1`: resources as thin calls of queries and operations, and the document that describes them."""

from __future__ import annotations

import importlib

from flask import Flask

from legal_service.api import document, problems, reference
from legal_service.api.resource import Resource
from legal_service.web import guard

RESOURCES = (
    "me", "cases", "docket", "suggestions", "evidence", "filings", "packages", "loans", "imports", "jobs", "returns", "users",
    "tokens", "webhooks", "notices", "law", "proceedings", "enforcement",
)  # fmt: skip
"""The files of `resources/`, in the order of the reference."""


def install(app: Flask) -> None:
    """Add the API to an application. Call it after `guard.install`: the addresses enter their access rules there."""
    api = document.install(app)
    for name in RESOURCES:
        resource = importlib.import_module(f"legal_service.api.resources.{name}").resource
        assert isinstance(resource, Resource)
        api.register_blueprint(resource)
        for endpoint, by_method in resource.rules.items():
            guard.enter(app, {endpoint: by_method}, most_bytes=resource.limits[endpoint])
    reference.install(app)
    app.before_request(problems.outside_routes)


def rules(app: Flask) -> dict[str, dict[str, str]]:
    """The access rule of every operation: endpoint → method → rule."""
    return {endpoint: rule for endpoint, rule in guard.rules_of(app).items() if endpoint.startswith("api-")}
