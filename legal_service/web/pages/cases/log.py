"""Who may see a case and what was done in it: roles, the audit trail, packages that left the house, custody of the evidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import render_template
from sqlalchemy.orm import Session

from legal_service import labels
from legal_service.access import permissions
from legal_service.access import queries as access
from legal_service.access.trail import Entry
from legal_service.cases import queries
from legal_service.database import LOCAL_OPERATOR
from legal_service.evidence import queries as evidence
from legal_service.exports import queries as exports
from legal_service.vault import custody
from legal_service.vault import queries as vault
from legal_service.web import reader
from legal_service.web.pages.cases.head import head_of
from legal_service.web.pages.cases.titles import exhibit_titles

SHOWN = (
    "case.read",
    "case.advance",
    "case.record",
    "personal.reveal",
    "filing.make",
    "filing.approve",
    "package.download",
)
"""The permissions that matter for one case."""
NEWEST = 200

labels.register(
    "trail_action",
    {
        "case.open": ("建案", "case opened"),
        "case.advance": ("推进案件", "case moved"),
        "case.service": ("登记送达", "service recorded"),
        "case.milestone.statement": ("生成欠款明细", "statement made"),
        "case.milestone.revision": ("制作文书", "filing made"),
        "case.milestone.approval": ("审批文书", "filing approved"),
        "case.milestone.package": ("生成证据包", "package built"),
        "case.milestone.proof_withdrawn": ("撤回送达凭证", "proof of service withdrawn"),
        "case.milestone.limitation_decision": ("认定时效抗辩", "limitation defence decided"),
        "docket.open": ("期限起算", "deadline entered"),
        "docket.move": ("期限重新计算", "deadline reckoned anew"),
        "docket.correct": ("更正起算日", "trigger corrected"),
        "docket.close": ("期限办结", "deadline done"),
        "filing.make": ("制作文书", "filing made"),
        "filing.approve": ("审批文书", "filing approved"),
        "package.build": ("生成证据包", "package built"),
        "package.download": ("下载证据包", "package downloaded"),
        "grant.create": ("授权下载", "download granted"),
        "grant.revoke": ("撤销授权", "grant taken back"),
        "settlement.record": ("登记和解尝试", "attempt to settle recorded"),
        "personal.reveal": ("显示个人信息", "personal data shown"),
        "statement.taken": ("下载欠款明细", "statement downloaded"),
        "vault.deposited": ("证据入库", "evidence taken in"),
        "vault.deposit": ("证据入库", "evidence taken in"),
        "vault.verify": ("完整性校验", "fixity checked"),
        "vault.verified": ("完整性校验", "fixity checked"),
        "vault.exported": ("证据对外提供", "evidence handed out"),
        "vault.sealed": ("加盖时间戳", "sealed by a timestamp"),
        "work_line.refresh": ("更新工作清单", "work list refreshed"),
    },
)


@dataclass(frozen=True, slots=True)
class Seen:
    """A role that may see the case: what else it may do, and who holds it."""

    role: str
    may: tuple[bool, ...]
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """One entry of the custody log with what the exhibit is."""

    entry: custody.Entry
    kind: str


def show(case_no: str) -> str:
    """The page."""
    with reader.reading() as session:
        head = head_of(session, case_no)
        items = {item.id: item for item in evidence.items_of_case(session, case_no)}
        log = vault.custody_of(session, items)
        return render_template(
            "cases/log.html",
            head=head,
            tab="case_log",
            permissions=SHOWN,
            roles=_roles(session),
            entries=_entries(session, case_no),
            names={LOCAL_OPERATOR.email: LOCAL_OPERATOR.name}
            | {str(user["email"]): str(user["name"]) for user in access.users(session)},
            packages=exports.packages_of(session, case_no),
            custody=[Kept(one, items[one.item].kind) for one in reversed(log[-NEWEST:])],
            custody_in_all=len(log),
            broken=custody.verify_items(log),
            titles=exhibit_titles(),
            detail=detail,
        )


def _roles(session: Session) -> list[Seen]:
    active = [user for user in access.users(session) if user["active"]]
    return [
        Seen(
            role,
            tuple(permissions.allowed(role, one) for one in SHOWN),
            tuple(str(user["name"]) for user in active if user["role"] == role),
        )
        for role in permissions.ROLES
        if permissions.allowed(role, "case.read")
    ]


def _entries(session: Session, case_no: str) -> list[Entry]:
    """What the trail says of the case and its loans, newest first."""
    subjects = [f"case:{case_no}"]
    for contract in queries.contracts_of(session, queries.case_row(session, case_no).id):
        subjects += [f"loan:{contract.loan_no}", f"contract:{contract.id}"]
    found = [entry for subject in subjects for entry in access.trail_of(session, subject, NEWEST)]
    return sorted(found, key=lambda entry: entry.seq, reverse=True)[:NEWEST]


def detail(entry: Entry) -> str:
    """The codes that an entry keeps, in one line.

    >>> from datetime import datetime
    >>> detail(Entry(1, datetime(2026, 1, 1), "a", "case.advance", "case:1", {"target": "contact", "on": "2026-03-01"}, ""))
    'on=2026-03-01 target=contact'
    """
    return " ".join(
        f"{name}={_plain(value)}" for name, value in sorted(entry.detail.items()) if value not in (None, "", [], {})
    )


def _plain(value: Any) -> str:
    if isinstance(value, dict):
        return ",".join(f"{name}:{one}" for name, one in sorted(value.items()))
    return ",".join(map(str, value)) if isinstance(value, list) else str(value)
