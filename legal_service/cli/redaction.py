"""`legal detect`, `legal redact`, `legal leakcheck`: personal data found, taken out, and the proof that it is gone."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

import click

from legal_service.accounts.files import write
from legal_service.cli import speech
from legal_service.errors import Refusal, Words
from legal_service.redaction import files
from legal_service.redaction.copies import make_copy
from legal_service.redaction.detect import detect as found_in
from legal_service.redaction.gate import leaks
from legal_service.redaction.kinds import Audience
from legal_service.redaction.spans import KnownValue

CaseValues = Callable[[str], tuple[tuple[KnownValue, ...], bytes]]
"""From a case number to the known values of the case and the institution's pseudonym key for this use."""

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_known_option = click.option("--known", "known_file", type=_FILE, help='已知信息 JSON / {"known": [{"kind", "value"}]}')


@click.command("detect")
@click.argument("source", metavar="FILE.jsonl", type=click.File("rb"))
@speech.refusals()
def detect(source: BinaryIO) -> None:
    """Find personal data in texts, one JSON object a line."""
    for number, raw in enumerate(source, start=1):
        if raw.strip():
            speech.emit_line(_detected(raw, number))


def _detected(raw: bytes, number: int) -> dict[str, object]:
    try:
        asked = json.loads(raw.decode("utf-8-sig"))
        text, known = asked["text"], files.known_values(asked.get("known") or [])
        if not isinstance(text, str):
            raise TypeError("text")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Refusal(
            "line_unreadable",
            Words(
                zh=f"第 {number} 行无法读取（需要 id、text、known）。",
                en=f"line {number} cannot be read: it needs id, text and known",
            ),
        ) from error
    spans = [{"start": span.start, "end": span.end, "kind": span.kind.value} for span in found_in(text, known)]
    return {"id": asked.get("id"), "spans": spans}


def redact_command(case_values: CaseValues | None = None) -> click.Command:
    """The command `redact`; `case_values` looks up a case (without it `--case` is refused)."""

    @click.command("redact")
    @click.argument("source", metavar="FILE", type=_FILE)
    @click.option("--audience", required=True, type=click.Choice([audience.value for audience in Audience]))
    @click.option("--case", "case_no", help="案件编号 / take the known values of this case")
    @_known_option
    @click.option("--out", "target", required=True, type=click.Path(dir_okay=False, path_type=Path))
    @click.option(
        "--report",
        type=click.Path(dir_okay=False, path_type=Path),
        help="处理清单 / what was treated, without the values",
    )
    @speech.refusals()
    def command(
        source: Path, audience: str, case_no: str | None, known_file: Path | None, target: Path, report: Path | None
    ) -> None:
        """Write the copy of a file that an audience may have; refuse what cannot be proven clean."""
        _not_over(source, target, report)
        known = files.read_known(known_file) if known_file else ()
        key = b""
        if case_no is not None:
            if case_values is None:
                raise Refusal(
                    "not_initialised",
                    Words(zh="本机构尚未初始化，无法读取案件。", en="there is no instance to read a case from"),
                )
            of_case, key = case_values(case_no)
            known = (*of_case, *known)
        policy = files.policy_for(Audience(audience))
        copy = make_copy(source.name, source.read_bytes(), policy, known, key=key)
        write(target, copy.data)
        if report is not None:
            entries = [entry.as_json() for entry in copy.entries]
            document = {"audience": audience, "policy_version": policy.version, "redactions": entries}
            write(report, (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode())
        click.echo(f"{target}", err=True)

    return command


def _not_over(source: Path, target: Path, report: Path | None) -> None:
    """The original is evidence: a copy, or the list of what was taken out of it, never takes its place."""
    places = [source.resolve(), target.resolve(), *([report.resolve()] if report else [])]
    if len(set(places)) < len(places):
        raise Refusal(
            "same_file",
            Words(
                zh="原件、脱敏副本（--out）与处理清单（--report）须为不同的文件；原件不得被覆盖。",
                en="the original, the copy (--out) and the list (--report) must be different files; an original is never overwritten.",
            ),
            "机构内部规则：原件不得改动（house policy: originals are never altered）",
        )


@click.command("leakcheck")
@click.argument("sources", metavar="FILE…", type=_FILE, nargs=-1, required=True)
@_known_option
@click.option("--json", "as_json", is_flag=True, help="只在标准输出打印一个 JSON / exactly one JSON document on stdout")
@speech.refusals()
def leakcheck(sources: tuple[Path, ...], known_file: Path | None, as_json: bool) -> None:
    """Read finished files for personal data; exit 1 when anything leaks or cannot be read."""
    known = [(value.kind, value.value) for value in (files.read_known(known_file) if known_file else ())]
    found: list[dict[str, Any]] = [
        {"file": str(path), "leaks": [leak.as_json() for leak in leaks(path.name, path.read_bytes(), known)]}
        for path in sources
    ]
    clean = not any(entry["leaks"] for entry in found)
    if as_json:
        speech.emit({"ok": clean, "files": found})
    else:
        for line in _lines(found):
            click.echo(line)
    if not clean:
        raise SystemExit(1)


def _lines(found: list[dict[str, Any]]) -> Iterator[str]:
    for entry in found:
        for leak in entry["leaks"]:
            yield f"{leak['where']}: {leak['code']} {leak['kind'] or leak['why']}"
        if not entry["leaks"]:
            yield f"{entry['file']}: ok"


def _of_case(case_no: str) -> tuple[tuple[KnownValue, ...], bytes]:
    """What the instance knows of a case; imported late, because nothing else here needs one."""
    from legal_service.cli.options import opened
    from legal_service.exports.queries import known_values

    installation = opened()
    with installation.reading() as session:
        return known_values(session, case_no), bytes.fromhex(
            installation.database.keys.blind("pseudonym", f"redact:{case_no}")
        )


redact = redact_command(_of_case)
