"""The head of every page of a case: where it stands, what is due next, what blocks it, what is at stake."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from flask import request
from sqlalchemy.orm import Session

from legal_service import clock
from legal_service.access import queries as access
from legal_service.accounts import queries as accounts
from legal_service.cases import queries, stages
from legal_service.cases.docket import Due
from legal_service.cases.position import CasePosition
from legal_service.errors import Refusal, Words
from legal_service.money import Fen
from legal_service.parties import queries as parties
from legal_service.redaction.kinds import Kind
from legal_service.redaction.masks import masked

COMPONENTS = (
    ("principal", Words("本金", "principal")),
    ("interest", Words("利息", "interest")),
    ("penalty", Words("罚息", "penalty interest")),
    ("compound", Words("复利", "compound interest")),
    ("fees", Words("费用", "fees")),
    ("costs", Words("实现债权的费用", "costs of realising the debt")),
)


@dataclass(frozen=True, slots=True)
class Block:
    """What stands in the way of moves, in the desk's words, and where on the desk it is mended."""

    targets: tuple[str, ...]
    refusal: Refusal
    mend: tuple[str, Words] | None


@dataclass(frozen=True, slots=True)
class CaseHead:
    """Everything the head shows. Amounts in fen, at the close of `as_of`."""

    case_no: str
    version: int
    stage: str
    since: date
    moved_by: str
    borrower: str
    as_of: date
    today: date
    next_due: Due | None
    days_left: int | None
    next_moves: tuple[str, ...]
    blocks: tuple[Block, ...]
    blocks_aside: tuple[Block, ...]
    claim_total: Fen
    components: tuple[tuple[Words, Fen], ...]
    position: CasePosition

    @property
    def loans(self) -> tuple[str, ...]:
        """The loan numbers of the case."""
        return tuple(loan.loan_no for loan in self.position.loans)


MENDED_BY: dict[str, tuple[str, Words]] = {
    "no_contract": ("case_evidence", Words("上传合同", "upload the contract")),
    "no_statement": ("case_filings", Words("制作欠款明细", "make the statement of account")),
    "not_approved": ("case_filings", Words("审批起诉状", "approve the statement of claim")),
    "no_served_demand": ("case_contacts", Words("登记送达", "record the service")),
    "no_contact": ("case_contacts", Words("查看联系记录", "see the contacts")),
    "no_settlement_attempt": ("case_contacts", Words("登记和解尝试", "record a settlement attempt")),
    "period_running": ("case_deadlines", Words("查看期限", "see the deadlines")),
    "performance_running": ("case_deadlines", Words("查看期限", "see the deadlines")),
    "open_complaint": ("case_contacts", Words("查看投诉", "see the complaint")),
    "plan_performing": ("case_contacts", Words("查看和解方案", "see the plan")),
    "nothing_to_claim": ("case_account", Words("查看账目", "see the account")),
    "arbitration_clause": ("case_account", Words("查看合同要素", "see the terms")),
    "compensated": ("case_account", Words("查看合同要素", "see the terms")),
    "notarised": ("case_account", Words("查看合同要素", "see the terms")),
    "not_overdue": ("case_account", Words("查看账目", "see the account")),
}
"""Refusal → the page that mends it, and what to do there."""


RECORDED = ("case_proceedings", Words("登记程序事项", "record the event"))
"""Where everything else is mended: what the court did is recorded."""

SAID: dict[str, Words] = {
    "no_contact": Words("联系记录中没有联系借款人本人的记录", "the log shows no contact with the borrower in person"),
    "no_settlement_attempt": Words("没有和解尝试的记录", "no attempt to settle is recorded"),
    "no_served_demand": Words("没有已生效送达的催告", "no demand is recorded as served"),
    "no_contract": Words("证据库中没有借款合同", "the loan contract is not in the vault"),
    "no_statement": Words("本案尚未生成欠款明细", "no statement of account was made for this case"),
}
"""Refusals of guards that name a command: what the desk says instead, beside the link that mends it."""


def on_the_desk(refusal: Refusal) -> Refusal:
    """A guard's refusal without the command line's advice."""
    said = SAID.get(refusal.code)
    if refusal.code == "not_approved":
        said = Words(refusal.reason.zh.split("；由律师执行")[0], refusal.reason.en.split(": legal filing")[0])
    return refusal if said is None else Refusal(refusal.code, said, refusal.basis)


def blocks_of(position: CasePosition, targets: Iterable[str]) -> tuple[Block, ...]:
    """What stands against these moves, each said once with the moves it stands against."""
    against: dict[str, list[str]] = {}
    refusals: dict[str, Refusal] = {}
    for target in targets:
        for refusal in stages.blockers(position, target):
            refusals.setdefault(refusal.reason.zh, on_the_desk(refusal))
            against.setdefault(refusal.reason.zh, []).append(target)
    return tuple(
        Block(tuple(against[reason]), one, MENDED_BY.get(one.code, RECORDED)) for reason, one in refusals.items()
    )


def asked_day(today: date) -> date:
    """The business date that the page was asked for (`?as_of=`), today without it; never later than today."""
    try:
        asked = date.fromisoformat(request.args.get("as_of", ""))
    except ValueError:
        return today
    return min(asked, today)


def head_of(session: Session, case_no: str) -> CaseHead:
    """The head of a case; refuses `unknown_case` (also for one out of the reader's scope)."""
    today = clock.today()
    as_of = asked_day(today)
    row = queries.case_row(session, case_no)
    position = queries.position_of(session, case_no, as_of)
    history = queries.history_of(session, row.id)
    due = next((one for one in queries.docket(session, case_no=case_no) if one.done_on is None), None)
    targets = stages.moves_from(row.stage)
    blocks = blocks_of(position, [one for one in targets if (row.stage, one) not in stages.ASIDE])
    aside = blocks_of(position, [one for one in targets if (row.stage, one) in stages.ASIDE])
    blocked = {target for one in (*blocks, *aside) for target in one.targets}
    claims = [accounts.statement(session, loan.loan_no, as_of).claim for loan in position.loans]
    sums = [(words, sum(getattr(claim, part) for claim in claims)) for part, words in COMPONENTS]
    return CaseHead(
        case_no=case_no,
        version=row.version,
        stage=row.stage,
        since=row.stage_since,
        moved_by=access.name_of(session, history[-1].moved_by if history else row.opened_by),
        borrower=masked(Kind.PERSON, parties.borrower(session, row.person_id).name),
        as_of=as_of,
        today=today,
        next_due=due,
        days_left=(due.period.last_day - today).days if due else None,
        next_moves=tuple(target for target in targets if target not in blocked),
        blocks=blocks,
        blocks_aside=aside,
        claim_total=position.claim_total,
        components=tuple((words, amount) for words, amount in sums if amount),
        position=position,
    )
