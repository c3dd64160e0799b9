"""Adding evidence to a case, and counting for the work list what its evidence still lacks."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from sqlalchemy.orm import Session

from legal_service import config
from legal_service.access import permissions
from legal_service.access.operations import record
from legal_service.cases import queries as cases
from legal_service.cases.operations import work_lines
from legal_service.database import Transaction
from legal_service.errors import Findings, Refusal, Words
from legal_service.evidence.drawers import Drawers
from legal_service.evidence.queries import gaps_of_case, original_of, originals_of_case
from legal_service.vault import media, queries
from legal_service.vault.facts import Form, Item
from legal_service.vault.operations import deposit
from legal_service.vault.store import BlobStore

MOST_BYTES = 200 * 1024 * 1024


def add_evidence(
    tx: Transaction,
    *,
    store: BlobStore,
    case_no: str,
    content: bytes,
    filename: str,
    kind: str,
    known_kinds: frozenset[str],
    form: Form = "electronic",
    obtained_on: date | None = None,
    source: str = "",
) -> Item:
    """Take one item of evidence for a case into the vault; the same bytes of the same kind again are the item already there.

    So are those that came with the tape, under one of the case's loans.

    Refuses `unknown_case`, `unknown_kind`, `bad_file_size`, `bad_filename`; `Findings` when the content is not what its name says.
    """
    permissions.require(tx.actor, "evidence.add")
    cases.case_row(tx.session, case_no)
    if kind not in known_kinds:
        options = "、".join(sorted(known_kinds))
        raise Refusal(
            "unknown_kind",
            Words(
                zh=f"没有证据种类 {kind[:40]}；可用：{options}", en=f"no kind of evidence {kind[:40]}; one of {options}"
            ),
        )
    if not 0 < len(content) <= MOST_BYTES:
        raise Refusal("bad_file_size", Words(zh="文件为空或超过 200 MB。", en="the file is empty or above 200 MB."))
    mismatch = media.check(filename, content)
    if mismatch is not None and mismatch.severity == "error":
        raise Findings([mismatch])
    wanted = (kind, hashlib.sha256(content).hexdigest())
    held = next((one for one in originals_of_case(tx.session, case_no) if (one.kind, one.sha256) == wanted), None)
    if held is not None:
        return held
    item = deposit(
        tx,
        store=store,
        content=content,
        filename=filename,
        media_type=media.sniff(content),
        kind=kind,
        subject=f"case:{case_no}",
        form=form,
        obtained_on=obtained_on,
        source=source,
    )
    work_lines.recount_gaps(tx, case_no=case_no)
    return queries.fact(item)


@dataclass(frozen=True, slots=True)
class Original:
    """An original to be handed to a colleague: what the vault knows of it, and its bytes."""

    item: Item
    content: bytes


def take_original(tx: Transaction, *, store: BlobStore, case_no: str, item_id: int) -> Original:
    """An original of a case for a colleague; that he took it is entered in the trail, for it holds personal data in full.

    Refuses `unknown_case`, `unknown_item` (also for what belongs to another case, and for what the house made), `blob_missing`,
    `blob_damaged`.
    """
    permissions.require(tx.actor, "evidence.read")
    item = original_of(tx.session, case_no, item_id)
    content = store.get(item.sha256)
    record(tx, action="evidence.read", subject=f"case:{case_no}", item=item.id, kind=item.kind, sha256=item.sha256)
    return Original(item, content)


COUNTED = "statement_of_claim"
"""The package whose gaps the work list counts: what is missing before suit."""


def count_gaps(session: Session, case_no: str, on: date) -> int | None:
    """How many exhibits a claim in this case lacks on a date; None while the lawyers' drawer has faults of its own."""
    try:
        drawers = _drawers(_drawer_state())
    except Findings:
        return None
    return len(gaps_of_case(session, case_no, COUNTED, on, drawers))


def _drawer_state() -> tuple[tuple[str, int, int], ...]:
    """Which files lie in the drawer, how large and how old: a change of any is noticed."""
    found = ((path, path.stat()) for path in sorted(config.EVIDENCE.glob("*/*.yaml")))
    return tuple((path.name, seen.st_mtime_ns, seen.st_size) for path, seen in found)


@lru_cache(maxsize=1)
def _drawers(_state: tuple[tuple[str, int, int], ...]) -> Drawers:
    from legal_service.evidence import files  # late: it loads the binder, which few commands need

    return files.drawers()


work_lines.count_gaps_by(count_gaps)
