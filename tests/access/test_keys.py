"""Key files: made once, never replaced, readable by their owner only; nothing works before `legal init`."""

from __future__ import annotations

import base64
from dataclasses import replace
from pathlib import Path

import pytest

from legal_service.access import files
from legal_service.errors import Refusal
from legal_service.installation import Installation
from tests.conftest import settings_in


def test_keys_are_made_once_and_for_their_owner_only(tmp_path: Path) -> None:
    settings = settings_in(tmp_path / "instance")
    assert files.make_keys(settings) == ["field.keys", "index.key", "secret.key"]
    before = {path.name: path.read_bytes() for path in settings.keys.iterdir()}
    assert files.make_keys(settings) == []
    assert {path.name: path.read_bytes() for path in settings.keys.iterdir()} == before
    assert len(set(before.values())) == 3
    assert {oct(path.stat().st_mode & 0o777) for path in settings.keys.iterdir()} == {"0o600"}
    assert oct(settings.keys.stat().st_mode & 0o777) == "0o700"


def test_field_keys_of_the_environment_come_before_the_file(tmp_path: Path) -> None:
    own = base64.b64encode(bytes(range(32))).decode()
    settings = replace(settings_in(tmp_path / "instance"), field_keys=own)
    assert files.make_keys(settings) == ["index.key", "secret.key"]
    ring = files.read_key_ring(settings)
    assert ring.open("t.c", ring.seal("t.c", "张三")) == "张三"


@pytest.mark.parametrize("keys", ["x", "YWJj", base64.b64encode(bytes(31)).decode(), ","])
def test_malformed_field_keys_are_refused(tmp_path: Path, keys: str) -> None:
    settings = replace(settings_in(tmp_path / "instance"), field_keys=keys)
    files.make_keys(settings)
    with pytest.raises(Refusal) as refused:
        files.read_key_ring(settings)
    assert refused.value.code == "bad_field_keys"


def test_nothing_opens_before_init(tmp_path: Path) -> None:
    settings = settings_in(tmp_path / "instance")
    with pytest.raises(Refusal) as refused:
        Installation(settings).opened()
    assert refused.value.code == "not_initialised"
    assert "legal init" in refused.value.reason.zh
    assert not (tmp_path / "instance").exists()
    with pytest.raises(Refusal):
        files.secret_key(settings)


def test_init_again_changes_nothing(installation: Installation) -> None:
    again = Installation(installation.settings).initialise()
    assert (again["keys_made"], again["upgraded"]) == ([], False)
    assert installation.opened().institution_id == 1


def test_the_secret_key_of_the_settings_comes_first(installation: Installation) -> None:
    assert files.secret_key(replace(installation.settings, secret_key="given")) == "given"
    assert len(base64.b64decode(files.secret_key(installation.settings))) == 32


LOGINS = [{"role": "lawyer", "email": "lawyer@demo.example", "name": "林知远", "password": "abcd-efgh-jkmn-pqrs-tuvw"}]


def test_the_demonstrations_logins_are_for_their_owner_only(tmp_path: Path) -> None:
    settings = settings_in(tmp_path / "instance")
    assert files.demo_logins(settings) == []  # any other instance
    files.make_keys(settings)
    files.write_demo_logins(settings, [])
    files.write_demo_logins(settings, LOGINS)
    assert files.demo_logins(settings) == LOGINS
    assert oct((settings.keys / "demo-logins.json").stat().st_mode & 0o777) == "0o600"
    assert sorted(path.name for path in settings.keys.iterdir() if path.name.startswith("demo")) == ["demo-logins.json"]


@pytest.mark.parametrize("damaged", ["", "{}[", '{"role": 1}', '[{"role": "lawyer"}]', "[1]", "3"])
def test_a_damaged_file_of_logins_names_nobody(tmp_path: Path, damaged: str) -> None:
    settings = settings_in(tmp_path / "instance")
    files.make_keys(settings)
    (settings.keys / "demo-logins.json").write_text(damaged, encoding="utf-8")
    assert files.demo_logins(settings) == []
