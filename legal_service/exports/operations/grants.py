"""Granting the download of a package, and taking a grant back."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from legal_service.access import permissions
from legal_service.access.operations import record
from legal_service.database import Transaction
from legal_service.errors import Refusal, Words
from legal_service.exports import queries
from legal_service.exports.models import Grant
from legal_service.exports.packages import REVOKE_REASONS, unknown_grant
from legal_service.exports.recipients import recipient_of
from legal_service.redaction.kinds import Audience


def create_grant(tx: Transaction, *, package_id: str, recipient: str, until: date, export_id: int | None = None) -> int:
    """Let one person download one package until a date; answers the grant. The same grant again is the one already there.

    Without `export_id` it is the newest package of that id: one drawn for another person the same day has the same.
    Refuses `unknown_package`, `bad_date`, `bad_email`, `no_recipient` for a court's package drawn for nobody by name, and
    `wrong_recipient` when the package was drawn for somebody else.
    """
    permissions.require(tx.actor, "grant.create")
    export = (
        queries.export_with(tx.session, package_id) if export_id is None else queries.export_row(tx.session, export_id)
    )
    package_id = export.package_id
    recipient = recipient_of(recipient)
    if until < tx.moment.date():
        raise Refusal(
            "bad_date",
            Words(zh=f"截止日 {until} 已过。", en=f"{until} is past."),
            "机构内部规则：下载授权须有期限（house policy）",
        )
    if export.audience == Audience.COURT and not export.recipient:
        raise Refusal(
            "no_recipient",
            Words(
                zh="提交法院的证据包未经脱敏，且未指定接收人，不能授权下载；请用 --to 为接收人制作。",
                en="a court's package is not redacted and this one names no recipient: build one --to the person.",
            ),
            "个人信息保护法 第六条、第五十一条",
        )
    if export.recipient and export.recipient.lower() != recipient:
        raise Refusal(
            "wrong_recipient",
            Words(
                zh="该证据包是为另一接收人制作的，不能授权他人下载；请为此人另行制作。",
                en="this package was drawn for another recipient; build one for this person.",
            ),
            "个人信息保护法 第六条",
        )
    found = tx.session.scalar(
        select(Grant).where(
            Grant.export_id == export.id,
            Grant.recipient == recipient,
            Grant.until_on == until,
            Grant.revoked_at.is_(None),
        )
    )
    if found is not None:
        return found.id
    grant = Grant(
        export_id=export.id, recipient=recipient, until_on=until, granted_by=tx.actor.email, granted_at=tx.moment
    )
    tx.session.add(grant)
    tx.session.flush()
    record(tx, action="grant.create", subject=f"package:{package_id}", to=recipient, until=until.isoformat())
    return grant.id


def revoke_grant(tx: Transaction, *, grant_id: int, reason: str = "") -> None:
    """Take a grant back: from now on nothing can be taken under it. Again changes nothing; what was taken stays on record.

    `reason` is one of `REVOKE_REASONS` and goes into the trail. Refuses `unknown_grant`.
    """
    permissions.require(tx.actor, "grant.create")
    if reason and reason not in REVOKE_REASONS:
        raise ValueError(f"not a reason to take a grant back: {reason!r}")
    grant = tx.session.scalar(select(Grant).where(Grant.id == grant_id))
    if grant is None:
        raise unknown_grant()
    if grant.revoked_at is not None:
        return
    grant.revoked_at, grant.revoked_by = tx.moment, tx.actor.email
    tx.session.flush()
    package_id = queries.export_row(tx.session, grant.export_id).package_id
    record(
        tx, action="grant.revoke", subject=f"package:{package_id}", grant=grant.id, to=grant.recipient, reason=reason
    )
