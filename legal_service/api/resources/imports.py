"""`/imports`: a loan tape, uploaded and imported by a job; its findings are the job's outcome."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from legal_service import uploads
from legal_service.api.resource import Resource
from legal_service.api.resources.jobs import asked_for
from legal_service.api.running import Answer
from legal_service.api.schemas.imports import NewImport
from legal_service.api.schemas.jobs import Accepted
from legal_service.database import Transaction
from legal_service.errors import Words
from legal_service.web import reader

resource = Resource("imports", Words("导入", "Imports"))


def _kept(told: Mapping[str, Any]) -> dict[str, Any]:
    """The files on disk before the transaction begins."""
    files = [(one.filename, one.stream) for one in told["files"]]
    return {**told, "files": uploads.keep(reader.installation(), files)}


@resource.writes(
    "/imports",
    needs="portfolio.import",
    says=Words("导入贷款清单（后台任务）", "Import a loan tape (a job)"),
    tells=Words(
        "答 202 与任务地址；任务的结果为 batch、各项数目与逐行的 findings。有错误即什么也不写，除非 skip_refused。",
        "Answers 202 with the job's address; its outcome tells batch, counts and findings row by row. Any error writes nothing, unless skip_refused.",
    ),
    takes=NewImport,
    uploads=True,
    prepare=_kept,
    gives=Accepted,
    status=202,
    located=True,
    most_bytes=uploads.MOST_BYTES,
)
def ask(tx: Transaction, told: Mapping[str, Any]) -> Answer:
    """Ask for the import of an uploaded tape."""
    kept: Path = told["files"]
    arguments = {
        "path": str(kept),
        "tape": uploads.digest_of(kept),
        "mapping": told["mapping"],
        "dry_run": told["dry_run"],
        "skip_refused": told["skip_refused"],
        "forget": True,
    }
    return asked_for(tx, "import", arguments)
