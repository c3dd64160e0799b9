"""The contents of a package as one reader may have them: filings, statement, and the exhibits the house makes itself."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from legal_service.accounts import files as statements
from legal_service.accounts import queries as accounts
from legal_service.accounts.statement_json import as_json as statement_json
from legal_service.cases import queries as cases
from legal_service.contacts import queries as contacts
from legal_service.database import Transaction
from legal_service.documents import files as templates
from legal_service.errors import Refusal, Words
from legal_service.evidence import files as drawer
from legal_service.evidence.facts import Exhibit, Filing, StatementFiles
from legal_service.exports.queries.readiness import template_as_made
from legal_service.exports.reader import Reader
from legal_service.filings import queries as filings
from legal_service.filings import rendering
from legal_service.filings.facts.claim_facts import ClaimFacts
from legal_service.filings.models import Revision
from legal_service.parties import queries as parties
from legal_service.parties.people import LenderFacts
from legal_service.vault import queries as vault
from legal_service.vault.custody import verify_items
from legal_service.vault.operations import deposit
from legal_service.vault.store import BlobStore


def lender_of(tx: Transaction, lender_id: int) -> LenderFacts:
    """The plaintiff of a case."""
    return parties.lender(tx.session, lender_id)


def custody_for(tx: Transaction, item_ids: Sequence[int]) -> list[dict[str, Any]]:
    """The custody of these items as the package shows it; refuses `custody_broken`: nobody is handed a chain that fails."""
    entries = vault.custody_of(tx.session, item_ids)
    if broken := verify_items(entries):
        raise Refusal(
            "custody_broken",
            Words(
                zh=f"保管记录第 {broken.seq} 条已断裂或被改动；查明并从备份恢复前不得对外提交。",
                en=f"the custody log is broken or altered at entry {broken.seq}; restore it before anything leaves.",
            ),
            "最高人民法院关于民事诉讼证据的若干规定(2019修正) 第九十三条",
        )
    return [entry.as_json() for entry in entries]


def filings_for(reader: Reader, facts: ClaimFacts, revision: Revision) -> list[Filing]:
    """The statement of claim, rendered again from the facts as this reader may see them."""
    template = template_as_made(revision)
    rendered = rendering.statement_of_claim(template, reader.facts(facts, "民事起诉状"), revision.as_of)
    forms = ("pdf", "docx") if reader.sees_all else ("pdf",)
    total = facts.account.claim_total.value
    return [Filing("statement_of_claim", "民事起诉状", form, rendered[form], total) for form in forms]


def statement_for(tx: Transaction, reader: Reader, case_no: str, as_of: date) -> StatementFiles:
    """The statement of account in its three forms; only the sheet bears the borrower's name."""
    row = filings.only_contract(tx.session, case_no)
    statement = cases.statement(tx.session, row.loan_no, as_of)
    names = reader.facts(accounts.sheet_names(tx.session, row.loan_no), "欠款明细")
    return StatementFiles(
        pdf=statements.pdf(statement, names),
        xlsx=statements.table(statement, "xlsx"),
        json=json.dumps(statement_json(statement, "zh"), ensure_ascii=False, indent=1).encode() + b"\n",
    )


def generated_exhibits(tx: Transaction, store: BlobStore, reader: Reader, case_no: str, as_of: date) -> list[Exhibit]:
    """Statement and contact log as exhibits: drawn for the reader, and entered into the vault as drawn.

    No trace of the full version goes along: its hash, with all else known, would let a reader try names until one fits.
    """
    case = cases.case_row(tx.session, case_no)
    row = filings.only_contract(tx.session, case_no)
    statement = cases.statement(tx.session, row.loan_no, as_of)
    names = accounts.sheet_names(tx.session, row.loan_no)
    log = rendering.log_facts(
        case_no=case_no,
        loans=[row.loan_no],
        lender=lender_of(tx, case.lender_id).name,
        borrower=parties.borrower(tx.session, case.person_id).name,
        as_of=as_of,
        contacts=contacts.contacts_of(tx.session, [row.id]),
    )
    drawn = {
        "statement_of_account": statements.pdf(statement, reader.facts(names, "欠款明细")),
        "contact_log": rendering.contact_log(templates.load("contact_log"), reader.contact_log(log), as_of),
    }
    kinds = drawer.drawers().kinds
    found = []
    for kind, content in drawn.items():
        deposit(
            tx,
            store=store,
            content=content,
            filename=f"{case_no}-{kind}-{as_of.isoformat()}.pdf",
            media_type="application/pdf",
            kind=kind,
            subject=f"case:{case_no}",
            form="generated",
            obtained_on=as_of,
            source=kinds[kind].source.zh,
        )
        found.append(
            Exhibit(
                kind=kind,
                name=kinds[kind].title.zh,
                extension="pdf",
                content=content,
                form="generated",
                obtained_on=as_of,
                original_sha256=hashlib.sha256(content).hexdigest(),
            )
        )
    return found
