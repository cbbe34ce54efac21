"""What clients send is not remembered."""

import gc
import logging
import tracemalloc
from collections.abc import Iterator
from typing import Final

import pytest
from django.test import override_settings

from tests.integration.hostile import project
from tests.integration.hostile.sending import Request, send_wsgi

pytestmark = pytest.mark.django_db

#: Route, header, and how its values start.
_HEADERS: Final = (
    ('hello', 'Accept', 'application/json, a/'),
    ('hello', 'Accept', 'a/'),
    ('hello', 'Accept-Language', 'a-'),
    ('body', 'Content-Type', 'application/json;x='),
    ('body', 'Content-Type', 'a/'),
    ('jwt', 'Authorization', 'Bearer '),
    ('basic', 'Authorization', 'Basic '),
    ('session', 'Cookie', 'sessionid='),
    ('throttled-address', 'X-Forwarded-For', ''),
    ('throttled-header', 'X-API-Key', ''),
    ('events', 'Last-Event-ID', ''),
    ('note', 'If-None-Match', '"'),
    ('file', 'Range', 'bytes='),
)
_TIMES: Final = 12
_LENGTH: Final = 40_000


@pytest.fixture(autouse=True)
def _project() -> Iterator[None]:
    # Pytest would keep what is logged, with its request.
    logging.disable(logging.CRITICAL)
    with override_settings(
        ROOT_URLCONF=project.__name__,
        MIDDLEWARE=[
            'django.contrib.sessions.middleware.SessionMiddleware',
            'django.contrib.auth.middleware.AuthenticationMiddleware',
        ],
    ):
        yield
    logging.disable(logging.NOTSET)


def test_headers_are_forgotten() -> None:
    """Megabytes of different values leave next to nothing behind."""
    # What is made once is made before.
    _send_all(1)
    gc.collect()
    tracemalloc.start()
    try:
        _send_all(_TIMES)
        gc.collect()
        kept, _peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    # Half of what a single header would leave.
    assert kept < _TIMES * _LENGTH / 2


def _send_all(times: int) -> None:
    for number in range(times):
        for route, header, start in _HEADERS:
            text = f'{start}{number}{"a" * _LENGTH}'
            send_wsgi(
                Request(
                    target=f'/api/pydantic-sync/{route}/',
                    method='POST' if route == 'body' else 'GET',
                    headers=((header, text.encode()),),
                    body=b'{}' if route == 'body' else b'',
                ),
            )
