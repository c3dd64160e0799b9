"""Questions about court fees in JSON: a fee with its working, and what a change of claim, track or end does to one already paid."""

from __future__ import annotations

from typing import cast, get_args

from legal_service.law import court_fees, fee_changes
from legal_service.law.arguments import Given
from legal_service.law.bench import Answer, Bench
from legal_service.law.court_fees import Fee
from legal_service.money import amount_text


def fee(given: Given, bench: Bench) -> Answer:
    """The fee of a money case."""
    kind = given.choice("kind", get_args(court_fees.Kind))
    amount = given.amount("amount") if given.has("amount") else None
    on = given.day("on", bench.today)
    track = given.choice("track", get_args(court_fees.Track), "ordinary")
    ended = given.choice("ended", get_args(court_fees.Ended), "judgment")
    rounding = given.text("rounding") if given.has("rounding") else None
    given.finish()
    found = court_fees.fee(
        cast(court_fees.Kind, kind),
        bench.parameters,
        on=on,
        amount=amount,
        track=cast(court_fees.Track, track),
        ended=cast(court_fees.Ended, ended),
        rounding=court_fees.rounding_of(rounding, bench.parameters, on),
    )
    return _fee(found, bench) | {"awaiting_counsel": _rounding_note(bench, found)}


def fee_change(given: Given, bench: Bench) -> Answer:
    """What is to be topped up, refunded or borne after a change."""
    claimed = given.amount("claimed_before")
    claimed_after = given.amount("claimed_after") if given.has("claimed_after") else claimed
    track_before = given.choice("track_before", get_args(fee_changes.TrackBefore), "ordinary")
    same = "ordinary" if track_before == "payment_order" else track_before
    track_after = given.choice("track_after", get_args(court_fees.Track), same)
    stage = given.choice("stage", get_args(fee_changes.Stage), "before_investigation_ended")
    ended = given.choice("ended", get_args(fee_changes.Outcome), "pending")
    paid = given.amount("paid") if given.has("paid") else None
    notice_on, on = given.optional_day("notice_on"), given.day("on", bench.today)
    rounding = given.text("rounding") if given.has("rounding") else None
    given.finish()
    change = fee_changes.Change(
        claimed_before=claimed,
        claimed_after=claimed_after,
        track_before=cast(fee_changes.TrackBefore, track_before),
        track_after=cast(court_fees.Track, track_after),
        stage=cast(fee_changes.Stage, stage),
        ended=cast(fee_changes.Outcome, ended),
        paid=paid,
    )
    found = fee_changes.reckon(
        change,
        bench.parameters,
        bench.calendar,
        on=on,
        notice_on=notice_on,
        rounding=court_fees.rounding_of(rounding, bench.parameters, on),
        computation=bench.computation(notice_on or on),
    )
    return _change(found, bench)


def _change(found: fee_changes.FeeChange, bench: Bench) -> Answer:
    return {
        "before": amount_text(found.before.fee),
        "after": amount_text(found.due),
        "paid": amount_text(found.paid),
        "top_up": amount_text(found.top_up),
        "refund": amount_text(found.refund),
        "own_cost": amount_text(found.own_cost),
        "halved": found.halved,
        "pay_by": found.pay_by
        and {
            "raw": found.pay_by.raw.isoformat(),
            "last_day": found.pay_by.last_day.isoformat(),
            "internal": found.pay_by.internal.isoformat(),
            "provisional": found.pay_by.provisional,
            "basis": found.pay_by.basis,
        },
        "if_not_paid": found.effect and bench.read(found.effect),
        "basis": found.basis,
        "working": [bench.read(line) for line in found.working],
        "rounding": found.after.rounding,
        "awaiting_counsel": [bench.read(one) for one in found.awaiting]
        + (_rounding_note(bench, found.after) or _rounding_note(bench, found.before)),
    }


def _fee(found: Fee, bench: Bench) -> Answer:
    return {
        "fee": amount_text(found.fee),
        "full": amount_text(found.full),
        "halved": found.halved,
        "basis": found.basis,
        "working": [bench.read(line) for line in found.working],
        "rounding": found.rounding,
    }


def _rounding_note(bench: Bench, found: Fee) -> list[str]:
    """Only where another practice could give another figure."""
    return [bench.read(court_fees.SILENT)] if found.rounding_decides else []
