"""The local store: whole or not at all, the same bytes once, and no byte handed out that does not match its name."""

from __future__ import annotations

import hashlib
import io
import os
import signal
import stat
import subprocess
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from legal_service import clock
from legal_service.errors import Refusal
from legal_service.vault.files import LocalStore, open_store
from legal_service.vault.store import address

SOME = "借款合同".encode()
NAME = hashlib.sha256(SOME).hexdigest()


def blobs(root: Path) -> list[Path]:
    return [path for path in root.rglob("*") if path.is_file() and path.parent.name != "incoming"]


def soon() -> datetime:
    return clock.seconds_from(clock.now(), 60)


def test_bytes_come_back(store: LocalStore, tmp_path: Path) -> None:
    blob = store.put(SOME)
    assert (blob.sha256, blob.size) == (NAME, len(SOME))
    assert store.exists(NAME)
    assert store.get(NAME) == SOME
    with store.open(NAME) as stream:
        assert stream.read() == SOME
    path = tmp_path / "vault" / NAME[:2] / NAME[2:4] / NAME
    assert stat.S_IMODE(path.stat().st_mode) == 0o400
    assert path.stat().st_nlink == 1


def test_a_stream_larger_than_one_portion(store: LocalStore) -> None:
    content = os.urandom(3 << 20) + b"x"
    blob = store.put(io.BytesIO(content))
    assert blob.size == len(content)
    assert store.get(blob.sha256) == content


def test_empty_bytes_are_bytes(store: LocalStore) -> None:
    blob = store.put(b"")
    assert blob.size == 0
    assert store.get(blob.sha256) == b""


def test_the_same_bytes_again_change_nothing(store: LocalStore, tmp_path: Path) -> None:
    store.put(SOME)
    before = blobs(tmp_path)[0].stat().st_ino
    assert store.put(io.BytesIO(SOME)).sha256 == NAME
    assert [path.stat().st_ino for path in blobs(tmp_path)] == [before]
    assert list((tmp_path / "vault" / "incoming").iterdir()) == []


def spoil(path: Path) -> None:
    path.chmod(0o600)
    path.write_bytes(path.read_bytes()[:-1] + b"?")


def test_a_damaged_blob_is_never_handed_out(store: LocalStore, tmp_path: Path) -> None:
    store.put(SOME)
    spoil(blobs(tmp_path)[0])
    for reading in (store.get, store.open, lambda _: store.put(SOME)):
        with pytest.raises(Refusal) as refused:
            reading(NAME)
        assert refused.value.code == "blob_damaged"


def test_a_lost_blob_is_refused_as_lost(store: LocalStore) -> None:
    assert not store.exists(NAME)
    for reading in (store.get, store.open):
        with pytest.raises(Refusal) as refused:
            reading(NAME)
        assert refused.value.code == "blob_missing"


@pytest.mark.parametrize("name", ["", "../../etc/passwd", NAME.upper(), NAME + "/", NAME[:-1], f"{NAME}\n"])
def test_a_name_that_is_no_hash_leads_nowhere(store: LocalStore, name: str) -> None:
    for reading in (store.get, store.open, store.exists, store.discard, address):
        with pytest.raises(ValueError):
            reading(name)


def test_an_unmounted_vault_is_noticed(tmp_path: Path) -> None:
    absent = LocalStore(tmp_path / "not-mounted")
    for attempt in (lambda: absent.put(SOME), lambda: absent.get(NAME), lambda: absent.unreferenced([], before=soon())):
        with pytest.raises(Refusal) as refused:
            attempt()
        assert refused.value.code == "store_unavailable"
    assert not (tmp_path / "not-mounted").exists()


def test_a_failing_source_leaves_nothing(store: LocalStore, tmp_path: Path) -> None:
    class Broken(io.RawIOBase):
        def __init__(self) -> None:
            self.portions = [b"half of it"]

        def read(self, size: int = -1) -> bytes:
            if self.portions:
                return self.portions.pop()
            raise OSError(5, "Input/output error")

    with pytest.raises(Refusal) as refused:
        store.put(Broken())  # type: ignore[arg-type]
    assert refused.value.code == "store_unavailable"
    assert [path for path in (tmp_path / "vault").rglob("*") if path.is_file()] == []


KILLED = """
import sys, time
from pathlib import Path
from legal_service.vault.files import LocalStore

class Slow:
    portions = 0
    def read(self, size):
        self.portions += 1
        if self.portions == 3:
            print("in the middle", flush=True)
            time.sleep(60)
        return b"x" * size

LocalStore(Path(sys.argv[1])).put(Slow())
"""


def test_killed_in_the_middle_of_a_put(store: LocalStore, tmp_path: Path) -> None:
    """kill -9 while two megabytes are written: no half blob under any name, and the sweep clears what was begun."""
    child = subprocess.Popen([sys.executable, "-c", KILLED, str(tmp_path / "vault")], stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    assert child.stdout.readline() == "in the middle\n"
    child.send_signal(signal.SIGKILL)
    child.wait(10)
    child.stdout.close()
    left = list((tmp_path / "vault" / "incoming").iterdir())
    assert blobs(tmp_path) == []
    assert len(left) == 1
    assert store.unreferenced([], before=clock.now() - timedelta(hours=1)) == []
    assert left[0].exists()  # too fresh: it might still be growing
    assert store.unreferenced([], before=soon()) == []
    assert not left[0].exists()


BOTH = """
import sys, time
from pathlib import Path
from legal_service.vault.files import LocalStore

store = LocalStore(Path(sys.argv[1]))
print("ready", flush=True)
sys.stdin.readline()
for number in range(60):
    store.put(str(number).encode() * 1000)
"""


def test_two_processes_put_the_same_bytes(store: LocalStore, tmp_path: Path) -> None:
    command = [sys.executable, "-c", BOTH, str(tmp_path / "vault")]
    children = [subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    for child in children:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
    for child in children:
        child.communicate("go\n", timeout=60)
        assert child.returncode == 0
    assert len(blobs(tmp_path)) == 60
    assert list((tmp_path / "vault" / "incoming").iterdir()) == []
    for number in range(60):
        content = str(number).encode() * 1000
        assert store.get(hashlib.sha256(content).hexdigest()) == content


def test_orphans_are_named_when_old_and_unknown(store: LocalStore, tmp_path: Path) -> None:
    known, orphan = store.put(b"known").sha256, store.put(b"orphan").sha256
    assert store.unreferenced({known}, before=soon()) == [orphan]
    assert store.unreferenced({known}, before=clock.now() - timedelta(hours=1)) == []
    store.discard(orphan)
    assert not store.exists(orphan)
    assert store.get(known) == b"known"


def test_bytes_claimed_again_begin_their_rest_anew(store: LocalStore, tmp_path: Path) -> None:
    store.put(SOME)
    path, long_ago = blobs(tmp_path)[0], time.time() - 10 * 86400
    os.utime(path, (long_ago, long_ago))
    yesterday = clock.now() - timedelta(days=1)
    assert store.unreferenced([], before=yesterday) == [NAME]
    store.put(SOME)
    assert store.unreferenced([], before=yesterday) == []


def test_the_settings_name_the_store(tmp_path: Path) -> None:
    url = f"file://{tmp_path / '证据 库'}"
    with pytest.raises(Refusal) as refused:
        open_store(url)
    assert refused.value.code == "store_unavailable"
    made = open_store(url, create=True)
    name = made.put(SOME).sha256
    assert open_store(url).get(name) == SOME


@pytest.mark.parametrize("url", ["s3://bucket/prefix", "file://relative", "vault", "http://example.com/", ""])
def test_stores_we_do_not_speak_are_refused(url: str) -> None:
    with pytest.raises(Refusal) as refused:
        open_store(url, create=True)
    assert refused.value.code == "store_unavailable"
