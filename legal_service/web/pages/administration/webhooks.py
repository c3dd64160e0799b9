"""Webhooks: addresses of partners' systems that are told of events, their deliveries, and their secrets (shown once)."""

from __future__ import annotations

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from legal_service.database import Transaction
from legal_service.errors import Refusal, Words
from legal_service.statuses import status_of
from legal_service.web import forms, reader
from legal_service.web.forms import Done
from legal_service.webhooks import events, operations, queries

URL = Words("地址", "Address")


def show(refused: Refusal | None = None, given: str = "") -> str:
    """The list and the form for a new one; `given` is a secret just made, shown this once."""
    with reader.reading() as session:
        found = queries.webhooks(session)
    return render_template(
        "administration/webhooks.html", webhooks=found, events=events.EVENTS, refused=refused, given=given
    )


def one(webhook_id: int, refused: Refusal | None = None, given: str = "") -> str:
    """One webhook with its deliveries, newest first."""
    before = reader.asked_number("before")
    with reader.reading() as session:
        found = queries.webhook(session, webhook_id)
        made = queries.deliveries(session, webhook_id, before=before)
    return render_template(
        "administration/webhook.html",
        webhook=found,
        deliveries=made,
        more=made[-1].seq if len(made) == 50 else None,
        first=before is None,
        refused=refused,
        given=given,
    )


def add() -> ResponseReturnValue:
    """Add a webhook."""
    secret: list[str] = []

    def work(tx: Transaction) -> Done:
        url = forms.text("url", URL, most=500)
        secret.append(operations.create_webhook(tx, url=url, events=request.form.getlist("events"))[1])
        return Done(url_for("webhooks"), Words("已添加。", "Added."))

    try:
        done = forms.act_whole(work)
    except Refusal as refused:
        return show(refused), status_of(refused.code)
    return show(given=secret[0]) if secret else forms.follow(done)


def act(webhook_id: int, what: str) -> ResponseReturnValue:
    """Stop, resume, test, or give a new secret."""
    secret: list[str] = []

    def work(tx: Transaction) -> Done:
        here = url_for("webhook", webhook_id=webhook_id)
        if what == "stop":
            operations.stop_webhook(tx, webhook_id=webhook_id)
            return Done(here, Words("已停止推送。", "Stopped."))
        if what == "resume":
            operations.resume(tx, webhook_id=webhook_id)
            return Done(here, Words("已从停下的地方继续。", "Resumed from where it stood."))
        if what == "test":
            operations.send_test(tx, webhook_id=webhook_id)
            return Done(here, Words("测试事件已排队，由工作进程发送。", "A test event is waiting for the worker."))
        secret.append(operations.rotate_secret(tx, webhook_id=webhook_id))
        return Done(here, Words("已更换密钥。", "Secret changed."))

    try:
        done = forms.act_whole(work)
    except Refusal as refused:
        return one(webhook_id, refused), status_of(refused.code)
    return one(webhook_id, given=secret[0]) if secret else forms.follow(done)
