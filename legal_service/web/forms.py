"""Forms: read field by field, done once whatever the reader clicks, and never lost with an expired session.

A form carries two hidden fields: the CSRF token, and `once`, a random number made with the page. An act done under one
`once` with the same contents is not done again: the answer kept in its transaction is given instead.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from flask import Flask, Response, flash, redirect, request
from flask_wtf.csrf import generate_csrf, validate_csrf
from markupsafe import Markup
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import HTTPException

from legal_service.access import operations, queries
from legal_service.database import Transaction
from legal_service.errors import Refusal, Words
from legal_service.web import reader

NOT_KEPT = ("csrf_token", "once", "kept_to")
SECRET = ("password", "again", "old")
MOST_KEPT, LARGEST_KEPT = 1000, 200_000
POLICY = "机构内部规则：表单（house policy: forms）"


@dataclass(frozen=True, slots=True)
class Done:
    """What an act came to: where its result is seen, and what to say of it (no personal data: it rides in a cookie)."""

    location: str
    says: Words


def install(app: Flask) -> None:
    """Give the pages what their forms need."""
    app.context_processor(lambda: {"form_tokens": tokens, "entered": entered, "once_only": once_only})


Work = Callable[[Transaction], Done]
"""What a form does in its transaction."""


def once_only() -> str:
    """A number for one filling of one form."""
    return secrets.token_urlsafe(18)


def tokens() -> Markup:
    """The hidden fields that every form carries."""
    return Markup(
        '<input type="hidden" name="csrf_token" value="{}"><input type="hidden" name="once" value="{}">'
    ).format(generate_csrf(), _once_sent() or once_only())


def _once_sent() -> str:
    """Empty when what was sent cannot be read: the page that says so carries forms of its own."""
    try:
        return request.form.get("once", "")
    except HTTPException:
        return ""


def entered(name: str, otherwise: object = "") -> str:
    """What the reader had entered in a field of a refused form; else what the field starts with."""
    return request.form[name] if request.method == "POST" and name in request.form else str(otherwise)


def act(work: Work) -> Response:
    """Do the form's work in one transaction, once, and lead to its result (303, so that reloading repeats nothing)."""
    return follow(act_whole(work))


def act_whole(work: Work) -> Done:
    """As `act`, answering what was done: for pages that show the result once (a password, a token)."""
    key = _key()
    with reader.transaction() as tx:
        kept = queries.kept_answer(tx.session, asked_by=tx.actor.email, key=key) if key else None
        if kept is not None:
            was = json.loads(kept.body)
            return Done(
                was["location"], Words(zh="此前已经办理，未重复办理。", en="Already done before; not done again.")
            )
        done = work(tx)
        if key:
            operations.keep_answer(
                tx, key=key, request_sha256=key[-64:], status=303, body=json.dumps({"location": done.location})
            )
    return done


def follow(done: Done) -> Response:
    """To the result, with what is said of it."""
    say(done.says)
    answer = redirect(done.location, 303)
    assert isinstance(answer, Response)
    return answer


def say(words: Words) -> None:
    """Say something on the next page."""
    flash(f"{words.zh}\n{words.en}", "done")


def _key() -> str:
    once = request.form.get("once", "")[:40]
    if not once:
        return ""
    fields = sorted((name, value) for name, value in request.form.items(multi=True) if name not in NOT_KEPT)
    sent = sorted((name, one.filename or "", _digest(one)) for name, one in request.files.items(multi=True))
    told = json.dumps([request.path, fields, sent], ensure_ascii=False)
    return f"web:{once}:{hashlib.sha256(told.encode()).hexdigest()}"


def _digest(sent: FileStorage) -> str:
    """What a file's content is recognised by: another file in the same form, after the browser's Back, is another act."""
    found = hashlib.file_digest(sent.stream, "sha256").hexdigest()  # type: ignore[arg-type]
    sent.stream.seek(0)
    return found


def text(name: str, label: Words, *, most: int = 200, required: bool = True) -> str:
    """A line of text; refuses `bad_field` when missing or too long, naming the field."""
    value = request.form.get(name, "").strip()
    if required and not value:
        raise bad_field(name, label, Words(zh="必填", en="is required"))
    if len(value) > most or "\x00" in value:
        raise bad_field(name, label, Words(zh=f"最多 {most} 个字", en=f"has at most {most} characters"))
    return value


def day(name: str, label: Words, *, required: bool = True) -> date | None:
    """A date as 2026-11-23; refuses `bad_field`."""
    value = request.form.get(name, "").strip()
    if not value and not required:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise bad_field(
            name, label, Words(zh="应为 2026-11-23 这样的日期", en="must be a date like 2026-11-23")
        ) from None


def the_day(name: str, label: Words) -> date:
    """A date that must be given."""
    found = day(name, label)
    assert found is not None
    return found


def choice(name: str, label: Words, options: Collection[str]) -> str:
    """One of the options; refuses `bad_field`."""
    value = request.form.get(name, "")
    if value not in options:
        raise bad_field(name, label, Words(zh="请从所列选项中选择", en="must be one of the options listed"))
    return value


def file(name: str, label: Words) -> FileStorage:
    """An uploaded file; refuses `bad_field` when none was chosen."""
    found = request.files.get(name)
    if found is None or not found.filename:
        raise bad_field(name, label, Words(zh="请选择文件", en="needs a file"))
    return found


def unchanged(version: int) -> None:
    """Refuse `stale_page` when the thing was changed by somebody after this page was made (hidden field `version`)."""
    if request.form.get("version", "") != str(version):
        raise Refusal(
            "stale_page",
            Words(
                zh="您打开本页之后，他人（或您的另一窗口）已变更本案。以下已是最新内容，您填写的内容保留在表单中，请核对后再提交。",
                en="Somebody (or another window of yours) changed this case after you opened the page. What you see now is current; your entries are kept in the form. Check and submit again.",
            ),
            POLICY,
        )


def bad_field(name: str, label: Words, rule: Words) -> Refusal:
    """The refusal of one field, by its name on the page."""
    refusal = Refusal("bad_field", Words(zh=f"「{label.zh}」{rule.zh}。", en=f"“{label.en}” {rule.en}."), POLICY)
    refusal.field = name  # type: ignore[attr-defined]
    return refusal


def kept(under: str = "") -> list[tuple[str, str]]:
    """The fields of the form that came, to be given back to the reader; passwords and tokens are not among them.

    `under` is what stands before the names of fields that a form carries for another one.
    """
    came = [
        (name.removeprefix(under), value) for name, value in request.form.items(multi=True) if name.startswith(under)
    ]
    fields = [(name, value) for name, value in came if name not in NOT_KEPT + SECRET]
    size = sum(len(name) + len(value) for name, value in fields)
    return fields if len(fields) <= MOST_KEPT and size <= LARGEST_KEPT else []


def from_here() -> bool:
    """Whether a form whose token was not read came from a page of this desk all the same.

    Another site can send a form too: were it kept, its fields would be laid before the reader as his own, to be sent on in
    his name. Every browser tells where a form comes from; what tells nothing is no browser.
    """
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site is not None:
        return site == "same-origin"
    return origin is None or urlsplit(origin).netloc.lower() == request.host.lower() or _token_holds()


def _token_holds() -> bool:
    """By plain http a browser sends no `Sec-Fetch-Site`, and our pages' forms name no origin; the token may still be good."""
    try:
        validate_csrf(request.form.get("csrf_token"))
    except ValueError:
        return False
    return True
