"""Authentication with a JSON web token in a header."""

import datetime as dt
from http import HTTPStatus
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError
from typing_extensions import override

from dmr import Controller
from dmr.exceptions import NotAuthenticatedError
from dmr.plugins.pydantic import PydanticSerializer
from dmr.security import request_auth
from dmr.security.jwt import (
    HeaderJWTAsyncAuth,
    HeaderJWTSyncAuth,
    JWTAsyncAuth,
    JWToken,
    JWTSyncAuth,
    request_jwt,
)
from dmr.test import DMRRequestFactory
from tests.core.security.asking import ask, denied, make_user, outcome
from tests.core.security.jwt.making import bearer, encoded_token

pytestmark = pytest.mark.django_db

_INVALID = denied('Bearer error="invalid_token"')
_MISSING = denied('Bearer')


def _sync(**options: Any) -> Any:
    class _Sync(Controller[PydanticSerializer]):
        auth = [JWTSyncAuth(**options)]

        def get(self) -> list[str | None]:
            token = request_jwt(self.request, strict=True)
            return [str(self.request.user), token.jti]

    return _Sync


def _async(**options: Any) -> Any:
    class _Async(Controller[PydanticSerializer]):
        auth = [JWTAsyncAuth(**options)]

        async def get(self) -> list[str | None]:
            token = request_jwt(self.request, strict=True)
            return [str(await self.request.auser()), token.jti]

    return _Async


both = pytest.mark.parametrize('make', [_sync, _async])


@both
@pytest.mark.parametrize('scheme', ['Bearer', 'bearer', 'BEARER'])
def test_user_of_the_token_is_let_in(make: Any, scheme: str) -> None:
    """Names of schemes are case-insensitive (RFC 9110, section 11.1)."""
    token = encoded_token(make_user())

    response = ask(make(), Authorization=f'{scheme} {token}')

    assert (200, ['ada', 'an-id'], None) == outcome(response)


@both
@pytest.mark.parametrize(
    'header',
    ['', 'Bearer', 'Bearer ', 'Basic a', 'Bearer a b', 'token', 'Bearer  a'],
)
def test_headers_of_others_are_left_to_others(make: Any, header: str) -> None:
    """They are no tokens, so there is nothing wrong with one."""
    assert _MISSING == outcome(ask(make(), Authorization=header))


@both
@pytest.mark.parametrize(
    ('extras', 'expected'),
    [
        ({'type': 'access'}, 200),
        ({}, 200),
        ({'type': None}, 200),
        ({'type': 'refresh'}, 401),
        ({'type': ''}, 401),
        ({'type': ['access']}, 401),
        ({'type': 'Access'}, 401),
    ],
)
def test_tokens_for_something_else_open_nothing(
    make: Any,
    extras: dict[str, Any],
    expected: int,
) -> None:
    """A refresh token is not an access token, one without a type may be."""
    response = ask(make(), **bearer(make_user(), extras=extras))

    assert expected == response.status_code


@both
def test_type_can_be_required(make: Any) -> None:
    """Then a token without one is refused."""
    response = ask(
        make(require_token_type=True),
        **bearer(make_user(), extras={}),
    )

    assert _INVALID == outcome(response)


@both
def test_type_can_be_another(make: Any) -> None:
    """Endpoints for other tokens exist."""
    headers = bearer(make_user(), extras={'type': 'invite'})

    statuses = [
        ask(make(expected_token_type=wanted), **headers).status_code
        for wanted in ('invite', 'access', None)
    ]

    assert [200, 401, 200] == statuses


@both
@pytest.mark.parametrize(
    'sub',
    ['abc', '0', '-1', '1.0', '9' * 40, '9' * 5000, '1\x00', ' ', '²'],
)
def test_odd_subjects_are_not_authenticated(make: Any, sub: str) -> None:
    """A signed token can say anything about whom it is."""
    make_user()

    assert _INVALID == outcome(ask(make(), **bearer(sub)))


@both
def test_inactive_user_is_not_authenticated(make: Any) -> None:
    """A token outlives its user."""
    user = make_user(is_active=False)

    assert _INVALID == outcome(ask(make(), **bearer(user)))


@both
@pytest.mark.parametrize(
    'token',
    ['a.b.c', 'a', '.', 'x' * 1_000_000, 'eyJhbGciOiJub25lIn0.e30.'],
)
def test_invalid_tokens_are_not_authenticated(make: Any, token: str) -> None:
    """What a token may look like is tested elsewhere."""
    assert _INVALID == outcome(ask(make(), Authorization=f'Bearer {token}'))


@both
def test_wrong_key_is_not_authenticated(make: Any) -> None:
    """Only our own signature counts."""
    token = encoded_token(make_user(), secret='x' * 40)

    assert _INVALID == outcome(ask(make(), Authorization=f'Bearer {token}'))
    accepted = ask(make(secret='x' * 40), Authorization=f'Bearer {token}')
    assert 200 == accepted.status_code


@both
def test_expired_tokens_need_leeway(make: Any) -> None:
    """Options of the auth reach the token."""
    moment = dt.datetime.now(dt.UTC) - dt.timedelta(seconds=10)
    headers = bearer(make_user(), exp=moment, leeway=60)

    statuses = [
        ask(make(**options), **headers).status_code
        for options in ({}, {'leeway': 60}, {'verify_expiry': False})
    ]

    assert [401, 200, 200] == statuses


@both
def test_audience_and_issuer_are_checked(make: Any) -> None:
    """A token for another service of ours opens nothing here."""
    headers = bearer(make_user(), aud='here', iss='us')
    accepted = {'accepted_audiences': ['here'], 'accepted_issuers': 'us'}

    statuses = [
        ask(make(**options), **headers).status_code
        for options in (
            {},
            accepted,
            {**accepted, 'accepted_audiences': ['there']},
            {**accepted, 'accepted_issuers': 'them'},
            {'allow_unexpected_audience': True},
        )
    ]

    assert [401, 200, 401, 401, 200] == statuses


@both
def test_other_header_and_field(make: Any) -> None:
    """Nothing about the token's place is fixed."""
    user = make_user(email='ada@example.com')
    token = encoded_token(user.email)

    response = ask(
        make(auth_header='X-Auth', auth_scheme='JWT', user_id_field='email'),
        X_Auth=f'jwt {token}',
    )

    assert (200, ['ada', 'an-id'], None) == outcome(response)


def test_subclass_can_look_up_another_claim() -> None:
    """``claim_from_token`` says what identifies the user."""
    user = make_user(email='ada@example.com')

    class _ByEmail(JWTSyncAuth):
        @override
        def claim_from_token(self, token: JWToken) -> str:
            return str(token.extras['email'])

    class _Guarded(Controller[PydanticSerializer]):
        auth = [_ByEmail(user_id_field='email')]

        def get(self) -> str:
            return str(self.request.user)

    response = ask(_Guarded, **bearer('x', extras={'email': user.email}))

    assert (200, 'ada', None) == outcome(response)


def test_refused_token_leaves_nothing_behind() -> None:
    """Neither user nor token nor auth are on the request."""
    user = make_user()

    class _Picky(JWTSyncAuth):
        @override
        def check_auth(self, user: Any, token: JWToken) -> None:
            raise NotAuthenticatedError

    class _Guarded(Controller[PydanticSerializer]):
        auth = [_Picky()]

        def get(self) -> str:
            raise AssertionError('must not be called')

    request = DMRRequestFactory().get('/', headers=bearer(user))
    _Guarded.as_view()(request)

    assert request_jwt(request) is None
    assert request_auth(request) is None
    assert not hasattr(request, 'user')


def test_strict_look_up_needs_a_token() -> None:
    """The name of the attribute is in the error."""
    with pytest.raises(AttributeError, match='__dmr_jwt__'):
        request_jwt(DMRRequestFactory().get('/'), strict=True)


@both
def test_broken_database_lets_nobody_in(
    make: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It is an error of the server, not of the token."""
    headers = bearer(make_user())

    def fail(*_args: Any, **_kwargs: Any) -> None:
        raise DatabaseError('gone')

    monkeypatch.setattr(User._default_manager, 'get', fail)
    monkeypatch.setattr(User._default_manager, 'aget', fail)

    with pytest.raises(DatabaseError, match='gone'):
        ask(make(), **headers)


@pytest.mark.parametrize(
    ('options', 'expected'),
    [
        ({}, {'type': 'http', 'scheme': 'Bearer', 'bearerFormat': 'JWT'}),
        (
            {'auth_scheme': 'bearer'},
            {'type': 'http', 'scheme': 'bearer', 'bearerFormat': 'JWT'},
        ),
        (
            {'auth_header': 'X-Auth', 'auth_scheme': 'JWT'},
            {
                'type': 'apiKey',
                'in': 'header',
                'name': 'X-Auth',
                'description': '`JWT <token>`',
            },
        ),
    ],
)
@pytest.mark.parametrize('auth_cls', [JWTSyncAuth, JWTAsyncAuth])
def test_place_of_the_token_is_described(
    auth_cls: Any,
    options: dict[str, str],
    expected: dict[str, str],
) -> None:
    """Descriptions know the standard way by name."""
    auth = auth_cls(**options)

    assert {'jwt': expected} == auth.security_schemes
    assert {'jwt': []} == auth.security_requirement


def test_401_is_described() -> None:
    """The only way to be refused."""
    responses = _sync().api_endpoints['GET'].metadata.responses

    assert HTTPStatus.UNAUTHORIZED in responses


def test_names_that_say_where_the_token_is() -> None:
    """They are the same classes."""
    assert (JWTSyncAuth, JWTAsyncAuth) == (
        HeaderJWTSyncAuth,
        HeaderJWTAsyncAuth,
    )
