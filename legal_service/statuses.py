"""Refusal → HTTP status: the door's one table, shared by the pages and the API.

A refusal means "understood, and not done": 422, unless the table knows better. The reader gets code, reason and basis
either way; the status tells a program what to do next (look elsewhere, sign in, read again, wait).
"""

from __future__ import annotations

NOT_FOUND, NOT_ALLOWED, GONE, UNDONE = 404, 403, 410, 422

_EXACT: dict[str, int] = {
    # not readable
    "bad_cursor": 400,
    "bad_key": 400,
    "malformed_request": 400,
    "csrf_missing": 400,
    # who asks
    "sign_in_required": 401,
    "sign_in_refused": 401,
    "not_permitted": 403,
    "named_lawyer_required": 403,
    "named_person_required": 403,
    "not_loopback": 403,
    "not_for_role": 403,
    "same_person": 403,
    "no_access_rule": 403,
    "password_must_change": 403,
    "own_account": 403,
    # the thing changed, or is taken
    "stale_page": 409,
    "version_conflict": 409,
    "already_in_case": 409,
    "job_lost": 409,
    "job_finished": 409,
    "superseded_revision": 409,
    "deadline_exists": 409,
    "measured_already": 409,
    "entry_differs": 409,
    "reference_taken": 409,
    "decided_already": 409,
    "stale_request": 409,
    "several_deadlines": 409,
    "webhook_exists": 409,
    "webhook_stopped": 409,
    "stale_version": 412,
    "version_required": 428,
    # sizes and kinds
    "too_large": 413,
    "wrong_content_type": 415,
    # wait
    "sign_in_throttled": 429,
    "not_initialised": 503,
    "bad_field_keys": 503,
    "database_unavailable": 503,
    "store_unavailable": 503,
    "fonts_missing": 503,
    "timestamp_unavailable": 503,
    # ours
    "notice_damaged": 500,
    "blob_missing": 500,
    "blob_damaged": 500,
}

NAMED_IN_THE_REQUEST = frozenset(
    {
        "unknown_act",
        "unknown_code",
        "unknown_clue",
        "unknown_column",
        "unknown_debt",
        "unknown_document",
        "unknown_event",
        "unknown_id_type",
        "unknown_identifier",
        "unknown_release_item",
        "unknown_kind",
        "unknown_measure",
        "unknown_language",
        "unknown_package_kind",
        "unknown_parameter",
        "unknown_party",
        "unknown_proof",
        "unknown_recovery",
        "unknown_role",
        "unknown_rounding",
        "unknown_sheet",
        "unknown_stage",
    }
)
"""What a request names by a code of ours, in its body or its questions: wrong words (422), not a missing address (404)."""


def status_of(code: str) -> int:
    """The HTTP status of a refusal.

    >>> status_of("unknown_case"), status_of("unknown_kind"), status_of("grant_revoked"), status_of("overdue")
    (404, 422, 410, 422)
    """
    if code in _EXACT:
        return _EXACT[code]
    if code in NAMED_IN_THE_REQUEST:
        return UNDONE
    if code.startswith("unknown_"):
        return NOT_FOUND
    return GONE if code.startswith("grant_") else UNDONE
