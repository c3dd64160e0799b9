"""Enforcement from its rows: measures with their entries, judgment terms, recoveries, where the title stands, what is to be released."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from legal_service import labels, money
from legal_service.cases import queries as cases
from legal_service.cases.queries.proceedings import proceedings_of
from legal_service.enforcement import measures, release, terms
from legal_service.enforcement.measures import Entry, MeasureFacts
from legal_service.enforcement.models import Measure, MeasureEntry, PropertyClue, Recovery, ReleaseEntry, TitleTerm
from legal_service.enforcement.terms import Received, Standing, Term
from legal_service.errors import Finding, Language
from legal_service.law import files as law
from legal_service.law.delay_interest import Suspension


def clues_of(session: Session, case_id: int) -> list[PropertyClue]:
    """The clues to property of a case, oldest first."""
    return list(session.scalars(select(PropertyClue).where(PropertyClue.case_id == case_id).order_by(PropertyClue.id)))


def measures_of(session: Session, case_id: int) -> list[MeasureFacts]:
    """The measures of a case with what became of them."""
    rows = session.scalars(select(Measure).where(Measure.case_id == case_id).order_by(Measure.id)).all()
    exempt = {one.id: one.exempt for one in clues_of(session, case_id)} if rows else {}
    entries: dict[int, list[Entry]] = defaultdict(list)
    query = select(MeasureEntry).where(MeasureEntry.measure_id.in_([row.id for row in rows])).order_by(MeasureEntry.id)
    for one in session.scalars(query) if rows else ():
        entries[one.measure_id].append(Entry(one.kind, one.happened_on, one.until, one.rank, one.amount))
    return [
        MeasureFacts(
            row.id, row.kind, row.regime, row.party, row.clue_id, exempt.get(row.clue_id or 0, False), row.amount,
            row.asked_on, tuple(entries[row.id]),
        )
        for row in rows
    ]  # fmt: skip


def terms_of(session: Session, case_id: int) -> list[Term]:
    """The judgment terms of a case: the newest set."""
    newest = session.scalar(select(func.max(TitleTerm.version)).where(TitleTerm.case_id == case_id))
    if newest is None:
        return []
    query = select(TitleTerm).where(TitleTerm.case_id == case_id, TitleTerm.version == newest)
    return [
        Term(row.component, row.party, row.claimed, row.awarded, row.due_on, row.reason)
        for row in session.scalars(query.order_by(TitleTerm.number))
    ]


def recoveries_of(session: Session, case_id: int) -> list[Recovery]:
    """The recoveries of a case, reversals among them, in the order recorded."""
    return list(session.scalars(select(Recovery).where(Recovery.case_id == case_id).order_by(Recovery.id)))


def received_of(session: Session, case_id: int, as_of: date) -> list[Received]:
    """The money that came in and stands at the close of a day: one reversed later still counts."""
    rows = [row for row in recoveries_of(session, case_id) if row.received_on <= as_of]
    reversed_ones = {row.reverses for row in rows if row.reverses}
    return [
        Received(row.received_on, row.amount) for row in rows if not row.reverses and row.reference not in reversed_ones
    ]


def standing(session: Session, case_id: int, as_of: date) -> Standing | None:
    """Where the title of a case stands at the close of a day; None without judgment terms."""
    found = terms_of(session, case_id)
    if not found:
        return None
    return terms.standing(
        found,
        received_of(session, case_id, as_of),
        law.parameters(),
        until=as_of,
        suspended=_suspended(session, case_id, as_of),
    )


def _suspended(session: Session, case_id: int, as_of: date) -> list[Suspension]:
    """Retrial: no double part from the order to the end of it (迟延履行利息解释 3 ¶3)."""
    spans, since = [], None
    for one in proceedings_of(session, case_id).all("retrial_ordered", "retrial_decided"):
        if one.kind == "retrial_ordered":
            since = since or one.on
        elif since is not None:
            spans.append(Suspension(since, one.on))
            since = None
    return [*spans, Suspension(since, as_of)] if since is not None and since <= as_of else spans


def release_of(session: Session, case_id: int, stage: str, as_of: date) -> tuple[release.Item, ...]:
    """The release list of a case."""
    rows = session.scalars(select(ReleaseEntry).where(ReleaseEntry.case_id == case_id))
    title = standing(session, case_id, as_of)
    return release.items(
        measures_of(session, case_id), {row.item: row.done_on for row in rows}, stage=stage,
        overpaid=bool(title and title.overpaid), on=as_of,
    )  # fmt: skip


def findings_of(session: Session, case_no: str, as_of: date) -> list[Finding]:
    """What is wrong with the measures of a case."""
    case = cases.case_row(session, case_no)
    title = standing(session, case.id, as_of)
    found = measures_of(session, case.id)
    if not found:
        return []
    claim = title.outstanding if title else cases.position_of(session, case_no, as_of).claim_total
    return measures.findings(found, claim, as_of)


def position_json(session: Session, case_no: str, as_of: date, language: Language) -> dict[str, Any]:
    """Enforcement of a case as the outside sees it: title, recoveries, measures, findings, the release list."""
    case = cases.case_row(session, case_no)
    title = standing(session, case.id, as_of)
    opened = cases.position_of(session, case_no, as_of).newest("release_list", "")
    opened = None if opened is None or opened.reference == "void" else opened
    return {
        "case_no": case_no,
        "as_of": as_of.isoformat(),
        "title": None if title is None else _title(title, language),
        "terms": [_term(one) for one in terms_of(session, case.id)],
        "recoveries": [
            {
                "reference": row.reference, "on": row.received_on.isoformat(), "source": row.source,
                "amount": money.amount_text(row.amount), "reverses": row.reverses,
            }
            for row in recoveries_of(session, case.id)
        ],
        "measures": [_measure(one, as_of) for one in measures_of(session, case.id)],
        "clues": [
            {
                "id": row.id, "kind": row.kind, "party": row.party, "found_on": row.found_on.isoformat(),
                "source": row.source, "exempt": row.exempt,
            }
            for row in clues_of(session, case.id)
        ],
        "findings": [one.as_json(language) for one in findings_of(session, case_no, as_of)],
        "release": {
            "opened": opened is not None,
            "done": opened is not None and opened.reference == "done",
            "items": [one.as_json() for one in release_of(session, case.id, case.stage, as_of)] if opened else [],
        },
    }  # fmt: skip


def _title(title: Standing, language: Language) -> dict[str, Any]:
    return {
        "claimed": money.amount_text(title.claimed),
        "awarded": money.amount_text(title.awarded),
        "received": money.amount_text(title.received),
        "double_part": money.amount_text(title.double_part),
        "outstanding": money.amount_text(title.outstanding),
        "overpaid": money.amount_text(title.overpaid),
        "satisfied": title.satisfied,
        "steps": [one.read(language) for one in title.steps],
    }


def _term(one: Term) -> dict[str, Any]:
    return {
        "component": one.component,
        "party": one.party,
        "claimed": money.amount_text(one.claimed),
        "awarded": money.amount_text(one.awarded),
        "due_on": one.due_on.isoformat(),
        "outcome": one.outcome,
    }


def _measure(one: MeasureFacts, as_of: date) -> dict[str, Any]:
    return {
        "id": one.key,
        "kind": one.kind,
        "kind_label": labels.label("measure", one.kind).zh,
        "regime": one.regime,
        "party": one.party,
        "clue": one.clue,
        "amount": money.amount_text(one.amount),
        "asked_on": one.asked_on.isoformat(),
        "state": one.state(as_of),
        "until": one.until.isoformat() if one.until else None,
        "rank": one.rank,
        "realised": money.amount_text(one.realised),
        "entries": [
            {"kind": entry.kind, "on": entry.on.isoformat(), "until": entry.until.isoformat() if entry.until else None}
            for entry in one.entries
        ],
    }
