"""Views for sessions that need nothing but a serializer."""

from typing import Any

import pytest

from dmr.plugins.msgspec import MsgspecSerializer
from dmr.plugins.pydantic import PydanticSerializer
from dmr.security.django_session import concrete_views
from tests.core.security.asking import PASSWORD, denied, make_user, outcome
from tests.core.serving import serving

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize('serializer', [PydanticSerializer, MsgspecSerializer])
@pytest.mark.parametrize(
    ('login', 'logout'),
    [
        (
            concrete_views.DjangoSessionSyncView,
            concrete_views.DjangoSessionLogoutSyncView,
        ),
        (
            concrete_views.DjangoSessionAsyncView,
            concrete_views.DjangoSessionLogoutAsyncView,
        ),
    ],
)
def test_session_is_opened_and_closed(
    login: Any,
    logout: Any,
    serializer: Any,
) -> None:
    """Without a line of code."""
    user = make_user()

    with serving(
        login=login.as_view(serializer=serializer),
        logout=logout.as_view(serializer=serializer),
    ) as client:
        entered = client.post(
            '/login/',
            {'username': 'ada', 'password': PASSWORD},
        )
        csrf = {'X-CSRFToken': client.cookies['csrftoken'].value}
        left = client.post('/logout/', headers=csrf)
        again = client.post('/logout/', headers=csrf)

    assert (200, {'user_id': str(user.pk)}, None) == outcome(entered)
    assert (204, None, None) == outcome(left)
    assert denied('Session cookie="sessionid"') == outcome(again)
