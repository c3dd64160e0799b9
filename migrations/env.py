"""Alembic environment: runs on the engine it is handed, with batch mode so that SQLite can alter tables."""

from typing import Any, Literal

from alembic import context
from sqlalchemy import Connection, Engine

from legal_service import schema
from legal_service.database import Encrypted, Moment


def plain_types(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """A migration names database types only: it must still run when today's Python types are gone."""
    if kind == "type" and isinstance(item, Moment):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, Encrypted):
        return "sa.LargeBinary()"
    return False


engine: Engine = context.config.attributes["engine"]


def foreign_keys(connection: Connection, state: str) -> None:
    """SQLite alters a table by copying it and dropping the old one; its children must not be checked meanwhile.

    The pragma counts only outside a transaction, so it is given to the driver before one begins.
    """
    if connection.dialect.name == "sqlite":
        connection.connection.driver_connection.execute(f"PRAGMA foreign_keys={state}")  # type: ignore[union-attr]


def nothing_dangling(connection: Connection) -> None:
    """Before the commit: no row may point to a row that is gone."""
    if connection.dialect.name == "sqlite" and (found := connection.exec_driver_sql("PRAGMA foreign_key_check").all()):
        raise RuntimeError(f"the migration leaves {len(found)} rows pointing nowhere, the first: {tuple(found[0])}")


with engine.connect() as connection:
    foreign_keys(connection, "OFF")
    context.configure(
        connection=connection,
        target_metadata=schema.metadata,
        render_as_batch=True,
        render_item=plain_types,
        compare_type=True,
        compare_server_default=True,
        transactional_ddl=True,
    )
    try:
        with context.begin_transaction():
            context.run_migrations()
            nothing_dangling(connection)
        connection.commit()
    finally:
        connection.rollback()
        foreign_keys(connection, "ON")
