"""Commands of webhooks: webhook add, list, stop, resume, rotate, test, deliveries, deliver."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

import click

from legal_service.cli import speech
from legal_service.cli.options import answer, by_option, json_option, opened
from legal_service.webhooks import events as table
from legal_service.webhooks import operations, queries
from legal_service.webhooks.facts import DeliveryFacts, WebhookFacts

WEBHOOK = click.argument("webhook_id", metavar="ID", type=int)
ONCE = "密钥仅显示这一次，请交给接收方妥善保管 / the secret is shown this once"


@click.group()
def webhook() -> None:
    """事件推送：把案件、期限、文书的进展签名后通知合作系统。Webhooks: partners' systems are told what happened."""


@webhook.command(name="add")
@click.argument("url")
@click.option("--events", required=True, metavar="A,B", help=f"逗号分隔 comma-separated: {' '.join(table.NAMES)}")
@by_option
@json_option
@speech.refusals()
def webhook_add(url: str, events: str, by: str | None, as_json: bool) -> None:
    """从现在起通知一个地址，并显示签名密钥（仅此一次）。Tell an address from now on, and show its secret once."""
    installation = opened()
    with installation.transaction(installation.actor(by)) as tx:
        number, secret = operations.create_webhook(tx, url=url, events=events.split(","))
    answer({"webhook": number, "secret": secret}, as_json=as_json, lines=[f"推送 webhook {number}", secret, ONCE])


@webhook.command(name="list")
@json_option
@speech.refusals()
def webhook_list(as_json: bool) -> None:
    """列出推送及其状态。List webhooks and how they stand."""
    with opened().reading() as session:
        found = queries.webhooks(session)
    answer([_told(one) for one in found], as_json=as_json, lines=map(_line, found))


@webhook.command(name="deliveries")
@WEBHOOK
@click.option("--before", type=int, default=None, metavar="SEQ", help="自此序号之前 older than this seq")
@click.option("--most", type=click.IntRange(1, 500), default=50, show_default=True)
@json_option
@speech.refusals()
def webhook_deliveries(webhook_id: int, before: int | None, most: int, as_json: bool) -> None:
    """列出一个推送的各次通知，新的在前。List the deliveries of a webhook, newest first."""
    with opened().reading() as session:
        found = queries.deliveries(session, webhook_id, before=before, most=most)
    answer([_told(one) for one in found], as_json=as_json, lines=map(_delivery_line, found))


@webhook.command(name="stop")
@WEBHOOK
@by_option
@json_option
@speech.refusals()
def webhook_stop(webhook_id: int, by: str | None, as_json: bool) -> None:
    """停用；位置与未送达的通知保留。Stop; its place and what waits are kept."""
    installation = opened()
    with installation.transaction(installation.actor(by)) as tx:
        stopped = operations.stop_webhook(tx, webhook_id=webhook_id)
    told = "已停用 stopped" if stopped else "此前已停用 stopped before"
    answer({"webhook": webhook_id, "stopped": stopped}, as_json=as_json, lines=[f"推送 webhook {webhook_id} {told}"])


@webhook.command(name="resume")
@WEBHOOK
@by_option
@json_option
@speech.refusals()
def webhook_resume(webhook_id: int, by: str | None, as_json: bool) -> None:
    """从停下之处继续；对在用的推送则为尽快重试。Go on from where it stood, or try again soon."""
    installation = opened()
    with installation.transaction(installation.actor(by)) as tx:
        operations.resume(tx, webhook_id=webhook_id)
    answer(
        {"webhook": webhook_id, "active": True}, as_json=as_json, lines=[f"推送 webhook {webhook_id} 已恢复 resumed"]
    )


@webhook.command(name="rotate")
@WEBHOOK
@by_option
@json_option
@speech.refusals()
def webhook_rotate(webhook_id: int, by: str | None, as_json: bool) -> None:
    """更换密钥；旧密钥再并行签名 24 小时。A new secret; the former signs beside it for a day."""
    installation = opened()
    with installation.transaction(installation.actor(by)) as tx:
        secret = operations.rotate_secret(tx, webhook_id=webhook_id)
    answer({"webhook": webhook_id, "secret": secret}, as_json=as_json, lines=[secret, ONCE])


@webhook.command(name="test")
@WEBHOOK
@by_option
@json_option
@speech.refusals()
def webhook_test(webhook_id: int, by: str | None, as_json: bool) -> None:
    """排入一个 ping 事件。Queue a ping."""
    installation = opened()
    with installation.transaction(installation.actor(by)) as tx:
        operations.send_test(tx, webhook_id=webhook_id)
    answer({"webhook": webhook_id, "event": table.PING}, as_json=as_json, lines=[f"ping → 推送 webhook {webhook_id}"])


@webhook.command(name="deliver")
@json_option
@speech.refusals()
def webhook_deliver(as_json: bool) -> None:
    """送一轮（供 cron；任务进程本就会送）。One round of deliveries, for cron; the worker does it by itself."""
    installation = opened()
    done = operations.deliver_due(installation.database, institution_id=installation.institution_id)
    answer(
        asdict(done),
        as_json=as_json,
        lines=[
            f"新增 announced {done.announced}  送达 delivered {done.delivered}  未送达 failed {done.failed}  停用 stopped {done.stopped}"
        ],
    )


def _told(facts: WebhookFacts | DeliveryFacts) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in asdict(facts).items()}


def _line(one: WebhookFacts) -> str:
    state = "在用 active" if one.active else f"停用 stopped: {one.stopped_because}"
    return f"{one.id}  {state}  待送 waiting {one.waiting}  {one.url}  {','.join(one.events)}"


def _delivery_line(one: DeliveryFacts) -> str:
    status = "—" if one.answered is None else str(one.answered)
    return f"{one.event_id}  {one.event}  {one.status}  第 {one.attempts} 次 attempts  HTTP {status}"
