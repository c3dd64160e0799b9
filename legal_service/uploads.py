"""Files that a tape is uploaded as, kept below the instance until the job that reads them has ended.

Each upload has a folder of its own, `uploads/<sha256>-<random>`, named for its contents. It holds personal data in clear, so it
is removed when its job concludes; a day after a check, or when its job never ran, by the next upload.
"""

from __future__ import annotations

import functools
import hashlib
import secrets
import shutil
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import IO

from legal_service import clock
from legal_service.errors import Findings, Refusal, Words
from legal_service.installation import Installation
from legal_service.jobs.leases import Stopped
from legal_service.vault.facts import check_filename
from legal_service.worker import Outcome, Run, Task

MOST_FILES = 500
MOST_BYTES = 512 * 1024 * 1024
DEEPEST = 3
LEFT_SECONDS = 86_400
POLICY = "机构内部规则：上传（house policy: uploads）"
_BLOCK = 1024 * 1024

Named = tuple[str, IO[bytes]]
"""A file as it came: its path inside the tape's folder, and its bytes."""


def keep(installation: Installation, files: Sequence[Named]) -> Path:
    """Keep the files of one upload; answers their folder.

    Refuses `no_file`, `too_many_files`, `too_large`, and `bad_filename` for a path that leaves the folder, occurs twice, or
    cannot be a file's name. Nothing is left behind then.
    """
    root = installation.settings.instance / "uploads"
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    _forget_left(root)
    places = _places([name for name, _ in files])
    coming = root / f".{secrets.token_hex(8)}"
    coming.mkdir(mode=0o700)
    try:
        digest = _write(coming, list(zip(places, (stream for _, stream in files), strict=True)))
        kept = root / f"{digest}-{secrets.token_hex(4)}"
        coming.rename(kept)
    except BaseException:
        shutil.rmtree(coming, ignore_errors=True)
        raise
    return kept


def digest_of(kept: Path) -> str:
    """What distinguishes the contents of one upload from another's."""
    return kept.name.partition("-")[0]


def is_kept(installation: Installation, path: Path) -> bool:
    """Whether a path is an upload that is still there."""
    return path.parent == installation.settings.instance / "uploads" and path.is_dir()


def forget(installation: Installation, path: Path) -> None:
    """Remove an upload; a path that is none of ours is left alone."""
    if is_kept(installation, path):
        shutil.rmtree(path, ignore_errors=True)


def forgotten_after(task: Task) -> Task:
    """Around a task that reads an upload (argument `path`): it goes when the task has ended, and stays for another attempt.

    What was only checked stays for a day, so that the very files that were checked can be imported; unless the job was told to
    `forget` them, for a partner's system sends them again.
    """

    @functools.wraps(task)
    def concluded(run: Run) -> Outcome:
        path = Path(run.arguments["path"])
        try:
            outcome = task(run)
        except (Refusal, Findings, Stopped) as ended:
            if getattr(ended, "code", "") != "job_lost":
                forget(run.installation, path)
            raise
        if not run.arguments["dry_run"] or run.arguments.get("forget"):
            forget(run.installation, path)
        return outcome

    return concluded


def _places(names: Sequence[str]) -> list[PurePosixPath]:
    if not names:
        raise Refusal("no_file", Words(zh="请至少上传一个文件。", en="Upload at least one file."), POLICY)
    if len(names) > MOST_FILES:
        raise Refusal(
            "too_many_files",
            Words(zh=f"一次最多上传 {MOST_FILES} 个文件。", en=f"At most {MOST_FILES} files at once."),
            POLICY,
        )
    places = [_place(name) for name in names]
    named = {str(one).casefold() for one in places}
    if len(named) != len(places) or any(str(above).casefold() in named for one in places for above in one.parents):
        raise Refusal("bad_filename", Words(zh="有两个文件同名。", en="Two files have the same name."), POLICY)
    return places


def _place(name: str) -> PurePosixPath:
    parts = name.split("/")
    if len(parts) > DEEPEST or any(part.startswith((".", "~")) for part in parts):
        raise Refusal(
            "bad_filename",
            Words(
                zh=f"文件须在清单文件夹内，至多 {DEEPEST} 层，且不以点号开头：{name[:80]!a}",
                en=f"A file lies in the tape's folder, at most {DEEPEST} deep, and does not begin with a dot: {name[:80]!a}",
            ),
            POLICY,
        )
    return PurePosixPath(*(check_filename(part) for part in parts))


def _write(folder: Path, files: Sequence[tuple[PurePosixPath, IO[bytes]]]) -> str:
    """Write the files; answers what their names and contents are recognised by."""
    left, lines = MOST_BYTES, []
    for place, stream in files:
        target = folder / place
        target.parent.mkdir(parents=True, exist_ok=True)
        told = hashlib.sha256()
        with target.open("xb") as out:
            while block := stream.read(_BLOCK):
                left -= len(block)
                if left < 0:
                    raise Refusal(
                        "too_large",
                        Words(
                            zh=f"上传合计超过 {MOST_BYTES >> 20} MB，请分批导入。",
                            en=f"The upload is above {MOST_BYTES >> 20} MB; import it in parts.",
                        ),
                        POLICY,
                    )
                told.update(block)
                out.write(block)
        lines.append(f"{told.hexdigest()} {place}\n")
    return hashlib.sha256("".join(sorted(lines)).encode()).hexdigest()


def _forget_left(root: Path) -> None:
    """Uploads whose job never ran (stopped while it waited) do not lie about for good."""
    for one in root.iterdir():
        if one.is_dir() and clock.now().timestamp() - one.stat().st_mtime > LEFT_SECONDS:
            shutil.rmtree(one, ignore_errors=True)
