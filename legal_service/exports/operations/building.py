"""Building an evidence package for one reader: drawn for him, bound, read by the leak gate, sealed by a timestamp."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath
from typing import Any

from sqlalchemy import select

from legal_service.access import permissions
from legal_service.access.operations import record
from legal_service.cases import operations as cases
from legal_service.cases import queries as case_queries
from legal_service.config import Settings
from legal_service.database import Transaction
from legal_service.errors import Refusal, Words
from legal_service.evidence import bag
from legal_service.evidence import files as drawer
from legal_service.evidence import queries as evidence
from legal_service.evidence.assembly import Package, assemble
from legal_service.evidence.checklist import Gap
from legal_service.evidence.drawers import Drawers
from legal_service.evidence.facts import Exhibit, Logs, PackageFacts
from legal_service.exports import queries
from legal_service.exports.models import Export
from legal_service.exports.operations import contents
from legal_service.exports.reader import Reader
from legal_service.exports.recipients import recipient_of
from legal_service.filings.models import Revision
from legal_service.redaction import files as redaction
from legal_service.redaction.kinds import Audience
from legal_service.vault.operations import deposit
from legal_service.vault.store import BlobStore
from legal_service.vault.timestamps import files as timestamps

Progress = Callable[[int, int, str], None]
STEPS = 6


@dataclass(frozen=True, slots=True)
class Built:
    """A package as built: its id and bytes, what is still missing, how many exhibits were withheld."""

    package_id: str
    content: bytes
    sha256: str
    gaps: tuple[Gap, ...]
    withheld: int
    pages: int


def build_package(
    tx: Transaction,
    *,
    store: BlobStore,
    settings: Settings,
    case_no: str,
    package: str,
    audience: Audience,
    recipient: str,
    on: date,
    progress: Progress = lambda done, total, text: None,
) -> Built:
    """Build the evidence package of a case for one reader: drawn for him, bound, sealed by a timestamp, read by the gate.

    It rests on the newest statement of claim; the court's copy on an approved one. The same facts build the same package,
    answered from the vault with its first timestamp. Refuses `unknown_package_kind`, `no_filing`, `not_approved`,
    `stale_filing`, `leak`, `custody_broken`, `bad_email`, and whatever assembly refuses.
    """
    permissions.require(tx.actor, "package.build")
    recipient = recipient_of(recipient)
    drawers = drawer.drawers()
    _known_kind(drawers, package)
    revision = queries.claim_of(tx.session, case_no, audience)
    progress(1, STEPS, "核对事实 facts")
    reader = _reader(tx, case_no, audience, recipient, package)
    facts = queries.facts_as_made(tx.session, case_no, revision, settings.plaintiff)
    progress(2, STEPS, "制作文书 filings")
    made = contents.filings_for(reader, facts, revision)
    statement = contents.statement_for(tx, reader, case_no, revision.as_of)
    generated = contents.generated_exhibits(tx, store, reader, case_no, revision.as_of)
    progress(3, STEPS, "脱敏 redaction")
    exhibits = [reader.exhibit(one) for one in _originals(tx, store, case_no, drawers)] + generated
    wanted = {place.kind for place in drawers.packages[package].exhibits}
    shown = [one for one in exhibits if one.kind in wanted]
    head = _head(facts, case_no, package, audience, recipient, on, reader)
    filed = {place.document for place in drawers.packages[package].filings}
    carried = [one for one in made if one.document in filed]
    progress(4, STEPS, "装订 binding")
    assembled = assemble(
        head,
        exhibits=shown,
        filings=carried,
        statement=statement,
        logs=_logs(tx, case_no, revision, shown, reader),
        drawers=drawers,
        sheets=drawer.sheets(),
        verify_page=drawer.verify_page(),
    )
    progress(5, STEPS, "泄漏检查 leak gate")
    plan = bag.prepare(assembled.files, assembled.info, root=assembled.root, on=on)
    gaps = tuple(
        evidence.package_gaps(tx.session, case_no, package, revision.as_of, drawers, {one.document for one in carried})
    )
    built = _built_before(tx, store, head, plan, assembled, gaps)
    if built is not None:
        return built
    reader.check({name: content for name, content in plan.files.items() if isinstance(content, bytes)})
    progress(6, STEPS, "时间戳 timestamp")
    return _seal(tx, store, settings, head, plan, assembled, reader, gaps)


def _known_kind(drawers: Drawers, package: str) -> None:
    if package not in drawers.packages:
        options = "、".join(sorted(drawers.packages))
        raise Refusal(
            "unknown_package_kind",
            Words(
                zh=f"没有证据包种类 {package[:40]}；可用：{options}", en=f"no package {package[:40]}; one of {options}"
            ),
        )


def _reader(tx: Transaction, case_no: str, audience: Audience, recipient: str, package: str) -> Reader:
    case = case_queries.case_row(tx.session, case_no)
    return Reader(
        audience=audience,
        recipient=recipient,
        policy=redaction.policy_for(audience),
        known=queries.known_values(tx.session, case_no),
        strangers=queries.third_persons(tx.session, case_no),
        key=bytes.fromhex(tx.keys.blind("pseudonym", f"{recipient}\x1f{audience}\x1f{package}")),
        allowed=queries.lender_values(tx.session, case.lender_id),
    )


def _originals(tx: Transaction, store: BlobStore, case_no: str, drawers: Drawers) -> list[Exhibit]:
    seen: set[tuple[str, str]] = set()
    found = []
    for item in evidence.originals_of_case(tx.session, case_no):
        if item.kind not in drawers.kinds or (item.kind, item.sha256) in seen:
            continue
        seen.add((item.kind, item.sha256))
        found.append(
            Exhibit(
                kind=item.kind,
                name=drawers.kinds[item.kind].title.zh,
                extension=PurePath(item.filename).suffix.lstrip(".").lower() or "bin",
                content=store.get(item.sha256),
                form=item.form,
                source=item.source if not item.source.startswith("batch:") else "",
                obtained_on=item.obtained_on,
                original_sha256=item.sha256,
            )
        )
    return found


def _head(
    facts: Any, case_no: str, package: str, audience: Audience, recipient: str, on: date, reader: Reader
) -> PackageFacts:
    drawn = reader.facts(facts, "catalogue")
    return PackageFacts(
        case_no=case_no,
        package=package,
        audience=audience.value,
        recipient=recipient,
        on=on,
        court=facts.forum.court,
        cause="金融借款合同纠纷",
        submitter=facts.plaintiff.name,
        opponents=tuple(defendant.person.name for defendant in drawn.defendants),
        claim_total=facts.account.claim_total.value,
    )


def _logs(tx: Transaction, case_no: str, revision: Revision, exhibits: list[Exhibit], reader: Reader) -> Logs:
    originals = {one.original_sha256 for one in exhibits}
    items = [item for item in evidence.items_of_case(tx.session, case_no) if item.sha256 in originals]
    custody = contents.custody_for(tx, [item.id for item in items])
    used = [row for figure in revision.figures for row in figure["sources"]]
    origins = evidence.origins(tx.session, used)
    provenance: list[Mapping[str, Any]] = [{"document": revision.document, **figure} for figure in revision.figures]
    provenance += [{"row": row, "origin": origin} for row, origin in sorted(origins.items())]
    return Logs(custody=custody, provenance=provenance, redactions=reader.log)


def _built_before(
    tx: Transaction, store: BlobStore, head: PackageFacts, plan: bag.Plan, assembled: Package, gaps: tuple[Gap, ...]
) -> Built | None:
    """The package as it was first built and checked, when nothing it holds has changed since."""
    before = tx.session.scalar(
        select(Export).where(
            Export.package_id == head.package_id,
            Export.tagmanifest_sha256 == hashlib.sha256(plan.tagmanifest).hexdigest(),
        )
    )
    if before is None:
        return None
    return Built(head.package_id, store.get(before.sha256), before.sha256, gaps, before.withheld, assembled.pages)


def _seal(
    tx: Transaction,
    store: BlobStore,
    settings: Settings,
    head: PackageFacts,
    plan: bag.Plan,
    assembled: Package,
    reader: Reader,
    gaps: tuple[Gap, ...],
) -> Built:
    tsr, chain = timestamps.stamp(plan.tagmanifest, settings)
    content = bag.packed(plan, timestamp=tsr, chain=chain)
    filename = f"{head.package_id}.zip"
    item = deposit(
        tx,
        store=store,
        content=content,
        filename=filename,
        media_type="application/zip",
        kind="package",
        subject=f"case:{head.case_no}",
        form="generated",
        obtained_on=head.on,
        source=f"package:{head.package_id}",
    )
    tx.session.add(
        Export(
            package_id=head.package_id,
            case_id=case_queries.case_row(tx.session, head.case_no).id,
            package=head.package,
            audience=head.audience,
            recipient=head.recipient,
            dated=head.on,
            filename=filename,
            tagmanifest_sha256=hashlib.sha256(plan.tagmanifest).hexdigest(),
            sha256=item.sha256,
            size=item.size,
            policy_version=f"{head.audience}/{reader.policy.version}",
            withheld=assembled.withheld,
            built_by=tx.actor.email,
            built_at=tx.moment,
        )
    )
    tx.session.flush()
    record(
        tx,
        action="package.build",
        subject=f"case:{head.case_no}",
        package=head.package_id,
        audience=head.audience,
        sha256=item.sha256,
        withheld=assembled.withheld,
    )
    cases.record_milestone(
        tx, case_no=head.case_no, kind="package", subject=head.audience, reached_on=head.on, reference=head.package_id
    )
    return Built(head.package_id, content, item.sha256, gaps, assembled.withheld, assembled.pages)
