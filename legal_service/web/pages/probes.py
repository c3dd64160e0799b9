"""`/healthz` and `/readyz`: for monitors. Alive is not ready: the second says what is missing."""

from __future__ import annotations

from flask import Response, jsonify

from legal_service import clock
from legal_service.web import reader, speaking
from legal_service.web.readiness import checks


def healthz() -> Response:
    """The process answers."""
    return jsonify(status="ok")


def readyz() -> tuple[Response, int]:
    """Whether the installation can work; 503 when not, each check with what is missing and how to mend it."""
    found = checks(reader.house().installation, now=clock.now())
    ready = all(check.ok for check in found)
    told = [{"name": check.name, "ok": check.ok, "says": speaking.w(check.says)} for check in found]
    return jsonify(ready=ready, checks=told), 200 if ready else 503
