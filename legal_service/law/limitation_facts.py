"""What limitation is reckoned from and answered with (`law.limitation`): events, obstacles, steps, the two tracks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from legal_service.errors import Words
from legal_service.law.parameters import Dated
from legal_service.law.periods import Length

Regime = Literal["general", "enforcement"]


@dataclass(frozen=True, slots=True)
class Event:
    """What happened on a day; a procedure also has the day it ended, or none while it runs.

    `served`: whether the complaint of a withdrawn suit was served, None when not known. `part`: only part of the debt was
    demanded (`rest_waived`: the rest expressly given up). `joint_debtor`: done against another of joint debtors.
    """

    kind: str
    on: date
    end: date | None = None
    withdrawn: bool = False
    served: bool | None = None
    part: bool = False
    rest_waived: bool = False
    joint_debtor: bool = False


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Force majeure or another obstacle, from a day to the day it was gone; no end while it lasts."""

    first: date
    gone_on: date | None


@dataclass(frozen=True, slots=True)
class Step:
    """One thing considered, and the end of the period after it; no end while a procedure or obstacle lasts.

    `proof` is what an event must be shown with; `review` marks what only a named person may decide.
    """

    on: date
    kind: str
    words: Words
    basis: str
    expiry: date | None
    proof: Words | None = None
    review: bool = False


@dataclass(frozen=True, slots=True)
class Track:
    """One way of counting: `raw` as counted, `expiry` moved to a working day and kept within the longest period.

    `runs_from` is the day the present period runs from; none while a procedure runs.
    """

    raw: date | None
    expiry: date | None
    provisional: bool
    defence_lost: bool
    steps: tuple[Step, ...]
    runs_from: date | None
    awaiting: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class Limitation:
    """Both tracks; `running` while a procedure or an obstacle keeps the end open."""

    legal: Track
    conservative: Track

    @property
    def running(self) -> bool:
        return self.legal.raw is None


@dataclass(frozen=True, slots=True)
class Rules:
    """The law of one regime, as it stood on the day of asking (the length: on the day the period began).

    `holiday` is set where it is open whether a last day moves; `unread` says which of the rules rest on an unread text.
    """

    asked_on: date
    length: Length
    length_basis: str
    window: Length
    window_basis: str
    rest_goes_on: bool
    restart_basis: str
    events: dict[str, dict[str, Any]]
    cap: date | None
    cap_basis: str
    holiday: Dated | None
    unread: tuple[Words, ...]
