"""The rules that one count of limitation follows, as the law stood, and the check of what it is given."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from legal_service.errors import Refusal, Words
from legal_service.law.limitation_facts import Event, Obstacle, Regime, Rules
from legal_service.law.parameters import Dated, Parameter, Parameters
from legal_service.law.periods import add, length_of
from legal_service.law.reasons import unread


def rules(regime: Regime, law: Parameters, base: date, asked_on: date, first_breach_on: date | None) -> Rules:
    """The rules of a regime: the length as on the day the period began, everything else as on the day of asking."""
    enforcement = regime == "enforcement"
    length = law.parameter("periods/enforcement" if enforcement else "periods/limitation")
    window = law.parameter("limitation/suspension_in_enforcement" if enforcement else "limitation/suspension")
    longest = law.parameter("limitation/longest")
    capped = first_breach_on is not None and not enforcement
    ruling = _ruling(length, base, asked_on, procedural=enforcement)
    return Rules(
        asked_on=asked_on,
        length=length_of(length, base),
        length_basis=ruling.basis,
        window=length_of(window, asked_on),
        window_basis=window.on(asked_on).basis,
        rest_goes_on=enforcement,
        restart_basis=law.on("limitation/interruption_in_enforcement", asked_on).basis if enforcement else "",
        events=law.on("limitation/events", asked_on).value,
        cap=add(first_breach_on, length_of(longest, asked_on)) if capped and first_breach_on else None,
        cap_basis=longest.on(asked_on).basis,
        holiday=law.on("limitation/enforcement_holiday", asked_on) if enforcement else None,
        unread=tuple(unread([ruling, window.on(asked_on), *([longest.on(asked_on)] if capped else [])])),
    )


def _ruling(length: Parameter, base: date, asked_on: date, *, procedural: bool) -> Dated:
    """The value whose article is printed. A rule of procedure bears the number in force on the day of asking (CPL 239, 246, 250)."""
    begun, now = length.on(base), length.on(max(base, asked_on))
    return now if procedural and now.value == begun.value else begun


def check(events: Sequence[Event], obstacles: Sequence[Obstacle], known: Rules) -> None:
    """Refuse an unknown kind of event and a reversed span."""
    for event in events:
        if event.kind not in known.events:
            kinds = ", ".join(known.events)
            raise Refusal(
                "unknown_event",
                Words(
                    zh=f"不认识的时效事由「{event.kind[:40]}」；现有：{kinds}",
                    en=f"no event {event.kind[:40]!r}; there are: {kinds}",
                ),
                "民法典 第一百九十五条",
            )
    spans = [(event.on, event.end) for event in events] + [(obstacle.first, obstacle.gone_on) for obstacle in obstacles]
    for first, last in spans:
        if last is not None and last < first:
            raise Refusal(
                "reversed_span",
                Words(zh=f"{first} 至 {last} 起止颠倒，请核对。", en=f"{first} to {last} is reversed; check it"),
                "机构内部规则：期间计算",
            )
