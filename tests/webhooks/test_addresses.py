"""Where the house may call, and where it may not."""

from __future__ import annotations

from ipaddress import ip_address

import pytest

from legal_service.errors import Refusal
from legal_service.webhooks.addresses import all_permitted, permitted, shown, target_of

HTTPS, HTTP = target_of("https://partner.example/"), target_of("http://localhost:8000/")


@pytest.mark.parametrize(
    ("url", "origin", "path"),
    [
        ("https://partner.example/hooks?key=1", "https://partner.example", "/hooks?key=1"),
        ("https://Partner.Example:8443", "https://partner.example:8443", "/"),
        ("https://partner.example:443/a", "https://partner.example", "/a"),
        ("https://例子.中国/a", "https://xn--fsqu00a.xn--fiqs8s", "/a"),
        ("https://10.0.0.8/hooks", "https://10.0.0.8", "/hooks"),
        ("https://[2001:db8::1]:8443/", "https://[2001:db8::1]:8443", "/"),
        ("http://localhost:8000/a", "http://localhost:8000", "/a"),
        ("http://127.0.0.1/a", "http://127.0.0.1", "/a"),
        ("http://[::1]:8000/a", "http://[::1]:8000", "/a"),
    ],
)
def test_an_address_is_read(url: str, origin: str, path: str) -> None:
    target = target_of(url)
    assert (target.origin, target.path) == (origin, path)


@pytest.mark.parametrize(
    "url",
    [
        "", "partner.example", "ftp://partner.example/", "file:///etc/passwd", "//partner.example/", "https://", "https:///a",
        "http://partner.example/", "http://10.0.0.8/", "http://localhost.partner.example/", "http://127.0.0.2/",
        "https://user:word@partner.example/", "https://user@partner.example/", "https://partner.example/#a",
        "https://partner.example:0/", "https://partner.example:99999/", "https://partner.example:x/",
        "https://partner.example/a b", "https://partner.example/\n", " https://partner.example/", "https://partner.example/张",
        "https://partner.example\\@localhost/", "https://part ner.example/", "https://-partner.example/", "https://[::1", "https://a..b/",
        "https://169.254.169.254/latest", "https://[fe80::1]/", "https://[fe80::1%25eth0]/", "https://224.0.0.1/", "https://[ff02::1]/",
        "https://0.0.0.0/", "https://[::]/", "https://[::ffff:169.254.169.254]/", "https://100.100.100.200/", "https://255.255.255.255/",
        "https://partner.example/" + "a" * 500,
    ],
)  # fmt: skip
def test_a_bad_address_is_refused_with_its_reason(url: str) -> None:
    with pytest.raises(Refusal) as refused:
        target_of(url)
    assert refused.value.code == "bad_url"
    assert len(refused.value.reason.zh) > 10
    assert refused.value.basis.startswith("机构内部规则")


@pytest.mark.parametrize(
    ("address", "by_https", "by_http"),
    [
        ("203.0.113.9", True, False), ("10.1.2.3", True, False), ("2001:db8::9", True, False),
        ("127.0.0.1", True, True), ("127.8.8.8", True, True), ("::1", True, True), ("::ffff:127.0.0.1", True, True),
        ("169.254.169.254", False, False), ("169.254.0.9", False, False), ("fe80::9", False, False), ("fd00:ec2::254", False, False),
        ("100.100.100.200", False, False), ("168.63.129.16", False, False), ("192.0.0.192", False, False),
        ("0.0.0.0", False, False), ("0.1.2.3", False, False), ("::", False, False), ("255.255.255.255", False, False),
        ("239.1.2.3", False, False), ("ff0e::1", False, False), ("240.0.0.1", False, False),
        ("::ffff:169.254.169.254", False, False), ("::169.254.169.254", False, False), ("64:ff9b::a9fe:a9fe", False, False),
        ("2002:a9fe:a9fe::1", False, False), ("2001:0:cb00:7109::5601:5601", False, False),
    ],
)  # fmt: skip
def test_an_address_is_permitted_or_not(address: str, by_https: bool, by_http: bool) -> None:
    assert permitted(HTTPS, ip_address(address)) is by_https
    assert permitted(HTTP, ip_address(address)) is by_http


def test_one_forbidden_address_of_a_name_is_enough() -> None:
    good, bad = ip_address("203.0.113.9"), ip_address("169.254.169.254")
    assert all_permitted(HTTPS, [good, good])
    assert not all_permitted(HTTPS, [good, bad])


def test_the_connection_goes_to_the_checked_address() -> None:
    assert target_of("https://p.example:8443/a?b=1").at(ip_address("203.0.113.9")) == "https://203.0.113.9:8443/a?b=1"
    assert target_of("https://p.example/a").at(ip_address("2001:db8::9")) == "https://[2001:db8::9]:443/a"


def test_a_list_does_not_show_the_query() -> None:
    assert shown("https://p.example/a") == "https://p.example/a"
    assert shown("https://p.example/a?token=xyz") == "https://p.example/a?…"
