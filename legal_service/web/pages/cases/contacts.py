"""Contacts, complaints, service of papers and settlement of a case: what was done, with what result, and the forms to record more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import render_template
from sqlalchemy.orm import Session

from legal_service.cases import queries, serving
from legal_service.cases.models import ServiceAttempt
from legal_service.cases.personal import REASONS
from legal_service.complaints import queries as complaints
from legal_service.contacts import queries as contact_log
from legal_service.contacts.conduct import doubts_of
from legal_service.contacts.log import Contact
from legal_service.errors import Finding, Refusal, Words
from legal_service.evidence import queries as evidence
from legal_service.settlements import queries as settlements
from legal_service.settlements.operations import CHANNELS, OUTCOMES
from legal_service.vault.facts import Item
from legal_service.web import reader
from legal_service.web.pages.cases.head import head_of
from legal_service.web.pages.cases.people import Revealed, Value, values_by_code

AT_ONCE = 200

SERVICE_FIELDS: dict[str, Words] = {
    "document": Words("文书", "Paper"),
    "party": Words("受送达人", "Served on"),
    "mode": Words("送达方式", "Mode"),
    "address": Words("送达地址", "Address"),
    "sent_on": Words("发出日", "Sent on"),
    "outcome": Words("结果", "Outcome"),
    "effective_on": Words("到达（生效）日", "Took effect on"),
    "proof": Words("送达凭证", "Proof"),
}
SETTLEMENT_FIELDS: dict[str, Words] = {
    "attempted_on": Words("日期", "On"),
    "channel": Words("方式", "Channel"),
    "offer": Words("提出的方案", "What was offered"),
    "result": Words("结果", "Outcome"),
    "agreed_until": Words("履行期至", "To be kept until"),
    "loan_no": Words("贷款", "Loan"),
}
"""Field of a form → what it is called."""

SERVED_AT = ("address_for_service", "domicile", "residence", "phone", "email")
"""Where papers are served: fields of the parties that a form offers, masked."""


@dataclass(frozen=True, slots=True)
class ContactShown:
    """One line of the log with what a reader must look at again."""

    contact: Contact
    doubts: tuple[Finding, ...]
    address: Value | None
    content: Value | None


@dataclass(frozen=True, slots=True)
class ServiceShown:
    """One attempt to serve, its address masked; `proof` is the item in the vault, if there is one."""

    row: ServiceAttempt
    address: Value | None
    proof: Item | None


def show(case_no: str, *, refused: Refusal | None = None, form: str = "", revealed: Revealed | None = None) -> str:
    """The page; `form` names the form that was refused."""
    with reader.reading() as session:
        head = head_of(session, case_no)
        keys = [contract.id for contract in queries.contracts_of(session, queries.case_row(session, case_no).id)]
        values = values_by_code(queries.contact_fields(session, case_no), revealed)
        log = list(reversed(contact_log.contacts_of(session, keys)))
        items = evidence.items_of_case(session, case_no)
        return render_template(
            "cases/contacts.html",
            head=head,
            tab="case_contacts",
            contacts=[_contact(one, values) for one in log[:AT_ONCE]],
            contacts_in_all=len(log),
            complaints=list(reversed(complaints.complaints_of(session, keys))),
            services=_services(session, case_no, values, items),
            settlements=list(reversed(settlements.attempts_of(session, keys))),
            proofs=[item for item in items if item.kind == "delivery_receipt"],
            places=_places(session, case_no),
            choices=CHOICES,
            names=SERVICE_FIELDS | SETTLEMENT_FIELDS,
            reasons=REASONS,
            refused=refused,
            refused_form=form,
            today=head.today,
        )


CHOICES = {
    "document": serving.DOCUMENTS,
    "party": serving.PARTIES,
    "mode": serving.MODES,
    "outcome": serving.EFFECTIVE + serving.FAILED,
    "channel": CHANNELS,
    "result": OUTCOMES,
}


def _contact(one: Contact, values: dict[str, Value]) -> ContactShown:
    return ContactShown(
        one,
        tuple(doubts_of(one)),
        values.get(f"contact.{one.contact_no}.address"),
        values.get(f"contact.{one.contact_no}.content"),
    )


def _services(session: Session, case_no: str, values: dict[str, Value], items: list[Item]) -> list[ServiceShown]:
    by_content = {item.sha256: item for item in items}
    return [
        ServiceShown(row, values.get(f"service.{row.id}.address"), by_content.get(row.proof_sha256))
        for row in sorted(queries.service_rows(session, case_no), key=_newest, reverse=True)
    ]


def _newest(row: ServiceAttempt) -> tuple[date, int]:
    return row.sent_on, row.id


def _places(session: Session, case_no: str) -> list[tuple[str, Value]]:
    """Where papers may be served: whose place it is, and the place as everybody sees it."""
    fields = [one for one in queries.personal_fields(session, case_no) if one.which in SERVED_AT]
    fields.sort(key=lambda one: (SERVED_AT.index(one.which), one.code))
    return [(one.party, Value(one.code, one.which, one.masked, shown=False)) for one in fields]
