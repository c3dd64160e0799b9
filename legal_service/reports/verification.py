"""Checking a return without any database: every hash of the manifest, and the whole return made again from its cut.

`ok` says that the files are those the manifest names and follow from the cut. That nobody rewrote cut, return and manifest
together is told by comparing the manifest's SHA-256 with the audit trail (`report.make`) of the institution.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from legal_service.errors import Language, Refusal, Words
from legal_service.reports.cut import decode, digest
from legal_service.reports.production import CUT, FILES, MANIFEST, Press, issue_of, produce

PressOf = Callable[[str], Press]
"""The press of a return by its name; refuses a return this release does not have."""

ABSENT = "?"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with one file."""

    file: str
    code: str
    message: Words

    def as_json(self, language: Language) -> dict[str, str]:
        """`{"file", "code", "message"}`."""
        return {"file": self.file, "code": self.code, "message": self.message.read(language)}


def verify(files: Mapping[str, bytes], press_of: PressOf) -> list[Problem]:
    """Everything wrong with a return; nothing found means it is whole and re-runs to the same bytes. Never raises on rubbish."""
    lost = [_problem(name, "missing", "文件缺失", "the file is missing") for name in FILES if name not in files]
    if MANIFEST not in files:
        return lost
    try:
        told = json.loads(files[MANIFEST])
        issue, made_with = issue_of(told["issue"]), dict(told["made_with"])
        listed = {name: (one["sha256"], one["bytes"]) for name, one in told["files"].items()}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as failure:
        return [
            *lost,
            _problem(MANIFEST, "unreadable", f"清单无法读取：{failure}", f"the manifest cannot be read: {failure}"),
        ]
    if found := [*lost, *_hashes(files, listed)]:
        return found  # a re-run speaks of the files that the manifest names, and these are others
    try:
        press = press_of(decode(files[CUT]).head.name)
        if made_with.get("definition") != press.definition.version:
            return [_other_definition(made_with, press)]
        again = produce(files[CUT], _as_told(press, made_with), issue)
    except (ValueError, KeyError, TypeError, AttributeError) as failure:
        return [
            _problem(
                CUT, "unreadable", f"无法由数据截面重算：{failure}", f"it cannot be made again from the cut: {failure}"
            )
        ]
    except Refusal as refusal:
        return [Problem(CUT, refusal.code, refusal.reason)]
    here = {"definition": press.definition.version, "template": press.template.version, **press.versions}
    return list(_compared(files, again, _told_apart(made_with, here)))


def _as_told(press: Press, made_with: Mapping[str, Any]) -> Press:
    """This machine's press under the names of the one that made the return: only what it prints is compared."""
    template = replace(press.template, version=str(made_with.get("template", ABSENT)))
    return Press(press.definition, template, {name: str(made_with.get(name, ABSENT)) for name in press.versions})


def _hashes(files: Mapping[str, bytes], listed: Mapping[str, tuple[Any, Any]]) -> Iterator[Problem]:
    for name in FILES:
        if name == MANIFEST or name not in files:
            continue
        if name not in listed:
            yield _problem(name, "unlisted", "清单未列此文件", "the manifest does not list this file")
        elif (digest(files[name]), len(files[name])) != listed[name]:
            yield _problem(
                name,
                "hash_differs",
                "与清单所列哈希值不符：文件已被改动",
                "altered: it is not the file the manifest names",
            )


def _compared(files: Mapping[str, bytes], again: Mapping[str, bytes], apart: str) -> Iterator[Problem]:
    """The files that did not come out the same. The manifest names their hashes, so it is told only when it alone differs."""
    differing = [name for name in FILES if files[name] != again[name]]
    for name in differing:
        if name == MANIFEST and len(differing) > 1:
            continue
        yield _problem(
            name,
            "not_reproduced",
            f"由数据截面重新计算，得到的文件不同{apart and f'（版本不同：{apart}）'}",
            f"made again from the cut it comes out different{apart and f' (versions differ: {apart})'}",
        )


def _other_definition(made_with: Mapping[str, Any], press: Press) -> Problem:
    made, here = made_with.get("definition"), press.definition.version
    software = made_with.get("legal-service", ABSENT)
    return _problem(
        MANIFEST,
        "definition_differs",
        f"该报表按口径版本 {made} 制作，本机为 {here}；请用 legal-service {software} 重算。",
        f"made with definition {made}, here is {here}: re-run it with legal-service {software}.",
    )


def _told_apart(made_with: Mapping[str, Any], here: Mapping[str, str]) -> str:
    return ", ".join(
        f"{name} {str(made_with.get(name, ABSENT))[:20]} → {version[:20]}"
        for name, version in here.items()
        if made_with.get(name) != version
    )


def _problem(file: str, code: str, zh: str, en: str) -> Problem:
    return Problem(file, code, Words(zh=zh, en=en))
