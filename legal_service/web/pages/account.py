"""One's own account: language, password, tokens for programs."""

from __future__ import annotations

from datetime import timedelta

from flask import redirect, render_template, request, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue

from legal_service import clock
from legal_service.access import operations, queries, tokens
from legal_service.database import Transaction
from legal_service.errors import Refusal, Words
from legal_service.statuses import status_of
from legal_service.web import forms, reader
from legal_service.web.forms import Done

NAME = Words("用途", "Purpose")
UNTIL = Words("有效至", "Valid until")
USE = Words("开放", "Opens")


def show(refused: Refusal | None = None, made: str = "") -> str:
    """The page; `made` is a token just made, shown this once."""
    today = clock.today()
    with reader.reading() as session:
        held = queries.tokens_of(session, reader.signed().user.id)
    feed = url_for("calendar_feed", token=made, _external=True) if made and held[0].use == tokens.CALENDAR else ""
    return render_template(
        "account.html",
        tokens=held,
        refused=refused,
        made=made,
        feed=feed,
        today=today,
        until=today + timedelta(days=90),
        uses=tokens.USES if reader.may("case.read") else (tokens.API,),
    )


def choose_language() -> ResponseReturnValue:
    """Keep the language with the account."""
    chosen = forms.choice("language", Words("语言", "Language"), tuple(reader.TONGUES))
    with reader.transaction() as tx:
        operations.set_language(tx, email=tx.actor.email, language=chosen)
    return redirect(url_for("me", lang=chosen), 303)


def switch_keys() -> ResponseReturnValue:
    """Switch the single-key commands on or off in this browser."""
    if forms.choice("keys", Words("单键操作", "Single keys"), ("on", "off")) == "off":
        cookie["keys_off"] = True
    else:
        cookie.pop("keys_off", None)
    return redirect(url_for("me"), 303)


def password(refused: Refusal | None = None) -> str:
    """The page for a new password."""
    return render_template("password.html", refused=refused, must=reader.signed().user.must_change)


def change_password() -> ResponseReturnValue:
    """Set a new password; every session of this account ends, this one too, and one signs in anew."""
    user = reader.signed().user
    try:
        if not operations.verify_password(user, request.form.get("old", "")[:200]):
            raise forms.bad_field("old", Words("现在的密码", "Present password"), Words("不对", "is wrong"))
        if request.form.get("password") != request.form.get("again"):
            raise forms.bad_field(
                "again", Words("再输一遍", "Once more"), Words("与新密码不同", "differs from the new password")
            )
        with reader.transaction() as tx:
            operations.set_password(tx, email=user.email, password=request.form.get("password", ""))
    except Refusal as refused:
        return password(refused), status_of(refused.code)
    return forms.follow(
        Done(url_for("sign_in"), Words("密码已修改，请用新密码登录。", "Password changed. Sign in with the new one."))
    )


def make_token() -> ResponseReturnValue:
    """Make a token; it is shown once."""
    made: list[str] = []

    def work(tx: Transaction) -> Done:
        name, until = forms.text("name", NAME, most=60), forms.the_day("until", UNTIL)
        use = forms.choice("use", USE, tokens.USES) if "use" in request.form else tokens.API
        made.append(operations.create_token(tx, user_id=reader.signed().user.id, name=name, until=until, use=use))
        return Done(url_for("me"), Words("令牌已生成。", "Token made."))

    try:
        done = forms.act_whole(work)
    except Refusal as refused:
        return show(refused), status_of(refused.code)
    return show(made=made[0]) if made else forms.follow(done)


def revoke_token(token_id: int) -> ResponseReturnValue:
    """Revoke one of one's own tokens."""

    def work(tx: Transaction) -> Done:
        operations.revoke_token(tx, token_id=token_id, user_id=reader.signed().user.id)
        return Done(url_for("me"), Words("令牌已撤销。", "Token revoked."))

    return forms.act(work)
