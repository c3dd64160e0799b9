"""Every page of the desk and who walks it. A page that is not here fails `test_every_page.py`."""

from __future__ import annotations

from dataclasses import dataclass

from tests.browser.sample import Sample


@dataclass(frozen=True)
class Visit:
    """One page as one role opens it. `path` may name what the sample has: `{filed}`, `{package}`, …"""

    name: str
    role: str
    path: str
    pictured: bool = False
    reference: bool = False
    """A work of reference for programmers: it speaks in codes, and is too long to go through stop by stop."""

    def address(self, sample: Sample) -> str:
        """The page's address on the sample instance."""
        return self.path.format(**sample.cases, **sample.numbers, loan=sample.loans["filed"])


CALCULATED = "/law/calculator/"
LIMITATION = (
    "limitation?last_due_on=2023-10-01&on=2026-11-01&events.0.kind=demand_delivered&events.0.on=2024-05-01"
    "&events.1.kind=part_payment&events.1.on=2025-03-03&obstacles.0.from=2027-10-01"
)
VISITS = (
    # coming in, one's own account
    Visit("sign-in", "", "/sign-in", pictured=True),
    Visit("me", "lawyer", "/me", pictured=True),
    Visit("password", "lawyer", "/me/password"),
    Visit("keyboard", "lawyer", "/keyboard"),
    # the lawyer
    Visit("work", "lawyer", "/cases", pictured=True),
    Visit("case", "lawyer", "/cases/{filed}", pictured=True),
    Visit("case-prepared", "lawyer", "/cases/{two_lawyers}"),
    Visit("case-account", "lawyer", "/cases/{filed}/account", pictured=True),
    Visit("case-evidence", "lawyer", "/cases/{filed}/evidence", pictured=True),
    Visit("case-filings", "lawyer", "/cases/{filed}/filings"),
    Visit("case-filing", "lawyer", "/cases/{filed}/filings/{filing}", pictured=True),
    Visit("case-packages", "lawyer", "/cases/{filed}/packages", pictured=True),
    Visit("case-package", "lawyer", "/cases/{filed}/packages/{package}", pictured=True),
    Visit("case-deadlines", "lawyer", "/cases/{filed}/deadlines", pictured=True),
    Visit("docket", "lawyer", "/docket?month=2026-11"),
    Visit("docket-day", "lawyer", "/docket?month=2026-10&day=2026-10-27"),
    Visit("case-suggestions", "lawyer", "/cases/{filed}/suggestions"),
    Visit("case-proceedings", "lawyer", "/cases/{filed}/proceedings", pictured=True),
    Visit("case-enforcement", "lawyer", "/cases/{filed}/enforcement"),
    Visit("case-enforcement-form", "lawyer", "/cases/{filed}/enforcement?record=measure"),
    Visit("case-proceedings-step", "lawyer", "/cases/{filed}/proceedings?step=correction_required"),
    Visit("case-contacts", "lawyer", "/cases/{filed}/contacts"),
    Visit("case-log", "lawyer", "/cases/{filed}/log"),
    Visit("loan", "lawyer", "/loans/{loan}", pictured=True),
    Visit("imports", "lawyer", "/imports"),
    Visit("import", "lawyer", "/imports/1", pictured=True),
    Visit("jobs", "lawyer", "/jobs"),
    Visit("job", "lawyer", "/jobs/1"),
    Visit("overview", "lawyer", "/overview", pictured=True),
    Visit("law", "lawyer", "/law", pictured=True),
    Visit("stages", "lawyer", "/law/stages"),
    Visit("calculator", "lawyer", "/law/calculator"),
    Visit("calculation-fee", "lawyer", CALCULATED + "fee?kind=court&amount=1234567.89&on=2026-01-05&track=simplified"),
    Visit("calculation-wrong", "lawyer", CALCULATED + "fee?kind=court&amount=abc&on=2026-01-05"),
    Visit("calculation-rows", "lawyer", CALCULATED + LIMITATION),
    Visit("calculation-personal", "counsel", CALCULATED + "identifier"),
    Visit("notices", "lawyer", "/law/notices"),
    # external counsel
    Visit("packages", "counsel", "/packages", pictured=True),
    Visit("package", "counsel", "/packages/{grant}", pictured=True),
    # the regulator
    Visit("returns", "regulator", "/returns", pictured=True),
    Visit("return", "regulator", "/returns/{issue}", pictured=True),
    Visit("number", "regulator", "/returns/{issue}/numbers/{number}", pictured=True),
    Visit("differences", "regulator", "/returns/{issue}/differences"),
    # the administrator, the auditor, a partner's programmer
    Visit("users", "admin", "/users", pictured=True),
    Visit("webhooks", "admin", "/webhooks"),
    Visit("webhook", "admin", "/webhooks/{webhook}"),
    Visit("trail", "auditor", "/trail", pictured=True),
    Visit("api", "", "/api/docs", reference=True),
)

NO_PAGES = {
    "start": "leads to the reader's first page",
    "session_state": "a JSON answer for the page that warns of the session's end",
    "healthz": "a probe",
    "readyz": "a probe",
    "metrics": "figures for a monitoring program",
    "case_calendar": "a calendar for a calendar program",
    "calendar_feed": "a calendar that a calendar program subscribes to",
    "job_state": "a JSON answer for the page that watches a job",
    "loan_statement": "a file: the statement of account as PDF, table or JSON",
    "case_evidence_file": "a file: the original",
    "case_filing_page": "a picture of one page of a document",
    "case_filing_file": "a file: the document as PDF or DOCX",
    "return_file": "a file of the return",
    "api-docs.serve": "the description of the API for programs",
    "static": "our style sheets and scripts",
    "asset": "style sheets and scripts of packages",
}
"""Endpoints that answer GET and are no page → what they are."""
