"""Exchange name and password for an opaque token, and revoke it."""

from typing import Any

import pytest
from typing_extensions import override

from dmr import Controller
from dmr.plugins.pydantic import PydanticSerializer
from dmr.security.token import HeaderTokenSyncAuth
from dmr.security.token.app.models import Token
from dmr.security.token.views import (
    ObtainTokenAsyncController,
    ObtainTokenPayload,
    ObtainTokenResponse,
    ObtainTokenSyncController,
    RevokeTokenAsyncController,
    RevokeTokenSyncController,
)
from tests.core.security.asking import (
    PASSWORD,
    denied,
    make_user,
    outcome,
)
from tests.core.serving import serving

pytestmark = pytest.mark.django_db


class _SyncObtain(
    ObtainTokenSyncController[
        PydanticSerializer,
        ObtainTokenPayload,
        ObtainTokenResponse,
    ],
):
    @override
    def convert_auth_payload(
        self,
        payload: ObtainTokenPayload,
    ) -> ObtainTokenPayload:
        return payload

    @override
    def make_api_response(self) -> ObtainTokenResponse:
        return {'token': self.issue_token(name='laptop')}


class _AsyncObtain(
    ObtainTokenAsyncController[
        PydanticSerializer,
        ObtainTokenPayload,
        ObtainTokenResponse,
    ],
):
    @override
    async def convert_auth_payload(
        self,
        payload: ObtainTokenPayload,
    ) -> ObtainTokenPayload:
        return payload

    @override
    async def make_api_response(self) -> ObtainTokenResponse:
        return {'token': await self.issue_token(name='laptop')}


class _SyncRevoke(RevokeTokenSyncController[PydanticSerializer]):
    """The only thing to choose is the serializer."""


class _AsyncRevoke(RevokeTokenAsyncController[PydanticSerializer]):
    """The only thing to choose is the serializer."""


class _Guarded(Controller[PydanticSerializer]):
    auth = [HeaderTokenSyncAuth()]

    def get(self) -> str:
        return str(self.request.user)


both = pytest.mark.parametrize(
    'controllers',
    [
        {'obtain': _SyncObtain, 'revoke': _SyncRevoke, 'it': _Guarded},
        {'obtain': _AsyncObtain, 'revoke': _AsyncRevoke, 'it': _Guarded},
    ],
)


@both
def test_token_lives_until_it_is_revoked(controllers: Any) -> None:
    """Nobody may store the answer that has it."""
    make_user()

    with serving(**controllers) as client:
        response = client.post(
            '/obtain/',
            {'username': 'ada', 'password': PASSWORD},
        )
        headers = {'X-API-Token': response.json()['token']}
        before = client.get('/it/', headers=headers)
        revoked = client.post('/revoke/', headers=headers)
        after = client.get('/it/', headers=headers)

    assert 'no-store' == response.headers['Cache-Control']
    assert [200, 200, 204, 401] == [
        response.status_code,
        before.status_code,
        revoked.status_code,
        after.status_code,
    ]
    assert ['laptop'] == [*Token.objects.values_list('name', flat=True)]


@both
@pytest.mark.parametrize('username', ['ada', 'nobody', 'a\x00'])
def test_wrong_credentials_give_nothing(
    controllers: Any,
    username: str,
) -> None:
    """The answer does not tell who exists."""
    make_user()

    with serving(**controllers) as client:
        response = client.post(
            '/obtain/',
            {'username': username, 'password': 'wrong'},
        )

    assert denied('Credentials') == outcome(response)
    assert not Token.objects.exists()


@both
def test_only_the_owner_revokes(controllers: Any) -> None:
    """It is the token of the request that is revoked."""
    with serving(**controllers) as client:
        response = client.post('/revoke/')

    assert denied('Token header="X-API-Token"') == outcome(response)
