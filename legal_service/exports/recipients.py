"""To whom a package goes: one e-mail address, written the same way on the cover, in the bag and in a grant."""

from __future__ import annotations

import re

from legal_service.errors import Refusal, Words

_EMAIL = re.compile(r"[^@\s<>\"'/\\]{1,64}@[^@\s<>\"'/\\]{1,190}")


def recipient_of(written: str) -> str:
    """The address in lower case, empty when nobody is named; refuses `bad_email`.

    >>> recipient_of(" Counsel@Firm.example ")
    'counsel@firm.example'
    """
    address = written.strip().lower()
    if address and not _EMAIL.fullmatch(address):
        raise Refusal(
            "bad_email",
            Words(
                zh=f"接收人不是有效的邮箱：{address[:60]}", en=f"the recipient is not an e-mail address: {address[:60]}"
            ),
        )
    return address
