"""Whether this installation can work, check by check, each with what is missing and how to mend it.

Anybody who reaches the service may ask: nothing here names a folder, an address, a secret or a person.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError

from legal_service.access import files as keys
from legal_service.documents import files as documents
from legal_service.errors import Refusal, Words
from legal_service.installation import Installation
from legal_service.jobs import queries as jobs
from legal_service.vault import files as vault
from legal_service.web import queries

FINE = Words(zh="正常", en="fine")
KEYS = Words(
    zh="密钥缺失或不可读：新实例请执行 legal init，已有实例请从备份恢复 keys/，或检查 LEGAL_FIELD_KEYS。",
    en="keys are missing or unreadable: run legal init for a new instance, restore keys/ of an old one, or check LEGAL_FIELD_KEYS.",
)
MIGRATIONS = Words(
    zh="数据库尚未建立或版本较旧：请执行 legal init。", en="the database is not set up or is older: run legal init."
)
STORE = Words(
    zh="证据库不可用：请检查 LEGAL_STORE_URL 与磁盘；新实例请先执行 legal init。",
    en="the vault is not available: check LEGAL_STORE_URL and the disk; for a new instance run legal init.",
)
AFTER_KEYS = Words(zh="须先有密钥才能检查：执行 legal init。", en="cannot be checked without keys: run legal init.")


@dataclass(frozen=True, slots=True)
class Check:
    """One thing the installation needs."""

    name: str
    ok: bool
    says: Words


def checks(installation: Installation, *, now: datetime) -> list[Check]:
    """Fonts, keys, migrations, store, worker, jobs; what rests on something missing is not ready either and says so."""
    found = [_fonts(), _keys(installation)]
    found.append(_migrations(installation) if found[-1].ok else Check("migrations", False, AFTER_KEYS))
    found.append(_store(installation))
    for name, check in (("worker", _worker), ("jobs", _jobs)):
        found.append(check(installation, now) if found[2].ok else Check(name, False, found[2].says))
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
    except (Refusal, OSError):
        return Check("keys", False, KEYS)
    return Check("keys", True, FINE)


def _migrations(installation: Installation) -> Check:
    try:
        pending = installation.pending_migrations()
    except SQLAlchemyError as failure:
        return Check("migrations", False, database_unavailable(failure))
    except Refusal as refusal:  # no address of a database; the words do not quote it
        return Check("migrations", False, refusal.reason)
    return Check("migrations", False, MIGRATIONS) if pending else Check("migrations", True, FINE)


def _store(installation: Installation) -> Check:
    try:
        vault.open_store(installation.settings.store_url)
    except (Refusal, OSError):
        return Check("store", False, STORE)
    return Check("store", True, FINE)


def _worker(installation: Installation, now: datetime) -> Check:
    with installation.reading() as session:
        alive = jobs.workers_alive(session, now)
    if alive:
        return Check("worker", True, FINE)
    return Check(
        "worker",
        False,
        Words(
            zh="没有工作进程在运行，提交的任务不会执行：请执行 legal serve（自带一个）或 legal worker。",
            en="no worker is running, so no job will be done: run legal serve (which brings one) or legal worker.",
        ),
    )


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
