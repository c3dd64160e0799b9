"""`python -m benchmarks [--only NAME] [--list]`: measures, prints a table, writes build/bench.json."""

from __future__ import annotations

import argparse
import importlib
import json
import os
import platform
import sys
from collections.abc import Sequence
from typing import Any

from benchmarks.names import NAMES, NOT_THERE, WRITTEN
from benchmarks.pairing import Disagreement, PeerMissing, measure
from legal_service import config

OUT = config.ROOT / "build" / "bench.json"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure all, or one; answers 1 when two sides did not do the same work, or the one asked for has no program or no peer."""
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("--only", choices=NAMES, metavar="NAME", help="measure one benchmark")
    parser.add_argument("--list", action="store_true", help="print the names, and why some have no program yet")
    asked = parser.parse_args(arguments)
    if asked.list:
        print("\n".join(f"{name}  {_standing(name)}".rstrip() for name in NAMES))
        return 0
    entries, failed = _measured([asked.only] if asked.only else list(WRITTEN))
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps(entries, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"\n{machine()}\n{OUT.relative_to(config.ROOT)}: {len(entries)} benchmarks")
    if not asked.only:
        print("\n".join(f"not there yet: {name}: {why}" for name, why in NOT_THERE.items()))
    return 1 if failed or not entries else 0


def machine() -> str:
    """What it was measured on."""
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    return f"{os.cpu_count()} cores, load {load}; Python {platform.python_version()}; {platform.system()} {platform.machine()}"


def _standing(name: str) -> str:
    return f"not there yet: {NOT_THERE[name]}" if name in NOT_THERE else ""


def _measured(names: Sequence[str]) -> tuple[list[dict[str, Any]], bool]:
    entries: list[dict[str, Any]] = []
    failed = False
    print(f"{'':22}{'ours':>10}{'peer':>10}  {'unit':<22}{'ratio':>8}{'runs':>6}  peer", flush=True)
    for name in names:
        if name in NOT_THERE:
            print(f"{name:22}{_standing(name)}", flush=True)
            continue
        try:
            with importlib.import_module(f"benchmarks.{name}").pair() as pair:
                entry = measure(name, pair)
        except PeerMissing as missing:
            print(f"{name:22}left out, no peer: {missing}", flush=True)
            continue
        except Disagreement as difference:
            print(f"{name:22}not comparable: {str(difference)[:300]}", flush=True)
            failed = True
            continue
        entries.append(entry)
        print(
            f"{name:22}{entry['ours']:>10g}{entry['peer']:>10g}  {entry['unit']:<22}{entry['ratio']:>8.2f}{entry['runs']:>6}"
            f"  {entry['peer_name']}",
            flush=True,
        )
    return entries, failed


if __name__ == "__main__":
    sys.exit(main())
