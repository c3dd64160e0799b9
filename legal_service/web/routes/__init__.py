"""The table of addresses: path, name, what answers, and who may ask. One file per desk."""

from __future__ import annotations

from legal_service.web.guard import Route
from legal_service.web.routes import administration, cases, counsel, entrance, papers, regulator, tapes, work

ROUTES: tuple[Route, ...] = (
    *entrance.ROUTES,
    *work.ROUTES,
    *cases.ROUTES,
    *papers.ROUTES,
    *tapes.ROUTES,
    *counsel.ROUTES,
    *regulator.ROUTES,
    *administration.ROUTES,
)
