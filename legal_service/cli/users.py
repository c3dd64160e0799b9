"""Commands for users, their passwords and their bearer tokens."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from datetime import date

import click

from legal_service.access import operations as access
from legal_service.access import permissions, queries
from legal_service.access.addresses import address_of
from legal_service.access.queries import UserFacts
from legal_service.access.tokens import API, USES
from legal_service.cli import speech
from legal_service.cli.options import DAY, answer, by_option, json_option, opened
from legal_service.installation import Installation


@click.group()
def user() -> None:
    """用户。Users."""


@user.command(name="add")
@click.argument("email")
@click.option("--role", required=True, help="/".join(permissions.ROLES))
@click.option("--name", default="", help="姓名 name")
@by_option
@json_option
@speech.refusals()
def user_add(email: str, role: str, name: str, by: str | None, as_json: bool) -> None:
    """新增、变更或重新启用用户。Add, change or reopen a user."""
    installation = opened()
    with installation.transaction(installation.actor(by)) as tx:
        changed = access.add_user(tx, email=email, role=role, name=name)
    address = address_of(email)
    answer({"email": address, "role": role, "changed": changed}, as_json=as_json, lines=[f"{address} {role}"])


@user.command(name="list")
@json_option
@speech.refusals()
def user_list(as_json: bool) -> None:
    """列出用户。List users."""
    with opened().reading() as session:
        found = queries.users(session)
    answer(found, as_json=as_json, lines=(_line(one) for one in found))


def _line(one: Mapping[str, str | bool | int]) -> str:
    closed = "" if one["active"] else "  已停用 closed"
    return f"{one['email']}  {one['role']}  {one['name']}{closed}"


@user.command(name="password")
@click.argument("email")
@click.option("--stdin", "from_stdin", is_flag=True, help="从标准输入读取一行 read one line from standard input")
@by_option
@json_option
@speech.refusals()
def user_password(email: str, from_stdin: bool, by: str | None, as_json: bool) -> None:
    """发放一次性密码，或设定给定的密码；其登录随即结束。Give a one-time password, or set one; sign-ins end."""
    chosen = sys.stdin.readline().rstrip("\r\n") if from_stdin else ""
    installation = opened()
    with installation.transaction(installation.actor(by)) as tx:
        if from_stdin:
            access.set_password(tx, email=email, password=chosen)
        made = "" if from_stdin else access.new_password(tx, email=email)
    found = _named(installation, email)
    told = {"email": found.email, "must_change": found.must_change} | ({"password": made} if made else {})
    answer(told, as_json=as_json, lines=[made] if made else [f"{found.email} 密码已设定 password set"])


@user.command(name="deactivate")
@click.argument("email")
@by_option
@json_option
@speech.refusals()
def user_deactivate(email: str, by: str | None, as_json: bool) -> None:
    """停用账号：结束其登录、撤销其令牌；所为仍留档。Close an account; what it did stays on record."""
    installation = opened()
    with installation.transaction(installation.actor(by)) as tx:
        changed = access.deactivate_user(tx, email=email)
    address = address_of(email)
    answer({"email": address, "active": False, "changed": changed}, as_json=as_json, lines=[f"{address} 已停用 closed"])


@click.group()
def token() -> None:
    """访问令牌：供系统以某一用户的名义使用 API。Bearer tokens of the API, each for one user."""


@token.command(name="create")
@click.argument("email")
@click.argument("name")
@click.option("--until", type=DAY, required=True, help="最后一日，最长一年 last day, a year at most")
@click.option("--use", type=click.Choice(USES), default=API, help="API 或日历订阅 the API or the calendar")
@by_option
@json_option
@speech.refusals()
def token_create(email: str, name: str, until: date, use: str, by: str | None, as_json: bool) -> None:
    """为用户建立令牌，仅显示一次。Make a token for a user; it is shown this once."""
    installation = opened()
    owner = _named(installation, email)
    with installation.transaction(installation.actor(by)) as tx:
        made = access.create_token(tx, user_id=owner.id, name=name, until=until, use=use)
        newest = queries.tokens_of(tx.session, owner.id)[0]
    told = {
        "id": newest.id, "email": owner.email, "name": newest.name, "use": use, "until": until.isoformat(), "token": made,
    }  # fmt: skip
    answer(told, as_json=as_json, lines=[made] if use == API else [made, f"订阅地址 address: /calendar/{made}.ics"])


@token.command(name="list")
@click.argument("email")
@json_option
@speech.refusals()
def token_list(email: str, as_json: bool) -> None:
    """列出用户的令牌（不含令牌本身）。List a user's tokens, without the tokens themselves."""
    installation = opened()
    owner = _named(installation, email)
    with installation.reading() as session:
        found = queries.tokens_of(session, owner.id)
    told = [
        {
            "id": one.id,
            "name": one.name,
            "use": one.use,
            "created_at": one.created_at.isoformat(),
            "until": one.until_on.isoformat(),
            "revoked_at": one.revoked_at.isoformat() if one.revoked_at else None,
            "used_at": one.used_at.isoformat() if one.used_at else None,
        }
        for one in found
    ]
    answer(
        told,
        as_json=as_json,
        lines=(f"{one['id']}  {one['name']}  至 until {one['until']}{_gone(one)}" for one in told),
    )


def _gone(one: dict[str, int | str | None]) -> str:
    return f"  已撤销 revoked {one['revoked_at']}" if one["revoked_at"] else ""


@token.command(name="revoke")
@click.argument("email")
@click.argument("token_id", metavar="ID", type=click.IntRange(1, 2**31 - 1))
@by_option
@json_option
@speech.refusals()
def token_revoke(email: str, token_id: int, by: str | None, as_json: bool) -> None:
    """撤销令牌，立即失效。Revoke a token; it stops at once."""
    installation = opened()
    owner = _named(installation, email)
    with installation.transaction(installation.actor(by)) as tx:
        access.revoke_token(tx, token_id=token_id, user_id=owner.id)
    answer(
        {"id": token_id, "email": owner.email, "revoked": True}, as_json=as_json, lines=[f"{token_id} 已撤销 revoked"]
    )


def _named(installation: Installation, email: str) -> UserFacts:
    """The user that a command names; refuses `unknown_user`."""
    with installation.reading() as session:
        found = queries.user_by_email(session, email)
    if found is None:
        raise queries.unknown_user(email)
    return found
