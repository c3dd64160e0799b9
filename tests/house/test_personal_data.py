"""Data is marked where it is born: every column that can hold personal data says so, every kind has an operator for every audience."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import JSON, Column, Integer, MetaData, String, Table

from legal_service import definitions, schema
from legal_service.database import Encrypted
from legal_service.definitions import DefinitionError
from legal_service.redaction import files
from legal_service.redaction.kinds import Audience, Kind
from legal_service.redaction.policy import read_policy
from tests.house.source import words

CODES = words("""
    user_account.language user_account.password_hash answer.key api_token.name api_token.use worker.name
    webhook.url webhook.events webhook.stopped_because webhook_delivery.event webhook_delivery.status
    work_line.next_rule work_line.tier
    institution.code audit_entry.action audit_entry.subject job.kind job.key job.status
    lender.lender_no lender.lender_type person.borrower_no person.id_type
    return_issue.name return_issue.period return_issue.definition_version user_account.role
    vault_item.media_type vault_item.kind vault_item.subject vault_item.form
    contract.loan_no contract.contract_no contract.product contract.method contract.allocation
    custody_entry.event legal_case.case_no legal_case.stage row_history.table_name
    complaint.complaint_no complaint.kind
    contact_attempt.contact_no contact_attempt.channel contact_attempt.direction contact_attempt.party
    contact_attempt.outcome contact_attempt.recording contact_attempt.consent
    deadline.rule deadline.subject deadline.basis deadline.closed_reason
    export.package_id export.package export.audience export.filename export.policy_version
    grading.tier grading.five_class_floor grading.action guarantee.liability
    property_clue.kind property_clue.party property_clue.source enforcement_measure.kind enforcement_measure.regime
    enforcement_measure.party measure_entry.kind title_term.component title_term.party recovery.reference recovery.source
    recovery.reverses release_entry.item
    milestone.kind milestone.subject milestone.reference
    proceeding_event.kind proceeding_event.reason forced_move.from_stage forced_move.to_stage forced_move.guards
    posting.family posting.kind posting.reference posting.component posting.reverses posting.designated posting.channel
    revision.document revision.template_version
    service_attempt.document service_attempt.party service_attempt.mode service_attempt.outcome
    settlement_attempt.channel settlement_attempt.outcome stage_entry.from_stage stage_entry.to_stage
""")
"""Codes and numbers of the house: they name nobody."""

SEALS = words("""
    audit_entry.previous audit_entry.sealed custody_entry.previous custody_entry.item_previous custody_entry.hash
    trail_head.sealed trail_head.mark
""")
"""Hashes and seals, and the blind indexes by their ending."""

ORGANISATIONS = words("""
    institution.name lender.name lender.uscc lender.address lender.post lender.phone lender.account_name
    lender.account_no lender.account_bank contract.agreed_court contract.agreed_court_connection
    contract.co_lender_shares contact_attempt.agency posting.taker proceeding_event.court
""")
"""What lenders, courts, agencies and takers of fees are called: organisations, kept in clear."""

GROUPS = words("person.gender person.ethnicity person.province")
"""Attributes shared by very many: they single nobody out by themselves, and the regulator's returns count by them."""

COUNTS = words("""
    audit_entry.detail batch.files batch.counts custody_entry.detail revision.files revision.figures job.progress_text
""")
"""Codes, counts, hashes and amounts that the house itself composes, never text from outside."""

ALLOWED = frozenset(CODES + SEALS + ORGANISATIONS + GROUPS + COUNTS)
ENDINGS = ("sha256", "_index", "source_row")


def unmarked(metadata: MetaData) -> list[str]:
    """Columns that could hold personal data in clear and do not say what they hold."""
    found = []
    for table in metadata.sorted_tables:
        for column in table.columns:
            name = f"{table.name}.{column.name}"
            if isinstance(column.type, Encrypted):
                marked = column.info.get("personal") in set(Kind) or column.info.get("secret") is True
                if not marked or column.type.place != name:
                    found.append(f"{name}: encrypted without its kind or under another place")
            elif isinstance(column.type, String | JSON):
                known = column.info.get("staff") is True or name in ALLOWED or column.name.endswith(ENDINGS)
                if column.info.get("personal"):
                    found.append(f"{name}: personal, yet in clear")
                elif not known:
                    found.append(f"{name}: says nothing of what it holds")
    return found


def test_every_personal_column_is_marked() -> None:
    assert unmarked(schema.metadata) == []


def test_the_allowed_columns_exist() -> None:
    columns = {f"{table.name}.{column.name}" for table in schema.metadata.sorted_tables for column in table.columns}
    assert ALLOWED - columns == set()


@pytest.mark.parametrize(
    "column",
    [
        Column("nickname", String(20)),
        Column("notes", JSON),
        Column("phone", String(20), info={"personal": Kind.MOBILE}),
        Column("secret", Encrypted("borrower.secret")),
        Column("secret", Encrypted("somewhere.else"), info={"personal": Kind.PERSON}),
    ],
)
def test_a_planted_unmarked_column_is_found(column: Column[object]) -> None:
    metadata = MetaData()
    Table("borrower", metadata, Column("id", Integer, primary_key=True), column)
    assert len(unmarked(metadata)) == 1


def test_every_kind_has_an_operator_for_every_audience() -> None:
    for audience in Audience:
        assert set(files.policy_for(audience).operators) == set(Kind)


def test_a_planted_gap_in_a_policy_is_found() -> None:
    public = definitions.load(Path(files.__file__).parent / "policies" / "public.yaml")
    del public["operators"]["HEALTH"]
    with pytest.raises(DefinitionError, match="HEALTH"):
        read_policy(public, "public")
