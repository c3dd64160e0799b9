"""Where the house may call: an address that a partner names must not lead into the machine room.

Checked twice: the written address when the webhook is made, and what its name resolves to at every sending, because
a name may point elsewhere by then.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Never
from urllib.parse import urlsplit

from legal_service.errors import Refusal, Words

Address = IPv4Address | IPv6Address

LONGEST = 500
POLICY = "机构内部规则：事件推送的地址（house policy: addresses of webhooks）"

LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
METADATA = frozenset(
    map(ip_address, ("169.254.169.254", "100.100.100.200", "168.63.129.16", "192.0.0.192", "fd00:ec2::254"))
)
"""Where clouds give their machines their credentials (Amazon and most others, Aliyun, Azure, Oracle, Amazon by IPv6)."""

_NAT64 = IPv6Network("64:ff9b::/96")
_NOWHERE = (IPv4Network("0.0.0.0/8"), IPv4Network("240.0.0.0/4"))
_PLAIN = re.compile(r"[!-~]+")
_HOST = re.compile(r"[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?|[0-9a-f:.]+")


@dataclass(frozen=True, slots=True)
class Target:
    """A webhook's address in its parts; `path` includes the query string."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def origin(self) -> str:
        """Scheme, host and port: all that the trail and the log are told (path and query may hold a partner's token)."""
        return f"{self.scheme}://{self.authority}"

    @property
    def authority(self) -> str:
        """Host and port, the port only when it is not the scheme's own."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == {"https": 443, "http": 80}[self.scheme] else f"{host}:{self.port}"

    def at(self, address: Address) -> str:
        """The URL that connects to this very address."""
        return f"{self.scheme}://{f'[{address}]' if address.version == 6 else address}:{self.port}{self.path}"


def target_of(url: str) -> Target:
    """Read a webhook's address; refuses `bad_url` with the reason.

    >>> target_of("https://partner.example/hooks?k=1").origin
    'https://partner.example'
    """
    if len(url) > LONGEST:
        _bad(f"超过 {LONGEST} 个字符", f"longer than {LONGEST} characters")
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").encode("idna").decode().lower(), parts.port
    except (UnicodeError, ValueError):
        _bad("不是网址", "not a URL")
    if parts.scheme not in ("https", "http"):
        _bad("应以 https:// 开头", "it should begin with https://")
    if parts.username is not None or parts.password is not None:
        _bad("网址中不得带用户名或密码", "a user name or password has no place in it")
    if "#" in url:
        _bad("网址中不得带 # 片段", "a fragment (#) has no place in it")
    if not _HOST.fullmatch(host) or port == 0:
        _bad("主机名或端口无效", "no valid host or port")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    if not _PLAIN.fullmatch(path) or "\\" in url or url != url.strip() or len(url.split()) != 1:
        _bad("路径中的空格和非 ASCII 字符应写作 %XX", "spaces and characters beyond ASCII are written %XX")
    target = Target(parts.scheme, host, port or {"https": 443, "http": 80}[parts.scheme], path)
    if target.scheme == "http" and host not in LOOPBACK_NAMES:
        _bad(
            "http 只用于本机（localhost）开发，其他地址须用 https",
            "plain http is for this machine only (localhost); elsewhere https",
        )
    literal = literal_of(host)
    if literal is not None and not permitted(target, literal):
        _bad(
            "该地址不得呼叫（链路本地、云元数据、组播或未指定地址）",
            "no calls to link-local, metadata, multicast or unspecified addresses",
        )
    return target


def permitted(target: Target, address: Address) -> bool:
    """Whether a webhook may connect to this address: anywhere but the machine room, and by plain http only to this machine."""
    return all(_may(target, one) for one in _meant(address))


def all_permitted(target: Target, addresses: Iterable[Address]) -> bool:
    """Whether a name may be called: one forbidden address among those it resolves to is enough to refuse."""
    return all(permitted(target, one) for one in addresses)


def literal_of(host: str) -> Address | None:
    """The address that a host is written as; None for a name."""
    try:
        return ip_address(host)
    except ValueError:
        return None


def shown(url: str) -> str:
    """A webhook's address for lists: without its query string.

    >>> shown("https://partner.example/hooks?key=1")
    'https://partner.example/hooks?…'
    """
    before, mark, _query = url.partition("?")
    return before + ("?…" if mark else "")


def _may(target: Target, one: Address) -> bool:
    if target.scheme == "http" and not one.is_loopback:
        return False
    if one.is_link_local or one.is_multicast or one.is_unspecified or one in METADATA:
        return False
    return not (isinstance(one, IPv4Address) and any(one in net for net in _NOWHERE))


def _meant(address: Address) -> tuple[Address, ...]:
    """The address, and the IPv4 address that an IPv6 one carries inside (mapped, compatible, 6to4, Teredo, NAT64)."""
    if isinstance(address, IPv4Address):
        return (address,)
    inner = address.ipv4_mapped
    if inner is not None:
        return (inner,)
    found: list[Address] = [address]
    if address.sixtofour is not None:
        found.append(address.sixtofour)
    if address.teredo is not None:
        found.extend(address.teredo)
    if address in _NAT64 or 0xFFFF < int(address) < 1 << 32:
        found.append(IPv4Address(int(address) & 0xFFFFFFFF))
    return tuple(found)


def _bad(zh: str, en: str) -> Never:
    raise Refusal("bad_url", Words(zh=f"推送地址无效：{zh}。", en=f"not an address for a webhook: {en}."), POLICY)
