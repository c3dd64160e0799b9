"""The first page of a case: everything that happened, newest first; who its parties are; the moves that may be made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask import render_template, request
from sqlalchemy.orm import Session

from legal_service.access import queries as access
from legal_service.cases import queries, stages
from legal_service.cases.personal import REASONS
from legal_service.cases.timeline import KINDS, Event
from legal_service.errors import Refusal, Words
from legal_service.web import reader
from legal_service.web.pages.cases.head import head_of
from legal_service.web.pages.cases.people import Revealed, parties_of
from legal_service.web.pages.cases.titles import exhibit_titles, filing_title

AT_ONCE = 100

PLACES = {
    "proceeding": "case_proceedings",
    "deadline": "case_deadlines",
    "service": "case_contacts",
    "contact": "case_contacts",
    "complaint": "case_contacts",
    "settlement": "case_contacts",
    "document": "case_filings",
    "approval": "case_filings",
    "package": "case_packages",
    "evidence": "case_evidence",
    "posting": "case_account",
}
"""Kind of event → the page of the case where it is told in full."""


@dataclass(frozen=True, slots=True)
class Change:
    """A move of the case that somebody made meanwhile."""

    entry: object
    by: str


def show(
    case_no: str,
    *,
    refused: Refusal | None = None,
    revealed: Revealed | None = None,
    since_version: int | None = None,
) -> str:
    """The page; `?kind=` narrows the list, `?all=1` shows all of it.

    `refused` is a form of this page that was not done; `since_version` the state that its reader had before him.
    """
    asked = request.args.get("kind", "")
    chosen = asked if asked in KINDS else ""
    with reader.reading() as session:
        head = head_of(session, case_no)
        events = queries.timeline(session, case_no)
        counts = Counter(one.kind for one in events)
        found = [one for one in events if chosen in ("", one.kind)]
        shown = found if request.args.get("all") == "1" else found[:AT_ONCE]
        return render_template(
            "cases/timeline.html",
            head=head,
            tab="case",
            events=told(shown),
            left_out=len(found) - len(shown),
            kinds=[(kind, counts[kind]) for kind in KINDS if counts[kind]],
            total=len(events),
            chosen=chosen,
            places=PLACES,
            parties=parties_of(session, case_no, revealed),
            reasons=REASONS,
            revealed=revealed,
            closing_reasons=stages.CLOSING_REASONS,
            may_close=any(one.target == "closed" for one in stages.TRANSITIONS if one.source == head.stage),
            opens=_opened(head.stage, head.next_moves),
            open_deadlines=sum(one.done_on is None for one in queries.docket(session, case_no=case_no)),
            changes=_changes(session, case_no, head.version, since_version),
            refused=refused,
        )


def _opened(stage: str, targets: Iterable[str]) -> dict[str, tuple[str, ...]]:
    return {target: stages.transition(stage, target).opens for target in targets}


def _changes(session: Session, case_no: str, version: int, since: int | None) -> Sequence[Change]:
    """The moves since a version: each move of a case is one version."""
    if since is None or since >= version:
        return ()
    history = queries.history_of(session, queries.case_row(session, case_no).id)
    return [Change(entry, access.name_of(session, entry.moved_by)) for entry in history[-(version - since) :]]


def told(events: Sequence[Event]) -> list[tuple[Event, Words]]:
    """Events with their words: papers by their titles, not their codes."""
    exhibits = exhibit_titles() if any(one.kind == "evidence" for one in events) else {}
    filings = {code: filing_title(code) for code in {one.of for one in events if one.kind in ("document", "approval")}}
    titles = {"evidence": exhibits, "document": filings, "approval": filings}
    return [(one, _titled(one, titles.get(one.kind, {}).get(one.of))) for one in events]


def _titled(event: Event, title: Words | None) -> Words:
    if title is None or not event.of:
        return event.words
    return Words(event.words.zh.replace(event.of, title.zh), event.words.en.replace(event.of, title.en))
