"""Recording judgment terms and the money that comes in on them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select

from legal_service.access import permissions
from legal_service.access.operations import record
from legal_service.cases import queries
from legal_service.database import Transaction
from legal_service.enforcement import terms as rules
from legal_service.enforcement.models import Recovery, TitleTerm
from legal_service.enforcement.operations.releasing import follow_release
from legal_service.enforcement.queries import recoveries_of, terms_of
from legal_service.enforcement.terms import Term
from legal_service.errors import Refusal, Words
from legal_service.money import Fen

TITLED = ("judged", "appealed", "effective", "enforcement", "round_ended")


def record_terms(tx: Transaction, *, case_no: str, terms: Sequence[Term]) -> int:
    """Record the judgment terms of a case as one set; answer its version. The same set again changes nothing; another one replaces it visibly.

    Refuses `bad_terms`, `unknown_party`, `no_title` before there is a judgment, order, instrument or confirmation.
    """
    permissions.require(tx.actor, "case.record")
    case = queries.case_row(tx.session, case_no)
    if case.stage not in TITLED:
        raise _refused(
            "no_title",
            "尚无判决、支付令、调解书或确认裁定。",
            "there is no judgment, order, instrument or confirmation yet.",
        )
    rules.check(terms)
    parties = queries.position_of(tx.session, case_no, case.stage_since).parties[1:]
    for one in terms:
        if one.party not in parties:
            raise _refused("unknown_party", f"义务人应为：{'、'.join(parties)}。", f"by one of: {', '.join(parties)}.")
    newest = tx.session.scalar(select(func.max(TitleTerm.version)).where(TitleTerm.case_id == case.id)) or 0
    if newest and terms_of(tx.session, case.id) == list(terms):
        return newest
    version = newest + 1
    tx.session.add_all(
        TitleTerm(
            case_id=case.id, version=version, number=number, component=one.component, party=one.party,
            claimed=one.claimed, awarded=one.awarded, due_on=one.due_on, reason=one.reason,
            recorded_by=tx.actor.email, recorded_at=tx.moment,
        )
        for number, one in enumerate(terms, 1)
    )  # fmt: skip
    tx.session.flush()
    record(
        tx,
        action="enforcement.terms",
        subject=f"case:{case_no}",
        version=version,
        awarded=sum(one.awarded for one in terms),
    )
    follow_release(tx, case=case, on=tx.moment.date())
    return version


def record_recovery(
    tx: Transaction, *, case_no: str, reference: str, received_on: date, source: str, amount: Fen, reverses: str = ""
) -> int:
    """Record money that came in on the title, or the reversal of a recovery; answer its id. The same reference again is the one there.

    Refuses `bad_recovery`, `no_terms`, `reference_taken` (the reference stands with other figures), `unknown_recovery`.
    """
    permissions.require(tx.actor, "case.record")
    case = queries.case_row(tx.session, case_no)
    if source not in rules.SOURCES or amount <= 0 or not 0 < len(reference) <= 80:
        shown = "、".join(rules.SOURCES)
        raise _refused(
            "bad_recovery",
            f"须有凭证号、正数金额，来源为：{shown}。",
            f"needs a reference, an amount above zero and a source of: {shown}.",
        )
    rows = {row.reference: row for row in recoveries_of(tx.session, case.id)}
    if reference in rows:
        known = rows[reference]
        if (known.received_on, known.source, known.amount, known.reverses) != (received_on, source, amount, reverses):
            raise _refused(
                "reference_taken",
                f"凭证号 {reference} 已登记为 {known.received_on}；更正须先登记冲销。",
                f"reference {reference} stands already ({known.received_on}); reverse it first.",
            )
        return known.id
    if not terms_of(tx.session, case.id):
        raise _refused("no_terms", "先登记判项，再登记回款。", "record the judgment terms first.")
    undone = {row.reverses for row in rows.values() if row.reverses}
    taken = rows.get(reverses)
    if reverses and (taken is None or taken.amount != amount or taken.reverses or reverses in undone):
        raise _refused(
            "unknown_recovery",
            "没有可冲销的同额回款（冲销本身、已冲销的不能再冲销）。",
            "there is no recovery of this amount to reverse; a reversal, or one reversed already, is not reversed.",
        )
    row = Recovery(
        case_id=case.id, reference=reference, received_on=received_on, source=source, amount=amount, reverses=reverses,
        recorded_by=tx.actor.email, recorded_at=tx.moment,
    )  # fmt: skip
    tx.session.add(row)
    tx.session.flush()
    record(
        tx, action="enforcement.recovery", subject=f"case:{case_no}", of=row.id, source=source, amount=amount,
        reverses=bool(reverses),
    )  # fmt: skip
    follow_release(tx, case=case, on=received_on)
    return row.id


def _refused(code: str, zh: str, en: str) -> Refusal:
    return Refusal(code, Words(zh=zh, en=en), "机构内部规则：判项与回款的登记（house policy: terms and recoveries）")
