"""`/cases/{case_no}/filings`: the revisions of a case's documents, making one, its approval, its files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from legal_service import clock
from legal_service.api.paging import Page, listed
from legal_service.api.resource import PREFIX, Resource
from legal_service.api.running import Answer, File
from legal_service.api.schemas.papers import FileQuery, MadeRevision, NewFiling, RevisionShape
from legal_service.api.speech import language
from legal_service.database import Transaction
from legal_service.errors import Refusal, Words
from legal_service.filings import operations
from legal_service.filings.operations import MEDIA
from legal_service.filings.revisions import queries
from legal_service.filings.revisions.facts import RevisionFacts
from legal_service.money import amount_text
from legal_service.web import reader

resource = Resource("filings", Words("文书", "Filings"))
FILINGS = "/cases/<name:case_no>/filings"
ONE = f"{FILINGS}/<int(min=1, max=2147483647):revision>"


def _own() -> Mapping[str, Any]:
    return reader.installation().settings.plaintiff


@resource.reads(
    FILINGS,
    needs="filing.read",
    says=Words("本案文书的各版", "The revisions of a case's documents"),
    gives=RevisionShape,
    paged=True,
)
def show_all(session: Session, asked: Mapping[str, Any], case_no: str) -> Page:
    """All revisions, oldest first, each with its standing today."""
    page = listed(queries.revisions_of(session, case_no, own=_own()), asked, lambda one: (one.id,), int)
    return Page([told(one) for one in page.items], page.after)


@resource.writes(
    FILINGS,
    needs="filing.make",
    says=Words("制作一份文书", "Make a document"),
    tells=Words(
        "同样的事实与模板得到同一版。事实不足以提交时答 422，findings 列出全部缺项，什么也不制作。",
        "The same facts and template are the same revision. Facts not enough to file answer 422 with all findings; nothing is made.",
    ),
    takes=NewFiling,
    gives=MadeRevision,
    status=201,
    located=True,
)
def make(tx: Transaction, asked: Mapping[str, Any], case_no: str) -> Answer:
    """Make one document of a case."""
    made = operations.make(
        tx,
        store=reader.installation().store,
        case_no=case_no,
        document=asked["document"],
        as_of=asked["as_of"] or clock.today(),
        own=_own(),
    )
    facts = queries.revision_facts(tx.session, case_no, made.revision_id, own=_own())
    doubts = [one.as_json(language()) for one in made.doubts]
    return Answer(told(facts) | {"doubts": doubts}, headers={"Location": f"{PREFIX}/cases/{case_no}/filings"})


@resource.writes(
    f"{ONE}/approval",
    needs="filing.approve",
    says=Words("具名律师审批一版", "A named lawyer approves a revision"),
    tells=Words(
        "只能审批最新一版；有更新的一版即答 409。再次审批不改变什么。",
        "Only the newest revision is approved; 409 when there is a newer one. Approving again changes nothing.",
    ),
    gives=RevisionShape,
)
def approve(tx: Transaction, asked: Mapping[str, Any], case_no: str, revision: int) -> dict[str, Any]:
    """Approve the revision that the lawyer has read, and no other."""
    facts = queries.revision_facts(tx.session, case_no, revision, own=_own())
    if not facts.newest:
        raise Refusal(
            "superseded_revision",
            Words(
                zh="此版之后已有新版，未作审批；请审阅最新一版。",
                en="There is a newer revision and nothing was approved; read the newest one.",
            ),
            "机构内部规则：只审批最新一版（house policy: only the newest revision is approved）",
        )
    operations.approve(tx, case_no=case_no, document=facts.document)
    return told(queries.revision_facts(tx.session, case_no, revision, own=_own()))


@resource.reads(
    f"{ONE}/file",
    needs="filing.read",
    says=Words("下载一版的文件", "The file of a revision"),
    asks=FileQuery,
    file=(MEDIA["pdf"], MEDIA["docx"]),
)
def file(session: Session, asked: Mapping[str, Any], case_no: str, revision: int) -> File:
    """The document as it was made, in one format."""
    facts = queries.revision_facts(session, case_no, revision, own=_own())
    content = queries.file_of(reader.installation().store, facts, asked["form"])
    return File(content, MEDIA[asked["form"]], f"{case_no}-{facts.document}-{facts.as_of}.{asked['form']}")


def told(one: RevisionFacts) -> dict[str, Any]:
    """A revision as the outside sees it."""
    return {
        "revision": one.id,
        "case_no": one.case_no,
        "document": one.document,
        "title": {"zh": one.title.zh, "en": one.title.en},
        "as_of": one.as_of,
        "template_version": one.template_version,
        "sha256": dict(one.files),
        "claim_total": amount_text(one.claim_total),
        "made_by": one.made_by,
        "made_at": one.made_at,
        "state": one.state,
        "newest": one.newest,
        "approvals": [{"by": each.by, "on": each.on} for each in one.approvals],
    }
