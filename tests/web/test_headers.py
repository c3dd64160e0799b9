"""What every answer carries, and what no page contains: inline scripts and styles, addresses elsewhere."""

from __future__ import annotations

import re

import pytest

from tests.web.conftest import Desk

URLS = [
    "/overview",
    "/overview?lang=en",
    "/overview?lang=hant",
    "/me",
    "/law",
    "/law?status=secondary",
    "/law/stages",
    "/nowhere",
    "/static/desk.css",
    "/static/favicon.svg",
    "/readyz",
]
PAGES = [url for url in URLS if not url.startswith(("/static", "/readyz"))]


@pytest.mark.parametrize("url", URLS)
def test_every_answer_carries_the_policy(lawyer: Desk, url: str) -> None:
    headers = lawyer.get(url).headers
    assert headers["Content-Security-Policy"] == (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    )
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["Cache-Control"] == ("max-age=300" if url.startswith("/static") else "no-store")


@pytest.mark.parametrize("url", PAGES)
def test_no_page_has_an_inline_script_or_style_or_an_address_elsewhere(lawyer: Desk, url: str) -> None:
    html = lawyer.get(url).get_data(as_text=True)
    assert not re.search(r"<style|<iframe|\sstyle=|\son\w+=|javascript:|https?://", html)
    assert all('src="/static/' in tag and end == "" for tag, end in re.findall(r"<script([^>]*)>(.*?)</script>", html))
    targets = re.findall(r'(?:href|src)="([^"]*)"', html)
    assert targets
    assert all(target.startswith(("/", "?", "#")) and not target.startswith("//") for target in targets)


@pytest.mark.parametrize("url", PAGES)
def test_every_page_is_a_landmarked_document_in_its_language(lawyer: Desk, url: str) -> None:
    answer = lawyer.get(url)
    html = answer.get_data(as_text=True)
    spoken = "en" if "lang=en" in url else "zh-Hant" if "lang=hant" in url else "zh-CN"
    assert f'<html lang="{spoken}">' in html
    assert answer.headers["Content-Language"] == spoken
    assert html.count("<h1>") == 1
    assert all(
        mark in html
        for mark in ("<header", '<nav class="desk-nav" aria-label="', '<main id="main"', "<footer>", 'class="skip"')
    )
    identifiers = re.findall(r'\bid="([^"]+)"', html)
    assert len(identifiers) == len(set(identifiers))


def test_the_style_sheet_fetches_nothing(lawyer: Desk) -> None:
    css = lawyer.get("/static/desk.css").get_data(as_text=True)
    assert "url(" not in css
    assert "@import" not in css
    assert "gradient" not in css
    assert ":focus-visible" in css
    assert "@media print" in css


@pytest.mark.parametrize(
    "url", ["/static/../guard.py", "/static/%2e%2e/guard.py", "/static//etc/passwd", "/static/", "/static/none.css"]
)
def test_nothing_but_the_static_files_is_served(lawyer: Desk, url: str) -> None:
    assert lawyer.get(url).status_code == 404
