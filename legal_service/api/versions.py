"""Versions of a thing that several people change: ETag on reading, If-Match on changing, 304 for what is known already.

A tag reads `"7-1f0c2b9a6d3e"`: the version of the thing, and a digest of what was answered. A change is held to the version
alone (`"7"` will do): the figures of a case move with every payment, and that is no reason to refuse a lawyer's step.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from flask import Response, request

from legal_service.errors import Refusal, Words

POLICY = "机构内部规则：同一案件同一时刻只有一次变更（house policy: one change at a time）"


def tag(version: int, body: Any) -> str:
    """The ETag of an answer, without its quotation marks."""
    told = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return f"{version}-{hashlib.sha256(told.encode()).hexdigest()[:12]}"


def check(version: int) -> None:
    """Hold a change to the version it was made upon; refuses `stale_version` (412).

    The header itself is asked for before anything is read (`required`).
    """
    asked = request.if_match
    if asked.star_tag or any(one.partition("-")[0] == str(version) for one in asked.as_set()):
        return
    raise Refusal(
        "stale_version",
        Words(
            zh=f"您依据的版本已不是最新（现为 {version}）；请重新读取、核对后再提交。",
            en=f"The version you build upon is no longer current (it is {version}); read again, check, and resend.",
        ),
        POLICY,
    )


def required() -> None:
    """Refuse (`version_required`, 428) a change that does not say which version it was made upon."""
    if not request.headers.get("If-Match", "").strip():
        raise Refusal(
            "version_required",
            Words(
                zh="变更须带 If-Match，其值为上次读取所得的 ETag。",
                en="A change needs If-Match with the ETag of what was read.",
            ),
            POLICY,
        )


def stamp(response: Response, etag: str) -> Response:
    """Put the tag on an answer; 304 without a body when the caller knows it already."""
    response.set_etag(etag)
    if request.method in ("GET", "HEAD") and request.if_none_match.contains(etag):
        known = Response(status=304)
        known.set_etag(etag)
        return known
    return response
