"""The key that signs tokens is checked before anybody is locked out."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.test import override_settings

from dmr.security.jwt.checks import check_secret_key


@pytest.mark.parametrize(
    ('secret', 'ids'),
    [
        ('x' * 32, []),
        (b'x' * 32, []),
        ('é' * 16, []),
        ('x' * 31, ['dmr.W003']),
    ],
)
def test_short_keys_are_reported(secret: str | bytes, ids: list[str]) -> None:
    """HS256 needs 32 bytes."""
    with override_settings(SECRET_KEY=secret):
        found = check_secret_key()

    assert ids == [one.id for one in found]


def test_check_runs_with_the_others() -> None:
    """Importing `dmr.security.jwt` is enough."""
    output = StringIO()
    with override_settings(SECRET_KEY='short'):
        call_command('check', tags=['dmr'], stderr=output)

    assert 'dmr.W003' in output.getvalue()
