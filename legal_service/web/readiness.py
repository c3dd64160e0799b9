"""Whether this installation can work, check by check, each with what is missing and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError

from legal_service.access import files as keys
from legal_service.documents import files as documents
from legal_service.errors import Language, Refusal, Words
from legal_service.installation import Installation
from legal_service.vault import files as vault
from legal_service.web import queries

FINE = Words(zh="正常", en="fine")
AFTER_KEYS = Words(zh="须先有密钥才能检查：执行 legal init。", en="cannot be checked without keys: run legal init.")


@dataclass(frozen=True, slots=True)
class Check:
    """One thing the installation needs."""

    name: str
    ok: bool
    says: Words

    def as_json(self, language: Language) -> dict[str, object]:
        """One entry of `/readyz`."""
        return {"name": self.name, "ok": self.ok, "says": self.says.read(language)}


def checks(installation: Installation, *, now: datetime) -> list[Check]:
    """Fonts, keys, migrations, store, jobs; what rests on something missing is not ready either and says so."""
    found = [_fonts(), _keys(installation)]
    found.append(_migrations(installation) if found[-1].ok else Check("migrations", False, AFTER_KEYS))
    found.append(_store(installation))
    found.append(_jobs(installation, now) if found[2].ok else Check("jobs", False, found[2].says))
    return found


def _fonts() -> Check:
    try:
        documents.prepare()
    except Refusal as refusal:
        return Check("fonts", False, refusal.reason)
    return Check("fonts", True, FINE)


def _keys(installation: Installation) -> Check:
    try:
        keys.read_key_ring(installation.settings)
        keys.secret_key(installation.settings)
    except Refusal as refusal:
        return Check("keys", False, refusal.reason)
    return Check("keys", True, FINE)


def _migrations(installation: Installation) -> Check:
    try:
        pending = installation.pending_migrations()
    except SQLAlchemyError as failure:
        return Check("migrations", False, database_unavailable(failure))
    if pending:
        return Check("migrations", False, keys.not_initialised(installation.settings).reason)
    return Check("migrations", True, FINE)


def _store(installation: Installation) -> Check:
    try:
        vault.open_store(installation.settings.store_url)
    except Refusal as refusal:
        return Check("store", False, refusal.reason)
    return Check("store", True, FINE)


def _jobs(installation: Installation, now: datetime) -> Check:
    with installation.reading() as session:
        stuck = queries.stuck_jobs(session, now)
    if not stuck.silent and not stuck.waiting:
        return Check("jobs", True, FINE)
    return Check(
        "jobs",
        False,
        Words(
            zh=f"{stuck.silent} 个任务的工作进程已无响应，{stuck.waiting} 个任务久等无人处理：请启动 legal worker。",
            en=f"{stuck.silent} jobs lost their worker and {stuck.waiting} wait for one: start legal worker.",
        ),
    )


def database_unavailable(failure: SQLAlchemyError) -> Words:
    """What a reader is told of a database that does not answer: the kind of failure, never its address or the query."""
    kind = type(failure).__name__
    return Words(
        zh=f"数据库不可用（{kind}）：请检查 LEGAL_DATABASE_URL 与数据库服务。",
        en=f"the database is not available ({kind}): check LEGAL_DATABASE_URL and the database server.",
    )
