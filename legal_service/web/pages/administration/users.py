"""Users: adding, changing, one-time passwords, closing. Nobody closes himself or the last administrator."""

from __future__ import annotations

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from legal_service.access import operations, permissions, queries
from legal_service.database import Transaction
from legal_service.errors import Refusal, Words
from legal_service.statuses import status_of
from legal_service.web import forms, reader
from legal_service.web.forms import Done

EMAIL, NAME, ROLE = Words("邮箱", "E-mail"), Words("姓名", "Name"), Words("角色", "Role")


def show(refused: Refusal | None = None, given: tuple[str, str] | None = None) -> str:
    """The list, the form for a new one, and the table of who may do what; `given` is a one-time password, shown this once."""
    with reader.reading() as session:
        users = queries.users(session)
    return render_template(
        "administration/users.html",
        users=users,
        roles=permissions.ROLES,
        permissions=permissions.PERMISSIONS,
        refused=refused,
        given=given,
        me=reader.actor().email,
    )


def add() -> ResponseReturnValue:
    """Add a user, or change name and role of one; with a one-time password for who has none."""
    given: list[tuple[str, str]] = []

    def work(tx: Transaction) -> Done:
        email = forms.text("email", EMAIL)
        changed = operations.add_user(
            tx,
            email=email,
            role=forms.choice("role", ROLE, permissions.ROLES),
            name=forms.text("name", NAME, most=100),
        )
        user = queries.user_by_email(tx.session, email)
        if user is not None and not user.password_hash:
            given.append((user.email, operations.new_password(tx, email=user.email)))
        says = Words("用户已保存。", "User saved.") if changed else Words("没有变化。", "Nothing changed.")
        return Done(url_for("users"), says)

    return _shown_once(work, given)


def password(user_id: int) -> ResponseReturnValue:
    """Give a one-time password: the old one and all sessions of the user end."""
    given: list[tuple[str, str]] = []

    def work(tx: Transaction) -> Done:
        email = _email(tx, user_id)
        given.append((email, operations.new_password(tx, email=email)))
        return Done(url_for("users"), Words("已重置密码。", "Password reset."))

    return _shown_once(work, given)


def close(user_id: int) -> ResponseReturnValue:
    """Close an account: sessions and tokens end at once; what the person did stays in the trail."""

    def work(tx: Transaction) -> Done:
        operations.deactivate_user(tx, email=_email(tx, user_id))
        return Done(url_for("users"), Words("账号已停用。", "Account closed."))

    try:
        return forms.act(work)
    except Refusal as refused:
        return show(refused), status_of(refused.code)


def _email(tx: Transaction, user_id: int) -> str:
    user = queries.user_by_id(tx.session, user_id)
    if user is None:
        raise queries.unknown_user(str(user_id))
    return user.email


def _shown_once(work: forms.Work, given: list[tuple[str, str]]) -> ResponseReturnValue:
    try:
        done = forms.act_whole(work)
    except Refusal as refused:
        return show(refused), status_of(refused.code)
    return show(given=given[0]) if given else forms.follow(done)
