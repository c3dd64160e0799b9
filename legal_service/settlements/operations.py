"""Recording attempts to settle out of court."""

from __future__ import annotations

from datetime import date

from legal_service import labels
from legal_service.access import permissions
from legal_service.access.operations import record
from legal_service.database import Transaction
from legal_service.errors import Refusal, Words
from legal_service.settlements.models import SettlementAttempt

CHANNELS = ("call", "letter", "visit", "app", "sms", "email", "mediation")
OUTCOMES = ("offered", "no_response", "refused", "agreed", "broken")

labels.register(
    "settlement_outcome",
    {
        "offered": ("已提出方案", "offered"),
        "no_response": ("未获回应", "no response"),
        "refused": ("借款人拒绝", "refused"),
        "agreed": ("达成和解", "agreed"),
        "broken": ("违反还款计划", "broken"),
    },
)
labels.register(
    "settlement_channel",
    {
        "call": ("电话", "call"),
        "letter": ("信函", "letter"),
        "visit": ("面谈", "visit"),
        "app": ("应用内消息", "app"),
        "sms": ("短信", "SMS"),
        "email": ("邮件", "e-mail"),
        "mediation": ("调解", "mediation"),
    },
)


def record_attempt(
    tx: Transaction,
    *,
    contract_id: int,
    attempted_on: date,
    channel: str,
    offer: str,
    outcome: str,
    agreed_until: date | None = None,
) -> int:
    """Record one attempt; answer its id. The same attempt recorded again answers the one already there.

    Refuses `bad_settlement` when channel or outcome is unknown, or an agreed plan has no end.
    """
    permissions.require(tx.actor, "case.record")
    if channel not in CHANNELS or outcome not in OUTCOMES or (outcome == "agreed" and agreed_until is None):
        raise Refusal(
            "bad_settlement",
            Words(
                zh=f"和解记录字段有误：channel 取 {'/'.join(CHANNELS)}，outcome 取 {'/'.join(OUTCOMES)}；agreed 须写明 agreed_until。",
                en=f"channel is one of {'/'.join(CHANNELS)}, outcome one of {'/'.join(OUTCOMES)}; agreed needs agreed_until.",
            ),
            "机构内部规则：和解尝试须记明方式与结果（house policy）",
        )
    if not offer.strip():
        raise Refusal(
            "bad_settlement",
            Words(
                zh="和解记录缺少 offer（提出的方案）。", en="the settlement record lacks `offer` (what was offered)."
            ),
            "机构内部规则：和解尝试须记明方案（house policy）",
        )
    for row in tx.session.query(SettlementAttempt).filter_by(
        contract_id=contract_id, attempted_on=attempted_on, channel=channel
    ):
        if (row.offer, row.outcome, row.agreed_until) == (offer, outcome, agreed_until):
            return row.id
    row = SettlementAttempt(
        contract_id=contract_id,
        attempted_on=attempted_on,
        channel=channel,
        offer=offer,
        outcome=outcome,
        agreed_until=agreed_until,
        recorded_by=tx.actor.email,
        recorded_at=tx.moment,
    )
    tx.session.add(row)
    tx.session.flush()
    record(
        tx, action="settlement.record", subject=f"contract:{contract_id}", outcome=outcome, on=attempted_on.isoformat()
    )
    return row.id
