"""The audiences a package of a case can be drawn for, with what stands against each now."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from legal_service.exports.offers import Offer, offer
from legal_service.exports.queries.readiness import claim_of, refused, stale
from legal_service.redaction import files as redaction


def audiences_offered(session: Session, case_no: str, *, own: Mapping[str, Any]) -> list[Offer]:
    """Every audience there is a policy for; the facts are drawn once for all. Refuses `unknown_case`; builds nothing.

    `own` are the institution's settings as plaintiff (`settings.plaintiff`), as in building.
    """
    policies = redaction.policies()
    first = [refused(partial(claim_of, session, case_no, audience)) for audience in policies]
    if any(no is not None and no.code == "unknown_case" for no in first):
        raise next(no for no in first if no is not None)
    moved = stale(session, case_no, own=own)
    return [
        offer(policy, [*([no] if no is not None else []), *moved])
        for policy, no in zip(policies.values(), first, strict=True)
    ]
