"""The door's composition: settings, key ring, database, store and institution of one installation.

Used by the command line, the worker and the application; no room imports it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import create_engine, inspect, make_url, text
from sqlalchemy.exc import ArgumentError
from sqlalchemy.orm import Session

from legal_service import clock, config, schema
from legal_service.access import files as keys
from legal_service.access import operations as access_operations
from legal_service.access import queries as access_queries
from legal_service.cases.operations import work_lines
from legal_service.config import Settings
from legal_service.database import LOCAL_OPERATOR, Actor, Database, Transaction
from legal_service.errors import Refusal, Words
from legal_service.evidence import operations as evidence
from legal_service.law import files as law_files
from legal_service.law import queries as law
from legal_service.law.calendar import Calendar
from legal_service.scope import scope_of
from legal_service.vault import files as vault_files
from legal_service.vault.store import BlobStore
from legal_service.vault.timestamps import files as timestamps

assert schema.ROOMS  # every model is registered before a mapper is used
assert evidence.COUNTED  # the room is loaded, so that work lines know how gaps are counted


if TYPE_CHECKING:
    from alembic.config import Config


def alembic_config(database: Database) -> Config:
    """Alembic's configuration for one database; the connection is handed over, never a URL in a file."""
    from alembic.config import Config  # late: every command checks the revision, few upgrade

    settings = Config()
    settings.set_main_option("script_location", str(config.MIGRATIONS))
    settings.attributes["engine"] = database.engine
    return settings


def _check_url(url: str) -> None:
    try:
        make_url(url)
    except ArgumentError as wrong:
        raise Refusal(
            "bad_settings",
            Words(zh="LEGAL_DATABASE_URL 不是数据库地址。", en="LEGAL_DATABASE_URL is no address of a database."),
        ) from wrong


def _in_use(url: str) -> bool:
    """Whether a database is there already and was set up once; a SQLite file is not made by asking."""
    place = make_url(url)
    if place.get_backend_name() == "sqlite" and not Path(place.database or "").is_file():
        return False
    engine = create_engine(url)
    try:
        return inspect(engine).has_table("alembic_version")
    finally:
        engine.dispose()


@dataclass(frozen=True)
class Installation:
    """One installed instance. `opened()` refuses (`not_initialised`) before `legal init`."""

    settings: Settings

    @cached_property
    def database(self) -> Database:
        """The database with the installation's key ring."""
        _check_url(self.settings.database_url)
        return Database(
            self.settings.database_url, keys.read_key_ring(self.settings), carried={law.NOTICES: self.settings.notices}
        )

    @property
    def calendar(self) -> Calendar:
        """The calendar of this installation: the notices of this release and those that the institution loaded."""
        return law_files.calendar(self.settings.notices)

    @cached_property
    def store(self) -> BlobStore:
        """The vault's store."""
        return vault_files.open_store(self.settings.store_url)

    @cached_property
    def institution_id(self) -> int:
        """The institution that this installation acts for."""
        with self.database.reading(institution_id=None) as session:
            found = access_queries.institution_id(session)
        if found is None:
            raise keys.not_initialised(self.settings)
        return found

    def opened(self) -> Installation:
        """Check that the instance is set up and its schema is current, and answer it."""
        if self.pending_migrations():
            raise keys.not_initialised(self.settings)
        assert self.institution_id
        return self

    def pending_migrations(self) -> bool:
        """Whether the database is behind the newest migration."""
        newest = max(path.name[:4] for path in (config.MIGRATIONS / "versions").glob("[0-9]*.py"))
        with self.database.engine.connect() as connection:
            if not inspect(connection).has_table("alembic_version"):
                return True
            return bool(connection.scalar(text("SELECT version_num FROM alembic_version")) != newest)

    def initialise(self) -> dict[str, object]:
        """Create or upgrade keys, database and store; running it again changes nothing.

        Refuses `keys_lost`: new keys beside an old database would leave it unreadable for good.
        """
        self._keep_keys()
        self.settings.instance.mkdir(parents=True, exist_ok=True, mode=0o700)
        made = keys.make_keys(self.settings)
        upgraded = self.pending_migrations()
        if upgraded:
            from alembic import command

            command.upgrade(alembic_config(self.database), "head")
        with self.database.aside(institution_id=None) as session:
            access_operations.found_institution(session, code="default", name="本机构")
        timestamps.make_authority(self.settings)
        vault_files.open_store(self.settings.store_url, create=True)
        self._make_lines()
        return {"instance": str(self.settings.instance), "keys_made": made, "upgraded": upgraded}

    def _make_lines(self) -> None:
        """Work lines for the cases of an earlier release, a part at a time: killed half-way, it goes on where it stopped."""
        while True:
            with self.reading() as session:
                missing = work_lines.without_line(session, 100)
                as_of = work_lines.business_date(session) or clock.today()
            if not missing:
                return
            with self.transaction(LOCAL_OPERATOR) as tx:
                work_lines.rebuild(tx, as_of=as_of, case_nos=missing)

    def _keep_keys(self) -> None:
        _check_url(self.settings.database_url)
        lost = keys.keys_lost(self.settings)
        if not lost or not _in_use(self.settings.database_url):
            return
        names = "、".join(lost)
        raise Refusal(
            "keys_lost",
            Words(
                zh=f"数据库已存在，但密钥文件缺失：{names}。请从备份恢复到 keys/；另造新密钥将使已有数据永远无法读取。",
                en=f"the database exists but key files are missing: {', '.join(lost)}. Restore them to keys/; new keys would leave the data unreadable for good.",
            ),
            "个人信息保护法 第五十一条",
        )

    def actor(self, email: str | None) -> Actor:
        """The actor behind `--by`; the local operator without it."""
        if not email:
            return LOCAL_OPERATOR
        with self.reading() as session:
            return access_queries.actor_of(session, email)

    @contextmanager
    def reading(self, actor: Actor | None = None) -> Iterator[Session]:
        """Read one consistent picture of the institution's rows: all of them, or what an actor may see."""
        held = scope_of(actor) if actor else None
        with self.database.reading(institution_id=self.institution_id, scope=held) as session:
            yield session

    @contextmanager
    def transaction(self, actor: Actor) -> Iterator[Transaction]:
        """One business transaction of the institution; it sees what its actor may see."""
        held = scope_of(actor)
        with self.database.transaction(actor=actor, institution_id=self.institution_id, scope=held) as tx:
            yield tx


def installed() -> Installation:
    """The installation that the settings name."""
    return Installation(config.load())
