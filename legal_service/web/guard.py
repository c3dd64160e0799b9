"""Who may open what: every address is entered here with its access rule, and what has no rule is closed.

There is no log-in yet. The one rule there is, `public_aggregate`, opens pages that hold no person and no case: counts, sums,
law. They are answered on this machine only: the caller must have a loopback address (whatever `--host` the server was
given), and the `Host` header must be a loopback name, so that a web page from elsewhere cannot read them by pointing a name
of its own at 127.0.0.1 (DNS rebinding). No setting lifts this.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from flask import Flask, current_app, request
from flask.typing import ResponseReturnValue

from legal_service.errors import Refusal, Words

POLICY = "机构内部规则：未登录只看汇总、只限本机（house policy: without log-in only aggregates, only this machine）"
_KEY = "legal_service.access_rules"


class AccessRule(StrEnum):
    """What one must be to open an address."""

    PUBLIC_AGGREGATE = "public_aggregate"


@dataclass(frozen=True, slots=True)
class Route:
    """One address: its path, its name for links, what answers it, and who may ask. Addresses answer GET and HEAD only."""

    path: str
    endpoint: str
    view: Callable[..., ResponseReturnValue]
    rule: AccessRule


def install(app: Flask, routes: Iterable[Route]) -> None:
    """Enter the addresses with their rules, and hold every request to them."""
    rules: dict[str, AccessRule] = {}
    app.extensions[_KEY] = rules
    app.before_request(_admit)
    for route in routes:
        rules[route.endpoint] = route.rule
        app.add_url_rule(
            route.path,
            endpoint=route.endpoint,
            view_func=route.view,
            methods=["GET"],
            provide_automatic_options=False,
        )


def rules_of(app: Flask) -> dict[str, AccessRule]:
    """The access rule of every address, by the name of its endpoint."""
    return dict(app.extensions[_KEY])


def _admit() -> None:
    if not (is_loopback_address(request.remote_addr or "") and is_loopback_name(request.headers.get("Host", ""))):
        raise Refusal(
            "not_loopback",
            Words(
                zh="本界面尚无登录，只接受本机访问：请在运行服务的机器上打开 http://127.0.0.1:8080/。",
                en="This interface has no log-in yet and answers this machine only: open http://127.0.0.1:8080/ where it runs.",
            ),
            POLICY,
        )
    if request.endpoint is not None and request.endpoint not in current_app.extensions[_KEY]:
        raise Refusal(
            "no_access_rule",
            Words(zh="该地址未登记访问规则，已关闭。", en="This address has no access rule and is closed."),
            POLICY,
        )


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
