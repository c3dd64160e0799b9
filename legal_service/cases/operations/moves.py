"""Opening a case and moving it along the table of stages."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import func, select

from legal_service import labels
from legal_service.access import permissions
from legal_service.access.operations import record
from legal_service.accounts import queries as accounts
from legal_service.accounts.models import Contract
from legal_service.cases import queries, stages
from legal_service.cases.guards import policy
from legal_service.cases.models import Case, CaseLoan, StageEntry
from legal_service.cases.operations import proceedings, work_lines
from legal_service.cases.operations.deadlines import close_every
from legal_service.cases.operations.followed import follow_records
from legal_service.cases.position import CasePosition
from legal_service.cases.refusals import joined
from legal_service.cases.step_data import read_data
from legal_service.database import Transaction
from legal_service.errors import Refusal, Words


def open_case(tx: Transaction, *, loan_nos: Sequence[str], on: date) -> str:
    """Open one case for loans of one borrower and one lender; answer its number.

    The same loans asked for again answer the case already open. A loan not overdue may be assessed; the first move
    refuses it. Refuses `different_borrowers`, `different_lenders`, `already_in_case`, `unknown_loan`.
    """
    permissions.require(tx.actor, "case.open")
    contracts = [accounts.contract_row(tx.session, loan_no) for loan_no in sorted(set(loan_nos))]
    _one_party(contracts)
    open_cases = {contract.loan_no: queries.open_case_of(tx.session, contract.id) for contract in contracts}
    taken = {case.case_no for case in open_cases.values() if case is not None}
    if len(taken) == 1 and all(open_cases.values()):
        case_no = taken.pop()
        loans = {row.loan_no for row in queries.contracts_of(tx.session, queries.case_row(tx.session, case_no).id)}
        if loans == set(open_cases):
            return case_no
        taken = {case_no}
    if taken:
        shown = "、".join(sorted(taken))
        raise Refusal(
            "already_in_case",
            Words(zh=f"所列贷款已在案件 {shown} 中。", en=f"loans listed are already in case {shown}."),
            "机构内部规则：一笔贷款同时只在一个案件中（house policy）",
        )
    case = Case(
        case_no=_next_number(tx, on),
        person_id=contracts[0].person_id,
        lender_id=contracts[0].lender_id,
        stage="assessment",
        stage_since=on,
        opened_on=on,
        opened_by=tx.actor.email,
    )
    tx.session.add(case)
    tx.session.flush()
    tx.session.add_all(CaseLoan(case_id=case.id, contract_id=contract.id) for contract in contracts)
    tx.session.flush()
    record(tx, action="case.open", subject=f"case:{case.case_no}", loans=[contract.loan_no for contract in contracts])
    work_lines.refresh(tx, case_no=case.case_no, as_of=on)
    follow_records(tx, case=case, on=on)
    work_lines.after_record(tx, case=case)
    return case.case_no


def _one_party(contracts: Sequence[Contract]) -> None:
    if len({contract.person_id for contract in contracts}) != 1:
        raise Refusal(
            "different_borrowers",
            Words(
                zh="所列贷款属于不同借款人；一案一名借款人。",
                en="the loans belong to different borrowers; one case, one borrower.",
            ),
            "民事诉讼法(2023修正) 第一百二十二条",
        )
    if len({contract.lender_id for contract in contracts}) != 1:
        raise Refusal(
            "different_lenders",
            Words(
                zh="所列贷款属于不同贷款人；一案一名原告。",
                en="the loans belong to different lenders; one case, one plaintiff.",
            ),
            "民事诉讼法(2023修正) 第一百二十二条第一项",
        )


def _next_number(tx: Transaction, on: date) -> str:
    prefix = f"LC-{on.year}-"
    last = tx.session.scalar(select(func.max(Case.case_no)).where(Case.case_no.startswith(prefix)))
    return f"{prefix}{int(last.removeprefix(prefix)) + 1 if last else 1:06d}"


def advance(
    tx: Transaction, *, case_no: str, target: str, on: date, data: dict[str, Any] | None = None
) -> CasePosition:
    """Move a case to a stage on a date, if no guard stands against it; answer its position then.

    Asked again for the stage it is in, it changes nothing. Refuses `no_such_move`, `not_for_role`, `bad_date`,
    `bad_closing`, `bad_step_data`, or with the first guard's code, telling every guard that stands.
    """
    permissions.require(tx.actor, "case.advance")
    case = queries.case_row(tx.session, case_no)
    if case.stage == target:
        return queries.position_of(tx.session, case_no, on)
    step = read_step(tx, case=case, target=target, on=on, data=data)
    position = replace(queries.position_of(tx.session, case_no, on), step=step)
    standing = stages.blockers(position, target)
    if standing:
        raise joined(standing)
    return carry_out(tx, case=case, target=target, on=on, step=step)


def read_step(tx: Transaction, *, case: Case, target: str, on: date, data: Mapping[str, Any] | None) -> dict[str, str]:
    """What a move tells besides its day, once the table, the role and the date allow it."""
    move = stages.transition(case.stage, target)
    if tx.actor.role not in move.who:
        roles = [labels.label("role", role) for role in move.who]
        raise Refusal(
            "not_for_role",
            Words(
                zh=f"这一步由{'、'.join(one.zh for one in roles)}作出。",
                en=f"this move is made by: {', '.join(one.en for one in roles)}.",
            ),
            policy("案件阶段表"),
        )
    if on < case.stage_since:
        raise Refusal(
            "bad_date",
            Words(
                zh=f"日期 {on} 早于进入当前阶段的日期 {case.stage_since}。",
                en=f"{on} is before the case entered its present stage ({case.stage_since}).",
            ),
            "机构内部规则：时间线不得倒退（house policy）",
        )
    told = dict(data or {})
    if target == "closed" and told.get("reason") not in stages.CLOSING_REASONS:
        options = "、".join(stages.CLOSING_REASONS)
        raise Refusal(
            "bad_closing",
            Words(
                zh=f"结案须写明原因 reason：{options}（核销不是结案）。",
                en=f"closing needs a `reason`: {options} (a write-off is not a closure).",
            ),
            "金融企业呆账核销管理办法(2017年版) 第十四条、第十五条",
        )
    reason = {"reason": told.pop("reason")} if target == "closed" else {}
    needs, allows = (move.kind.needs, move.kind.allows) if move.kind else ((), ())
    return reason | read_data(told, needs=needs, allows=allows, what=labels.label("stage", target).zh)


def carry_out(
    tx: Transaction, *, case: Case, target: str, on: date, step: dict[str, str], forced: int | None = None
) -> CasePosition:
    """Make a move that was found to be in order (or, `forced`, that two persons answer for), with its event and deadlines."""
    move = stages.transition(case.stage, target)
    told: dict[str, Any] = step if forced is None else step | {"forced": forced}
    tx.session.add(
        StageEntry(
            case_id=case.id, from_stage=case.stage, to_stage=target, entered_on=on, moved_by=tx.actor.email,
            moved_at=tx.moment, data=json.dumps(told, ensure_ascii=False, sort_keys=True),
        )
    )  # fmt: skip
    extra = {} if forced is None else {"forced": forced}
    record(
        tx,
        action="case.advance",
        subject=f"case:{case.case_no}",
        source=case.stage,
        target=target,
        on=on.isoformat(),
        **extra,
    )
    case.stage, case.stage_since = target, on
    tx.session.flush()
    if move.event:
        proceedings.enter(tx, case=case, kind=move.event, on=on, data=step)
    if target == "closed":
        close_every(tx, case=case, on=on, reason=step["reason"])
    follow_records(tx, case=case, on=on)
    moved = queries.position_of(tx.session, case.case_no, on)
    work_lines.after_move(tx, case=case, position=moved)
    return moved
