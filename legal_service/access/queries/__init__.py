"""Reading users, sign-ins, tokens, kept answers, institutions and the trail."""

from legal_service.access.answers import KeptAnswer
from legal_service.access.facts import SignedIn, TokenFacts, TokenHeld, UserFacts
from legal_service.access.queries.people import (
    actor_of,
    institution_id,
    name_of,
    unknown_user,
    user_by_email,
    user_by_id,
    users,
)
from legal_service.access.queries.signed import (
    kept_answer,
    sign_in_failures,
    signed_in,
    token_held,
    token_use_is_news,
    tokens_of,
    who_index,
)
from legal_service.access.queries.trail import (
    entries,
    entry_count,
    head_mark,
    head_row,
    trail_head,
    trail_of,
    trail_page,
    walk_trail,
)

__all__ = [
    "KeptAnswer",
    "SignedIn",
    "TokenFacts",
    "TokenHeld",
    "UserFacts",
    "actor_of",
    "entries",
    "entry_count",
    "head_mark",
    "head_row",
    "institution_id",
    "kept_answer",
    "name_of",
    "sign_in_failures",
    "signed_in",
    "token_held",
    "token_use_is_news",
    "tokens_of",
    "trail_head",
    "trail_of",
    "trail_page",
    "unknown_user",
    "user_by_email",
    "user_by_id",
    "users",
    "walk_trail",
    "who_index",
]
