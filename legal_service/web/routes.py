"""The table of addresses: path, name, what answers, and who may ask."""

from __future__ import annotations

from flask import Response, send_from_directory

from legal_service.web.guard import AccessRule, Route
from legal_service.web.pages import law, overview, probes, stages

PUBLIC = AccessRule.PUBLIC_AGGREGATE


def static(filename: str) -> Response:
    """The style sheet and the mark of the house."""
    return send_from_directory("web/static", filename)


ROUTES = (
    Route("/", "overview", overview.show, PUBLIC),
    Route("/law", "law", law.show, PUBLIC),
    Route("/law/stages", "stages", stages.show, PUBLIC),
    Route("/healthz", "healthz", probes.healthz, PUBLIC),
    Route("/readyz", "readyz", probes.readyz, PUBLIC),
    Route("/static/<path:filename>", "static", static, PUBLIC),
)
