"""A package goes to an address and to nothing else."""

from __future__ import annotations

import pytest

from legal_service.errors import Refusal
from legal_service.exports.recipients import recipient_of


@pytest.mark.parametrize("written", ["../../x@evil", "x<y>@evil", "a@b c", "a@b\nAudience: court", "nobody"])
def test_what_is_no_address_is_refused(written):
    with pytest.raises(Refusal) as caught:
        recipient_of(written)
    assert caught.value.code == "bad_email"


def test_nobody_named_is_nobody():
    assert recipient_of("  ") == ""
