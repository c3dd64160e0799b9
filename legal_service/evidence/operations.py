"""Adding evidence to a case."""

from __future__ import annotations

from datetime import date

from legal_service.access import permissions
from legal_service.cases import queries as cases
from legal_service.database import Transaction
from legal_service.errors import Findings, Refusal, Words
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
    return queries.fact(item)
