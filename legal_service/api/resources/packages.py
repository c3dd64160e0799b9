"""`/cases/{case_no}/packages` and `/grants`: building packages, letting one person take one, and taking them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from legal_service import clock
from legal_service.api.paging import Page, listed
from legal_service.api.resource import Resource
from legal_service.api.resources.evidence import known_package
from legal_service.api.resources.jobs import asked_for
from legal_service.api.running import Answer, File
from legal_service.api.schemas.jobs import Accepted
from legal_service.api.schemas.papers import GrantMade, NewGrant, NewPackage, PackageShape, ReceivedShape
from legal_service.cases import queries as cases
from legal_service.database import Transaction
from legal_service.errors import Words
from legal_service.exports import operations, queries
from legal_service.exports.packages import PackageFacts, Received
from legal_service.exports.recipients import recipient_of
from legal_service.web import reader

resource = Resource("packages", Words("证据包与授权", "Packages and grants"))
PACKAGES = "/cases/<name:case_no>/packages"
EXPORT = "<int(min=1, max=2147483647):export_id>"
GRANT = "/grants/<int(min=1, max=2147483647):grant_id>"
ZIP = "application/zip"


@resource.reads(
    PACKAGES, needs="package.read", says=Words("本案证据包", "The packages of a case"), gives=PackageShape, paged=True
)
def show_all(session: Session, asked: Mapping[str, Any], case_no: str) -> Page:
    """The packages of a case, oldest first, each with its grants."""
    page = listed(queries.packages_of(session, case_no), asked, lambda one: (one.export_id,), int)
    return Page([told(one) for one in page.items], page.after)


@resource.writes(
    PACKAGES,
    needs="package.build",
    says=Words("制作证据包（后台任务）", "Build a package (a job)"),
    tells=Words(
        "答 202 与任务地址；任务的结果写明 package_id、SHA-256、未提供的证据与缺口。",
        "Answers 202 with the job's address; its outcome tells package_id, SHA-256, what was withheld and what is missing.",
    ),
    takes=NewPackage,
    gives=Accepted,
    status=202,
    located=True,
)
def build(tx: Transaction, asked: Mapping[str, Any], case_no: str) -> Answer:
    """Ask for a package of a case for one reader."""
    cases.case_row(tx.session, case_no)
    known_package(asked["package"])
    arguments = {
        "case_no": case_no,
        "package": asked["package"],
        "audience": asked["audience"],
        "recipient": recipient_of(asked["to"]),
        "on": (asked["on"] or clock.today()).isoformat(),
    }
    return asked_for(tx, "package", arguments)


@resource.writes(
    f"{PACKAGES}/{EXPORT}/file",
    method="GET",
    needs="package.read",
    also="package.download",
    says=Words("下载证据包（留痕）", "Take a package; the delivery is noted"),
    file=(ZIP,),
)
def take(tx: Transaction, asked: Mapping[str, Any], case_no: str, export_id: int) -> File:
    """A package for a colleague who may download."""
    queries.package_of(tx.session, case_no, export_id)
    taken = operations.take_own_package(tx, store=reader.installation().store, export_id=export_id)
    return File(taken.content, ZIP, taken.filename)


@resource.writes(
    "/packages/<name:package_id>/grants",
    needs="grant.create",
    says=Words("授权一人在期限内下载", "Let one person take a package until a date"),
    takes=NewGrant,
    gives=GrantMade,
    status=201,
)
def grant(tx: Transaction, asked: Mapping[str, Any], package_id: str) -> dict[str, Any]:
    """Grant the newest package of this name."""
    number = operations.create_grant(tx, package_id=package_id, recipient=asked["to"], until=asked["until"])
    return {"grant": number, "package_id": package_id, "to": recipient_of(asked["to"]), "until": asked["until"]}


@resource.writes(
    GRANT,
    method="DELETE",
    needs="grant.create",
    says=Words("撤销授权", "Take a grant back"),
    tells=Words(
        "撤销后即不能下载；已下载的留痕不变。", "Nothing can be taken from now on; what was taken stays on record."
    ),
    status=204,
)
def revoke(tx: Transaction, asked: Mapping[str, Any], grant_id: int) -> None:
    """Take a grant back."""
    operations.revoke_grant(tx, grant_id=grant_id)


@resource.reads(
    "/grants",
    needs="package.received",
    says=Words("授权给本人的证据包", "What was granted to oneself"),
    gives=ReceivedShape,
    paged=True,
)
def received(session: Session, asked: Mapping[str, Any]) -> Page:
    """Counsel's own grants, run out and taken back ones too."""
    found = queries.grants_to(session, reader.actor().email, clock.today())
    page = listed(found, asked, lambda one: (one.grant_id,), int)
    return Page([told_received(one) for one in page.items], page.after)


@resource.writes(
    f"{GRANT}/file",
    method="GET",
    needs="package.received",
    says=Words("下载授权给本人的证据包（留痕）", "Take a package granted to oneself; the delivery is noted"),
    tells=Words(
        "到期或被撤销答 410；他人的授权与不存在的一样，答 404。HEAD 不算下载，一律答 405。",
        "410 when run out or taken back; somebody else's grant is 404 like one that is not there. HEAD is no download and answers 405.",
    ),
    file=(ZIP,),
    may_refuse=(410,),
)
def take_granted(tx: Transaction, asked: Mapping[str, Any], grant_id: int) -> File:
    """A package for the person it was granted to."""
    taken = operations.take_package(tx, store=reader.installation().store, grant_id=grant_id)
    return File(taken.content, ZIP, taken.filename)


def told(one: PackageFacts) -> dict[str, Any]:
    """A package as the house sees it."""
    today = clock.today()
    grants = [
        {
            "id": each.id,
            "to": each.recipient,
            "until": each.until_on,
            "state": each.state(today),
            "granted_by": each.granted_by,
            "granted_at": each.granted_at,
        }
        for each in one.grants
    ]
    names = ("package_id", "case_no", "package", "audience", "recipient", "dated", "size", "sha256", "withheld")
    own = {name: getattr(one, name) for name in (*names, "built_by", "built_at")}
    return {"id": one.export_id, **own, "grants": grants}


def told_received(one: Received) -> dict[str, Any]:
    """A grant as its recipient sees it."""
    names = (
        "package_id",
        "case_no",
        "package",
        "audience",
        "state",
        "granted_by",
        "granted_at",
        "downloaded_at",
        "size",
        "sha256",
    )
    return {"id": one.grant_id, "until": one.until_on} | {name: getattr(one, name) for name in names}
