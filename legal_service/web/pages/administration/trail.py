"""The audit trail: who did what, when, to what; newest first, filtered by actor, action or subject; and whether it is whole."""

from __future__ import annotations

from flask import render_template, request

from legal_service import clock
from legal_service.access import queries
from legal_service.web import reader

MOST = 50


def show() -> str:
    """One page of the trail."""
    asked = {name: request.args.get(name, "").strip()[:200] for name in ("actor", "action", "subject")}
    before = reader.asked_number("before")
    with reader.reading() as session:
        found = queries.trail_page(session, before=before, most=MOST + 1, **asked)
        state = reader.house().trail.state(session, now=clock.now())
    return render_template(
        "administration/trail.html",
        entries=found[:MOST],
        more=found[MOST - 1].seq if len(found) > MOST else None,
        asked=asked,
        state=state,
        first=before is None,
    )
