"""What moving many cases would come to: for each whether it may move, or every reason why not. Reads only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from legal_service import labels
from legal_service.cases import stages
from legal_service.cases.queries.cases import case_row, position_of
from legal_service.cases.step_data import read_data
from legal_service.errors import Refusal


@dataclass(frozen=True, slots=True)
class Step:
    """One case of many: its number, the day, what the step tells. Plain values: it travels in the row of a job."""

    case_no: str
    on: date
    data: Mapping[str, Any]

    def as_json(self) -> dict[str, object]:
        """As the arguments of a job keep it."""
        return {"case_no": self.case_no, "on": self.on.isoformat(), "data": dict(self.data)}


@dataclass(frozen=True, slots=True)
class Prospect:
    """What would happen to one case: the stage it is in, and what stands against the move. `already`: it is there."""

    case_no: str
    stage: str
    refusals: tuple[Refusal, ...]
    already: bool = False


def prospects(session: Session, steps: Sequence[Step], target: str) -> list[Prospect]:
    """What moving these cases to a stage would come to, case by case."""
    return [_prospect(session, one, target) for one in steps]


def _prospect(session: Session, step: Step, target: str) -> Prospect:
    stage = ""
    try:
        stage = case_row(session, step.case_no).stage
        if stage == target:
            return Prospect(step.case_no, stage, (), already=True)
        move = stages.transition(stage, target)
        told = {name: value for name, value in step.data.items() if name != "reason"}
        needs, allows = (move.kind.needs, move.kind.allows) if move.kind else ((), ())
        read = read_data(told, needs=needs, allows=allows, what=labels.label("stage", target).zh)
        position = replace(position_of(session, step.case_no, step.on), step=read)
        return Prospect(step.case_no, stage, tuple(stages.blockers(position, target)))
    except Refusal as refusal:
        return Prospect(step.case_no, stage, (refusal,))
