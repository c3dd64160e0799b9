"""`/me`: who calls."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from legal_service import labels
from legal_service.access import permissions
from legal_service.api.resource import Resource
from legal_service.api.schemas.me import Me
from legal_service.api.speech import language
from legal_service.errors import Words
from legal_service.web import reader
from legal_service.web.guard import SIGNED_IN

resource = Resource("me", Words("本人", "Me"))


@resource.computes("/me", needs=SIGNED_IN, says=Words("本人与权限", "Who calls, and what he may do"), gives=Me)
def show(asked: Mapping[str, Any]) -> dict[str, Any]:
    """The caller."""
    signed = reader.signed()
    return {
        "email": signed.user.email,
        "name": signed.user.name,
        "role": signed.actor.role,
        "role_label": labels.label("role", signed.actor.role).read(language()),
        "via": signed.via,
        "ends_at": signed.ends_at,
        "permissions": [one for one in permissions.PERMISSIONS if permissions.allowed(signed.actor.role, one)],
    }
