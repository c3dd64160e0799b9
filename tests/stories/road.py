"""The command line as a user drives it: one process a command, JSON on stdout, and a way to kill it in the middle."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

from legal_service import config

LEGAL = config.ROOT / ".venv" / "bin" / "legal"


@dataclass(frozen=True)
class Road:
    """An instance driven from outside, on one database."""

    folder: Path
    database_url: str

    @property
    def environment(self) -> dict[str, str]:
        """What a user's shell would have set."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("LEGAL_")}
        return {
            **kept,
            "LEGAL_INSTANCE": str(self.folder / "instance"),
            "LEGAL_DATABASE_URL": self.database_url,
            "LEGAL_LANGUAGE": "zh",
        }

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        """Start `legal …` in its own process group."""
        return subprocess.Popen(
            [LEGAL, *words],
            env=self.environment,
            cwd=self.folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )

    def legal(self, *words: str, exit_code: int = 0) -> Any:
        """Run `legal …`, expect its exit code, answer its JSON."""
        process = self.start(*words)
        out, err = process.communicate(timeout=300)
        assert process.returncode == exit_code, (
            f"legal {' '.join(words)}\n{out.decode()[-3000:]}\n{err.decode()[-3000:]}"
        )
        return json.loads(out) if out.strip() else None

    def killed(self, kind: str, *words: str) -> None:
        """Run `legal …` and kill -9 it while its job is running."""
        before = self.jobs(kind)
        process = self.start(*words)
        try:
            for _ in range(2000):
                if process.poll() is not None:
                    raise AssertionError(f"finished before it could be killed: {process.communicate()}")
                if any(status == "running" for number, status in self.jobs(kind).items() if number not in before):
                    break
                time.sleep(0.01)
            time.sleep(0.5)
        finally:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()

    def jobs(self, kind: str) -> dict[int, str]:
        """Status by number of the jobs of a kind, read from outside the product."""
        engine = create_engine(self.database_url)
        try:
            with engine.connect() as connection:
                rows = connection.execute(text("SELECT id, status FROM job WHERE kind = :kind"), {"kind": kind})
                return {int(row.id): str(row.status) for row in rows}
        except OperationalError:
            return {}
        finally:
            engine.dispose()

    def count(self, table: str) -> int:
        """How many rows a table has, read from outside the product."""
        engine = create_engine(self.database_url)
        try:
            with engine.connect() as connection:
                return int(connection.scalar(text(f"SELECT count(*) FROM {table}")) or 0)
        finally:
            engine.dispose()
