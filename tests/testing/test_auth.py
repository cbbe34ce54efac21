"""Requests as somebody, and endpoints that do not ask who it is."""

import datetime as dt
from typing import Any, Final

import pytest
from django.contrib.auth.models import User
from django.test import override_settings
from django.urls import path
from typing_extensions import override

from dmr import Controller, modify
from dmr.openapi import build_schema
from dmr.plugins.pydantic import PydanticSerializer
from dmr.routing import Router
from dmr.security import AsyncAuth, SyncAuth
from dmr.security.api_key import ApiKeySyncAuth
from dmr.security.http import HttpBasicSyncAuth
from dmr.security.permissions import IsStaff
from dmr.security.token import HeaderTokenAsyncAuth, HeaderTokenSyncAuth
from dmr.test import (
    DMRAsyncClient,
    DMRAsyncRequestFactory,
    DMRClient,
    DMRRequestFactory,
    api_key_headers,
    authenticate_request,
    basic_auth_headers,
    disabled_auth,
    override_dmr_settings,
    token_headers,
    token_headers_async,
)

_ADA: Final = User(pk=1, username='ada')


class _Basic(HttpBasicSyncAuth):
    @override
    def authenticate(
        self,
        endpoint: Any,
        controller: Any,
        username: str,
        password: str,
    ) -> Any:
        return self if (username, password) == ('ada', 'Zoë:x') else None


class _Key(ApiKeySyncAuth):
    @override
    def authenticate(
        self,
        endpoint: Any,
        controller: Any,
        api_key: str,
    ) -> Any:
        return self if api_key == 'k-1' else None


class _BasicController(Controller[PydanticSerializer]):
    auth = [_Basic(), _Key()]

    def get(self) -> str:
        return 'inside'


class _TokenController(Controller[PydanticSerializer]):
    auth = [HeaderTokenSyncAuth()]

    def get(self) -> str:
        return str(self.request.user)

    @modify(auth=None)
    def put(self) -> str:
        return 'open'

    @modify(permissions=[IsStaff()])
    def post(self) -> str:
        return 'staff'


class _AsyncController(Controller[PydanticSerializer]):
    auth = [HeaderTokenAsyncAuth(header_name='X-Mine', prefix='Token')]

    async def get(self) -> str:
        return str(await self.request.auser())


class _Nobody(SyncAuth):
    """An auth that is asked, and vouches for those who say so."""

    @property
    @override
    def security_schemes(self) -> Any:
        return {}

    @property
    @override
    def security_requirement(self) -> Any:
        return {}

    @override
    def __call__(self, endpoint: Any, controller: Any) -> Any:
        controller.request.user = 'somebody'
        return self if 'please' in controller.request.GET else None


urlpatterns = [
    path('basic/', _BasicController.as_view()),
    path('token/', _TokenController.as_view()),
    path('async/', _AsyncController.as_view()),
]

pytestmark = pytest.mark.urls(__name__)


def _status(method: str = 'get', url: str = '/token/', **options: Any) -> int:
    status_code: int = getattr(DMRClient(), method)(url, **options).status_code
    return status_code


@pytest.mark.parametrize(
    'headers',
    [basic_auth_headers('ada', 'Zoë:x'), api_key_headers('k-1')],
)
def test_headers_open_endpoints(headers: dict[str, str]) -> None:
    """Names and passwords of any kind, and keys."""
    assert [401, 200] == [
        _status(url='/basic/'),
        _status(url='/basic/', headers=headers),
    ]


def test_headers_may_have_other_names() -> None:
    """Auths can read other headers than the usual ones."""
    sent = {
        **basic_auth_headers('ada', 'x', header='X-Basic'),
        **api_key_headers('k-1', header='X-Mine'),
    }

    assert {'X-Basic': 'Basic YWRhOng=', 'X-Mine': 'k-1'} == sent


@pytest.mark.django_db
def test_token_is_issued_for_a_user() -> None:
    """It is in the header that the auth reads."""
    user = User.objects.create_user('grace')

    response = DMRClient().get('/token/', headers=token_headers(user))

    assert 'grace' == response.json()


@pytest.mark.django_db
def test_token_can_have_ended() -> None:
    """Options are those of the model."""
    user = User.objects.create_user('grace')
    yesterday = dt.datetime.now(dt.UTC) - dt.timedelta(days=1)

    headers = token_headers(user, expires_at=yesterday)

    assert 401 == _status(headers=headers)


@pytest.mark.django_db(transaction=True)
async def test_token_is_issued_in_async_code() -> None:
    """It is in the header that the auth of the endpoint reads."""
    user = await User.objects.acreate_user('grace')
    auth = HeaderTokenAsyncAuth(header_name='X-Mine', prefix='Token')

    headers = await token_headers_async(user, auth=auth)
    response = await DMRAsyncClient().get('/async/', headers=headers)

    assert headers['X-Mine'].startswith('Token ')
    assert 'grace' == response.json()


async def test_request_has_the_user() -> None:
    """In both ways that code can ask for it."""
    request = authenticate_request(DMRRequestFactory().get('/'), _ADA)

    assert (_ADA, _ADA) == (request.user, await request.auser())


def test_everybody_is_let_in_while_auth_is_disabled() -> None:
    """As the user of the test, and only inside of the block."""
    with disabled_auth(_TokenController, user=_ADA):
        inside = DMRClient().get('/token/')

    assert (200, 'ada') == (inside.status_code, inside.json())
    assert 401 == _status()


async def test_everybody_is_let_in_to_async_endpoints() -> None:
    """The same in asynchronous code."""
    async with disabled_auth(_AsyncController, user=_ADA):
        inside = await DMRAsyncClient().get('/async/')
    outside = await DMRAsyncClient().get('/async/')

    assert (200, 'ada', 401) == (
        inside.status_code,
        inside.json(),
        outside.status_code,
    )


def test_disabled_auth_is_a_decorator() -> None:
    """For a whole test, sync or async."""

    @disabled_auth(_TokenController, user=_ADA)
    def ask(url: str) -> int:
        return _status(url=url)

    assert [200, 401] == [ask('/token/'), _status()]


async def test_disabled_auth_is_a_decorator_of_coroutines() -> None:
    """It is in force until the coroutine ends."""

    @disabled_auth(_AsyncController, user=_ADA)
    async def ask(url: str) -> int:
        return (await DMRAsyncClient().get(url)).status_code

    assert 200 == await ask('/async/')


def test_auth_comes_back_after_the_outermost_call() -> None:
    """A decorated function may call itself."""

    @disabled_auth(_TokenController, user=_ADA)
    def ask(depth: int) -> list[int]:
        inner = ask(depth - 1) if depth else []
        return [*inner, _status()]

    assert ([200, 200, 200], 401) == (ask(2), _status())


def test_auth_comes_back_after_an_error() -> None:
    """Whatever happens inside of the block."""
    with pytest.raises(KeyError), disabled_auth(_TokenController, user=_ADA):
        raise KeyError

    assert 401 == _status()


def test_permissions_are_asked_while_auth_is_disabled() -> None:
    """Who somebody is, and what they may do, are two questions."""
    staff = User(pk=2, is_staff=True)

    with disabled_auth(_TokenController, user=_ADA):
        refused = _status('post')
    with disabled_auth(_TokenController, user=staff):
        allowed = _status('post')

    assert [403, 201] == [refused, allowed]


def test_auth_of_one_method_is_disabled() -> None:
    """The others ask as before."""
    with disabled_auth(_TokenController, user=_ADA, method='post'):
        statuses = [_status('get'), _status('post')]

    assert [401, 403] == statuses


def test_auth_is_disabled_for_one_request() -> None:
    """All others are asked."""
    factory = DMRRequestFactory()
    view = _TokenController.as_view()
    request = factory.get('/')

    with disabled_auth(_TokenController, user=_ADA, request=request):
        statuses = [
            view(one).status_code for one in (request, factory.get('/'))
        ]

    assert [200, 401] == statuses


async def test_auth_is_disabled_for_one_async_request() -> None:
    """All others are asked."""
    factory = DMRAsyncRequestFactory()
    view = _AsyncController.as_view()
    request = factory.get('/')

    with disabled_auth(_AsyncController, user=_ADA, request=request):
        statuses = [
            (await factory.wrap(view(one))).status_code
            for one in (request, factory.get('/'))
        ]

    assert [200, 401] == statuses


def test_another_auth_is_asked_instead() -> None:
    """It decides, nobody is let in by itself."""
    with disabled_auth(_TokenController, auth=_Nobody()):
        statuses = [_status(), _status(url='/token/?please')]

    assert [401, 200] == statuses


def test_401_still_has_the_challenge() -> None:
    """Who is refused inside of the block is refused in the usual way."""
    request = DMRRequestFactory().get('/')

    with disabled_auth(_TokenController, user=_ADA, request=request):
        refused = DMRClient().get('/token/')

    assert 'Token header="X-API-Token"' == refused.headers['WWW-Authenticate']


def test_document_stays_the_same() -> None:
    """It says which auth clients need, whatever tests do."""
    router = Router('', [path('token/', _TokenController.as_view())])
    before = build_schema(router).convert()

    with disabled_auth(_TokenController, user=_ADA):
        inside = build_schema(router).convert()

    assert before == inside


def test_settings_can_change_while_auth_is_disabled() -> None:
    """Endpoints are compiled again then, and stay open."""
    with disabled_auth(_TokenController, user=_ADA):
        with override_dmr_settings(validate_responses=False):
            inside = _status()
        after = _status()

    assert [200, 200, 401] == [inside, after, _status()]


def test_settings_can_change_back_later() -> None:
    """Nothing of the block is left when they do."""
    override = override_settings(DMR_SETTINGS={'validate_responses': False})

    with disabled_auth(_TokenController, user=_ADA):
        override.enable()
    first = _status()
    override.disable()

    assert [401, 401] == [first, _status()]


@pytest.mark.parametrize(
    ('options', 'message'),
    [
        ({}, 'either `user` or `auth`'),
        ({'user': _ADA, 'auth': _Nobody()}, 'either `user` or `auth`'),
        ({'user': _ADA, 'method': 'put'}, "for 'put': there is nothing"),
        ({'user': _ADA, 'method': 'patch'}, "no endpoint for 'patch'"),
        (
            {'auth': HeaderTokenAsyncAuth()},
            'derived from SyncAuth',
        ),
    ],
)
def test_what_makes_no_sense_is_refused(
    options: dict[str, Any],
    message: str,
) -> None:
    """A test that disables nothing would test something else."""
    with pytest.raises(ValueError, match=message):
        disabled_auth(_TokenController, **options)


def test_auth_of_the_wrong_kind_is_refused() -> None:
    """An asynchronous endpoint needs one that it can await."""
    with pytest.raises(ValueError, match=AsyncAuth.__name__):
        disabled_auth(_AsyncController, auth=_Nobody())
