"""Instances are known by the names of their classes."""

import subprocess
import sys
from typing import Any

import pytest

from dmr.internal.kinds import is_a
from dmr.throttling import AsyncThrottle, SyncThrottle
from dmr.throttling.cache_keys import RemoteAddr

_SYNC = 'dmr.throttling.throttles.SyncThrottle'
_ADDRESS = 'dmr.throttling.cache_keys.RemoteAddr'


class _Derived(SyncThrottle):
    __slots__ = ()


@pytest.mark.parametrize(
    ('anything', 'name', 'expected'),
    [
        (SyncThrottle(1, 1), _SYNC, True),
        (_Derived(1, 1), _SYNC, True),
        (AsyncThrottle(1, 1), _SYNC, False),
        (SyncThrottle, _SYNC, False),
        (None, _SYNC, False),
        (RemoteAddr(), _ADDRESS, True),
    ],
)
def test_instances_of_classes_and_of_derived_ones(
    anything: Any,
    name: str,
    *,
    expected: bool,
) -> None:
    """As `isinstance` says, without the class."""
    assert expected == is_a(anything, name)


def test_controllers_do_without_throttles_and_handlers() -> None:
    """What an endpoint does not use is not imported with `Controller`."""
    code = (
        'from django.conf import settings; settings.configure()\n'
        'import sys; from dmr import Controller\n'
        "names = ('dmr.throttling', 'django.core.handlers')\n"
        'print(*[one for one in sys.modules if one.startswith(names)])'
    )

    printed = subprocess.run(
        [sys.executable, '-c', code],
        check=True,
        text=True,
        stdout=subprocess.PIPE,
    ).stdout

    assert '' == printed.strip()
