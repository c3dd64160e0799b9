"""`legal demo`: the main job on a synthetic portfolio, from loan tape to filed, redacted, verifiable package."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import click

from legal_service import config
from legal_service.access import queries as access_queries
from legal_service.cli import speech
from legal_service.cli.demo.people import introduce
from legal_service.cli.demo.steps import filed, packages, prepared, quarterly_return, severe
from legal_service.cli.demo.walk import AS_OF, COMPLIANCE, LAWYER, LOANS, SEED, Demo, say
from legal_service.installation import Installation
from legal_service.intake.sample.files import write_sample
from legal_service.vault.timestamps import files as timestamps

SETTINGS = """# 演示实例的设置 settings of the demonstration instance
[plaintiff]
ownership = "private"
[plaintiff.mediation]
informed = true
wanted = "yes"
"""


@contextmanager
def _authority(installation: Installation) -> Iterator[str]:
    """The local RFC 3161 demonstration authority, serving on loopback while the demonstration runs."""
    server = timestamps.authority_server("127.0.0.1", 0, installation.settings)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


@click.command()
@click.option("--out", "out", required=True, type=click.Path(file_okay=False, path_type=Path))
@speech.refusals()
def demo(out: Path) -> None:
    """用虚构样例走完全程。Walk the whole road on a synthetic portfolio."""
    began = time.monotonic()
    out = out.resolve()
    instance = out / "instance"
    instance.mkdir(parents=True, exist_ok=True)
    (instance / "config.toml").write_text(SETTINGS, encoding="utf-8")
    settings = replace(
        config.load(),
        instance=instance,
        database_url=f"sqlite:///{instance / 'service.db'}",
        store_url=f"file://{instance / 'vault'}",
        plaintiff={"ownership": "private", "mediation": {"informed": True, "wanted": "yes"}},
    )
    base = Installation(settings)
    base.initialise()
    with _authority(base) as url:
        walk = Demo(Installation(replace(settings, tsa_url=url)), out)
        say(
            "1 实例与用户 instance and users",
            f"{instance}",
            f"律师 lawyer {LAWYER} · 合规 compliance {COMPLIANCE} · 时间戳机构（演示）TSA {url}",
            "每个角色一个登录，密码见 one log-in per role, passwords in instance/keys/demo-logins.json",
        )
        introduce(walk.installation)
        _portfolio(walk)
        loans = severe(walk)
        case_nos = [prepared(walk, loan_no) for loan_no in loans]
        filed(walk, case_nos)
        packages(walk, case_nos[0])
        quarterly_return(walk)
        _audit(walk.installation)
    say(
        "完成 done",
        f"用时 {time.monotonic() - began:.0f} 秒 seconds；全部产物在 everything is in {out}",
        "打开网页 open the web interface: make serve  → http://127.0.0.1:8080/",
        "核对证据包 verify a package: .venv/bin/legal package verify demo-out/packages/…zip --ca demo-out/instance/keys/tsa/ca.pem",
    )


def _portfolio(walk: Demo) -> None:
    tape = walk.out / "tape"
    if not (tape / "loans.csv").is_file():
        write_sample(tape, loans=LOANS, seed=SEED, as_of=AS_OF, progress=lambda done, total, text: None)
    say("2 虚构贷款清单 synthetic loan tape", f"{tape}（{LOANS} 笔 loans，seed {SEED}，截至 as of {AS_OF}）")
    found = walk.run("import", LAWYER, path=str(tape), tape="demo", mapping=None, dry_run=False, skip_refused=False)
    doubts = [one for one in found["findings"] if one["severity"] == "doubt"]
    errors = [one for one in found["findings"] if one["severity"] == "error"]
    say(
        "3 导入 import",
        f"读 read {found['read']} 新增 created {found['created']} 未变 unchanged {found['unchanged']} 疑点 doubts {len(doubts)} 错误 errors {len(errors)}",
        *(f"疑点 {one['where']}: {one['message']}" for one in doubts[:3]),
    )
    swept = walk.run("sweep", LAWYER, as_of=AS_OF.isoformat())
    tiers = "  ".join(f"{tier} {count}" for tier, count in swept["tiers"].items())
    say("4 逾期评级 sweep", f"{swept['loans']} 笔 loans：{tiers}")


def _audit(installation: Installation) -> None:
    with installation.reading() as session:
        broken, count = access_queries.walk_trail(session)
    say("9 审计日志 audit trail", f"{count} 条 entries，{'完好 intact' if broken is None else broken}")
