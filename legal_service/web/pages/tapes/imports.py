"""Importing a loan tape: check it without writing, read the findings row by row, then import the very files that were checked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from legal_service import runs, uploads
from legal_service.database import Transaction
from legal_service.errors import Refusal, Words
from legal_service.jobs import operations as jobs
from legal_service.jobs import queries
from legal_service.statuses import status_of
from legal_service.web import forms, reader
from legal_service.web.forms import Done
from legal_service.web.pages.tapes.jobs import findings_of, may_stop, refusal_of

SHOWN = 200
WAYS = ("check", "whole", "clean")
WAY = Words("方式", "How")
GONE = Refusal(
    "upload_gone",
    Words(
        zh="核对过的文件已按规定清除，请重新上传。",
        en="The files that were checked have been removed as they must be; upload them again.",
    ),
    uploads.POLICY,
)


def show(refused: Refusal | None = None) -> str:
    """The form, and the imports so far."""
    with reader.reading() as session:
        found = queries.page(session, before=None, kind="import", most=20)
    return render_template(
        "tapes/imports.html",
        imports=[runs.current(reader.installation(), one) for one in found],
        refused=refused,
        ways=WAYS,
    )


def add() -> ResponseReturnValue:
    """Keep the files and ask for the job."""
    kept: list[Path] = []

    def work(tx: Transaction) -> Done:
        way = forms.choice("way", WAY, WAYS)
        sent = [one for one in request.files.getlist("files") + request.files.getlist("folder") if one.filename]
        kept.append(uploads.keep(reader.installation(), [(_within(one.filename or ""), one.stream) for one in sent]))
        return _asked(tx, kept[0], way)

    try:
        return forms.act(work)
    except Refusal as refused:
        for one in kept:
            uploads.forget(reader.installation(), one)
        return show(refused), status_of(refused.code)


def go_on(job_id: int) -> ResponseReturnValue:
    """Import the files that were checked: all of them, or the clean rows only."""

    def work(tx: Transaction) -> Done:
        way = forms.choice("way", WAY, ("whole", "clean"))
        path = Path(queries.arguments_of(tx.session, job_id)["path"])
        if queries.job(tx.session, job_id).kind != "import" or not uploads.is_kept(reader.installation(), path):
            raise GONE
        return _asked(tx, path, way)

    try:
        return forms.act(work)
    except Refusal as refused:
        if refused.code == "unknown_job":
            raise
        return one(job_id, refused), status_of(refused.code)


def _asked(tx: Transaction, path: Path, way: str) -> Done:
    arguments: dict[str, Any] = {
        "path": str(path),
        "tape": uploads.digest_of(path),
        "mapping": None,
        "dry_run": way == "check",
        "skip_refused": way == "clean",
    }
    job_id = jobs.enqueue(tx, kind="import", arguments=arguments)
    return Done(
        url_for("import_shown", job_id=job_id),
        Words("已提交，正在后台处理。", "Sent; it is worked on in the background."),
    )


def _within(name: str) -> str:
    """A file's place in the tape's folder: a browser sends the chosen folder's own name before it.

    >>> _within("tape/documents/a.pdf"), _within("tape/loans.csv"), _within("loans.csv")
    ('documents/a.pdf', 'loans.csv', 'loans.csv')
    """
    return name.partition("/")[2] or name


def one(job_id: int, refused: Refusal | None = None) -> str:
    """One import: progress, or its counts by file and its findings row by row (`?severity=`, `?file=`)."""
    with reader.reading() as session:
        facts = runs.current(reader.installation(), queries.job(session, job_id))
        if facts.kind != "import":
            raise queries.unknown_job(job_id)
        asked = queries.arguments_of(session, job_id)
    every = findings_of(facts)
    severity, file = request.args.get("severity", ""), request.args.get("file", "")
    chosen = [
        found for found in every if severity in ("", found.severity) and file in ("", found.where.partition(":")[0])
    ]
    start = reader.asked_number("from") or 0
    return render_template(
        "tapes/import.html",
        job=facts,
        outcome=facts.outcome or {},
        asked=asked,
        findings=chosen[start : start + SHOWN],
        start=start,
        chosen=len(chosen),
        errors=sum(found.severity == "error" for found in every),
        doubts=sum(found.severity == "doubt" for found in every),
        files=sorted({found.where.partition(":")[0] for found in every}),
        severity=severity,
        file=file,
        kept=uploads.is_kept(reader.installation(), Path(asked["path"])),
        refusal=refusal_of(facts),
        refused=refused,
        may_stop=may_stop(facts),
        shown=SHOWN,
    )
