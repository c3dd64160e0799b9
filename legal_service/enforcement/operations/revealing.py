"""Showing what a clue to property describes: personal data of the debtor, noted in the trail each time (个人信息保护法 51)."""

from __future__ import annotations

from legal_service.access import permissions
from legal_service.access.operations import record
from legal_service.cases import queries
from legal_service.cases.personal import REASONS
from legal_service.database import Transaction
from legal_service.enforcement.queries import clues_of
from legal_service.errors import Refusal, Words

BASIS = "个人信息保护法 第六条、第五十一条"


def reveal_clue(tx: Transaction, *, case_no: str, clue_id: int, reason: str) -> str:
    """What a clue describes, for a reason that the trail keeps. Refuses `reason_required`, `unknown_clue`."""
    permissions.require(tx.actor, "personal.reveal")
    if reason not in REASONS:
        words = Words(zh="请先选择查看理由，再点“显示”。", en="Choose the reason first, then “show”.")
        raise Refusal("reason_required", words, BASIS)
    case = queries.case_row(tx.session, case_no)
    found = next((one for one in clues_of(tx.session, case.id) if one.id == clue_id), None)
    if found is None:
        raise Refusal("unknown_clue", Words(zh="本案没有这条财产线索。", en="the case has no such clue."), BASIS)
    record(tx, action="personal.reveal", subject=f"case:{case_no}", field=f"clue:{clue_id}", reason=reason)
    return found.description
