"""Which tests of a parallel run share a process: what is dear to set up is set up once.

The browser tests are one unit (one instance, one server, one Chromium), the two stories are one each, every other file is
one. pytest-xdist's own groups hang on a test's name and do not reach it under this pytest.
"""

from __future__ import annotations

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

TOGETHER = ("tests/browser/",)
ALONE = ("tests/stories/",)


def unit_of(nodeid: str) -> str:
    """What a test runs together with.

    >>> unit_of("tests/browser/test_pages.py::test_a[x]"), unit_of("tests/law/test_cases.py::test_a[x]")
    ('tests/browser/', 'tests/law/test_cases.py')
    """
    for folder in TOGETHER:
        if nodeid.startswith(folder):
            return folder
    return nodeid if nodeid.startswith(ALONE) else nodeid.split("::", 1)[0]


class ByUnit(LoadScopeScheduling):
    """Hands whole units to the workers, in the order of collection."""

    def _split_scope(self, nodeid: str) -> str:
        return unit_of(nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByUnit:
    """Called by pytest-xdist in the process that hands out the tests."""
    return ByUnit(config, log)
