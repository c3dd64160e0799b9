"""The command line `legal`: one file per room, each a thin call of queries and operations. Commands load when called."""

from __future__ import annotations

import importlib
import sys

import click

COMMANDS: dict[str, tuple[str, str]] = {
    "init": ("legal_service.cli.house:init", "建立或升级实例 create or upgrade the instance"),
    "config": ("legal_service.cli.house:configuration", "设置 settings"),
    "user": ("legal_service.cli.users:user", "用户 users"),
    "token": ("legal_service.cli.users:token", "访问令牌 bearer tokens of the API"),
    "audit": ("legal_service.cli.house:audit", "审计日志 audit trail"),
    "serve": ("legal_service.cli.serving:serve", "网页服务 web interface, with a worker"),
    "worker": ("legal_service.cli.serving:worker", "任务进程 worker for jobs and events"),
    "demo": ("legal_service.cli.demo.command:demo", "演示全程 the whole road on a sample"),
    "sample": ("legal_service.cli.intake:sample", "虚构贷款清单 synthetic loan tape"),
    "import": ("legal_service.cli.intake:import_tape", "导入贷款清单 import a loan tape"),
    "sweep": ("legal_service.cli.accounts:sweep", "逾期评级 grade the portfolio"),
    "statement": ("legal_service.cli.accounts:statement", "欠款明细 statement of account"),
    "loan": ("legal_service.cli.loans:loan", "贷款：账面核对 loans: reconcile the lender's books"),
    "recommend": ("legal_service.cli.cases:recommend", "下一步建议 what to do next"),
    "case": ("legal_service.cli.cases:case", "案件 cases"),
    "settlement": ("legal_service.cli.cases:settlement", "庭外和解 settlement attempts"),
    "service": ("legal_service.cli.cases:service", "送达 service of papers"),
    "enforcement": ("legal_service.cli.enforcement:enforcement", "执行与保全 preservation and enforcement"),
    "docket": ("legal_service.cli.docket:docket", "案件日程 deadlines"),
    "evidence": ("legal_service.cli.evidence:evidence", "证据 evidence"),
    "filing": ("legal_service.cli.filings:filing", "文书 filings"),
    "template": ("legal_service.cli.filings:template", "文书模板 templates"),
    "package": ("legal_service.cli.exports:package", "证据包 evidence packages"),
    "grant": ("legal_service.cli.exports:grant", "下载授权 download grants"),
    "report": ("legal_service.cli.reports:report", "监管报表 returns"),
    "detect": ("legal_service.cli.redaction:detect", "识别个人信息 find personal data"),
    "redact": ("legal_service.cli.redaction:redact", "脱敏 redact a file"),
    "leakcheck": ("legal_service.cli.redaction:leakcheck", "泄漏检查 leak gate"),
    "webhook": ("legal_service.cli.webhooks:webhook", "事件推送 webhooks"),
    "law": ("legal_service.cli.law:law", "法律计算 law as data"),
}
"""Command → where it is written, and its line in `legal --help`."""


class LazyGroup(click.Group):
    """A group whose commands are imported when they are asked for: `legal --help` needs no renderer and no database."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name][0].partition(":")
        command = getattr(importlib.import_module(module), name)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, told) for name, (_, told) in COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="legal-service")
def legal() -> None:
    """惠民贷 legal escalation and document service: from a loan tape to a filed, redacted, verifiable package."""


def main() -> None:
    """The console script. Exit 0 done, 1 refused or failed, 2 wrong usage."""
    from sqlalchemy.exc import DatabaseError, OperationalError

    from legal_service.cli import speech
    from legal_service.errors import Refusal, Words

    try:
        legal.main(prog_name="legal")
    except DatabaseError as failure:
        if type(failure) not in (
            OperationalError,
            DatabaseError,
        ):  # the others are mistakes of ours, not of the database
            raise
        told = str(failure.orig).splitlines()[0][:200]
        refusal = Refusal(
            "database_unavailable", Words(zh=f"数据库不可用：{told}", en=f"the database is not available: {told}")
        )
        speech.emit({"refusal": refusal.as_json(speech.language())})
        sys.exit(1)
