"""Row scope (数据范围): which rows a reader sees. One function for list, detail, search, count, export, download and report.

The criteria hang on the session (`Database.reading`, `Database.transaction`), so a query cannot forget them. Roles of the
house see their institution's rows. A role from outside sees nothing except what is entered here: a new table is closed.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import ColumnElement, and_, false, func, select, true

from legal_service import clock, schema
from legal_service.access.models import Answer, ApiToken, AuditEntry, SignIn, TrailHead, User
from legal_service.cases.models import Case
from legal_service.database import Actor, Base, Owned, Scope
from legal_service.exports.models import Download, Export, Grant
from legal_service.reports.models import ReturnIssue
from legal_service.vault.models import VaultItem

assert schema.ROOMS  # every table is known before a scope is drawn

HOUSE = frozenset({"collections", "lawyer", "compliance", "admin", "auditor", "operator"})
"""Roles that belong to the institution; what they may do is the permission table's business."""


def scope_of(actor: Actor) -> Scope | None:
    """The rows that an actor sees, table by table; None for the house's own people, who see their institution's.

    A role that is not entered sees only its own account.
    """
    if actor.role in HOUSE:
        return None
    seen: dict[type[Owned], ColumnElement[bool]] = {model: false() for model in _tables()}
    seen.update(_own(actor))
    if actor.role in OUTSIDE:
        seen.update(OUTSIDE[actor.role](actor))
    return seen


def _tables() -> list[type[Owned]]:
    return [mapper.class_ for mapper in Base.registry.mappers if issubclass(mapper.class_, Owned)]


def _own(actor: Actor) -> dict[type[Owned], ColumnElement[bool]]:
    """One's own account, sign-ins, tokens and kept answers; the trail's end, to which one's own doings are appended."""
    users = User.__table__
    own = select(users.c.id).where(users.c.email == actor.email)
    return {
        User: User.email == actor.email,
        SignIn: SignIn.user_id.in_(own),
        ApiToken: ApiToken.user_id.in_(own),
        Answer: Answer.asked_by == actor.email,
        TrailHead: true(),
    }


def _counsel(actor: Actor) -> dict[type[Owned], ColumnElement[bool]]:
    """External counsel: the packages granted to this person and not taken back, and which cases they belong to.

    A grant that ran out still shows that it was there; its package can no longer be downloaded (`exports` refuses it).
    """
    grants, exports = Grant.__table__, Export.__table__
    granted = select(grants.c.export_id).where(
        func.lower(grants.c.recipient) == actor.email.lower(), grants.c.revoked_at.is_(None)
    )
    live = granted.where(grants.c.until_on >= clock.today())
    return {
        Grant: func.lower(Grant.recipient) == actor.email.lower(),
        Export: Export.id.in_(granted),
        Case: Case.id.in_(select(exports.c.case_id).where(exports.c.id.in_(live))),
        Download: and_(func.lower(Download.by) == actor.email.lower(), Download.grant_id.is_not(None)),
    }


def _regulator(actor: Actor) -> dict[type[Owned], ColumnElement[bool]]:
    """The regulator: every issue of every return with its frozen files, and the audit trail."""
    return {
        ReturnIssue: true(),
        VaultItem: VaultItem.subject.startswith("return:"),
        AuditEntry: true(),
    }


OUTSIDE: dict[str, Callable[[Actor], dict[type[Owned], ColumnElement[bool]]]] = {
    "counsel": _counsel,
    "regulator": _regulator,
}
"""Roles from outside the institution → what each sees beyond its own account."""
