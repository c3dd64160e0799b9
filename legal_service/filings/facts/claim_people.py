"""The people of a statement of claim: the plaintiff organisation, its agents ad litem, and the natural persons sued.

Fields with `metadata["personal"]` are personal data of that kind; `metadata["staff"]` marks people of the plaintiff's own side.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from legal_service.redaction.kinds import Kind

Gender = Literal["male", "female", ""]
OrganisationKind = Literal[
    "limited", "shares", "listed", "other_enterprise", "institution", "association", "foundation", "social_service",
    "state_organ", "rural_collective", "cooperative", "self_governing", "sole_proprietorship", "partnership",
    "professional", "",
]  # fmt: skip
Ownership = Literal["state_controlling", "state_participating", "state", "private", "other", ""]


@dataclass(frozen=True, slots=True)
class Organisation:
    """The plaintiff: 法人、非法人组织. `post` is the representative's; `ownership_other` is printed when ownership is `other`."""

    name: str
    domicile: str
    registered_at: str
    representative: str = field(metadata={"staff": True})
    post: str
    phone: str
    uscc: str
    kind: OrganisationKind
    ownership: Ownership
    row: str
    ownership_other: str = ""


@dataclass(frozen=True, slots=True)
class Agent:
    """An agent ad litem (委托诉讼代理人). `items` are the powers of a special authority, named one by one (民诉法解释 89)."""

    name: str = field(metadata={"staff": True})
    firm: str
    post: str
    phone: str = field(metadata={"staff": True})
    authority: Literal["general", "special"]
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """A natural person as the form asks for him or her. `birth_date` is ISO 8601 unless a redactor put other words there."""

    name: str = field(metadata={"personal": Kind.PERSON})
    gender: Gender
    ethnicity: str
    birth_date: str = field(metadata={"personal": Kind.BIRTH_DATE})
    employer: str = field(metadata={"personal": Kind.EMPLOYER})
    post: str
    phone: str = field(metadata={"personal": Kind.MOBILE})
    domicile: str = field(metadata={"personal": Kind.ADDRESS})
    residence: str = field(metadata={"personal": Kind.ADDRESS})
    id_type: str
    id_number: str = field(metadata={"personal": Kind.ID_NUMBER})
    row: str


@dataclass(frozen=True, slots=True)
class Defendant:
    """A person sued, and as what."""

    person: Person
    role: Literal["borrower", "guarantor"]
