"""Questions before a suit in JSON: where to sue, by which procedure, under which ceiling on interest and charges."""

from __future__ import annotations

from typing import cast, get_args

from legal_service import labels
from legal_service.errors import Language
from legal_service.law import ceilings as limits
from legal_service.law import jurisdiction as places
from legal_service.law import track as procedures
from legal_service.law.arguments import Given
from legal_service.law.bench import Answer, Bench
from legal_service.law.published.tables import province_of
from legal_service.law.reasons import told
from legal_service.money import amount_text, rate_text


def jurisdiction(given: Given, bench: Bench) -> Answer:
    """Candidate places for a suit, the court for a payment order, warnings."""
    clause = given.texts("agreed_court")
    facts = places.ForumFacts(
        filed_on=given.day("filed_on", bench.today),
        plaintiff_seat=given.text("plaintiff_seat", ""),
        lender_type=given.choice("lender_type", ("", *limits.LICENSED), ""),
        defendant_domicile=given.text("defendant_domicile", ""),
        defendant_residence=given.text("defendant_residence", ""),
        residence_since=given.optional_day("residence_since"),
        agreed_courts=tuple(court for one in clause for court in places.courts_in(one)),
        connection=places.connection_of(given.text("agreed_court_connection", "")),
        signing_place=given.text("signing_place", ""),
        signing_proved=given.flag("signing_proved"),
        agreed_performance=given.text("agreed_performance", ""),
        online=_maybe(given, "online"),
        arbitration=given.flag("arbitration_clause"),
        assigned=given.flag("assigned"),
        assignee_knew=_maybe(given, "assignee_knew"),
    )
    given.finish()
    found = places.suggest(facts, bench.parameters)
    return forum_json(found, bench.language) | {"province": places.court_province(facts, found)}


def track(given: Given, bench: Bench) -> Answer:
    """Which procedures are open to a claim, with the threshold of small claims or what is missing for it."""
    province = given.text("province", "")
    facts = procedures.ClaimFacts(
        filed_on=given.day("filed_on", bench.today),
        amount=given.amount("amount"),
        province=province_of(province) or province,
        clear=given.flag("clear", True),
        missing_party=_maybe(given, "missing_party"),
        appraisal=_maybe(given, "appraisal"),
        foreign=_maybe(given, "foreign"),
        counterclaim=_maybe(given, "counterclaim"),
        pre_suit_preservation=_maybe(given, "pre_suit_preservation"),
        in_mainland=_maybe(given, "in_mainland"),
        until_paid=_maybe(given, "until_paid"),
        agreed_charges=_maybe(given, "agreed_charges"),
        guarantors=given.whole("guarantors", 1000) if given.has("guarantors") else 0,
        mediated_on=given.optional_day("mediated_on"),
        by_mediation_body=_maybe(given, "by_mediation_body"),
    )
    given.finish()
    found = procedures.suggest(facts, bench.parameters, bench.published(), bench.calendar)
    return track_json(found, bench.language)


def ceiling(given: Given, bench: Bench) -> Answer:
    """Which ceiling applies to whose loan, in court and with the regulator, and why four times the LPR does not."""
    lender = given.choice("lender_type", get_args(limits.Lender))
    plaintiff = given.choice("plaintiff", get_args(limits.Plaintiff), "lender")
    contract_on, on = given.day("contract_on"), given.day("on", bench.today)
    given.finish()
    found = limits.ceilings(
        cast(limits.Lender, lender),
        bench.parameters,
        bench.published(),
        contract_on=contract_on,
        on=on,
        plaintiff=cast(limits.Plaintiff, plaintiff),
    )
    return ceilings_json(found, bench.language)


def _maybe(given: Given, name: str) -> bool | None:
    return given.flag(name) if given.has(name) else None


def forum_json(found: places.Forum, language: Language) -> Answer:
    """A suggestion of places as an answer: `{"candidates", "payment_order_court", "warnings", "barred", "cause_of_action"}`."""
    return {
        "candidates": [_candidate(one, language) for one in found.candidates],
        "payment_order_court": found.payment_order and _candidate(found.payment_order, language),
        "warnings": told(found.warnings, language),
        "barred": found.barred,
        "cause_of_action": found.cause and found.cause.as_json(language),
    }


def _candidate(one: places.Candidate, language: Language) -> Answer:
    return {
        "place": one.place,
        "name": labels.label("venue", one.place).read(language),
        "where": one.where,
        "standing": one.standing,
        "standing_name": labels.label("venue_standing", one.standing).read(language),
        "because": told(one.because, language),
    }


def track_json(found: procedures.Track, language: Language) -> Answer:
    """A suggestion of procedures as an answer: `{"suggested", "procedures", "threshold", "warnings"}`."""
    return {
        "suggested": found.suggested,
        "procedures": [
            {
                "procedure": one.procedure,
                "name": labels.label("procedure", one.procedure).read(language),
                "open": one.open,
                "open_name": labels.label("procedure_open", one.open).read(language),
                "because": told(one.because, language),
            }
            for one in found.ways
        ],
        "threshold": _threshold(found.threshold, language),
        "warnings": told(found.warnings, language),
    }


def _threshold(limit: procedures.Threshold, language: Language) -> Answer:
    wage = limit.wage
    return {
        "province": limit.province,
        "year": limit.year,
        "figure": amount_text(wage.figure) if wage else None,
        "source": wage.source if wage else None,
        "published": wage.published.isoformat() if wage else None,
        "status": wage.status if wage else "unknown",
        "mandatory_up_to": amount_text(limit.mandatory) if limit.mandatory is not None else None,
        "by_agreement_up_to": amount_text(limit.agreed) if limit.agreed is not None else None,
        "unknown": limit.unknown.read(language) if limit.unknown else None,
        "because": limit.because.as_json(language),
    }


def ceilings_json(found: limits.Ceilings, language: Language) -> Answer:
    """Ceilings as an answer: `{"ceilings", "lpr_multiple_applies", "not_lpr", "warnings"}`; an unknown rate is null."""
    return {
        "ceilings": [
            {
                "kind": one.kind,
                "name": labels.label("ceiling", one.kind).read(language),
                "where": one.where,
                "rate": rate_text(one.rate) if one.rate is not None else None,
                "because": told(one.because, language),
            }
            for one in found.apply
        ],
        "lpr_multiple_applies": found.not_lpr is None,
        "not_lpr": found.not_lpr and found.not_lpr.as_json(language),
        "warnings": told(found.warnings, language),
    }
