"""Importing a loan tape, against the floor: the same rows read and stored as text, nothing checked."""

from __future__ import annotations

import csv
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from benchmarks import material
from benchmarks.pairing import Disagreement, Pair, same
from legal_service.clock import midday
from legal_service.config import Settings
from legal_service.database import LOCAL_OPERATOR
from legal_service.installation import Installation
from legal_service.intake.operations import Imported, import_tape
from legal_service.intake.sample.tape import Sheets

LOANS = 60


@contextmanager
def pair() -> Iterator[Pair]:
    """Each import goes into a fresh instance, which is copied untimed."""
    with material.folder() as folder:
        rows = _tape(folder / "tape")
        made = Installation(_settings(folder / "fresh"))
        made.initialise()
        made.database.dispose()
        instance, floor = folder / "instance", folder / "floor.db"

        def fresh() -> None:
            shutil.rmtree(instance, ignore_errors=True)
            shutil.copytree(folder / "fresh", instance)

        def agree(ours: Imported, peer: int) -> str:
            if ours.failed:
                raise Disagreement(f"the tape was refused: {ours.findings[0].code}")
            same(ours.read, peer, "rows read")
            return f"{ours.created} records created"

        yield Pair(
            ours=lambda: _imported(instance, folder / "tape"),
            peer=lambda: _stored(floor, folder / "tape"),
            peer_name="csv.DictReader + sqlite3 executemany (floor)",
            unit="rows/s",
            amount=rows,
            note=f"{LOANS} loans, {rows} rows; ours checks, encrypts, indexes and records every row, the peer stores text",
            agree=agree,
            before_ours=fresh,
            before_peer=lambda: floor.unlink(missing_ok=True),
        )


def _tape(folder: Path) -> int:
    sheets = Sheets()
    for file in material.credit_files(LOANS):
        sheets.add(file)
    folder.mkdir()
    for name, content in sheets.files().items():
        (folder / name).write_bytes(content)
    return sum(len(rows) for rows in sheets.rows.values())


def _settings(instance: Path) -> Settings:
    return Settings(
        instance=instance,
        database_url=f"sqlite:///{instance / 'service.db'}",
        store_url=f"file://{instance / 'vault'}",
        broker_url="",
        secret_key="",
        field_keys="",
        tsa_url="",
        language="en",
    )


def _imported(instance: Path, tape: Path) -> Imported:
    installation = Installation(_settings(instance)).opened()
    try:
        with installation.database.transaction(
            actor=LOCAL_OPERATOR, institution_id=installation.institution_id, moment=midday(material.AS_OF)
        ) as tx:
            return import_tape(tx, path=tape, store=installation.store)
    finally:
        installation.database.dispose()


def _stored(database: Path, tape: Path) -> int:
    stored = 0
    with closing(sqlite3.connect(database)) as connection, connection:
        for path in sorted(tape.glob("*.csv")):
            with path.open(encoding="utf-8-sig", newline="") as stream:
                reader = csv.DictReader(stream)
                columns = list(reader.fieldnames or ())
                named = ", ".join(f'"{column}" TEXT' for column in columns)
                connection.execute(f'CREATE TABLE "{path.stem}" ({named})')
                marks = ", ".join(f":{column}" for column in columns)
                stored += connection.executemany(f'INSERT INTO "{path.stem}" VALUES ({marks})', reader).rowcount
    return stored
