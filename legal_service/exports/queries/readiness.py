"""What a package rests on, and what stands against building one now: asked before building, and by building itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from sqlalchemy.orm import Session

from legal_service.cases import queries as cases
from legal_service.documents import files as templates
from legal_service.documents.manifest import Template
from legal_service.errors import Refusal, Words
from legal_service.filings import queries as filings
from legal_service.filings.facts.claim_facts import ClaimFacts
from legal_service.filings.models import Revision
from legal_service.redaction.kinds import Audience

DOCUMENT = "statement_of_claim"


def blockers(session: Session, case_no: str, audience: Audience, *, own: Mapping[str, Any]) -> list[Refusal]:
    """What building for an audience would be refused for now, by the very checks that building makes; nothing is built.

    `no_filing`, `not_approved`, `stale_filing`, and whatever refuses the facts; `unknown_case` is raised. `own` are the
    institution's settings as plaintiff.
    """
    found: list[Refusal] = []
    if (no := refused(lambda: claim_of(session, case_no, audience))) is not None:
        found.append(no)
    if no is None or no.code != "no_filing":
        found += stale(session, case_no, own=own)
    return found


def stale(session: Session, case_no: str, *, own: Mapping[str, Any]) -> list[Refusal]:
    """Why the newest statement of claim no longer agrees with the books or with its template; nothing without one."""
    revision = filings.newest_revision(session, case_no, DOCUMENT)
    if revision is None:
        return []
    checks = (lambda: facts_as_made(session, case_no, revision, own), lambda: template_as_made(revision))
    return [no for check in checks if (no := refused(check)) is not None]


def refused(check: Callable[[], object]) -> Refusal | None:
    """The refusal that a check raises, as a fact."""
    try:
        check()
    except Refusal as refusal:
        return refusal
    return None


def claim_of(session: Session, case_no: str, audience: Audience) -> Revision:
    """The statement of claim a package rests on; refuses `no_filing`, and `not_approved` for the court's copy."""
    case = cases.case_row(session, case_no)
    revision = filings.newest_revision(session, case_no, DOCUMENT)
    if revision is None:
        raise Refusal(
            "no_filing",
            Words(
                zh=f"本案还没有起诉状；先执行 legal filing make {case_no} statement_of_claim --as-of 日期 --out 目录。",
                en=f"there is no statement of claim yet: legal filing make {case_no} statement_of_claim --as-of DATE --out DIR.",
            ),
            "民事诉讼法(2023修正) 第一百二十四条",
        )
    wanted = ("approval", DOCUMENT, str(revision.id))
    approved = any((one.kind, one.subject, one.reference) == wanted for one in cases.milestones_of(session, case.id))
    if audience is Audience.COURT and not approved:
        raise Refusal(
            "not_approved",
            Words(
                zh=f"提交法院的证据包须以具名律师审批的起诉状为准；执行 legal filing approve {case_no} statement_of_claim --by 律师邮箱。",
                en=f"the court's package needs an approved statement of claim: legal filing approve {case_no} statement_of_claim --by LAWYER.",
            ),
            "机构内部规则：未经具名律师审批不得提交（house policy）；参见 个人信息保护法 第二十四条",
        )
    return revision


def facts_as_made(session: Session, case_no: str, revision: Revision, own: Mapping[str, Any]) -> ClaimFacts:
    """The facts that the revision was made from; refuses `stale_filing` when a row it rests on has moved since."""
    facts = filings.claim_facts(session, case_no, revision.as_of, own)
    if filings.facts_digest(asdict(facts)) != revision.facts_sha256:
        raise Refusal(
            "stale_filing",
            Words(
                zh=f"起诉状（截至 {revision.as_of}）所依据的记录或证据已有变动；请重新制作并审批起诉状。",
                en=f"rows or evidence that the statement of claim (as of {revision.as_of}) rests on have changed; make and approve it again.",
            ),
            "机构内部规则：文书与账目须一致（house policy）",
        )
    return facts


def template_as_made(revision: Revision) -> Template:
    """The template that the revision was made with; refuses `stale_filing` when it was changed since."""
    template = templates.load(DOCUMENT)
    if template.version != revision.template_version:
        raise Refusal(
            "stale_filing",
            Words(
                zh="起诉状模板在制作之后已修改；请重新制作并审批起诉状。",
                en="the template was changed after the statement of claim was made; make and approve it again.",
            ),
            "机构内部规则：文书与模板版本须一致（house policy）",
        )
    return template
