"""To whom a package goes: one e-mail address, written the same way on the cover, in the bag and in a grant."""

from __future__ import annotations

from legal_service.access.addresses import address_of


def recipient_of(written: str) -> str:
    """The address in lower case, empty when nobody is named; refuses `bad_email`.

    >>> recipient_of(" Counsel@Firm.example ")
    'counsel@firm.example'
    """
    return address_of(written) if written.strip() else ""
