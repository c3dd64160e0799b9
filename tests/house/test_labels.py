"""People read words: every code of the contract that they see has a Chinese label."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterable, Mapping

import pytest

from legal_service import labels
from legal_service.accounts import facts as account_facts
from legal_service.cases import escalation, serving, stages
from legal_service.documents import files as templates
from legal_service.errors import Words
from legal_service.evidence import files as evidence
from legal_service.jobs import leases
from legal_service.law.files import parameters
from legal_service.redaction.kinds import Audience, Kind
from legal_service.settlements import operations as settlements
from tests.house.source import modules

CONTRACT: Mapping[str, str] = {
    "stage": "assessment contact negotiation settlement preparation diverted_mediation payment_order submitted accepted "
    "tried judged appealed effective enforcement round_ended closed",
    "action": "none remind call officer assess offer mediate payment_order sue hold review",
    "tier": "none mild moderate severe",
    "channel": "sms call email letter visit app",
    "direction": "out in",
    "party": "borrower guarantor third_party",
    "outcome": "connected no_answer delivered read returned_refused returned_unknown failed promised acknowledged refused",
    "posting": "payment deduction reversal charge waiver",
    "charge": "service_fee insurance guarantee_fee legal_cost other",
    "waiver": "interest penalty compound fees principal",
    "method": "equal_instalment equal_principal interest_only bullet",
    "liability": "joint general unclear",
    "lender_type": "bank consumer_finance micro_loan",
    "form": "original copy electronic",
    "role": "collections lawyer compliance counsel regulator admin auditor",
    "audience": "court external_counsel counterparty assignee regulator public",
    "personal_kind": "PERSON ID_NUMBER PASSPORT PERMIT MOBILE LANDLINE BANK_CARD EMAIL ADDRESS PLATE WECHAT QQ IP EMPLOYER "
    "HEALTH BIRTH_DATE TITLE_CERTIFICATE USCC ORGANISATION ACCOUNT",
}
"""Family → the codes of contract.md, written out here so that a code dropped from the code is missed."""

HAN = re.compile("[一-鿿]")


def _register_all() -> None:
    for module in modules():
        if module.pure or module.worldly:
            importlib.import_module(module.name)


def unlabelled(families: Mapping[str, Mapping[str, Words]], codes: Mapping[str, Iterable[str]]) -> list[str]:
    """Codes without a label in Chinese and English."""
    return [
        f"{family}:{code}"
        for family, wanted in codes.items()
        for code in wanted
        if (words := families.get(family, {}).get(code)) is None
        or not (HAN.search(words.zh) or words.zh == words.en)
        or not words.en.strip()
    ]


def test_every_code_of_the_contract_has_a_label() -> None:
    _register_all()
    assert unlabelled(labels.families(), {family: codes.split() for family, codes in CONTRACT.items()}) == []


def test_every_code_of_the_house_has_a_label() -> None:
    _register_all()
    house = {
        "stage": {end for one in stages.TRANSITIONS for end in (one.source, one.target)} | set(stages.STAGES),
        "deadline": {rule for one in stages.TRANSITIONS for rule in (*one.opens, *one.closes)},
        "action": {action for _bound, action in escalation.LADDER},
        "closing_reason": stages.CLOSING_REASONS,
        "service_mode": serving.MODES,
        "served_document": serving.DOCUMENTS,
        "outcome": serving.EFFECTIVE + serving.FAILED,
        "settlement_outcome": settlements.OUTCOMES,
        "settlement_channel": settlements.CHANNELS,
        "job_status": leases.STATUSES,
        "audience": list(Audience),
        "personal_kind": list(Kind),
        "method": account_facts.Method.__args__,  # type: ignore[attr-defined]
    }
    assert unlabelled(labels.families(), house) == []


def test_every_deadline_of_the_table_is_a_period_of_the_law() -> None:
    known = parameters().within("periods")
    assert {rule for one in stages.TRANSITIONS for rule in (*one.opens, *one.closes)} <= set(known)


def test_exhibits_packages_and_documents_are_titled_in_their_drawers() -> None:
    drawers = evidence.load_drawers()
    titles = {f"exhibit:{kind.kind}": kind.title for kind in drawers.kinds.values()}
    titles |= {f"package:{package.package}": package.title for package in drawers.packages.values()}
    titles |= {f"document:{code}": templates.load(code).manifest.title for code in templates.codes()}
    assert len(titles) > 30
    assert [code for code, words in titles.items() if not HAN.search(words.zh) or not words.en.strip()] == []


@pytest.mark.parametrize("words", [None, Words(zh="contact", en=""), Words(zh="x", en="y")])
def test_a_planted_code_without_a_label_is_found(words: Words | None) -> None:
    families = {"stage": {} if words is None else {"contact": words}}
    assert unlabelled(families, {"stage": ["contact"]}) == ["stage:contact"]
