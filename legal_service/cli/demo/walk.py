"""What the demonstration shares: its installation, its people, its dates, and how it speaks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import click

from legal_service.installation import Installation
from legal_service.tasks import TASKS
from legal_service.worker import run_now

AS_OF = date(2026, 9, 30)
LOANS, SEED, CASES = 60, 20260930, 3
LAWYER, COMPLIANCE, COUNSEL = "lawyer@demo.example", "compliance@demo.example", "counsel@firm.example"
SETTLED_ON, PREPARED_ON, CLAIM_AS_OF, SUBMITTED_ON = (date(2026, 10, day) for day in (9, 15, 19, 20))


@dataclass(frozen=True, slots=True)
class Demo:
    """The demonstration's installation and where it writes."""

    installation: Installation
    out: Path

    def run(self, kind: str, by: str, **arguments: Any) -> dict[str, Any]:
        """Run one job as a named user."""
        return run_now(
            self.installation, actor=self.installation.actor(by), kind=kind, arguments=arguments, tasks=TASKS
        )


def say(step: str, *lines: str) -> None:
    """Tell a step and what came of it."""
    click.secho(f"\n▌{step}", bold=True)
    for line in lines:
        click.echo(f"  {line}")
