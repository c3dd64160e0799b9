"""Who may open what: every address is entered with its access rule, what has no rule is closed, and each request is held to it.

A rule is `public` (sign-in, static files, probes), `signed_in` (anybody known), or a permission of the table in
`access/permissions.py`. Which rows one sees behind an admitted address is the row scope's business (`scope.py`).

Without `LEGAL_PUBLIC_URL` only this machine is answered: caller and `Host` must be loopback, so that a web page from
elsewhere cannot reach the desk by pointing a name of its own at 127.0.0.1 (DNS rebinding). With it, that host too.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import Flask, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFProtect

from legal_service import labels
from legal_service.access import permissions
from legal_service.errors import Refusal, Words
from legal_service.web import session

PUBLIC, SIGNED_IN = "public", "signed_in"
POLICY = "机构内部规则：访问规则（house policy: access rules）"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
MOST_BYTES = 1024 * 1024
_RULES, _LIMITS = "legal_service.access_rules", "legal_service.size_limits"

Rules = Mapping[str, Mapping[str, str]]
"""Endpoint → method → rule."""

csrf = CSRFProtect()


@dataclass(frozen=True, slots=True)
class Route:
    """One address: its path, its name for links, what answers it, who may ask by which methods, how much may be sent."""

    path: str
    endpoint: str
    view: Callable[..., ResponseReturnValue]
    rule: str
    methods: tuple[str, ...] = ("GET",)
    most_bytes: int = MOST_BYTES


def install(app: Flask, routes: Iterable[Route]) -> None:
    """Enter the addresses with their rules, and hold every request to them."""
    app.extensions[_RULES], app.extensions[_LIMITS] = {}, {}
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False  # asked below, after it is known who comes and how
    app.config["WTF_CSRF_TIME_LIMIT"] = None  # it lives as long as the session
    csrf.init_app(app)
    app.before_request(_admit)
    for route in routes:
        enter(app, {route.endpoint: dict.fromkeys(route.methods, route.rule)}, most_bytes=route.most_bytes)
        app.add_url_rule(
            route.path,
            endpoint=route.endpoint,
            view_func=route.view,
            methods=list(route.methods),
            provide_automatic_options=False,
        )


def enter(app: Flask, rules: Rules, *, most_bytes: int = MOST_BYTES) -> None:
    """Enter the rules of addresses that were added elsewhere (the API)."""
    for endpoint, by_method in rules.items():
        unknown = set(by_method.values()) - {PUBLIC, SIGNED_IN} - set(permissions.PERMISSIONS)
        if unknown:
            raise ValueError(f"{endpoint}: no such access rule: {sorted(unknown)}")
        app.extensions[_RULES][endpoint] = dict(by_method)
        app.extensions[_LIMITS][endpoint] = most_bytes


def rules_of(app: Flask) -> dict[str, dict[str, str]]:
    """The access rule of every address: endpoint → method → rule."""
    return dict(app.extensions[_RULES])


def _admit() -> ResponseReturnValue | None:
    if not _is_ours():
        raise Refusal(
            "not_loopback",
            Words(
                zh="本服务只接受本机访问；对外开放须由管理员设置 LEGAL_PUBLIC_URL 并经 TLS 反向代理。",
                en="This service answers this machine only; to open it, an administrator sets LEGAL_PUBLIC_URL behind a TLS proxy.",
            ),
            POLICY,
        )
    if request.endpoint is None:
        return None  # no such address, or not by this method: the error page says so
    by_method = current_app.extensions[_RULES].get(request.endpoint, {})
    rule = by_method.get("GET" if request.method == "HEAD" else request.method)
    if rule is None:
        raise Refusal(
            "no_access_rule",
            Words(zh="该地址未登记访问规则，已关闭。", en="This address has no access rule and is closed."),
            POLICY,
        )
    request.max_content_length = current_app.extensions[_LIMITS][request.endpoint]
    return _hold(rule)


def _hold(rule: str) -> ResponseReturnValue | None:
    if rule == PUBLIC:
        if request.method not in SAFE:
            csrf.protect()
        return None
    found = session.current()
    if found is None:
        return _unknown()
    if found.user.must_change and request.endpoint not in ("password", "password_change", "sign_out"):
        if request.path.startswith("/api/"):
            raise Refusal(
                "password_must_change",
                Words(zh="请先在网页上修改一次性密码。", en="Change the one-time password on the web first."),
                POLICY,
            )
        return redirect(url_for("password"), 303)
    if rule != SIGNED_IN and not permissions.allowed(found.actor.role, rule):
        raise _not_permitted(found.actor.role, rule)
    if found.via == "session" and request.method not in SAFE:
        csrf.protect()
    return None


def _unknown() -> ResponseReturnValue:
    if request.path.startswith("/api/"):
        raise Refusal(
            "sign_in_required",
            Words(zh="需要登录或有效的访问令牌。", en="Sign in, or send a valid bearer token."),
            POLICY,
        )
    if request.method in SAFE:
        wanted = request.full_path if request.query_string else request.path
        return redirect(url_for("sign_in", next=wanted) if wanted != "/" else url_for("sign_in"), 303)
    from legal_service.web.pages import sign_in  # late: the page knows the guard's neighbours

    return sign_in.expired()


def _not_permitted(role: str, permission: str) -> Refusal:
    holders = [labels.label("role", one) for one in permissions.ROLES if permissions.allowed(one, permission)]
    what, mine = labels.label("permission", permission), labels.label("role", role)
    return Refusal(
        "not_permitted",
        Words(
            zh=f"您的角色（{mine.zh}）无权：{what.zh}。有权的角色：{'、'.join(one.zh for one in holders)}。",
            en=f"Your role ({mine.en}) may not: {what.en}. Roles that may: {', '.join(one.en for one in holders)}.",
        ),
        permissions.POLICY,
    )


def _is_ours() -> bool:
    host = request.headers.get("Host", "")
    public = current_app.extensions["legal_service"].installation.settings.public_url
    if public and host.lower() == urlsplit(public).netloc.lower():
        return True
    return is_loopback_address(request.remote_addr or "") and is_loopback_name(host)


def is_loopback_address(address: str) -> bool:
    """Whether a caller's address is of this machine.

    >>> [is_loopback_address(one) for one in ("127.0.0.1", "::1", "::ffff:127.0.0.1", "10.0.0.8", "")]
    [True, True, True, False, False]
    """
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    mapped = getattr(found, "ipv4_mapped", None)
    return (mapped or found).is_loopback


def is_loopback_name(host: str) -> bool:
    """Whether a `Host` header, port included, names this machine.

    >>> [is_loopback_name(one) for one in ("localhost:8080", "127.0.0.1", "[::1]:8080", "LOCALHOST")]
    [True, True, True, True]
    >>> [is_loopback_name(one) for one in ("evil.example", "127.0.0.1.evil.example", "localhost@evil.example", "")]
    [False, False, False, False]
    """
    try:
        name = urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return False
    return "@" not in host and (name == "localhost" or is_loopback_address(name))
