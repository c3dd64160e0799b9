"""What goes into the repository is the same on every machine: no path of this one, no registry, no secret."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.house.source import ROOT

HERE = "tests/house/test_tracked_files.py"

FORBIDDEN = {
    "a path of one machine": re.compile(
        r"(?<![\w.])/(?:work|root|home/\w+|Users/\w+|mnt|private)/[\w.-]+|(?<![\w.])/tmp/\w"
    ),
    "a registry or mirror": re.compile(
        r"pypi\.org|pythonhosted\.org|registry\.npmjs|deb\.debian\.org|(?:index|find-links|extra-index)-url|artifactory|"
        r"nexus\.|proxy\.golang|mirrors?\.(?:aliyun|tuna|ustc|tencent|huaweicloud)",
        re.IGNORECASE,
    ),
    "a private key": re.compile(r"-----BEGIN (?:RSA |EC |ENCRYPTED )?PRIVATE KEY-----"),
}


def tracked(root: Path) -> list[Path]:
    """The files that are, or would be, committed."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root,
        capture_output=True,
        check=True,
    )
    return [root / name for name in listed.stdout.decode().split("\0") if name and (root / name).is_file()]


def told_secrets(root: Path, files: Iterable[Path]) -> list[str]:
    found = []
    for path in files:
        name = path.relative_to(root).as_posix()
        content = path.read_bytes()
        if name == HERE or b"\0" in content:
            continue
        for number, line in enumerate(content.decode("utf-8", "replace").splitlines(), start=1):
            found += [f"{name}:{number} {what}" for what, pattern in FORBIDDEN.items() if pattern.search(line)]
    return found


def test_nothing_of_this_machine_is_in_the_repository() -> None:
    files = tracked(ROOT)
    assert ROOT / "pyproject.toml" in files
    assert told_secrets(ROOT, files) == []


@pytest.mark.parametrize(
    "name", ["instance/service.db", ".venv/bin/python", "build/bench.json", "demo-out/x", ".fonts/stamp.json"]
)
def test_what_is_made_at_run_time_is_not_tracked(name: str) -> None:
    assert subprocess.run(["git", "check-ignore", "-q", name], cwd=ROOT).returncode == 0


@pytest.mark.parametrize(
    "line",
    [
        "cd /work/main",
        "open('/tmp/x.txt')",
        "home = '/home/somebody/legal'",
        "--index-url=https://pypi.example/simple",
        "pip install from https://files.pythonhosted.org/x",
        "-----BEGIN PRIVATE KEY-----",
    ],
)
def test_a_planted_trace_is_found(tmp_path: Path, line: str) -> None:
    (tmp_path / "x.sh").write_text(f"first\n{line}\n", encoding="utf-8")
    assert told_secrets(tmp_path, [tmp_path / "x.sh"])[0].startswith("x.sh:2 ")


@pytest.mark.parametrize(
    "line", ["see https://example.org/work/main", "rm -rf build/tmp", "uses docs/work/x and a/tmp/b"]
)
def test_innocent_lines_pass(tmp_path: Path, line: str) -> None:
    (tmp_path / "x.sh").write_text(line, encoding="utf-8")
    assert told_secrets(tmp_path, [tmp_path / "x.sh"]) == []
