"""What a browser must never do on our pages, watched on every page that any test opens."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Dialog, Request, Response, WebError

_TELL = "tellOfPolicyViolation"
_LISTEN = f"""
document.addEventListener('securitypolicyviolation', event => window.{_TELL}(
  `${{event.effectiveDirective}} forbids ${{event.blockedURI}} at ${{event.sourceFile || location.pathname}}:${{event.lineNumber}}`
), true);
"""
_SAID_BY_RESPONSE = "Failed to load resource: the server responded with a status of"


@dataclass
class Watch:
    """The troubles of one browser context since they were last read; `refusals` are the statuses a test expects."""

    origin: str
    troubles: list[str] = field(default_factory=list)
    refusals: set[int] = field(default_factory=set)
    offline: bool = False
    warnings: int = 0
    """How often the browser asked before it left a half-written form."""

    def over(self, context: BrowserContext) -> Watch:
        """Begin to watch a context and every page it will open."""
        context.expose_binding(_TELL, lambda source, told: self._note(f"content policy: {told}"))
        context.add_init_script(_LISTEN)
        context.on("console", self._console)
        context.on("dialog", self._dialog)
        context.on("weberror", self._error)
        context.on("request", self._request)
        context.on("requestfailed", self._failed)
        context.on("response", self._response)
        return self

    def told(self) -> list[str]:
        """The troubles so far; the list begins anew."""
        found, self.troubles = self.troubles, []
        return found

    @contextmanager
    def expecting(self, *statuses: int) -> Iterator[None]:
        """Within, these refusals (404, 409, 422 …) are what the test is about. A 5xx is never expected."""
        assert all(400 <= status < 500 for status in statuses), statuses
        before, self.refusals = self.refusals, self.refusals | set(statuses)
        try:
            yield
        finally:
            self.refusals = before

    @contextmanager
    def without_network(self) -> Iterator[None]:
        """Within, requests may fail because the test has cut the line."""
        self.offline = True
        try:
            yield
        finally:
            self.offline = False

    def _note(self, trouble: str) -> None:
        self.troubles.append(trouble)

    def _console(self, message: ConsoleMessage) -> None:
        said = message.text
        cut = self.offline and "net::ERR_" in said
        if message.type in ("error", "warning") and not said.startswith(_SAID_BY_RESPONSE) and not cut:
            self._note(f"console {message.type}: {said}")

    def _dialog(self, dialog: Dialog) -> None:
        """Only the browser's own warning before a half-written form is left; our pages ask by pages, never by a box."""
        if dialog.type == "beforeunload":
            self.warnings += 1
            dialog.accept()
        else:
            self._note(f"a box asks: {dialog.type}: {dialog.message}")
            dialog.dismiss()

    def _error(self, error: WebError) -> None:
        self._note(f"page error: {error.error}")

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob", "about") and f"{parts.scheme}://{parts.netloc}" != self.origin:
            self._note(f"another host: {request.method} {parts.scheme}://{parts.netloc}")

    def _failed(self, request: Request) -> None:
        """A page left behind, and a navigation that became a download, abort their requests; nothing else may."""
        if "ERR_ABORTED" not in (request.failure or "") and not self.offline:
            self._note(f"failed request: {request.method} {request.url}: {request.failure}")

    def _response(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self.refusals:
            self._note(f"status {response.status}: {response.request.method} {response.url}")
