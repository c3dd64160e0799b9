"""The work list, many cases at once, the search box."""

from __future__ import annotations

from legal_service.web.guard import PUBLIC, Route
from legal_service.web.pages.work import docket, listing, many, moves, search

ROUTES: tuple[Route, ...] = (
    Route("/cases", "work", listing.show, "case.read"),
    Route("/docket", "docket", docket.show, "case.read"),
    Route("/calendar/<token>.ics", "calendar_feed", docket.subscribed, PUBLIC),
    Route("/many/preview", "work_preview", many.preview, "filing.make", ("POST",)),
    Route("/many/make", "work_make", many.make, "filing.make", ("POST",)),
    Route("/many/moves/preview", "work_moves_preview", moves.preview, "case.advance", ("POST",)),
    Route("/many/moves", "work_moves", moves.move, "case.advance", ("POST",)),
    Route("/search", "search", search.show, "case.read", ("POST",)),
)
