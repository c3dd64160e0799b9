"""Limitation of the claim (民法典 188–199) and of the application for enforcement (民事诉讼法 250).

Two tracks: `legal` runs from the last due day, `conservative` from the acceleration if that came earlier, and counts a
withdrawn suit from its filing. The court never raises limitation; after the end nothing here revives a claim by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from legal_service.errors import Words
from legal_service.law.calendar import Calendar
from legal_service.law.limitation_facts import Event, Limitation, Obstacle, Regime, Rules, Step, Track
from legal_service.law.limitation_rules import check, rules
from legal_service.law.parameters import Parameters
from legal_service.law.periods import Length, add

__all__ = ["Event", "Limitation", "Obstacle", "Regime", "Step", "Track", "reckon"]

_DISPUTED = Words(
    zh="已撤回：法定算法自程序终结起算，保守算法自起诉之日起算；起诉状副本未送达债务人的，是否中断有争议，待律师确认",
    en="withdrawn: the legal track counts from its end, the conservative one from its filing; if it was never served, "
    "whether it interrupts at all is disputed and awaits counsel",
)
_SERVED = Words(
    zh="已撤回（起诉状副本已送达）：法定算法自程序终结起算，保守算法自起诉之日起算",
    en="withdrawn after it was served: the legal track counts from its end, the conservative one from its filing",
)
_PART = Words(zh="只主张部分债权的，效力及于其余", en="only part was demanded: it interrupts for the rest too")
_WAIVED = Words(
    zh="其余债权已明确放弃，只就主张的部分中断", en="the rest was expressly waived: it interrupts for what was demanded"
)
_REST = Words(
    zh="曾明确放弃其余债权：法定算法之日只及于所主张的部分，其余部分不因此中断，见保守算法；待律师确认",
    en="the rest was once expressly waived: the legal date holds for the part demanded only, for the rest see the "
    "conservative track; awaits counsel",
)
_JOINT = Words(
    zh="对连带债务人之一的中断，及于其他连带债务人", en="done against one joint debtor, it counts against all"
)
_VOID = Words(
    zh="约定的时效届满日 {day} 无效，按法定期间计算", en="the agreed end {day} is void; the statutory period counts"
)


def reckon(
    regime: Regime,
    law: Parameters,
    calendar: Calendar,
    *,
    last_due_on: date,
    asked_on: date,
    accelerated_on: date | None = None,
    first_breach_on: date | None = None,
    events: Sequence[Event] = (),
    obstacles: Sequence[Obstacle] = (),
    agreed_until: date | None = None,
) -> Limitation:
    """The end of the limitation period on both tracks, step by step. An agreed end is void and only noted (民法典 197).

    Raises `Refusal` for an unknown kind of event, a reversed span, or a period begun under law not loaded.
    """
    found = rules(regime, law, last_due_on, asked_on, first_breach_on)
    check(events, obstacles, found)
    ordered = sorted(events, key=lambda event: event.on)
    hindered = _merged(obstacles)
    early = min(last_due_on, accelerated_on) if accelerated_on and regime == "general" else last_due_on
    void = law.on("limitation/defence", asked_on).value["agreement_void"]["basis"] if agreed_until else ""
    tracks = []
    for base, conservative in ((last_due_on, False), (early, True)):
        count = _Count(found, calendar, hindered, conservative=conservative)
        track = count.run(base, ordered)
        if agreed_until:
            words = Words(zh=_VOID.zh.format(day=agreed_until), en=_VOID.en.format(day=agreed_until))
            step = Step(agreed_until, "agreement", words, void, track.steps[0].expiry)
            track = replace(track, steps=(track.steps[0], step, *track.steps[1:]))
        tracks.append(track)
    return Limitation(legal=tracks[0], conservative=tracks[1])


def _merged(obstacles: Sequence[Obstacle]) -> list[Obstacle]:
    """Obstacles in order of time, those that overlap or touch made one: a day is lost once, whatever hinders on it."""
    merged: list[Obstacle] = []
    for one in sorted(obstacles, key=lambda obstacle: obstacle.first):
        last = merged[-1] if merged else None
        if last is None or (last.gone_on is not None and last.gone_on < one.first):
            merged.append(one)
        elif last.gone_on is not None:
            gone_on = None if one.gone_on is None else max(last.gone_on, one.gone_on)
            merged[-1] = Obstacle(last.first, gone_on)
    return merged


class _Count:
    """One track being counted: `restart` is where the present period began, none while a procedure runs.

    Steps show the end before obstacles; an obstacle has its own step, where it first matters.
    """

    def __init__(self, rules: Rules, calendar: Calendar, obstacles: list[Obstacle], *, conservative: bool) -> None:
        self.rules, self.calendar, self.obstacles, self.conservative = rules, calendar, obstacles, conservative
        self.restart: date | None = None
        self.steps: list[Step] = []
        self.defence_lost = False
        self.awaiting: list[Words] = []

    def run(self, base: date, events: list[Event]) -> Track:
        self.restart = base
        length = self.rules.length
        zh = f"自 {base} 起算，期间 {length.number} 年"
        self._note(
            base, "start", Words(zh=zh, en=f"runs from {base} for {length.number} years"), self.rules.length_basis
        )
        for event in events:
            self._consider(event, base)
        raw, notes = self._raw()
        self.steps += notes
        expiry = self._expiry(raw)
        if raw and self.rules.cap and expiry == self.rules.cap:
            words = Words(
                zh=f"不超过最长期间 {self.rules.cap}", en=f"never beyond the longest period, {self.rules.cap}"
            )
            self._note(self.rules.cap, "longest", words, self.rules.cap_basis)
        known = raw is None or expiry is None or (self.calendar.knows(raw) and self.calendar.knows(expiry))
        capped = min(raw, self.rules.cap) if raw and self.rules.cap else raw
        if self.rules.holiday and capped and expiry and expiry != capped:
            self.awaiting.append(_holiday(capped))
            self.steps.append(Step(capped, "holiday", _holiday(capped), self.rules.holiday.basis, expiry))
        return Track(
            capped,
            expiry,
            not known,
            self.defence_lost,
            tuple(self.steps),
            self.restart,
            (*self.rules.unread, *self.awaiting),
        )

    def _consider(self, event: Event, base: date) -> None:
        rule = self.rules.events[event.kind]
        if rule["effect"] == "none":
            self._add(event, rule, Words(zh="不中断", en="does not interrupt"), rule["basis"])
            return
        if self.restart is None:
            idle = Words(zh="程序进行中，期间尚未重新起算", en="a procedure is running, nothing restarts yet")
            self._add(event, rule, idle, rule["basis"])
            return
        raw, notes = self._raw()
        expiry = self._expiry(raw)
        if expiry is not None and event.on > expiry:
            self.steps += notes
            self._too_late(event, rule, expiry)
            return
        if event.part and event.rest_waived:
            self._await(_REST)
            if self.conservative:
                self._add(event, rule, _WAIVED, f"{rule['basis']}；诉讼时效规定(2020修正) 第九条")
                return
        start = self._start(event, rule)
        if start is not None and start < base:
            early = Words(zh="期间尚未开始，不缩短", en="the period had not begun; nothing is shortened")
            self._add(event, rule, early, rule["basis"])
            return
        self.restart = None if start is None else max(start, self.restart)
        effect = Words(zh="中断，程序终结前不起算", en="interrupts; runs again when the procedure ends")
        if start is not None:
            effect = Words(zh=f"中断，自 {self.restart} 重新起算", en=f"interrupts; runs anew from {self.restart}")
        parts = [self.rules.restart_basis, rule["basis"]]
        for words, basis in _reach(event):
            effect = Words(zh=f"{effect.zh}；{words.zh}", en=f"{effect.en}; {words.en}")
            parts.append(basis)
        if event.withdrawn and not event.served:
            self._await(_DISPUTED)
        if rule["effect"] == "request" and event.end:
            self._await(_mediated(event.end))
        self._add(event, rule, effect, "；".join(filter(None, parts)))

    def _start(self, event: Event, rule: dict[str, Any]) -> date | None:
        """Where the period starts anew: on the day, at the end of the procedure, or not yet known."""
        if rule["effect"] in ("restart", "request") or (self.conservative and event.withdrawn):
            return event.on
        return event.end

    def _await(self, words: Words) -> None:
        if words not in self.awaiting:
            self.awaiting.append(words)

    def _too_late(self, event: Event, rule: dict[str, Any], expiry: date) -> None:
        if rule["forfeits"]:
            self.defence_lost = True
            words = Words(
                zh=f"期间已于 {expiry} 届满；债务人此举可能丧失时效抗辩，须人工判断，不自动重新起算",
                en=f"after the end on {expiry}; the debtor may have lost the defence: a person decides, nothing restarts",
            )
            self._add(event, rule, words, f"民法典 第一百九十二条第二款；{rule['basis']}", review=True)
            return
        words = Words(zh=f"期间已于 {expiry} 届满，不生中断", en=f"after the end on {expiry}: no effect")
        self._add(event, rule, words, rule["basis"])

    def _raw(self) -> tuple[date | None, list[Step]]:
        """The counted end with every obstacle that falls into its last months; suspension never shortens."""
        if self.restart is None:
            return None, []
        raw = add(self.restart, self.rules.length)
        notes: list[Step] = []
        for obstacle in self.obstacles:
            opens = add(raw, Length(-self.rules.window.number, self.rules.window.unit))
            if obstacle.first > raw or (obstacle.gone_on is not None and obstacle.gone_on < opens):
                continue
            if obstacle.gone_on is None and self.rules.asked_on < opens:
                words = Words(
                    zh=f"障碍仍在持续，但尚未进入最后六个月（自 {opens} 起），不中止",
                    en=f"the obstacle lasts, but the last six months begin on {opens}: nothing is suspended yet",
                )
                notes.append(Step(obstacle.first, "obstacle", words, self.rules.window_basis, self._expiry(raw)))
                continue
            if obstacle.gone_on is None:
                words = Words(zh="障碍仍在持续，期间中止", en="the obstacle lasts: the period is suspended")
                return None, [*notes, Step(obstacle.first, "obstacle", words, self.rules.window_basis, None)]
            later = max(raw, self._after(obstacle.gone_on, raw, max(obstacle.first, opens)))
            if later > raw:
                raw = later
                words = Words(
                    zh=f"最后六个月内有障碍，{obstacle.gone_on} 消除，期间至 {raw}",
                    en=f"an obstacle in the last six months, gone on {obstacle.gone_on}: the period ends on {raw}",
                )
                notes.append(Step(obstacle.first, "obstacle", words, self.rules.window_basis, self._expiry(raw)))
        return raw, notes

    def _after(self, gone_on: date, raw: date, stopped: date) -> date:
        """民法典 194: six months after the obstacle. For enforcement the REST goes on (执行程序解释 19)."""
        if self.rules.rest_goes_on:
            return gone_on + timedelta(days=(raw - stopped).days)
        return add(gone_on, self.rules.window)

    def _expiry(self, raw: date | None) -> date | None:
        if raw is None:
            return None
        rolled = self.calendar.next_working_day(raw)
        return min(rolled, self.rules.cap) if self.rules.cap else rolled

    def _note(self, on: date, kind: str, words: Words, basis: str) -> None:
        plain = add(self.restart, self.rules.length) if self.restart else None
        self.steps.append(Step(on, kind, words, basis, self._expiry(plain)))

    def _add(self, event: Event, rule: dict[str, Any], words: Words, basis: str, *, review: bool = False) -> None:
        told = Words(zh=f"{rule['zh']}：{words.zh}", en=f"{rule['en']}: {words.en}")
        self._note(event.on, event.kind, told, basis)
        proof = Words(zh=rule["proof_zh"], en=rule["proof_en"])
        self.steps[-1] = replace(self.steps[-1], proof=proof, review=review)


def _reach(event: Event) -> list[tuple[Words, str]]:
    """How far an interruption reaches, with the article: the rest of the debt, the other joint debtors; what is disputed."""
    found = []
    if event.part:
        found.append((_WAIVED if event.rest_waived else _PART, "诉讼时效规定(2020修正) 第九条"))
    if event.joint_debtor:
        found.append((_JOINT, "诉讼时效规定(2020修正) 第十五条"))
    if event.withdrawn:
        found.append((_DISPUTED if not event.served else _SERVED, "民法典 第一百九十五条"))
    return found


def _mediated(end: date) -> Words:
    return Words(
        zh=f"调解请求自提出之日起算；是否可自调解终结之日 {end} 重新起算，待律师确认",
        en=f"a request for mediation counts from the day it was made; whether from {end}, when it ended, awaits counsel",
    )


def _holiday(raw: date) -> Words:
    return Words(
        zh=f"申请执行期间末日 {raw} 遇休息日是否顺延未有定论，请在该日之前办理；待律师确认",
        en=f"whether the last day {raw} for applying for enforcement moves off a holiday is open: act by it; awaits counsel",
    )
