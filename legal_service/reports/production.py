"""From a frozen cut to the five files of a return, and the manifest that names them: a function of its arguments alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from legal_service.documents.manifest import Template
from legal_service.documents.page import render_html
from legal_service.documents.pdf import from_html
from legal_service.reports import workbook
from legal_service.reports.composition import Issue, Previous, Return, as_json, compose, json_bytes
from legal_service.reports.cut import decode, digest
from legal_service.reports.definition import Definition
from legal_service.reports.sheet import context

CUT, RETURN, XLSX, PDF, MANIFEST = "cut.jsonl", "return.json", "return.xlsx", "return.pdf", "manifest.json"
FILES = (RETURN, XLSX, PDF, CUT, MANIFEST)
MEDIA = {
    CUT: "application/x-ndjson",
    RETURN: "application/json",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    PDF: "application/pdf",
    MANIFEST: "application/json",
}
FORMAT = 1


@dataclass(frozen=True, slots=True)
class Press:
    """What a return is printed with: definition, template, and the versions of software and typefaces, by name."""

    definition: Definition
    template: Template
    versions: Mapping[str, str]


def produce(cut: bytes, press: Press, issue: Issue) -> dict[str, bytes]:
    """The five files, by name. `ValueError` when the cut is none, or holds what the definition does not list."""
    whole = compose(decode(cut), digest(cut), press.definition, issue)
    files = {
        RETURN: json_bytes(as_json(whole)),
        XLSX: workbook.xlsx(whole),
        PDF: _pdf(whole, press.template),
        CUT: cut,
    }
    return files | {MANIFEST: json_bytes(manifest(whole, files, press))}


def _pdf(whole: Return, template: Template) -> bytes:
    html = render_html(template.body.decode(), context(whole), name=f"{template.code}/body.html")
    return from_html(html, css=template.style, title=workbook.title(whole), on=whole.cut.head.period.last)


def manifest(whole: Return, files: Mapping[str, bytes], press: Press) -> dict[str, Any]:
    """The hashes of the files, the versions they were made with, and what besides the cut went into them.

    The cut is row by row and is not to be circulated with the return: it is for whoever may check it.
    """
    return {
        "format": FORMAT,
        "return": whole.definition.name,
        "period": whole.cut.head.period.name,
        "cut_sha256": whole.cut_sha256,
        "made_with": {"definition": press.definition.version, "template": press.template.version, **press.versions},
        "issue": issue_json(whole.issue),
        "files": {
            name: {
                "sha256": digest(content),
                "bytes": len(content),
                "circulation": "checking_only" if name == CUT else "with_the_return",
            }
            for name, content in files.items()
        },
    }


def issue_json(issue: Issue) -> dict[str, Any]:
    """An issue as the manifest keeps it: what a re-run needs besides the cut."""
    previous = issue.previous
    return {
        "number": issue.number,
        "prepared_by": issue.prepared_by,
        "previous": None
        if previous is None
        else {
            "number": previous.number,
            "cut_sha256": previous.cut_sha256,
            "sha256": previous.sha256,
            "definition_version": previous.definition_version,
            "rows": dict(previous.rows),
            "values": dict(previous.values),
        },
    }


def issue_of(raw: Mapping[str, Any]) -> Issue:
    """Read an issue back; `KeyError`, `TypeError` or `ValueError` when it is none."""
    previous = raw["previous"]
    return Issue(
        number=int(raw["number"]),
        prepared_by=str(raw["prepared_by"]),
        previous=None
        if previous is None
        else Previous(
            number=int(previous["number"]),
            cut_sha256=str(previous["cut_sha256"]),
            sha256=str(previous["sha256"]),
            definition_version=str(previous["definition_version"]),
            rows={name: int(previous["rows"][name]) for name in ("added", "removed", "changed")},
            values=dict(previous["values"]),
        ),
    )


def values_of(document: Mapping[str, Any]) -> dict[str, int | str | None]:
    """Every number that a `return.json` published, by id; None where it was withheld."""
    return {cell["id"]: cell["value"] for measure in document["measures"] for cell in measure["cells"]}
