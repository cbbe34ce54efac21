"""The table of revoked tokens."""

import datetime as dt

import pytest
from django.utils import timezone

from dmr.security.jwt.blocklist.models import BlocklistedJWToken

pytestmark = pytest.mark.django_db


def test_expired_rows_can_be_deleted() -> None:
    """Tokens that have ended need no blocklist."""
    now = timezone.now()
    for jti, minutes in (('old', -1), ('older', -10), ('new', 1)):
        BlocklistedJWToken.objects.create(
            jti=jti,
            expires_at=now + dt.timedelta(minutes=minutes),
        )

    deleted = BlocklistedJWToken.delete_expired()

    assert 2 == deleted
    assert ['new'] == [
        *BlocklistedJWToken.objects.values_list('jti', flat=True),
    ]
