"""The Standard Webhooks scheme, and the day on which two secrets sign."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from legal_service.webhooks.patience import WAITS, wait_after
from legal_service.webhooks.signing import Secrets, headers, secret_of

NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)
OLD, NEW, NEWER = (secret_of(bytes([number]) * 32) for number in (1, 2, 3))


def test_the_published_example_of_the_scheme() -> None:
    signed = headers(
        ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"],
        "msg_p5jXN8AQM9LWM0D4loKWxJek",
        datetime.fromtimestamp(1614265330, UTC),
        b'{"test": 2432232314}',
    )
    assert signed == {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }


def test_a_secret_has_32_bytes() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        secret_of(bytes(24))


def test_the_former_secret_signs_for_a_day() -> None:
    fresh = Secrets.read(Secrets(OLD).text)
    assert fresh.signing(NOW) == (OLD,)
    rotated = Secrets.read(fresh.rotated(NEW, NOW).text)
    assert rotated.signing(NOW + timedelta(hours=23, minutes=59)) == (NEW, OLD)
    assert rotated.signing(NOW + timedelta(hours=24)) == (NEW,)
    again = Secrets.read(rotated.rotated(NEWER, NOW + timedelta(hours=1)).text)
    assert again.signing(NOW + timedelta(hours=2)) == (NEWER, NEW)


def test_each_secret_gives_one_signature() -> None:
    two = headers([NEW, OLD], "evt_1_1", NOW, b"{}")["webhook-signature"].split(" ")
    assert two == [headers([one], "evt_1_1", NOW, b"{}")["webhook-signature"] for one in (NEW, OLD)]
    assert two[0] != two[1]


def test_patience_grows_and_ends() -> None:
    assert list(WAITS) == sorted(WAITS)
    assert [wait_after(number) for number in range(1, 11)] == [*WAITS, None]
    assert wait_after(25) is None
    assert 3 * 86_400 > sum(WAITS) > 2 * 86_400
