"""What passes beside a SQLite database while a task writes there and nobody else can: the word to stop, and how far it is.

Small files, named by the job's number. They live only until the database itself can say so, and hold no personal data.
"""

from __future__ import annotations

import json
import os
from pathlib import Path


def leave_word(folder: Path, *, job_id: int, by: str) -> None:
    """Leave the word for a task amid its transaction."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    temporary = folder / f".{job_id}.{os.getpid()}"
    temporary.write_text(by, encoding="utf-8")
    temporary.replace(folder / str(job_id))


def word_left(folder: Path, job_id: int) -> str:
    """Who asks by such a word; empty when none was left."""
    try:
        return (folder / str(job_id)).read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""


def take_away(folder: Path, job_id: int) -> None:
    """Take the word away once the row of the job says it, or has no use for it any more."""
    (folder / str(job_id)).unlink(missing_ok=True)


def leave_progress(folder: Path, *, job_id: int, done: int, total: int, text: str) -> None:
    """Say how far a task is while its transaction keeps the row from saying so."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    temporary = folder / f".{job_id}.progress.{os.getpid()}"
    temporary.write_text(json.dumps([done, total, text]), encoding="utf-8")
    temporary.replace(folder / f"{job_id}.progress")


def progress_left(folder: Path, job_id: int) -> tuple[int, int, str] | None:
    """Units done, units in all, and words, as last said; None when nothing was."""
    try:
        done, total, text = json.loads((folder / f"{job_id}.progress").read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return None
    return int(done), int(total), str(text)


def take_progress_away(folder: Path, job_id: int) -> None:
    """The task has ended: its row says what there is to say."""
    (folder / f"{job_id}.progress").unlink(missing_ok=True)
