"""A small vault with its database, and a demonstration authority made once for all tests."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from legal_service import clock, config
from legal_service.access.models import Institution
from legal_service.config import Settings
from legal_service.database import LOCAL_OPERATOR, Base, Database, KeyRing, Transaction
from legal_service.vault import operations
from legal_service.vault.files import LocalStore
from legal_service.vault.models import VaultItem
from legal_service.vault.timestamps.authority import Authority
from legal_service.vault.timestamps.files import make_authority, read_authority

MOMENT = clock.parse_moment("2026-03-02 10:15:30.123456")
CONTRACT = "%PDF-1.7 个人借款合同 HM0001".encode()


@pytest.fixture
def store(tmp_path: Path) -> LocalStore:
    return LocalStore(tmp_path / "vault").prepare()


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{tmp_path / 'service.db'}", KeyRing(fields=[bytes(32)], index=bytes(32)))
    Base.metadata.create_all(database.engine)
    with database.aside(institution_id=None) as session:
        for code in ("one", "two"):
            session.add(Institution(code=code, name=code, created_at=MOMENT))
    yield database
    database.dispose()


@pytest.fixture
def writing(database: Database) -> Callable[..., object]:
    """`with writing() as tx:` — a business transaction of the local operator of the first institution."""
    return lambda institution_id=1, moment=MOMENT: database.transaction(
        actor=LOCAL_OPERATOR, institution_id=institution_id, moment=moment
    )


@pytest.fixture
def deposit(store: LocalStore) -> Callable[..., VaultItem]:
    """Deposit a loan contract, or what the test changes of it."""

    def deposited(tx: Transaction, **changes: object) -> VaultItem:
        plain: dict[str, object] = {
            "store": store,
            "content": CONTRACT,
            "filename": "借款合同-张伟.pdf",
            "media_type": "application/pdf",
            "kind": "contract",
            "subject": "loan:HM0001",
            "form": "electronic",
            "obtained_on": date(2026, 3, 1),
            "source": "贷款系统导出（经办：李娜）",
        }
        return operations.deposit(tx, **(plain | changes))  # type: ignore[arg-type]

    return deposited


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of an instance whose demonstration authority has its keys."""
    settings = replace(config.load(), instance=tmp_path_factory.mktemp("instance"), tsa_url="")
    make_authority(settings)
    return settings


@pytest.fixture(scope="session")
def authority(demonstration: Settings) -> Authority:
    return read_authority(demonstration)


@pytest.fixture
def openssl(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run the openssl command line in the test's own folder: somebody else's tool, which shares no code with ours."""
    return lambda *arguments: subprocess.run(
        ["openssl", *arguments], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60
    )
