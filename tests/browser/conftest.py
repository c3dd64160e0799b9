"""One sample instance, one real server with its worker, one Chromium for all browser tests of a run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, sync_playwright

from tests.browser import sample as samples
from tests.browser.desk import Desk
from tests.browser.sample import Sample
from tests.browser.server import Running, running

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--font-render-hinting=none",
)  # fmt: skip


@pytest.fixture(scope="package")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    """The instance that all browser tests work on."""
    return samples.build(tmp_path_factory.mktemp("desks"))


@pytest.fixture(scope="package")
def served(sample: Sample, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The instance, served. What the server wrote meanwhile must hold no failure and nobody's particulars."""
    log = tmp_path_factory.mktemp("log") / "serve.log"
    with running(sample.folder, log) as server:
        yield server
    said = log.read_text(encoding="utf-8", errors="replace")
    assert "Traceback" not in said, said[-4000:]
    told = [one for one in (*sample.personal.names, *sample.personal.numbers) if len(one) > 2 and one in said]
    assert not told, f"the log holds personal values: {told}"


@pytest.fixture(scope="package")
def chromium(served: Running) -> Iterator[Browser]:
    """Debian's Chromium without a window. Started after the server: Playwright keeps this thread's event loop."""
    if not CHROMIUM.is_file():
        pytest.fail(f"{CHROMIUM} is not installed: run `make setup` (as root, it installs Debian's)", pytrace=False)
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        except Error as failure:
            pytest.fail(f"{CHROMIUM} does not start: {failure.message}", pytrace=False)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def signed_in(chromium: Browser, served: Running, sample: Sample) -> Iterator[Callable[[str], Desk]]:
    """A desk for each role, signed in once and shared by the tests that only look. The empty role is nobody."""
    desks: dict[str, Desk] = {}

    def desk_of(role: str) -> Desk:
        if role in sample.ended and role in desks:
            desks.pop(role).close()
        if role not in desks:
            made = Desk.at(chromium, served.origin, sample)
            desks[role] = made.sign_in(role) if role else made
            desks[role].watch.told()
            sample.ended.discard(role)
        desks[role].speak("zh")
        return desks[role]

    yield desk_of
    for desk in desks.values():
        desk.close()


@pytest.fixture
def new_desk(chromium: Browser, served: Running, sample: Sample) -> Iterator[Callable[..., Desk]]:
    """A browser of the test's own: `new_desk("lawyer")`, `new_desk("lawyer", java_script_enabled=False)`."""
    desks: list[Desk] = []

    def desk_of(role: str = "", **options: object) -> Desk:
        made = Desk.at(chromium, served.origin, sample, **options)
        desks.append(made)
        return made.sign_in(role) if role else made

    yield desk_of
    for desk in desks:
        desk.close()
