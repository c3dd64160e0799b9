"""Forcing a move: one named person asks and says why, another one decides; both stay visible in the history of the case."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import select

from legal_service.access import permissions
from legal_service.access.operations import record
from legal_service.cases import queries, stages
from legal_service.cases.guards import policy
from legal_service.cases.models import ForcedMove
from legal_service.cases.operations.moves import carry_out, read_step
from legal_service.cases.position import CasePosition
from legal_service.cases.refusals import joined
from legal_service.database import Transaction
from legal_service.errors import Refusal, Words

BASIS = policy("强制推进须由第二人批准")
LONGEST_REASON = 1000


def ask_force(
    tx: Transaction, *, case_no: str, target: str, on: date, reason: str, data: Mapping[str, Any] | None = None
) -> int:
    """Ask that a case be moved although guards stand against it; answer the id of the request. The same request again is the one open.

    Nothing moves yet. Refuses what `advance` refuses before its guards, `named_person_required`, `reason_required`,
    `nothing_to_force`, and the guards that nobody can force (no filing leaves without a named lawyer's approval).
    """
    permissions.require(tx.actor, "case.advance")
    permissions.require_named(tx.actor)
    if not reason.strip() or len(reason) > LONGEST_REASON:
        raise _refused(
            "reason_required",
            f"须写明理由（不超过 {LONGEST_REASON} 字）。",
            f"A reason is required (at most {LONGEST_REASON} characters).",
        )
    case = queries.case_row(tx.session, case_no)
    step = read_step(tx, case=case, target=target, on=on, data=data)
    position = replace(queries.position_of(tx.session, case_no, on), step=step)
    standing = stages.blockers(position, target)
    if not standing:
        raise _refused(
            "nothing_to_force", "没有未满足的条件，可直接推进。", "Nothing stands against the move; make it."
        )
    if never := stages.never_forced(position, target):
        raise joined(never)
    codes = " ".join(one.code for one in standing)
    same = tx.session.scalar(
        select(ForcedMove.id).where(
            ForcedMove.case_id == case.id, ForcedMove.to_stage == target, ForcedMove.from_stage == case.stage,
            ForcedMove.entered_on == on, ForcedMove.asked_by == tx.actor.email, ForcedMove.decided_by == "",
        )
    )  # fmt: skip
    if same is not None:
        return same
    row = ForcedMove(
        case_id=case.id, from_stage=case.stage, to_stage=target, entered_on=on, reason=reason.strip(), guards=codes,
        data=json.dumps(step, ensure_ascii=False, sort_keys=True), asked_by=tx.actor.email, asked_at=tx.moment,
    )  # fmt: skip
    tx.session.add(row)
    tx.session.flush()
    record(
        tx,
        action="case.force_asked",
        subject=f"case:{case_no}",
        target=target,
        on=on.isoformat(),
        guards=codes,
        of=row.id,
    )
    return row.id


def decide_force(tx: Transaction, *, case_no: str, request_id: int, grant: bool) -> CasePosition:
    """Grant or refuse a request to force a move; granted, the move is made at once, marked as forced.

    Refuses `same_person`, `unknown_request`, `decided_already`, `stale_request` (the case moved meanwhile), and with the
    first of the guards that stand now and did not when it was asked.
    """
    permissions.require(tx.actor, "case.force")
    permissions.require_named(tx.actor)
    case = queries.case_row(tx.session, case_no)
    row = tx.session.get(ForcedMove, request_id)
    if row is None or row.case_id != case.id:
        raise _refused("unknown_request", "本案没有这项强制推进申请。", "The case has no such request.")
    if row.asked_by == tx.actor.email:
        raise _refused(
            "same_person",
            "申请人不得自行批准；须由第二名具名人员决定。",
            "Who asked does not decide; a second named person does.",
        )
    if row.decided_by:
        if (row.decided_by, row.granted) == (tx.actor.email, grant):
            return queries.position_of(tx.session, case_no, row.entered_on)
        raise _refused("decided_already", "该申请已有决定。", "The request was decided already.")
    if case.stage != row.from_stage:
        raise _refused(
            "stale_request", "案件阶段已变更，该申请失效。", "The case has moved since; the request is void."
        )
    step: dict[str, str] = json.loads(row.data)
    position = replace(queries.position_of(tx.session, case_no, row.entered_on), step=step)
    if grant:
        known = set(row.guards.split())
        never = stages.never_forced(position, row.to_stage)
        more = [one for one in stages.blockers(position, row.to_stage) if one.code not in known]
        if never or more:
            raise joined([*never, *more])
    row.decided_by, row.decided_at, row.granted = tx.actor.email, tx.moment, grant
    tx.session.flush()
    record(
        tx, action="case.force_granted" if grant else "case.force_refused", subject=f"case:{case_no}", of=row.id,
        guards=row.guards, asked_by=row.asked_by,
    )  # fmt: skip
    if not grant:
        return position
    return carry_out(tx, case=case, target=row.to_stage, on=row.entered_on, step=step, forced=row.id)


def _refused(code: str, zh: str, en: str) -> Refusal:
    return Refusal(code, Words(zh=zh, en=en), BASIS)
