"""Keys, serial numbers, and asking an authority over HTTP, with every way it can go wrong."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib import error
from urllib import request as http
from wsgiref.simple_server import WSGIServer, make_server

import pytest

from legal_service import clock
from legal_service.config import Settings
from legal_service.errors import Refusal
from legal_service.vault.timestamps import files, request, verify
from legal_service.vault.timestamps.authority import Authority, answer
from legal_service.vault.timestamps.files import authority_server, make_authority, next_serial, read_authority, stamp

DATA = b"tagmanifest"


@contextmanager
def listening(server: WSGIServer) -> Iterator[str]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def replying(status: str, body: Iterable[bytes], *headers: tuple[str, str]) -> WSGIServer:
    """An authority that misbehaves in one particular way."""

    def application(environ: dict[str, Any], start_response: Callable[..., object]) -> Iterable[bytes]:
        environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        start_response(status, [("Content-Type", files.REPLY), *headers])
        return body

    return make_server("127.0.0.1", 0, application, handler_class=files._Quiet)


def refusal(settings: Settings) -> Refusal:
    with pytest.raises(Refusal) as refused:
        stamp(DATA, settings)
    return refused.value


def test_keys_are_made_once_and_for_their_owner_alone(demonstration: Settings) -> None:
    folder = demonstration.keys / "tsa"
    before = {path.name: path.read_bytes() for path in folder.glob("*.*") if path.suffix in {".pem", ".key"}}
    assert set(before) == {"ca.pem", "tsa.pem", "tsa.key"}
    make_authority(demonstration)
    assert {name: (folder / name).read_bytes() for name in before} == before
    assert {stat.S_IMODE((folder / name).stat().st_mode) for name in before} == {0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert [path.name for path in demonstration.keys.iterdir()] == ["tsa"]


def test_without_init_there_is_no_stamp(demonstration: Settings, tmp_path: Path) -> None:
    assert refusal(replace(demonstration, instance=tmp_path)).code == "not_initialised"


def test_the_embedded_authority_stamps(demonstration: Settings, authority: Authority) -> None:
    tsr, chain = stamp(DATA, demonstration)
    judged = verify(tsr, DATA, chain_pem=chain, ca_pem=authority.ca_pem)
    assert (judged.ok, judged.trusted) == (True, True)
    assert chain.count(b"BEGIN CERTIFICATE") == 2
    assert b"PRIVATE" not in chain


def test_openssl_verifies_the_chain_in_the_package(
    demonstration: Settings, openssl: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    """What a clerk does with tagmanifest-sha256.txt, timestamp.tsr and tsa-chain.pem."""
    tsr, chain = stamp(DATA, demonstration)
    for name, content in (("data", DATA), ("timestamp.tsr", tsr), ("tsa-chain.pem", chain)):
        (tmp_path / name).write_bytes(content)
    done = openssl("ts", "-verify", "-data", "data", "-in", "timestamp.tsr", "-CAfile", "tsa-chain.pem")
    assert done.returncode == 0, done.stderr


SERIALS = """
import sys
from dataclasses import replace
from pathlib import Path
from legal_service import config
from legal_service.vault.timestamps.files import next_serial
settings = replace(config.load(), instance=Path(sys.argv[1]))
print(*[next_serial(settings) for _ in range(40)])
"""


def test_serial_numbers_are_unique_and_increase_across_processes(demonstration: Settings) -> None:
    start = next_serial(demonstration)
    command = [sys.executable, "-c", SERIALS, str(demonstration.instance)]
    children = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    told = [[int(word) for word in child.communicate(timeout=60)[0].split()] for child in children]
    assert all(numbers == sorted(numbers) for numbers in told)
    assert sorted(told[0] + told[1]) == list(range(start + 1, start + 81))


def test_a_crash_between_two_serial_numbers_does_no_harm(demonstration: Settings) -> None:
    last = next_serial(demonstration)
    (demonstration.keys / "tsa" / "serial.new").write_text("half")
    assert next_serial(demonstration) == last + 1


def test_an_authority_over_http_is_asked(demonstration: Settings, authority: Authority) -> None:
    with listening(authority_server("127.0.0.1", 0, demonstration)) as url:
        tsr, chain = stamp(DATA, replace(demonstration, tsa_url=url, instance=Path("/nowhere")))
    assert verify(tsr, DATA, chain_pem=chain, ca_pem=authority.ca_pem).trusted


def test_an_answer_over_other_data_is_not_believed(demonstration: Settings, authority: Authority) -> None:
    tsr = answer(request(b"other data", 1), authority, at=clock.now(), serial=1)
    with listening(replying("200 OK", [tsr])) as url:
        refused = refusal(replace(demonstration, tsa_url=url))
    assert refused.code == "timestamp_refused"
    assert "not what was stamped" in refused.reason.en


def test_a_replayed_answer_is_not_believed(demonstration: Settings, authority: Authority) -> None:
    tsr = answer(request(DATA, 1), authority, at=clock.now(), serial=1)
    with listening(replying("200 OK", [tsr])) as url:
        refused = refusal(replace(demonstration, tsa_url=url))
    assert refused.code == "timestamp_refused"
    assert "nonce" in refused.reason.en


def test_an_error_page_is_no_stamp(demonstration: Settings) -> None:
    with listening(replying("200 OK", [b"<html>Bad gateway</html>"])) as url:
        assert refusal(replace(demonstration, tsa_url=url)).code == "timestamp_refused"
    with listening(replying("503 Service Unavailable", [b""])) as url:
        refused = refusal(replace(demonstration, tsa_url=url))
    assert (refused.code, "503" in refused.reason.en) == ("timestamp_unavailable", True)


def test_a_redirect_is_not_followed(demonstration: Settings) -> None:
    with listening(replying("302 Found", [b""], ("Location", "file:///etc/passwd"))) as url:
        assert refusal(replace(demonstration, tsa_url=url)).code == "timestamp_unavailable"


def test_an_endless_answer_is_cut(demonstration: Settings) -> None:
    with listening(replying("200 OK", (bytes(1 << 14) for _ in range(100)))) as url:
        refused = refusal(replace(demonstration, tsa_url=url))
    assert (refused.code, refused.reason.en.endswith("too large")) == ("timestamp_unavailable", True)


def test_a_dripping_answer_is_cut(demonstration: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each portion comes in time, all of them together do not."""
    monkeypatch.setattr(files, "PATIENCE", 0.3)
    slow = threading.Event()
    with listening(replying("200 OK", (b"0" for _ in range(20) if not slow.wait(0.05)))) as url:
        refused = refusal(replace(demonstration, tsa_url=url))
    assert (refused.code, refused.reason.en.endswith("too long")) == ("timestamp_unavailable", True)


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://127.0.0.1/", "tsa.example.com", "http://", "data:,x"])
def test_only_http_is_spoken(demonstration: Settings, url: str) -> None:
    assert refusal(replace(demonstration, tsa_url=url)).code == "timestamp_unavailable"


def test_nobody_there(demonstration: Settings) -> None:
    server = replying("200 OK", [b""])
    server.server_close()
    assert (
        refusal(replace(demonstration, tsa_url=f"http://127.0.0.1:{server.server_port}/")).code
        == "timestamp_unavailable"
    )


def test_the_demonstration_is_offered_to_this_machine_only(demonstration: Settings) -> None:
    for host in ("0.0.0.0", "", "192.0.2.1"):
        with pytest.raises(Refusal) as refused:
            authority_server(host, 0, demonstration)
        assert refused.value.code == "demonstration_only"


def test_the_demonstration_answers_posts_of_queries_only(demonstration: Settings) -> None:
    straight = http.build_opener(http.ProxyHandler({}))
    with listening(authority_server("127.0.0.1", 0, demonstration)) as url:
        for method, kind, body, status in (
            ("GET", None, None, 405),
            ("POST", "text/plain", b"x", 415),
            ("POST", files.QUERY, bytes(files.LARGEST_REQUEST + 1), 413),
        ):
            asked = http.Request(url, data=body, method=method, headers={"Content-Type": kind} if kind else {})
            with pytest.raises(error.HTTPError) as refused:
                straight.open(asked, timeout=10)
            assert refused.value.code == status
            refused.value.close()


def test_another_init_at_the_same_time_wins_or_loses_whole(demonstration: Settings, tmp_path: Path) -> None:
    settings = replace(demonstration, instance=tmp_path)
    threads = [threading.Thread(target=make_authority, args=(settings,)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert os.listdir(settings.keys) == ["tsa"]
    assert verify(answer(request(DATA, 1), read_authority(settings), at=clock.now(), serial=1), DATA).ok
