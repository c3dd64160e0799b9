"""The schema that migrations build is the schema of the models, on SQLite and on PostgreSQL; down and up again lose nothing of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, MetaData, inspect, text

from legal_service import schema
from legal_service.database import LOCAL_OPERATOR, Database, KeyRing
from legal_service.installation import Installation, alembic_config

KEYS = KeyRing(fields=[bytes(32)], index=bytes(32))


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An empty database on each engine in turn."""
    on_sqlite = request.param == "sqlite"
    url = f"sqlite:///{tmp_path / 'empty.db'}" if on_sqlite else request.getfixturevalue("empty_postgres")
    database = Database(url, KEYS)
    yield database
    database.dispose()


def description(engine: Engine) -> dict[str, dict[str, Any]]:
    """Everything the inspector knows of every table, in an order of its own."""
    seen = inspect(engine)

    def sorted_by_name(found: list[Any]) -> list[tuple[Any, ...]]:
        return sorted(
            tuple(sorted((key, repr(value)) for key, value in one.items() if key != "dialect_options")) for one in found
        )

    return {
        table: {
            "columns": sorted(  # a column added later stands last: its place says nothing
                (one["name"], repr(one["type"]), one["nullable"], str(one["default"]))
                for one in seen.get_columns(table)
            ),
            "primary_key": seen.get_pk_constraint(table)["constrained_columns"],
            "indexes": sorted_by_name(list(seen.get_indexes(table))),
            "unique": sorted_by_name(list(seen.get_unique_constraints(table))),
            "foreign_keys": sorted_by_name(list(seen.get_foreign_keys(table))),
            "checks": sorted((one["name"], one["sqltext"]) for one in seen.get_check_constraints(table)),
        }
        for table in seen.get_table_names()
        if table != "alembic_version"
    }


def from_models(request: pytest.FixtureRequest, database: Database, tmp_path: Path) -> dict[str, dict[str, Any]]:
    """What `create_all` of the models makes on another empty database of the same engine."""
    on_sqlite = database.engine.dialect.name == "sqlite"
    url = f"sqlite:///{tmp_path / 'models.db'}" if on_sqlite else request.getfixturevalue("postgres_url")
    other = Database(url, KEYS)
    try:
        schema.metadata.drop_all(other.engine)
        schema.metadata.create_all(other.engine)
        return description(other.engine)
    finally:
        other.dispose()


def test_up_down_up_and_equal_to_the_models(empty: Database, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    config = alembic_config(empty)
    command.upgrade(config, "head")
    first = description(empty.engine)
    command.downgrade(config, "base")
    assert description(empty.engine) == {}
    command.upgrade(config, "head")
    assert description(empty.engine) == first
    expected = from_models(request, empty, tmp_path)
    assert set(first) == set(expected) == set(schema.metadata.tables)
    for table, told in expected.items():
        assert first[table] == told, table


def test_each_step_goes_up_and_down_by_itself(empty: Database) -> None:
    config = alembic_config(empty)
    steps = sorted(
        path.name[:4] for path in (Path(config.get_main_option("script_location") or "") / "versions").glob("0*.py")
    )
    seen = [description(empty.engine)]
    for step in steps:
        command.upgrade(config, step)
        seen.append(description(empty.engine))
    for before in reversed(seen[:-1]):
        command.downgrade(config, "-1")
        assert description(empty.engine) == before


def test_alembic_finds_nothing_left_to_migrate(empty: Database) -> None:
    command.upgrade(alembic_config(empty), "head")
    with empty.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, schema.metadata) == []


def test_the_comparison_would_notice(empty: Database) -> None:
    command.upgrade(alembic_config(empty), "head")
    before = description(empty.engine)
    with empty.engine.begin() as connection:
        connection.execute(text("DROP INDEX ix_audit_entry_action"))
        connection.execute(text("CREATE TABLE stray (id INTEGER PRIMARY KEY, CHECK (id > 0))"))
    after = description(empty.engine)
    assert "stray" in after
    assert after["audit_entry"]["indexes"] != before["audit_entry"]["indexes"]
    assert after["posting"]["checks"] == before["posting"]["checks"] != []


def test_every_row_belongs_to_an_institution() -> None:
    metadata: MetaData = schema.metadata
    without = {name for name, table in metadata.tables.items() if "institution_id" not in table.columns}
    assert without == {"institution"}
    for name, table in metadata.tables.items():
        if name not in without:
            assert not table.columns["institution_id"].nullable, name


ALTERING = '''"""Alters a table that others point to."""

from alembic import op
import sqlalchemy as sa

revision = "9999"
down_revision = "{head}"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("institution", recreate="always") as batch:
        batch.add_column(sa.Column("city", sa.String(20), nullable=True))
    {more}


def downgrade():
    with op.batch_alter_table("institution", recreate="always") as batch:
        batch.drop_column("city")
'''


def _altered(installation: Installation, tmp_path: Path, more: str = "") -> None:
    config = alembic_config(installation.database)
    versions = Path(config.get_main_option("script_location") or "") / "versions"
    head = max(path.name for path in versions.glob("0*.py"))[:4]
    folder = tmp_path / "versions"
    folder.mkdir()
    (folder / "9999_city.py").write_text(ALTERING.format(head=head, more=more), encoding="utf-8")
    config.set_main_option("path_separator", "os")
    config.set_main_option("version_locations", f"{versions}:{folder}")
    command.upgrade(config, "9999")


def test_a_table_that_others_point_to_is_altered_without_losing_its_children(
    installation: Installation, tmp_path: Path
) -> None:
    from legal_service.access import operations, queries

    with installation.transaction(LOCAL_OPERATOR) as tx:
        operations.add_user(tx, email="a@b.cn", role="lawyer", name="律师")
    _altered(installation, tmp_path)
    with installation.reading() as session:
        assert [user["email"] for user in queries.users(session)] == ["a@b.cn"]
        assert queries.walk_trail(session) == (None, 1)
    with installation.database.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_a_migration_that_leaves_rows_pointing_nowhere_is_undone(installation: Installation, tmp_path: Path) -> None:
    from legal_service.access import operations

    with installation.transaction(LOCAL_OPERATOR) as tx:
        operations.add_user(tx, email="a@b.cn", role="lawyer", name="律师")
    with pytest.raises(RuntimeError, match="pointing nowhere"):
        _altered(installation, tmp_path, more='op.execute("DELETE FROM institution")')
    assert installation.opened().institution_id == 1
    assert "city" not in {column["name"] for column in inspect(installation.database.engine).get_columns("institution")}
