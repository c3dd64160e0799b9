"""One browser before the desk: signs in, opens pages, and judges every page it opens."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Download, Page, Response

from tests.browser import accessibility, keyboard, layout, privacy, words
from tests.browser.layout import WIDE
from tests.browser.sample import Sample
from tests.browser.watch import Watch

WAITS = 15_000
"""Milliseconds that a page may take on a busy machine before a test gives up."""


@dataclass
class Desk:
    """A browser context and its page, watched. `tongue` is the language of the pages as `?lang=` asks for it."""

    context: BrowserContext
    page: Page
    watch: Watch
    sample: Sample
    tongue: str = "zh"
    role: str = ""

    @classmethod
    def at(cls, browser: Browser, origin: str, sample: Sample, **options: Any) -> Desk:
        """A new browser of its own: no cookie, nothing remembered. `options` are those of a Playwright context."""
        wanted: dict[str, Any] = {
            "viewport": {"width": WIDE[0], "height": WIDE[1]},
            "locale": "zh-CN",
            "timezone_id": "Asia/Shanghai",
            "reduced_motion": "reduce",
            "accept_downloads": True,
            "base_url": origin,
        }
        context = browser.new_context(**(wanted | options))
        context.set_default_timeout(WAITS)
        watch = Watch(origin).over(context)
        return cls(context, context.new_page(), watch, sample)

    def another_tab(self) -> Desk:
        """A second tab of the same browser: the same session, the same watch."""
        return Desk(self.context, self.context.new_page(), self.watch, self.sample, self.tongue, self.role)

    def close(self) -> None:
        """Close the browser; whatever went wrong and was not yet told is told now."""
        told = self.watch.told()
        self.context.close()
        assert not told, "\n".join(told)

    @property
    def path(self) -> str:
        """Where the page is, without the server's name."""
        parts = urlsplit(self.page.url)
        return parts.path + (f"?{parts.query}" if parts.query else "")

    def sign_in(self, role: str) -> Desk:
        """Sign in as the sample's user of a role (or by a name of `Sample.logins`)."""
        login = self.sample.logins[role]
        self.enter(login.email, login.password)
        self.role = role
        return self

    def enter(self, email: str, password: str) -> None:
        """Sign in with an address and a password, on the way to one's own account."""
        self.open("/sign-in?next=/me")
        self.page.locator("input[name=email]").fill(email)
        self.page.locator("input[name=password]").fill(password)
        self.leave(lambda: self.page.locator("input[name=password]").press("Enter"))
        assert not urlsplit(self.page.url).path.startswith("/sign-in"), self.page.inner_text("main")

    def sign_out(self) -> None:
        """Sign out by the button that every page has."""
        self.leave(lambda: self.page.locator("form[action$='/sign-out'] button").first.click())
        assert urlsplit(self.page.url).path == "/sign-in", self.page.url

    def open(self, path: str, *, status: int = 200, tongue: str = "") -> Response:
        """Open an address and hold it to its status; a refusal that is expected is no trouble."""
        asked = path
        if tongue:
            self.tongue = tongue
            asked += ("&" if "?" in path else "?") + f"lang={tongue}"
        with self.watch.expecting(*([status] if 400 <= status < 500 else [])):
            answer = self.page.goto(asked, wait_until="load")
        assert answer is not None, path
        assert answer.status == status, f"{path}: {answer.status}, not {status}: {self.page.inner_text('body')[:300]}"
        return answer

    def speak(self, tongue: str) -> None:
        """Have the pages in a language from now on."""
        if self.tongue != tongue:
            self.tongue = tongue
            self.context.request.get(f"/sign-in?lang={tongue}", max_redirects=0)

    def leave(self, deed: Callable[[], object]) -> None:
        """Do what leads to another page, and wait until that page is there."""
        with self.page.expect_navigation(wait_until="load"):
            deed()

    def follow(self, name: str | re.Pattern[str]) -> None:
        """Follow the page's link of this name; a name in full, or a pattern."""
        link = self.page.locator("main").get_by_role("link", name=name, exact=isinstance(name, str)).first
        self.leave(link.click)

    def press(self, name: str | re.Pattern[str]) -> None:
        """Press the page's button of this name, and wait for the page that answers."""
        button = self.page.locator("main").get_by_role("button", name=name, exact=isinstance(name, str)).first
        self.leave(button.click)

    def says(self, words: str) -> None:
        """Hold the page to saying these words to whoever looks at it."""
        told = self.page.inner_text("main")
        assert words in told, f"{self.path} does not say “{words}” but:\n{told[:1500]}"

    def fetch(self, deed: Callable[[], object], folder: Path) -> Path:
        """Do what starts a download, and answer the file under the name the server gave it."""
        with self.page.expect_download() as coming:
            deed()
        found: Download = coming.value
        path = folder / found.suggested_filename
        found.save_as(path)
        return path

    def slowly(self, milliseconds: int, bytes_a_second: int = 30_000) -> None:
        """From now on the network of a hotel: every request waits so long and then trickles. 0 ends it."""
        debugger = self.context.new_cdp_session(self.page)
        pace = bytes_a_second if milliseconds else -1
        conditions = {"offline": False, "latency": milliseconds, "downloadThroughput": pace, "uploadThroughput": pace}
        debugger.send("Network.enable")
        debugger.send("Network.emulateNetworkConditions", conditions)

    def faults(self, *, codes: bool = False) -> list[str]:
        """What is wrong with the page as it stands, without moving anything: quick enough for every step of a walk."""
        page = self.page
        home = page.evaluate("() => document.documentElement.lang")
        wanted = words.TONGUES[self.tongue]
        found = [] if home == wanted else [f"the document says lang={home!r}, not {wanted!r}"]
        found += [] if page.title().strip() else ["the page has no title"]
        heads = page.locator("h1").count()
        found += [] if heads == 1 else [f"the page has {heads} main headings"]
        found += words.faults(words.said(page), self.tongue, codes=codes) if home == wanted else []
        found += privacy.faults(page, self.sample.personal)
        return found + self.watch.told()

    def check(self, *, codes: bool = False) -> None:
        """Hold the page to what every page must be."""
        self._hold(self.faults(codes=codes))

    def judge(self, *, reference: bool = False) -> None:
        """Hold the page to everything: words, privacy, WCAG, fit at every width, keyboard."""
        found = self.faults(codes=reference) + accessibility.faults(self.page) + layout.faults(self.page)
        found += keyboard.skips(self.page)
        found += [] if reference else keyboard.faults(self.page)
        self._hold(found + self.watch.told())

    def _hold(self, found: list[str]) -> None:
        unique = list(dict.fromkeys(found))
        assert not unique, f"{self.path} ({self.role or 'nobody'}, {self.tongue}):\n  " + "\n  ".join(unique)
