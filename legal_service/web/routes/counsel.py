"""What external counsel receives. The bytes leave by POST alone: there is no address that a scanner could follow to them."""

from __future__ import annotations

from legal_service.web.guard import Route
from legal_service.web.pages.counsel import received

GRANT = "<int(max=2147483647):grant_id>"

ROUTES: tuple[Route, ...] = (
    Route("/packages", "received", received.show, "package.received"),
    Route(f"/packages/{GRANT}", "received_package", received.one, "package.received"),
    Route(f"/packages/{GRANT}/download", "received_download", received.download, "package.received", ("POST",)),
)
