"""No page without a walk: every address that answers GET is visited by the browser tests, or said to be no page."""

from __future__ import annotations

import re
from pathlib import Path

from flask import Flask
from werkzeug.exceptions import NotFound
from werkzeug.routing import RequestRedirect

from legal_service import config
from legal_service.access import permissions
from legal_service.application import create_app
from legal_service.installation import Installation
from legal_service.web import guard
from tests.browser.pages import NO_PAGES, VISITS, Visit
from tests.conftest import settings_in


class _Anything(dict[str, str]):
    """Stands for the sample: every name in a path is a plausible one."""

    def __missing__(self, name: str) -> str:
        return "1"


def visited(app: Flask, visits: tuple[Visit, ...]) -> dict[str, set[str]]:
    """Endpoint → the roles that visit it; a path that leads nowhere stands under its own name."""
    adapter = app.url_map.bind("localhost")
    found: dict[str, set[str]] = {}
    for visit in visits:
        path = visit.path.format_map(_Anything()).partition("?")[0]
        try:
            endpoint, _ = adapter.match(path, method="GET")
        except (NotFound, RequestRedirect):
            endpoint = f"nowhere: {visit.path}"
        found.setdefault(endpoint, set()).add(visit.role)
    return found


def endpoints(app: Flask) -> set[str]:
    """Every endpoint of the web that answers GET. Those of the API itself are schemathesis's business."""
    return {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or set()) and not rule.rule.startswith("/api/v1/")
    }


def an_app(folder: Path) -> Flask:
    return create_app(Installation(settings_in(folder)))


def test_every_page_is_walked(tmp_path: Path) -> None:
    app = an_app(tmp_path)
    walked = visited(app, VISITS)
    assert sorted(endpoints(app) - set(walked) - set(NO_PAGES)) == [], "a page without a browser walk"
    assert sorted(set(walked) - endpoints(app)) == [], "a walk that leads to no page"
    assert sorted(set(NO_PAGES) - endpoints(app)) == [], "no such address any more"


def test_who_walks_may(tmp_path: Path) -> None:
    app = an_app(tmp_path)
    rules = guard.rules_of(app)
    for endpoint, roles in visited(app, VISITS).items():
        rule = rules[endpoint]["GET"]
        for role in roles:
            assert rule == guard.PUBLIC or role, f"{endpoint} is not public"
            named = role.removeprefix("second_")
            assert rule in (guard.PUBLIC, guard.SIGNED_IN) or permissions.allowed(named, rule), f"{endpoint}: {role}"


def test_a_page_without_a_walk_would_be_noticed(tmp_path: Path) -> None:
    app = an_app(tmp_path)
    assert visited(app, VISITS[:1]) == {"sign_in": {""}}
    assert visited(app, (Visit("gone", "lawyer", "/gone"),)) == {"nowhere: /gone": {"lawyer"}}


def test_names_of_pictures_are_unique() -> None:
    names = [visit.name for visit in VISITS]
    assert len(names) == len(set(names))


def test_the_guide_shows_every_picture_and_no_other() -> None:
    guide = config.ROOT / "docs" / "guide"
    shown = set(re.findall(r"\(pictures/([\w-]+\.png)\)", (guide / "00-desk.md").read_text(encoding="utf-8")))
    made = {f"{visit.name}-{width}.png" for visit in VISITS if visit.pictured for width in ("wide", "narrow")}
    assert shown == made
    assert {path.name for path in (guide / "pictures").iterdir()} == made, "run `make pictures`"
    assert sum(path.stat().st_size for path in (guide / "pictures").iterdir()) < 2_500_000
