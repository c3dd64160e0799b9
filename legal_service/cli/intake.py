"""Commands of intake: sample and import."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path
from typing import Any

import click

from legal_service.cli import speech
from legal_service.cli.options import DAY, answer, by_option, json_option, opened, watching
from legal_service.errors import Refusal, Words
from legal_service.tasks import TASKS
from legal_service.worker import run_now

EARLIEST, LATEST = 1990, 2099
"""The years a synthetic tape may be drawn for: lives and loans around them must fit the calendar."""


@click.command()
@click.option("--loans", required=True, type=click.IntRange(1, 1_000_000))
@click.option("--seed", required=True, type=int)
@click.option("--as-of", "as_of", required=True, type=DAY)
@click.option("--out", "out", required=True, type=click.Path(file_okay=False, path_type=Path))
@json_option
@speech.refusals()
def sample(loans: int, seed: int, as_of: date, out: Path, as_json: bool) -> None:
    """生成逼真的虚构贷款清单。Write a synthetic, realistic loan tape."""
    from legal_service.intake.sample.files import write_sample

    if not EARLIEST <= as_of.year <= LATEST:
        raise Refusal(
            "date_out_of_range",
            Words(
                zh=f"--as-of 应在 {EARLIEST} 至 {LATEST} 年之间。", en=f"--as-of: a year from {EARLIEST} to {LATEST}."
            ),
        )
    with watching("生成样例 sample") as watch:
        written = write_sample(out, loans=loans, seed=seed, as_of=as_of, progress=watch)
    answer(written, as_json=as_json, lines=[f"{out}: {loans} 笔 loans"])


def _digest(path: Path) -> str:
    """What distinguishes one tape from another at the same path: names, sizes and times of its files."""
    files = sorted(path.rglob("*")) if path.is_dir() else [path]
    told = [f"{one.name}:{one.stat().st_size}:{one.stat().st_mtime_ns}" for one in files if one.is_file()]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


@click.command(name="import")
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option("--mapping", default=None, help="映射名称或 YAML 文件 mapping name or YAML file")
@click.option("--dry-run", is_flag=True, help="只核对不写入 check only")
@click.option("--skip-refused", is_flag=True, help="跳过有误的行 write the clean rows whose parents are clean")
@by_option
@json_option
@speech.refusals()
def import_tape(
    path: Path, mapping: str | None, dry_run: bool, skip_refused: bool, by: str | None, as_json: bool
) -> None:
    """导入贷款清单：先逐行核对，再整体写入。Import a loan tape: doubted row by row, then written whole."""
    installation = opened()
    arguments: dict[str, Any] = {
        "path": str(path.resolve()),
        "tape": _digest(path),
        "mapping": str(Path(mapping).resolve()) if mapping and Path(mapping).is_file() else mapping,
        "dry_run": dry_run,
        "skip_refused": skip_refused,
    }
    with watching("导入 import") as watch:
        outcome = run_now(
            installation, actor=installation.actor(by), kind="import", arguments=arguments, tasks=TASKS, watch=watch
        )
    outcome = outcome | {"findings": [_read(finding) for finding in outcome["findings"]]}
    answer(outcome, as_json=as_json, lines=_lines(outcome))
    if any(finding["severity"] == "error" for finding in outcome.get("findings", [])):
        raise SystemExit(1)


def _read(finding: dict[str, str]) -> dict[str, str]:
    """A finding of the job in the reader's language and the contract's shape."""
    spoken = {**finding, "message": finding["message_en"]} if speech.language() == "en" else finding
    return {key: value for key, value in spoken.items() if key != "message_en"}


def _lines(outcome: dict[str, Any]) -> list[str]:
    lines = [f"[{one['severity']}] {one['where']} {one['code']}: {one['message']}" for one in outcome["findings"]]
    counts = " ".join(f"{name}={outcome[name]}" for name in ("read", "created", "updated", "unchanged", "refused"))
    return [*lines, f"批次 batch={outcome['batch']} {counts}"]
