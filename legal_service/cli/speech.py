"""How the command line speaks: one JSON document on stdout, everything else on stderr, exit 1 for a refusal.

Every command that may refuse is decorated `@speech.refusals()`; a click usage error exits 2 by itself.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager

import click
from environs import EnvError

from legal_service import config
from legal_service.database import SealBroken
from legal_service.errors import Findings, Language, Refusal, Words


def language() -> Language:
    """The reader's language; Chinese when the settings cannot be read (`legal config check` says what is wrong there)."""
    try:
        return config.load().language
    except (EnvError, Refusal, OSError):
        return "zh"


def emit(document: object) -> None:
    """Print the one JSON document of a command, in UTF-8 whatever the terminal's locale."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=2).encode())


def emit_line(document: object) -> None:
    """Print one line of a JSON-lines answer."""
    click.echo(json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode())


@contextmanager
def refusals() -> Iterator[None]:
    """Turn a `Refusal` or `Findings` into the contract's JSON and exit 1; works as decorator and as `with`."""
    try:
        yield
    except Refusal as refusal:
        emit({"refusal": refusal.as_json(language())})
        raise SystemExit(1) from refusal
    except Findings as findings:
        tongue = language()
        emit({"findings": [finding.as_json(tongue) for finding in findings.findings]})
        raise SystemExit(1) from findings
    except SealBroken as broken:
        emit({"refusal": _sealed(broken).as_json(language())})
        raise SystemExit(1) from broken
    except EnvError as wrong:
        emit(
            {
                "refusal": Refusal(
                    "bad_settings", Words(zh=f"设置有误：{wrong}", en=f"wrong settings: {wrong}")
                ).as_json(language())
            }
        )
        raise SystemExit(1) from wrong
    except BrokenPipeError:
        raise  # whoever read our answer has left: click ends quietly
    except OSError as failure:
        emit({"refusal": _unusable(failure).as_json(language())})
        raise SystemExit(1) from failure


def _sealed(broken: SealBroken) -> Refusal:
    """A personal value that cannot be opened: the wrong key, or a row that somebody altered."""
    return Refusal(
        "seal_broken",
        Words(
            zh=f"个人信息无法解密（{broken}）：请恢复原来的 field.keys 或 LEGAL_FIELD_KEYS；密钥无误则数据已被改动。",
            en=f"personal data cannot be opened ({broken}): restore the former field.keys or LEGAL_FIELD_KEYS; with the right key, the row was altered.",
        ),
        "个人信息保护法 第五十一条",
    )


def _unusable(failure: OSError) -> Refusal:
    """A file or folder that the system will not let us read or write: absent, full, read-only, not ours."""
    place, told = failure.filename or "", failure.strerror or type(failure).__name__
    return Refusal(
        "file_unusable",
        Words(zh=f"无法读写文件或目录 {place}：{told}", en=f"the file or folder {place} cannot be used: {told}"),
    )
