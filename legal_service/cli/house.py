"""Commands of the house itself: init, config, audit."""

from __future__ import annotations

import click

from legal_service import config
from legal_service.access import queries
from legal_service.cli import speech
from legal_service.cli.options import answer, json_option, opened
from legal_service.installation import installed
from legal_service.vault.queries import verify_custody


@click.command()
@json_option
@speech.refusals()
def init(as_json: bool) -> None:
    """建立或升级实例：密钥、数据库、证据库。Create or upgrade keys, database and store; idempotent."""
    done = installed().initialise()
    words = f"实例就绪 instance ready: {done['instance']}（新建密钥 keys made: {', '.join(map(str, done['keys_made'])) or '无 none'}）"  # type: ignore[call-overload]
    answer(done, as_json=as_json, lines=[words])


@click.group(name="config")
def configuration() -> None:
    """设置。Settings."""


@configuration.command(name="check")
@json_option
@speech.refusals()
def config_check(as_json: bool) -> None:
    """说明已设、未设与不宜用于生产的设置。What is set, what is missing, what is unsafe for production."""
    from legal_service.cli.settings_check import check

    rows = check(config.load())
    answer(
        {"settings": rows},
        as_json=as_json,
        lines=(f"{row['state']:<8} {row['name']:<22} {row['says']}" for row in rows),
    )
    if any(row["state"] == "missing" for row in rows):
        raise SystemExit(1)


@click.group()
def audit() -> None:
    """审计日志。The audit trail."""


@audit.command(name="verify")
@json_option
@speech.refusals()
def audit_verify(as_json: bool) -> None:
    """逐条核对审计与保管链，指出第一处断裂。Walk the audit and custody chains; name the first broken link."""
    with opened().reading() as session:
        broken, count = queries.walk_trail(session)
        custody = verify_custody(session)
    if broken is None and custody:
        findings = [one.as_json(speech.language()) for one in custody]
        answer(
            {"ok": False, "entries": count, "custody": findings}, as_json=as_json, lines=(str(one) for one in findings)
        )
        raise SystemExit(1)
    if broken is None:
        answer({"ok": True, "entries": count}, as_json=as_json, lines=[f"完好 intact: {count}"])
        return
    document = {"ok": False, "entries": count, "first_broken": {"seq": broken.seq, "code": broken.code}}
    answer(document, as_json=as_json, lines=[f"断裂 broken at {broken.seq}: {broken.code}"])
    raise SystemExit(1)
