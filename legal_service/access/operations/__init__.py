"""Writing users, passwords, sign-ins, tokens, kept answers and the trail.

Every other room's write calls `record` in its own transaction.
"""

from legal_service.access.answers import check_key
from legal_service.access.operations.answers import keep_answer
from legal_service.access.operations.passwords import (
    generated_password,
    new_password,
    rehash,
    set_password,
    verify_password,
)
from legal_service.access.operations.people import LANGUAGES, add_user, deactivate_user, set_language
from legal_service.access.operations.sign_ins import begin_sign_in, claim_attempt, end_sign_in, note_failure, touch
from legal_service.access.operations.tokens import create_token, note_token_use, revoke_token
from legal_service.access.operations.trail import Detail, found_institution, record
from legal_service.access.queries import who_index

__all__ = [
    "LANGUAGES",
    "Detail",
    "add_user",
    "begin_sign_in",
    "check_key",
    "claim_attempt",
    "create_token",
    "deactivate_user",
    "end_sign_in",
    "found_institution",
    "generated_password",
    "keep_answer",
    "new_password",
    "note_failure",
    "note_token_use",
    "record",
    "rehash",
    "revoke_token",
    "set_language",
    "set_password",
    "touch",
    "verify_password",
    "who_index",
]
