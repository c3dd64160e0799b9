"""Redact facts, then render: marked fields are treated, free texts read, the rest passes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from legal_service.redaction import files
from legal_service.redaction.facts import redact_facts
from legal_service.redaction.kinds import Audience, Kind

from .a_case import ADDRESS, ID, MOBILE


@dataclass(frozen=True, slots=True)
class Party:
    name: str = field(metadata={"personal": Kind.PERSON})
    id_number: str = field(metadata={"personal": Kind.ID_NUMBER})
    phones: tuple[str, ...] = field(metadata={"personal": Kind.MOBILE})
    domicile: str = field(metadata={"personal": Kind.ADDRESS})
    born: date | None = field(metadata={"personal": Kind.BIRTH_DATE})


@dataclass(frozen=True, slots=True)
class Claim:
    contract_no: str
    principal: int
    defendants: tuple[Party, ...]
    story: str = field(metadata={"prose": True})


CLAIM = Claim(
    contract_no="HT20230506000123",
    principal=1_000_000,
    defendants=(Party("梁上飞", ID, (MOBILE, "13900001111"), ADDRESS, date(1949, 12, 31)),),
    story="梁上飞（Liang Shangfei）用13900001111借款10000元，合同HT20230506000123。",
)


def test_marked_fields_and_prose_are_treated_and_the_rest_passes():
    facts, entries = redact_facts(CLAIM, files.policy_for(Audience.EXTERNAL_COUNSEL), (), "counsel@example.com")
    party = facts.defendants[0]
    assert (party.name, party.id_number) == ("梁**", "1****************X")
    assert party.phones == ("138****5678", "139****1111")
    assert party.domicile == "浙江省杭州市余杭区***"
    assert party.born is None
    assert facts.story == "梁**（L**** ********）用139****1111借款10000元，合同HT20230506000123。"
    assert (facts.contract_no, facts.principal) == (CLAIM.contract_no, CLAIM.principal)
    assert {entry.kind for entry in entries} == {
        Kind.PERSON,
        Kind.ID_NUMBER,
        Kind.MOBILE,
        Kind.ADDRESS,
        Kind.BIRTH_DATE,
    }
    assert all(entry.place.startswith("counsel@example.com.") for entry in entries)


def test_the_court_gets_the_facts_unchanged():
    assert redact_facts(CLAIM, files.policy_for(Audience.COURT), (), "court") == (CLAIM, [])


def test_a_pseudonym_in_a_field_is_the_one_in_the_prose():
    facts, _ = redact_facts(CLAIM, files.policy_for(Audience.ASSIGNEE), (), "buyer", key=b"key")
    assert facts.story.count(facts.defendants[0].name) == 2
