"""Signing in and out, and what becomes of a form whose session ran out: it is kept on the page and sent again after signing in."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Response, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from legal_service.errors import Refusal, Words
from legal_service.statuses import status_of
from legal_service.web import forms, navigation, reader, session


def start() -> ResponseReturnValue:
    """`/`: to the reader's first page."""
    return redirect(url_for(navigation.home()), 303)


def show() -> ResponseReturnValue:
    """The page; who is signed in already goes on."""
    reader.installation()
    if session.current() is not None:
        return redirect(_next(), 303)
    return _page()


def enter() -> ResponseReturnValue:
    """Sign in, and go where the reader was going; a form kept meanwhile is shown for sending again."""
    reader.installation()
    try:
        user = session.sign_in(request.form.get("email", "")[:200], request.form.get("password", "")[:200])
    except Refusal as refused:
        return _page(refused=refused, kept=_kept(), to=_to()), status_of(refused.code)
    if user.must_change:
        return redirect(url_for("password"), 303)
    if _kept() and _to():
        return render_template("resume.html", kept=_kept(), to=_to(), why="expired")
    return redirect(_next(), 303)


def leave() -> ResponseReturnValue:
    """Sign out."""
    session.sign_out()
    forms.say(Words("已退出登录。", "Signed out."))
    return redirect(url_for("sign_in"), 303)


def state() -> Response:
    """Until when the session lasts, for the page that warns of its end. Asking does not prolong it beyond the next page."""
    found = reader.signed()
    return jsonify(ends_at=found.ends_at.isoformat() if found.ends_at else None)


def keyboard() -> str:
    """The keys, for who cannot open the help by a key."""
    return render_template("keyboard.html")


def expired() -> ResponseReturnValue:
    """A form came without a session: sign in, nothing is lost. What another site sent is not kept."""
    if not forms.from_here():
        return _page(), 401
    return _page(kept=forms.kept(), to=request.path, files=bool(request.files)), 401


def form_expired() -> ResponseReturnValue:
    """A form came with a token of another session (signed in anew in another tab): shown for sending again, or refused."""
    if not forms.from_here():
        return _foreign(), 400
    if session.current() is None:
        return _page(kept=_kept() or ([] if request.path == url_for("sign_in") else forms.kept()), to=_to()), 400
    return render_template("resume.html", kept=forms.kept(), to=request.path, why="token"), 400


def _page(
    *,
    refused: Refusal | None = None,
    kept: list[tuple[str, str]] | None = None,
    to: str = "",
    files: bool = False,
) -> str:
    return render_template(
        "sign_in.html", refused=refused, kept=kept or [], to=to, files=files, next=request.values.get("next", "")
    )


def _foreign() -> str:
    if session.current() is None:
        return _page()
    says = Words(
        zh="该表单不是由本服务的页面提交的，未作任何改动。请在本服务中打开页面后再办。",
        en="This form was not sent from a page of this service and nothing was done. Open the page here and do it again.",
    )
    return render_template("message.html", status=400, code="foreign_form", says=says, basis=forms.POLICY, findings=())


def _kept() -> list[tuple[str, str]]:
    return forms.kept("kept.")


def _to() -> str:
    return local(request.form.get("kept_to", "")) or ""


def _next() -> str:
    return local(request.values.get("next", "")) or url_for("start")


def local(address: str) -> str | None:
    """An address of this desk, None for any other: no sign-in leads elsewhere.

    >>> local("/cases/LC-1?as_of=2026-01-01"), local("//evil.example"), local("https://evil.example"), local("/\\\\evil")
    ('/cases/LC-1?as_of=2026-01-01', None, None, None)
    """
    parts = urlsplit(address)
    plain = address.startswith("/") and not address.startswith("//") and "\\" not in address
    return address if plain and not parts.scheme and not parts.netloc and address.isprintable() else None
