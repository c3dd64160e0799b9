"""`/cases/{case_no}/evidence`: what the vault holds of a case, adding to it, and what a package still lacks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from sqlalchemy.orm import Session

from legal_service import clock
from legal_service.api import masking
from legal_service.api.paging import Page, listed
from legal_service.api.resource import Resource
from legal_service.api.schemas.papers import Gaps, GapsQuery, ItemShape, NewEvidence
from legal_service.api.speech import language
from legal_service.database import Transaction
from legal_service.errors import Refusal, Words
from legal_service.evidence import files, operations, queries
from legal_service.exports.queries import known_values
from legal_service.filings.operations import MAKES
from legal_service.redaction.spans import KnownValue
from legal_service.vault.facts import Form, Item
from legal_service.web import reader

resource = Resource("evidence", Words("证据", "Evidence"))
CASE = "/cases/<name:case_no>"


@resource.reads(
    f"{CASE}/evidence",
    needs="evidence.read",
    says=Words("本案证据", "The evidence of a case"),
    gives=ItemShape,
    paged=True,
)
def show_all(session: Session, asked: Mapping[str, Any], case_no: str) -> Page:
    """Every item about the case or one of its loans, generated ones too, in the order of deposit."""
    page = listed(queries.items_of_case(session, case_no), asked, lambda one: (one.id,), int)
    known = known_values(session, case_no)
    return Page([told(one, known) for one in page.items], page.after)


@resource.writes(
    f"{CASE}/evidence",
    needs="evidence.add",
    says=Words("添加一件证据", "Add one item of evidence"),
    tells=Words(
        "同样的内容、同样的种类再次添加，得到已有的一件。",
        "The same bytes of the same kind again answer the item already there.",
    ),
    takes=NewEvidence,
    uploads=True,
    gives=ItemShape,
    status=201,
    most_bytes=operations.MOST_BYTES + 64 * 1024,
)
def add(tx: Transaction, told_of: Mapping[str, Any], case_no: str) -> dict[str, Any]:
    """Take one item into the vault."""
    item = operations.add_evidence(
        tx,
        store=reader.installation().store,
        case_no=case_no,
        content=told_of["file"].stream.read(),
        filename=told_of["file"].filename,
        kind=told_of["kind"],
        known_kinds=frozenset(files.drawers().kinds),
        form=cast(Form, told_of["form"]),
        obtained_on=told_of["obtained_on"],
        source=told_of["source"],
    )
    return told(item, known_values(tx.session, case_no))


@resource.reads(
    f"{CASE}/gaps",
    needs="evidence.read",
    says=Words("证据包还缺什么、证明什么、如何补", "What a package still lacks, what it would prove, how to mend it"),
    asks=GapsQuery,
    gives=Gaps,
)
def gaps(session: Session, asked: Mapping[str, Any], case_no: str) -> dict[str, Any]:
    """The gaps of a package as of a day."""
    drawers = known_package(asked["package"])
    found = queries.package_gaps(session, case_no, asked["package"], asked["as_of"] or clock.today(), drawers, MAKES)
    return {"gaps": [one.as_json(language()) for one in found]}


def known_package(kind: str) -> Any:
    """The lawyers' drawer, if it has this kind of package; refuses `unknown_package_kind`."""
    drawers = files.drawers()
    if kind not in drawers.packages:
        options = "、".join(sorted(drawers.packages))
        raise Refusal(
            "unknown_package_kind",
            Words(zh=f"没有证据包种类 {kind[:40]}；可用：{options}", en=f"no package {kind[:40]}; one of {options}"),
        )
    return drawers


def told(item: Item, known: Sequence[KnownValue]) -> dict[str, Any]:
    """An item as the outside sees it; `known` are the personal values of its case, which its file name may hold."""
    return {
        "item": item.id,
        "kind": item.kind,
        "form": item.form,
        "filename": masking.prose(item.filename, known),
        "media_type": item.media_type,
        "size": item.size,
        "sha256": item.sha256,
        "subject": item.subject,
        "obtained_on": item.obtained_on,
        "deposited_at": item.deposited_at,
    }
