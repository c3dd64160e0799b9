"""Users, passwords and tokens from the command line, and the people of the demonstration."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from legal_service import clock
from legal_service.access import files, operations, queries
from legal_service.access.permissions import ROLES
from legal_service.cli import legal
from legal_service.cli.demo.people import introduce
from legal_service.installation import Installation
from tests.access.people import GOOD, add, trail, user


@pytest.fixture(autouse=True)
def folder(installation: Installation, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The instance that the commands below find in their environment."""
    monkeypatch.setenv("LEGAL_INSTANCE", str(installation.settings.instance))
    for name in ("LEGAL_DATABASE_URL", "LEGAL_STORE_URL", "LEGAL_FIELD_KEYS"):
        monkeypatch.delenv(name, raising=False)
    return installation.settings.instance


def run(*words: str, typed: str = "") -> Result:
    return CliRunner().invoke(legal, words, input=typed)


def done(*words: str, typed: str = "") -> Any:
    """The JSON that a command answers."""
    result = run(*words, "--json", typed=typed)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def refused(*words: str, typed: str = "") -> str:
    """The code that a command refuses with."""
    result = run(*words, "--json", typed=typed)
    assert result.exit_code == 1, result.output
    return str(json.loads(result.stdout)["refusal"]["code"])


def test_a_user_is_added_listed_closed_and_reopened() -> None:
    assert done("user", "add", "Wang@B.cn", "--role", "lawyer", "--name", "王律师") == {
        "email": "wang@b.cn",
        "role": "lawyer",
        "changed": True,
    }
    assert done("user", "deactivate", "WANG@b.cn") == {"email": "wang@b.cn", "active": False, "changed": True}
    assert [(one["email"], one["active"]) for one in done("user", "list")] == [("wang@b.cn", False)]
    assert "已停用" in run("user", "list").stdout
    assert done("user", "add", "wang@b.cn", "--role", "lawyer")["changed"] is True
    assert done("user", "list")[0]["active"] is True


def test_a_one_time_password_is_printed_once_and_must_be_changed(installation: Installation) -> None:
    add(installation)
    told = done("user", "password", "wang@b.cn")
    assert told["must_change"] is True
    assert operations.verify_password(user(installation), told["password"])
    printed = run("user", "password", "wang@b.cn").stdout.strip()
    assert operations.verify_password(user(installation), printed)
    assert not operations.verify_password(user(installation), told["password"])
    assert told["password"] not in json.dumps(done("user", "list"))


@pytest.mark.parametrize("ending", ["", "\n", "\r\n", "\nnot this line\n"])
def test_a_password_of_ones_choice_comes_from_standard_input(installation: Installation, ending: str) -> None:
    add(installation)
    told = done("user", "password", "wang@b.cn", "--stdin", typed=GOOD + ending)
    assert told == {"email": "wang@b.cn", "must_change": False}
    assert operations.verify_password(user(installation), GOOD)


def test_what_may_not_be_is_refused_with_its_code(installation: Installation) -> None:
    add(installation)
    add(installation, "li@b.cn", "collections")
    assert refused("user", "password", "wang@b.cn", "--stdin", typed="short\n") == "weak_password"
    assert refused("user", "password", "wang@b.cn", "--stdin", typed="") == "weak_password"
    assert refused("user", "password", "nobody@b.cn") == "unknown_user"
    assert refused("user", "password", "wang@b.cn", "--by", "li@b.cn") == "not_permitted"
    assert refused("user", "deactivate", "wang@b.cn", "--by", "li@b.cn") == "not_permitted"
    assert refused("token", "list", "nobody@b.cn") == "unknown_user"
    assert refused("token", "create", "wang@b.cn", "x", "--until", "2020-01-01") == "bad_date"
    assert refused("token", "revoke", "wang@b.cn", "7") == "unknown_token"


def test_a_token_is_made_shown_once_listed_and_revoked(installation: Installation) -> None:
    found = add(installation)
    until = clock.today().isoformat()
    told = done("token", "create", "wang@b.cn", "核心系统", "--until", until, "--by", "wang@b.cn")
    assert told == {
        "id": 1,
        "email": "wang@b.cn",
        "name": "核心系统",
        "use": "api",
        "until": until,
        "token": told["token"],
    }
    with installation.reading() as session:
        held = queries.token_held(session, told["token"], clock.today())
        assert held is not None and (held.owner, held.until_on) == (found, clock.today())
    listed = run("token", "list", "wang@b.cn", "--json")
    assert told["token"] not in listed.stdout
    assert [(one["name"], one["revoked_at"]) for one in json.loads(listed.stdout)] == [("核心系统", None)]
    assert done("token", "revoke", "wang@b.cn", "1") == {"id": 1, "email": "wang@b.cn", "revoked": True}
    assert "已撤销" in run("token", "list", "wang@b.cn").stdout
    with installation.reading() as session:
        assert queries.token_held(session, told["token"], clock.today()) is None


# -- the people of the demonstration


def test_the_demonstration_has_one_log_in_for_each_role_that_opens(installation: Installation) -> None:
    logins = introduce(installation)
    assert {one["role"] for one in logins} == set(ROLES)
    assert len(logins) == len({one["password"] for one in logins}) == len(ROLES)
    assert files.demo_logins(installation.settings) == logins
    for one in logins:
        found = user(installation, one["email"])
        assert (found.name, found.role, found.active, found.must_change) == (one["name"], one["role"], True, False)
        assert operations.verify_password(found, one["password"])


def test_introduced_again_the_people_are_who_they_were(installation: Installation) -> None:
    first = introduce(installation)
    path = installation.settings.keys / files.DEMO_LOGINS
    before, told = (path.read_bytes(), path.stat().st_mtime_ns), trail(installation)
    assert introduce(installation) == first
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before
    assert trail(installation) == told


def test_only_a_password_that_no_longer_opens_is_replaced(installation: Installation) -> None:
    first = {one["email"]: one["password"] for one in introduce(installation)}
    changed = next(iter(first))
    with installation.transaction(installation.actor(None)) as tx:
        operations.set_password(tx, email=changed, password=GOOD)
    second = {one["email"]: one["password"] for one in introduce(installation)}
    assert {email for email in first if first[email] != second[email]} == {changed}
    assert operations.verify_password(user(installation, changed), second[changed])
