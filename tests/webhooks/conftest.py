"""The partner of the tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from .a_receiver import Receiver


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """A partner's server on loopback."""
    found = Receiver()
    yield found
    found.close()
