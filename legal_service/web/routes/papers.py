"""The papers of a case: evidence, filings, packages."""

from __future__ import annotations

from legal_service.web.guard import Route
from legal_service.web.pages.papers import evidence, filing, filings, package, packages

_FILING = "/cases/<case_no>/filings/<int(max=2147483647):revision_id>"
_PACKAGE = "/cases/<case_no>/packages/<int(max=2147483647):export_id>"
_FORM_BYTES = 1024 * 1024

ROUTES: tuple[Route, ...] = (
    Route("/cases/<case_no>/evidence", "case_evidence", evidence.show, "evidence.read"),
    Route(
        "/cases/<case_no>/evidence",
        "case_evidence_add",
        evidence.add,
        "evidence.add",
        ("POST",),
        evidence.MOST_BYTES + _FORM_BYTES,
    ),
    Route(
        "/cases/<case_no>/evidence/<int(max=2147483647):item_id>/file",
        "case_evidence_file",
        evidence.take,
        "evidence.read",
    ),
    Route("/cases/<case_no>/filings", "case_filings", filings.show, "filing.read"),
    Route("/cases/<case_no>/filings", "case_filing_make", filings.make, "filing.make", ("POST",)),
    Route(_FILING, "case_filing", filing.show, "filing.read"),
    Route(f"{_FILING}/pages/<int(max=100000):page>.png", "case_filing_page", filing.page, "filing.read"),
    Route(f"{_FILING}/file.<form>", "case_filing_file", filing.file, "filing.read"),
    Route(f"{_FILING}/approve", "case_filing_approve", filing.approve, "filing.approve", ("POST",)),
    Route("/cases/<case_no>/packages", "case_packages", packages.show, "package.read"),
    Route("/cases/<case_no>/packages", "case_package_build", packages.build, "package.build", ("POST",)),
    Route(
        "/cases/<case_no>/packages/jobs/<int(max=2147483647):job_id>/stop",
        "case_package_stop",
        packages.stop,
        "job.stop",
        ("POST",),
    ),
    Route(_PACKAGE, "case_package", package.show, "package.read"),
    Route(f"{_PACKAGE}/download", "case_package_take", package.take, "package.build", ("POST",)),
    Route(f"{_PACKAGE}/grants", "case_grant_make", package.grant, "grant.create", ("POST",)),
    Route(
        f"{_PACKAGE}/grants/<int(max=2147483647):grant_id>/revoke",
        "case_grant_revoke",
        package.revoke,
        "grant.create",
        ("POST",),
    ),
)
