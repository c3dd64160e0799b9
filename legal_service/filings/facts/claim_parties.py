"""The party blocks of the form. Every block stays on the form; one that does not apply stays blank."""

from __future__ import annotations

from typing import Any, get_args

from legal_service.filings.facts.claim_boxes import SPACE, box, day_text, room
from legal_service.filings.facts.claim_people import Agent, Organisation, OrganisationKind, Person

ID_TYPES = {"id_card": "居民身份证", "passport": "护照", "permit": "通行证"}
AUTHORITY = {"general": "一般授权", "special": "特别授权"}


def person(facts: Person | None) -> dict[str, Any]:
    """A block 自然人; None is the blank block."""
    if facts is None:
        facts = Person("", "", "", "", "", "", "", "", "", "", "", "")
    return {
        "name": facts.name,
        "male": box(facts.gender == "male"),
        "female": box(facts.gender == "female"),
        "birth": day_text(facts.birth_date),
        "ethnicity": facts.ethnicity,
        "employer": room(facts.employer, 6),
        "post": room(facts.post, 2 if facts.employer else 6),
        "phone": facts.phone,
        "domicile": facts.domicile,
        "residence": facts.residence,
        "id_type": ID_TYPES.get(facts.id_type, facts.id_type),
        "id_number": facts.id_number,
    }


def organisation(facts: Organisation | None) -> dict[str, Any]:
    """A block 法人、非法人组织; None is the blank block."""
    if facts is None:
        facts = Organisation("", "", "", "", "", "", "", "", "", "")
    state = facts.ownership in {"state", "state_controlling", "state_participating"}
    return {
        "name": facts.name,
        "domicile": facts.domicile,
        "registered_at": facts.registered_at,
        "representative": room(facts.representative, 4),
        "post": room(facts.post, 3),
        "phone": facts.phone,
        "uscc": facts.uscc,
        "kind": {kind: box(facts.kind == kind) for kind in get_args(OrganisationKind) if kind},
        "owner": {
            "state": box(state),
            "controlling": box(facts.ownership == "state_controlling"),
            "participating": box(facts.ownership == "state_participating"),
            "private": box(facts.ownership == "private"),
            "other": room(facts.ownership_other if facts.ownership == "other" else "", 5),
        },
    }


def agent(facts: Agent | None) -> dict[str, str]:
    """The lines of one agent ad litem; None is the blank lines of the form."""
    if facts is None:
        return {"name": "", "firm": SPACE * 6, "post": SPACE * 6, "phone": "", "general": box(False), "special": box(False),
                "powers": SPACE * 10}  # fmt: skip
    return {
        "name": facts.name,
        "firm": room(facts.firm, 6),
        "post": room(facts.post, 6),
        "phone": facts.phone,
        "general": box(facts.authority == "general"),
        "special": box(facts.authority == "special"),
        "powers": "、".join(facts.items) or SPACE * 10,
    }
