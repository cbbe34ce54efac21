"""Views for opaque tokens that need nothing but a serializer."""

from typing import Any

import pytest

from dmr.plugins.msgspec import MsgspecSerializer
from dmr.plugins.pydantic import PydanticSerializer
from dmr.security.token import (
    HeaderTokenAsyncAuth,
    HeaderTokenSyncAuth,
    concrete_views,
)
from tests.core.security.asking import PASSWORD, make_user
from tests.core.serving import serving

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize('serializer', [PydanticSerializer, MsgspecSerializer])
@pytest.mark.parametrize(
    ('obtain', 'revoke', 'auth_cls'),
    [
        (
            concrete_views.ObtainTokenSyncView,
            concrete_views.RevokeTokenSyncView,
            HeaderTokenSyncAuth,
        ),
        (
            concrete_views.ObtainTokenAsyncView,
            concrete_views.RevokeTokenAsyncView,
            HeaderTokenAsyncAuth,
        ),
    ],
)
def test_token_is_obtained_and_revoked(
    obtain: Any,
    revoke: Any,
    auth_cls: Any,
    serializer: Any,
) -> None:
    """Without a line of code; options say which header has the token."""
    make_user()
    own_header = [auth_cls(header_name='X-Mine')]

    with serving(
        obtain=obtain.as_view(serializer=serializer),
        revoke=revoke.as_view(serializer=serializer, auth=own_header),
    ) as client:
        token = client.post(
            '/obtain/',
            {'username': 'ada', 'password': PASSWORD},
        ).json()['token']
        headers = {'X-Mine': token}
        first = client.post('/revoke/', headers=headers)
        second = client.post('/revoke/', headers=headers)

    assert [204, 401] == [first.status_code, second.status_code]
