"""The release list: opened when the title is satisfied, done item by item, told to the guards by milestones."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from legal_service.access import permissions
from legal_service.access.operations import record
from legal_service.cases import operations as cases
from legal_service.cases import queries
from legal_service.cases.models import Case
from legal_service.database import Transaction
from legal_service.enforcement import queries as enforcement
from legal_service.enforcement.measures import BASIS
from legal_service.enforcement.models import ReleaseEntry
from legal_service.enforcement.operations.proving import require_in_vault
from legal_service.errors import Refusal, Words

MILESTONE = "release_list"


def follow_release(tx: Transaction, *, case: Case, on: date) -> None:
    """Open the list when nothing of the title is open any more, close it when all of it is done. As it is, nothing is written.

    A reversal that leaves something owed makes a list void; one with something finished on it stands open again.
    """
    newest = queries.position_of(tx.session, case.case_no, on).newest(MILESTONE, "")
    title = enforcement.standing(tx.session, case.id, max(on, tx.moment.date()))
    opened = newest is not None and newest.reference in ("opened", "done")
    if title is None or not (opened or title.satisfied):
        return
    items = enforcement.release_of(tx.session, case.id, case.stage, on)
    reference = "done" if all(one.done_on is not None for one in items) else "opened"
    if not title.satisfied:  # reversed: what was finished on the list must be looked at again
        reference = "opened" if any(one.done_on is not None for one in items) else "void"
    if newest is None or newest.reference != reference:
        cases.record_milestone(tx, case_no=case.case_no, kind=MILESTONE, subject="", reached_on=on, reference=reference)


def record_release(tx: Transaction, *, case_no: str, item: str, done_on: date, proof: str = "") -> bool:
    """Note that a thing of the list is done; answer whether the whole list is. Measures are released by an entry of their own.

    Refuses `release_not_open`, `unknown_release_item`. The same again changes nothing.
    """
    permissions.require(tx.actor, "case.record")
    case = queries.case_row(tx.session, case_no)
    newest = queries.position_of(tx.session, case_no, done_on).newest(MILESTONE, "")
    if newest is None or newest.reference == "void":
        raise Refusal(
            "release_not_open",
            Words(zh="债务尚未清偿，解除清单未开启。", en="the title is not satisfied; the release list is not open."),
            BASIS,
        )
    require_in_vault(tx, case_no, proof)
    codes = [one.code for one in enforcement.release_of(tx.session, case.id, case.stage, done_on)]
    if item not in codes or item.startswith("M-"):
        shown = "、".join(one for one in codes if not one.startswith("M-"))
        raise Refusal(
            "unknown_release_item",
            Words(
                zh=f"清单中可登记：{shown}；措施的解除登记在该措施上。",
                en=f"of this list: {shown}; a measure is released on the measure itself.",
            ),
            BASIS,
        )
    same = tx.session.scalar(select(ReleaseEntry.id).where(ReleaseEntry.case_id == case.id, ReleaseEntry.item == item))
    if same is None:
        tx.session.add(
            ReleaseEntry(
                case_id=case.id, item=item, done_on=done_on, proof_sha256=proof, recorded_by=tx.actor.email,
                recorded_at=tx.moment,
            )
        )  # fmt: skip
        tx.session.flush()
        record(tx, action="enforcement.release", subject=f"case:{case_no}", item=item, on=done_on.isoformat())
        follow_release(tx, case=case, on=done_on)
    return all(one.done_on for one in enforcement.release_of(tx.session, case.id, case.stage, done_on))
