"""E-mail addresses: one spelling for the same person, as user, as recipient of a package and in a grant."""

from __future__ import annotations

import re

from legal_service.errors import Refusal, Words

LONGEST = 190
"""The trail writes `user:` before an address, and its subjects have 200 characters."""

_EMAIL = re.compile(r"[^@\s<>\"'/\\\x00-\x1f\x7f]{1,64}@[^@\s<>\"'/\\\x00-\x1f\x7f]{1,180}")


def address_of(written: str) -> str:
    """The address in lower case without blanks around it; refuses `bad_email` for what no letter could be sent to.

    >>> address_of(" Counsel@Firm.example ")
    'counsel@firm.example'
    """
    address = written.strip().lower()
    if len(address) > LONGEST or not address.isprintable() or not _EMAIL.fullmatch(address):
        raise Refusal(
            "bad_email",
            Words(
                zh=f"不是有效的邮箱：{address[:60]}（应为 名称@域名，不超过 {LONGEST} 个字符）",
                en=f"not an e-mail address: {address[:60]} (should be name@domain, at most {LONGEST} characters)",
            ),
        )
    return address
