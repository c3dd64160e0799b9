"""What a guarantee is asked about and answered with (`law.guarantee`): acts of the creditor, steps, how a guarantor stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from legal_service.errors import Words
from legal_service.law.periods import Period

Liability = Literal["joint", "general", "unclear"]
Agreed = Literal["none", "until", "until_paid_in_full"]
State = Literal["open", "preserved", "doubtful", "lapsed"]


@dataclass(frozen=True, slots=True)
class Act:
    """What the creditor did; `on` is the arrival of a demand or the filing of a suit, `served_on` when a withdrawn suit's complaint was served."""

    kind: str
    on: date
    withdrawn: bool = False
    served_on: date | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One thing considered, with its article and the proof it needs."""

    on: date
    kind: str
    words: Words
    basis: str
    proof: Words | None = None


@dataclass(frozen=True, slots=True)
class Guarantee:
    """One guarantor. `period.raw` is the last day kept; `period.last_day` the day it would be if holidays moved it.

    `state`: `open` still to be acted on, `preserved` by `preserved_by`, `doubtful` (acted, or asked, between the two last days),
    `lapsed`. `limitation` is the three-year period that follows, from `limitation_from`; None while that has not begun.
    """

    liability: Literal["joint", "general"]
    period: Period
    state: State
    must_do: Words
    preserved_by: Act | None
    limitation_from: date | None
    limitation: Period | None
    steps: tuple[Step, ...]
    basis: str
    awaiting: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class RefusalEnded:
    """What ended a general guarantor's right to refuse (担保制度解释 28), each day where known."""

    ended_on: date | None = None
    round_ended_served_on: date | None = None
    enforcement_applied_on: date | None = None
