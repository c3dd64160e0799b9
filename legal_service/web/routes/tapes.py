"""Loan tapes and jobs."""

from __future__ import annotations

from legal_service import uploads
from legal_service.web.guard import Route
from legal_service.web.pages.tapes import imports, jobs

ROUTES: tuple[Route, ...] = (
    Route("/imports", "imports", imports.show, "portfolio.import"),
    Route("/imports", "import_add", imports.add, "portfolio.import", ("POST",), uploads.MOST_BYTES + 1024 * 1024),
    Route("/imports/<int(max=2147483647):job_id>", "import_shown", imports.one, "portfolio.import"),
    Route("/imports/<int(max=2147483647):job_id>/go-on", "import_go_on", imports.go_on, "portfolio.import", ("POST",)),
    Route("/jobs", "jobs", jobs.show, "job.read"),
    Route("/jobs/<int(max=2147483647):job_id>", "job", jobs.one, "job.read"),
    Route("/jobs/<int(max=2147483647):job_id>/state", "job_state", jobs.state, "job.read"),
    Route("/jobs/<int(max=2147483647):job_id>/stop", "job_stop", jobs.stop, "job.read", ("POST",)),
)
