"""The lawyer's desk: work list, search, the case page, loans."""

from __future__ import annotations

from legal_service.web.guard import Route
from legal_service.web.pages.cases import (
    account,
    acts,
    contacts,
    deadlines,
    enforcement,
    loan,
    log,
    proceedings,
    suggestions,
    timeline,
)

ROUTES: tuple[Route, ...] = (
    Route("/cases/<case_no>", "case", timeline.show, "case.read"),
    Route("/cases/<case_no>/account", "case_account", account.show, "case.read"),
    Route("/cases/<case_no>/proceedings", "case_proceedings", proceedings.show, "case.read"),
    Route("/cases/<case_no>/events", "case_event_record", proceedings.record, "case.record", ("POST",)),
    Route("/cases/<case_no>/events/withdraw", "case_event_withdraw", proceedings.withdraw, "docket.correct", ("POST",)),
    Route("/cases/<case_no>/enforcement", "case_enforcement", enforcement.show, "case.read"),
    Route("/cases/<case_no>/enforcement", "case_enforcement_record", enforcement.record, "case.record", ("POST",)),
    Route("/cases/<case_no>/enforcement/reveal", "case_clue_reveal", enforcement.reveal, "personal.reveal", ("POST",)),
    Route("/cases/<case_no>/force", "case_force_ask", proceedings.ask, "case.advance", ("POST",)),
    Route("/cases/<case_no>/force/decide", "case_force_decide", proceedings.decide, "case.force", ("POST",)),
    Route("/cases/<case_no>/deadlines", "case_deadlines", deadlines.show, "case.read"),
    Route("/cases/<case_no>/deadlines.ics", "case_calendar", deadlines.calendar, "case.read"),
    Route("/cases/<case_no>/suggestions", "case_suggestions", suggestions.show, "case.read"),
    Route("/cases/<case_no>/contacts", "case_contacts", contacts.show, "case.read"),
    Route("/cases/<case_no>/log", "case_log", log.show, "case.read"),
    Route("/cases/<case_no>/move", "case_move", acts.move, "case.advance", ("POST",)),
    Route("/cases/<case_no>/services", "case_service_record", acts.record_service, "case.record", ("POST",)),
    Route("/cases/<case_no>/settlements", "case_settlement_record", acts.record_settlement, "case.record", ("POST",)),
    Route("/cases/<case_no>/reveal", "case_reveal", acts.reveal, "personal.reveal", ("POST",)),
    Route("/loans/<loan_no>", "loan", loan.show, "portfolio.read"),
    Route("/loans/<loan_no>/statement.<form>", "loan_statement", account.statement_file, "filing.read"),
    Route("/loans/<loan_no>/case", "loan_case_open", loan.open_case, "case.open", ("POST",)),
)
