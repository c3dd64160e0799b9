"""The database: one engine, one transaction type, exact column types, every row with its institution.

SQLite (the embedded default) and PostgreSQL run the same code. A `Transaction` knows its actor, moment and institution;
operations write through it and never commit. One that wrote rows without an entry in the audit trail cannot commit.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, DateTime, Engine, ForeignKey, LargeBinary, MetaData, create_engine, event, text
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    ORMExecuteState,
    Session,
    UOWTransaction,
    mapped_column,
    with_loader_criteria,
)
from sqlalchemy.types import TypeDecorator

from legal_service import clock
from legal_service.keyring import KeyRing as KeyRing
from legal_service.keyring import SealBroken as SealBroken

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """All tables of the house."""

    metadata = MetaData(naming_convention=NAMING)


class Owned:
    """Mixin: the row belongs to one institution. Filled in on flush, and every query is held to it."""

    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"), index=True)


Scope = Mapping[type[Owned], ColumnElement[bool]]
"""Which rows of each table a reader sees; a session given one holds every query to it: list, detail, search, count, download."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a named user, or the local operator (`named` is False), whom guards asking for a lawyer refuse."""

    email: str
    name: str
    role: str
    named: bool = True


LOCAL_OPERATOR = Actor(email="operator@localhost", name="本机操作员 (local operator)", role="operator", named=False)


class Moment(TypeDecorator[datetime]):
    """A moment with an offset; stored in UTC, read back in Shanghai. A naive datetime is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs an offset")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return (value.replace(tzinfo=UTC) if value.tzinfo is None else value).astimezone(clock.SHANGHAI)


class Encrypted(TypeDecorator[str]):
    """Text encrypted at rest. `place` is `table.column`. Mark the column with `info={"personal": Kind.…}`."""

    impl = LargeBinary
    cache_ok = True

    def __init__(self, place: str) -> None:
        super().__init__()
        self.place = place

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        return None if value is None else key_ring_of(dialect).seal(self.place, value)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> str | None:
        return None if value is None else key_ring_of(dialect).open(self.place, value)


def key_ring_of(dialect: Dialect) -> KeyRing:
    """The key ring that `Database` hung on its dialect."""
    ring = getattr(dialect, "legal_key_ring", None)
    if not isinstance(ring, KeyRing):
        raise RuntimeError("the engine was not made by Database: no key ring")
    return ring


class Transaction:
    """One business transaction: its session, who acts, when, and for which institution. Operations never commit it."""

    def __init__(self, session: Session, *, actor: Actor, moment: datetime, institution_id: int, keys: KeyRing) -> None:
        self.session = session
        self.actor = actor
        self.moment = moment
        self.institution_id = institution_id
        self.keys = keys


class Database:
    """An engine with the house's rules on it.

    Writers are serialised, on both engines alike: SQLite by BEGIN IMMEDIATE, PostgreSQL by an advisory lock taken as the
    first statement. What a business transaction reads therefore stays true until it commits, and the audit chain has
    one end. Readers never wait for writers.
    """

    def __init__(self, url: str, keys: KeyRing, carried: Mapping[str, object] | None = None) -> None:
        self.url = url
        self.keys = keys
        self.carried = dict(carried or {})  # what every session says of its installation, by name (`Session.info`)
        self.engine = _engine(url)
        self.engine.dialect.legal_key_ring = keys  # type: ignore[attr-defined]
        self._readers = self.engine.execution_options(legal_reading=True)
        self._writers = self.engine.execution_options(legal_writing=True)
        if self.engine.dialect.name == "postgresql":
            self._readers = self.engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)

    @contextmanager
    def transaction(
        self, *, actor: Actor, institution_id: int, moment: datetime | None = None, scope: Scope | None = None
    ) -> Iterator[Transaction]:
        """Write: whole or not at all. Commits at the end of the block, rolls back on any exception."""
        with (
            _session(self._writers, institution_id, writing=True, scope=scope, carried=self.carried) as session,
            session.begin(),
        ):
            if self.engine.dialect.name == "postgresql":
                session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": WRITERS_LOCK})
            yield Transaction(
                session,
                actor=actor,
                moment=moment or clock.now(),
                institution_id=institution_id,
                keys=self.keys,
            )

    @contextmanager
    def reading(self, *, institution_id: int | None, scope: Scope | None = None) -> Iterator[Session]:
        """Read one consistent picture; nothing can be written, the engine itself refuses it.

        `institution_id` None sees all (set-up and checks only). With a `scope`, every query sees only what it lets through.
        """
        with _session(self._readers, institution_id, writing=False, scope=scope, carried=self.carried) as session:
            yield session  # closing rolls back, and what was read stays readable

    @contextmanager
    def aside(self, *, institution_id: int | None) -> Iterator[Session]:
        """A small write beside any business transaction (a job's lease and progress): not serialised, not audited."""
        with _session(self._writers, institution_id, writing=True, carried=self.carried) as session, session.begin():
            session.info["recorded"] = True
            yield session

    def dispose(self) -> None:
        """Close all pooled connections."""
        self.engine.dispose()


WRITERS_LOCK = 0x6C6567616C  # "legal"


def _session(
    bind: Engine,
    institution_id: int | None,
    *,
    writing: bool,
    carried: Mapping[str, object],
    scope: Scope | None = None,
) -> Session:
    session = Session(bind, autoflush=False, expire_on_commit=False)
    session.info.update(carried)
    held = [with_loader_criteria(model, rule, include_aliases=True) for model, rule in (scope or {}).items()]
    session.info.update(institution_id=institution_id, writing=writing, scope=tuple(held))
    return session


def _engine(url: str) -> Engine:
    if url.startswith("sqlite"):
        engine = create_engine(url, connect_args={"timeout": 60})
        event.listen(engine, "connect", _sqlite_connect)
        event.listen(engine, "begin", _sqlite_begin)
        return engine
    return create_engine(url, pool_pre_ping=True)


def _sqlite_connect(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # we send BEGIN ourselves
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=60000", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _sqlite_begin(connection: Any) -> None:
    options = connection.get_execution_options()
    connection.exec_driver_sql(f"PRAGMA query_only={'ON' if options.get('legal_reading') else 'OFF'}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("legal_writing") else "BEGIN")


@event.listens_for(Session, "do_orm_execute")
def _hold_to_institution(state: ORMExecuteState) -> None:
    if state.is_insert or state.is_update or state.is_delete:
        _may_write(state.session)
        state.session.info["wrote"] = True
    institution_id = state.session.info.get("institution_id")
    if held := state.session.info.get("scope"):
        state.statement = state.statement.options(*held)
    if institution_id is not None and not state.is_column_load and not state.is_relationship_load:
        state.statement = state.statement.options(
            with_loader_criteria(Owned, lambda cls: cls.institution_id == institution_id, include_aliases=True)
        )


@event.listens_for(Session, "before_flush")
def _own_new_rows(session: Session, _context: UOWTransaction, _instances: Any) -> None:
    if session.new or session.dirty or session.deleted:
        _may_write(session)
    own = session.info.get("institution_id")
    for row in session.new:
        if not isinstance(row, Owned):
            continue
        if getattr(row, "institution_id", None) is None:
            row.institution_id = session.info["institution_id"]
        elif own is not None and row.institution_id != own:
            raise RuntimeError(f"{type(row).__name__}: a transaction writes rows of its own institution only")
    if session.new or session.deleted or any(session.is_modified(row) for row in session.dirty):
        session.info["wrote"] = True


def _may_write(session: Session) -> None:
    if session.info.get("writing") is False:
        raise RuntimeError("a reading session cannot write")


@event.listens_for(Session, "before_commit")
def _nothing_unrecorded(session: Session) -> None:
    session.flush()
    if session.info.pop("wrote", False) and not session.info.pop("recorded", False):
        raise RuntimeError("rows were written without an entry in the audit trail: call access.operations.record")


@event.listens_for(Session, "after_soft_rollback")
def _forget_the_head(session: Session, _previous: object) -> None:
    session.info.pop("trail_head", None)
