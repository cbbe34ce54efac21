"""Counters of one test are not those of the next, and time can be set."""

import time
from collections.abc import Iterator
from typing import Final

import pytest
from django.core.cache import caches

_START: Final = 2_000_000_000.0


@pytest.fixture(autouse=True)
def _empty_caches() -> Iterator[None]:
    """Empty the default cache."""
    caches['default'].clear()
    yield
    caches['default'].clear()


class Clock:
    """The time of day; everybody who asks gets this one."""

    def __init__(self) -> None:
        self.now = _START

    def __call__(self) -> float:
        return self.now

    def pass_by(self, seconds: float) -> None:
        """Let *seconds* pass, back in time if negative."""
        self.now += seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Return the clock of this test, which stands still by itself."""
    clock = Clock()
    monkeypatch.setattr(time, 'time', clock)
    return clock
