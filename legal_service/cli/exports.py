"""Commands of exports: package build, list and verify, grant create and revoke."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from legal_service import clock, labels
from legal_service.accounts import files as written
from legal_service.cli import speech
from legal_service.cli.options import DAY, answer, by_option, json_option, opened, today_option, watching
from legal_service.errors import Refusal, Words
from legal_service.evidence import files as drawer
from legal_service.exports import operations, queries
from legal_service.exports.packages import PackageFacts
from legal_service.redaction.kinds import Audience
from legal_service.tasks import TASKS
from legal_service.worker import run_now


@click.group()
def package() -> None:
    """证据包。Evidence packages."""


@package.command(name="build")
@click.argument("case_no")
@click.argument("kind", metavar="PACKAGE")
@click.option("--audience", required=True, type=click.Choice([one.value for one in Audience]))
@click.option("--to", "recipient", default="", metavar="EMAIL", help="接收人 recipient")
@today_option("--on", "证据包日期 date of the package")
@click.option("--out", "out", required=True, type=click.Path(file_okay=False, path_type=Path))
@by_option
@json_option
@speech.refusals()
def package_build(
    case_no: str, kind: str, audience: str, recipient: str, on: date, out: Path, by: str | None, as_json: bool
) -> None:
    """为一名接收人制作证据包：脱敏、装订、加时间戳、过泄漏检查。Build the package of a case for one reader."""
    installation = opened()
    arguments = {
        "case_no": case_no,
        "package": kind,
        "audience": audience,
        "recipient": recipient.strip().lower(),
        "on": on.isoformat(),
    }
    with watching("证据包 package") as watch:
        outcome = run_now(
            installation, actor=installation.actor(by), kind="package", arguments=arguments, tasks=TASKS, watch=watch
        )
    path = out / f"{outcome['package_id']}.zip"
    written.write(path, installation.store.get(outcome["sha256"]))
    gaps = [f"  缺 missing: {gap['title']}（{gap['how_to_mend']}）" for gap in outcome["gaps"]]
    answer(
        {**outcome, "path": str(path)},
        as_json=as_json,
        lines=[
            str(path),
            f"  sha256 {outcome['sha256']}  {outcome['pages']} 页 pages  未提供 withheld {outcome['withheld']}",
            *gaps,
        ],
    )


@package.command(name="list")
@click.argument("case_no")
@json_option
@speech.refusals()
def package_list(case_no: str, as_json: bool) -> None:
    """列出案件的证据包、下载授权与下载记录。List the packages of a case with their grants and downloads."""
    today = clock.today()
    with opened().reading() as session:
        found = queries.packages_of(session, case_no)
    answer(
        {"packages": [_package_json(one, today) for one in found]},
        as_json=as_json,
        lines=[line for one in found for line in _package_lines(one, today)],
    )


def _package_json(one: PackageFacts, today: date) -> dict[str, Any]:
    return {
        "package_id": one.package_id,
        "recipient": one.recipient,
        "dated": one.dated.isoformat(),
        "sha256": one.sha256,
        "size": one.size,
        "policy_version": one.policy_version,
        "withheld": one.withheld,
        "built_by": one.built_by,
        "grants": [
            {"grant": each.id, "to": each.recipient, "until": each.until_on.isoformat(), "state": each.state(today)}
            for each in one.grants
        ],
        "downloads": [{"by": each.by, "at": each.at.isoformat(), "grant": each.grant_id} for each in one.downloads],
    }


def _package_lines(one: PackageFacts, today: date) -> list[str]:
    return [
        f"{one.package_id}  → {one.recipient or '—'}  {one.size} B  sha256 {one.sha256}",
        *(
            f"  授权 grant {each.id} → {each.recipient} 至 until {each.until_on}  "
            f"{labels.label('grant_state', each.state(today)).read(speech.language())}"
            for each in one.grants
        ),
        *(f"  下载 download {each.at:%Y-%m-%d %H:%M} {each.by}" for each in one.downloads),
    ]


@package.command(name="verify")
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--ca",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    default=None,
    help="信任的时间戳机构根证书 PEM",
)
@json_option
@speech.refusals()
def package_verify(path: Path, ca: Path | None, as_json: bool) -> None:
    """在任何地方核对证据包，不需要数据库。Verify a package anywhere, without a database."""
    try:
        found: dict[str, Any] = drawer.verify(path, ca.read_bytes() if ca else None)
    except ValueError as failure:
        raise Refusal(
            "bad_ca", Words(zh=f"--ca 文件不含 PEM 证书：{failure}", en=f"--ca holds no PEM certificate: {failure}")
        ) from failure
    stamp = found["timestamp"]
    lines = [
        f"{'完好 intact' if found['ok'] else '有问题 problems'}  {found['files']} 个文件 files  {found['pages']} 页 pages",
        f"时间戳 timestamp: ok={stamp['ok']} trusted={stamp['trusted']} {stamp['at']} {stamp['by']}",
        *(f"✗ {one['file']} {one['code']}: {one['message']}" for one in found["problems"]),
    ]
    answer(found, as_json=as_json, lines=lines)
    if not found["ok"]:
        raise SystemExit(1)


@click.group()
def grant() -> None:
    """下载授权。Download grants."""


@grant.command(name="create")
@click.argument("package_id")
@click.option("--to", "recipient", required=True, metavar="EMAIL")
@click.option("--until", required=True, type=DAY)
@by_option
@json_option
@speech.refusals()
def grant_create(package_id: str, recipient: str, until: date, by: str | None, as_json: bool) -> None:
    """授权一人在期限内下载一个证据包。Let one person download one package until a date."""
    installation = opened()
    with installation.transaction(installation.actor(by)) as tx:
        number = operations.create_grant(tx, package_id=package_id, recipient=recipient, until=until)
    answer(
        {"grant": number, "package_id": package_id, "to": recipient.lower(), "until": until.isoformat()},
        as_json=as_json,
        lines=[f"{package_id} → {recipient} 至 until {until}"],
    )


@grant.command(name="revoke")
@click.argument("grant_id", type=int)
@by_option
@json_option
@speech.refusals()
def grant_revoke(grant_id: int, by: str | None, as_json: bool) -> None:
    """撤销一项下载授权；已下载的记录保留。Take a grant back; what was downloaded stays on record."""
    installation = opened()
    with installation.transaction(installation.actor(by)) as tx:
        operations.revoke_grant(tx, grant_id=grant_id)
    answer({"grant": grant_id, "state": "revoked"}, as_json=as_json, lines=[f"授权 grant {grant_id} 已撤销 revoked"])
