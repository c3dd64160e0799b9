"""One rule for addresses, for users and recipients alike: stored once, in lower case, and nothing but an address."""

from __future__ import annotations

import pytest

from legal_service.access.addresses import LONGEST, address_of
from legal_service.errors import Refusal
from legal_service.exports.recipients import recipient_of

NO_ADDRESS = [
    "",
    "x",
    "a b@c.cn",
    "@c.cn",
    "a@",
    "a@b@c",
    "x" * 65 + "@b.cn",
    "x@" + "b" * 190,
    "../../x@evil",
    "x<y>@evil",
    'x"y@evil',
    "a@b\nAudience: court",
    "a\x00b@c.cn",
    "a\u202eb@c.cn",
    "a\ud800@c.cn",
]


@pytest.mark.parametrize("written", NO_ADDRESS)
def test_what_no_letter_could_be_sent_to_is_refused(written: str) -> None:
    with pytest.raises(Refusal) as refused:
        address_of(written)
    assert refused.value.code == "bad_email"


@pytest.mark.parametrize("written", [one for one in NO_ADDRESS if one])
def test_a_recipient_is_held_to_the_same_rule(written: str) -> None:
    with pytest.raises(Refusal) as refused:
        recipient_of(written)
    assert refused.value.code == "bad_email"


def test_however_it_is_written_it_is_one_address() -> None:
    assert address_of(" Wang@Firm.Example ") == recipient_of("WANG@firm.example") == "wang@firm.example"


def test_the_longest_address_fits_the_trail() -> None:
    longest = "x" * 64 + "@" + "b" * (LONGEST - 65)
    assert address_of(longest) == longest
    assert len(f"user:{longest}") <= 200
