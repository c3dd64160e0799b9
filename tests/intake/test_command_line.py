"""`legal import` as its users and their scripts call it: one JSON document, the exit codes, and a power cut in the middle."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from legal_service.access.queries import entries, walk_trail
from legal_service.accounts.models import Contract, Posting
from legal_service.cli import legal
from legal_service.installation import Installation
from legal_service.jobs.models import Job
from legal_service.vault.models import CustodyEntry, VaultItem
from tests.builders import change, picture, rows_of
from tests.large_tapes import a_large_tape, many_rows

JOURNAL = ["job", "audit_entry", "trail_head"]
"""What asking for a job writes, whatever becomes of it."""

LEGAL = Path(sys.executable).with_name("legal")


def command(installation: Installation, *words: str) -> subprocess.Popen[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LEGAL_")}
    return subprocess.Popen(
        [str(LEGAL), *words],
        env=kept | {"LEGAL_INSTANCE": str(installation.settings.instance), "LEGAL_LANGUAGE": "en"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def answer(installation: Installation, *words: str) -> tuple[int, dict[str, Any]]:
    process = command(installation, *words)
    out, err = process.communicate(timeout=300)
    assert out or process.returncode == 2, err
    return process.returncode, json.loads(out) if out else {}


def test_one_json_document_and_the_exit_codes(installation: Installation, tape: Path, tmp_path: Path) -> None:
    code, told = answer(installation, "import", str(tape), "--json")
    assert code == 0
    assert set(told) >= {"batch", "read", "created", "updated", "unchanged", "refused", "findings"}
    assert (told["batch"], told["read"], told["created"], told["refused"], told["findings"]) == (1, 21, 21, 0, [])

    before = picture(installation, without=JOURNAL)
    change(tape, "charges.csv:2:AMOUNT", "-1")
    code, told = answer(installation, "import", str(tape), "--json")
    assert (code, told["batch"]) == (1, None)
    [finding] = told["findings"]
    assert set(finding) == {"code", "severity", "where", "message", "basis"}
    assert (finding["code"], finding["severity"], finding["where"]) == (
        "negative_amount",
        "error",
        "charges.csv:2:AMOUNT",
    )
    assert finding["message"].isascii()
    assert picture(installation, without=JOURNAL) == before

    assert CliRunner().invoke(legal, ["import", str(tmp_path / "nowhere"), "--json"]).exit_code == 2


def test_a_power_cut_in_the_middle_leaves_nothing_and_the_same_command_again_imports_all_of_it_once(
    installation: Installation, tmp_path: Path
) -> None:
    tape = a_large_tape(tmp_path / "tape", 80, documents=80)
    rows = sum(len(lines) for lines in many_rows(80, documents=80).values())
    before = picture(installation, without=JOURNAL)
    vault = installation.settings.instance / "vault"
    importing = command(installation, "import", str(tape), "--json")
    deadline = time.monotonic() + 120
    while sum(1 for _ in vault.glob("??/??/*")) < 10:  # in the middle of writing: the documents come last
        assert importing.poll() is None and time.monotonic() < deadline, importing.communicate()
        time.sleep(0.01)
    importing.send_signal(signal.SIGKILL)
    importing.communicate()
    after = picture(installation, without=JOURNAL)
    assert {name: held for name, held in after.items() if name != "vault"} == {
        name: held for name, held in before.items() if name != "vault"
    }

    code, told = answer(installation, "import", str(tape), "--json")
    assert (code, told["created"], told["findings"]) == (0, rows, [])
    assert len(rows_of(installation, Contract)) == 80
    assert len(rows_of(installation, Posting)) == 80 * 5
    assert len(rows_of(installation, VaultItem)) == len(rows_of(installation, CustodyEntry)) == 80
    assert [(job.status, job.attempts) for job in rows_of(installation, Job)] == [("done", 2)]
    with installation.reading() as session:
        trail = list(entries(session))
        assert walk_trail(session) == (None, len(trail))
    assert [entry.action for entry in trail if entry.action != "vault.deposit"] == [
        "job.request",
        "intake.import",
        "job.done",
    ]
