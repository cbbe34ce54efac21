"""Clients say where they lost the connection."""

import pytest
from django.test import RequestFactory

from dmr.streaming.sse import last_event_id


@pytest.mark.parametrize(
    ('header', 'expected'),
    [
        ('17', '17'),
        ('Ã¼', 'ü'),  # UTF-8, read as Latin-1
        ('', None),
        ('a\0b', None),
        ('\xff', None),
        ('x' * 1025, None),
    ],
)
def test_id_is_read(header: str, expected: str | None) -> None:
    """What cannot be an id is ignored."""
    request = RequestFactory().get('/', headers={'Last-Event-ID': header})

    assert last_event_id(request) == expected


def test_new_client_has_no_id() -> None:
    """It begins at the beginning."""
    assert last_event_id(RequestFactory().get('/')) is None
