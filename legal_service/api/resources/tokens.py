"""`/tokens`: one's own bearer tokens. A token is made by its owner for one purpose, until a date, and shown once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from legal_service.access import operations, queries
from legal_service.access.facts import TokenFacts
from legal_service.api.paging import Page, listed
from legal_service.api.resource import PREFIX, Resource
from legal_service.api.running import Answer
from legal_service.api.schemas.tokens import MadeToken, NewToken, TokenShape
from legal_service.database import Transaction
from legal_service.errors import Refusal, Words
from legal_service.web import reader

resource = Resource("tokens", Words("访问令牌", "Tokens"))


@resource.reads(
    "/tokens", needs="token.own", says=Words("本人的令牌", "One's own tokens"), gives=TokenShape, paged=True
)
def show_all(session: Session, asked: Mapping[str, Any]) -> Page:
    """The caller's tokens, revoked ones too."""
    page = listed(queries.tokens_of(session, reader.signed().user.id), asked, lambda one: (one.id,), int)
    return Page([told(one) for one in page.items], page.after)


@resource.writes(
    "/tokens",
    needs="token.own",
    says=Words("建立令牌", "Make a token"),
    tells=Words("令牌只显示这一次，此后只存其哈希。", "The token is shown this once; only its hash is kept."),
    takes=NewToken,
    gives=MadeToken,
    status=201,
    secret="token",
    located=True,
)
def make(tx: Transaction, asked: Mapping[str, Any]) -> Answer:
    """Make a token of one's own."""
    signed = reader.signed()
    user = signed.user
    token = operations.create_token(
        tx, user_id=user.id, name=asked["name"], until=asked["until"], parent_until=signed.until_on, use=asked["use"]
    )
    made = queries.tokens_of(tx.session, user.id)[0]
    return Answer(told(made) | {"token": token}, headers={"Location": f"{PREFIX}/tokens"})


@resource.writes(
    "/tokens/<int(min=1, max=2147483647):token_id>",
    method="DELETE",
    needs="token.own",
    says=Words("撤销令牌", "Revoke a token"),
    status=204,
)
def revoke(tx: Transaction, asked: Mapping[str, Any], token_id: int) -> None:
    """Revoke a token of one's own."""
    if token_id not in {one.id for one in queries.tokens_of(tx.session, reader.signed().user.id)}:
        raise Refusal(
            "unknown_token", Words(zh=f"您没有编号为 {token_id} 的令牌。", en=f"You have no token number {token_id}.")
        )
    operations.revoke_token(tx, token_id=token_id, user_id=reader.signed().user.id)


def told(one: TokenFacts) -> dict[str, Any]:
    """A token as its owner sees it."""
    return {
        "id": one.id,
        "name": one.name,
        "use": one.use,
        "created_at": one.created_at,
        "until_on": one.until_on,
        "used_at": one.used_at,
        "revoked_at": one.revoked_at,
    }
