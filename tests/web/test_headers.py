"""What every answer carries, and what no page contains: scripts, inline styles, addresses elsewhere, cookies."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

URLS = [
    "/",
    "/?lang=en",
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
def test_every_answer_carries_the_policy(browser: FlaskClient, url: str) -> None:
    headers = browser.get(url).headers
    assert headers["Content-Security-Policy"] == (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    )
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "Set-Cookie" not in headers
    assert headers["Cache-Control"] == ("max-age=300" if url.startswith("/static") else "no-store")


@pytest.mark.parametrize("url", PAGES)
def test_no_page_has_a_script_an_inline_style_or_an_address_elsewhere(browser: FlaskClient, url: str) -> None:
    html = browser.get(url).get_data(as_text=True)
    assert not re.search(r"<script|<style|<iframe|<form|\sstyle=|\son\w+=|javascript:|https?://", html)
    targets = re.findall(r'(?:href|src)="([^"]*)"', html)
    assert targets
    assert all(target.startswith(("/", "?", "#")) and not target.startswith("//") for target in targets)


@pytest.mark.parametrize("url", PAGES)
def test_every_page_is_a_landmarked_document_in_its_language(browser: FlaskClient, url: str) -> None:
    answer = browser.get(url)
    html = answer.get_data(as_text=True)
    spoken = "en" if "lang=en" in url else "zh-CN"
    assert f'<html lang="{spoken}">' in html
    assert answer.headers["Content-Language"] == spoken
    assert html.count("<h1>") == 1
    assert all(
        mark in html for mark in ("<header>", '<nav aria-label="', '<main id="main">', "<footer>", 'class="skip"')
    )
    identifiers = re.findall(r'\bid="([^"]+)"', html)
    assert len(identifiers) == len(set(identifiers))


def test_the_style_sheet_fetches_nothing(browser: FlaskClient) -> None:
    css = browser.get("/static/desk.css").get_data(as_text=True)
    assert "url(" not in css
    assert "@import" not in css
    assert "gradient" not in css
    assert ":focus-visible" in css
    assert "@media print" in css


@pytest.mark.parametrize(
    "url", ["/static/../guard.py", "/static/%2e%2e/guard.py", "/static//etc/passwd", "/static/", "/static/none.css"]
)
def test_nothing_but_the_static_files_is_served(browser: FlaskClient, url: str) -> None:
    assert browser.get(url).status_code == 404
