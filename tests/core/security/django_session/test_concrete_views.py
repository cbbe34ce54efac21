"""Views for sessions that need nothing but a serializer."""

from typing import Any

import pytest
from django.test import override_settings
from django.urls import path

from dmr.plugins.msgspec import MsgspecSerializer
from dmr.plugins.pydantic import PydanticSerializer
from dmr.security.django_session import concrete_views
from dmr.test import DMRClient
from tests.core.security.asking import PASSWORD, denied, make_user, outcome

pytestmark = pytest.mark.django_db


class _Urls:
    def __init__(self, login: Any, logout: Any, serializer: Any) -> None:
        self.urlpatterns = [
            path('login/', login.as_view(serializer=serializer)),
            path('logout/', logout.as_view(serializer=serializer)),
        ]


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
    client = DMRClient()

    with override_settings(ROOT_URLCONF=_Urls(login, logout, serializer)):
        entered = client.post(
            '/login/',
            {'username': 'ada', 'password': PASSWORD},
        )
        left = client.post('/logout/')
        again = client.post('/logout/')

    assert (200, {'user_id': str(user.pk)}, None) == outcome(entered)
    assert (204, None, None) == outcome(left)
    assert denied('Session cookie="sessionid"') == outcome(again)
