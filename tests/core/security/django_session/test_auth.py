"""Sessions of Django as authentication."""

from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client, override_settings
from typing_extensions import override

from dmr import Body, Controller
from dmr.parsers import MultiPartParser
from dmr.plugins.pydantic import PydanticSerializer
from dmr.security.django_session import (
    DjangoSessionAsyncAuth,
    DjangoSessionSyncAuth,
)
from dmr.security.http import HttpBasicSyncAuth, basic_auth
from tests.core.security.asking import (
    ask,
    denied,
    make_user,
    outcome,
)
from tests.core.security.django_session import strict_sessions
from tests.core.serving import serving

pytestmark = pytest.mark.django_db

_CHALLENGE = 'Session cookie="sessionid"'
_CSRF_FAILED = (403, {'detail': [{'msg': 'CSRF Failed'}]}, None)


class _Sync(Controller[PydanticSerializer]):
    auth = [DjangoSessionSyncAuth()]

    def get(self) -> str:
        return str(self.request.user)

    def post(self) -> str:
        return str(self.request.user)


class _Async(Controller[PydanticSerializer]):
    auth = [DjangoSessionAsyncAuth()]

    async def get(self) -> str:
        return str(self.request.user)

    async def post(self) -> str:
        return str(await self.request.auser())


both = pytest.mark.parametrize('controller', [_Sync, _Async])


def _token(client: Client) -> str:
    """Give *client* a CSRF cookie, return its value."""
    client.cookies['csrftoken'] = 'a' * 32
    return 'a' * 32


@both
def test_user_of_the_session_is_let_in(controller: Any) -> None:
    """Reading needs nothing but the session."""
    user = make_user()

    with serving(it=controller) as client:
        client.force_login(user)
        response = client.get('/it/')

    assert (200, 'ada', None) == outcome(response)


@both
@pytest.mark.parametrize('method', ['GET', 'POST'])
def test_nobody_is_not_authenticated(controller: Any, method: str) -> None:
    """Without a session there is no CSRF check, so others can try."""
    assert denied(_CHALLENGE) == outcome(ask(controller, method))


@both
def test_unsafe_request_needs_the_token(controller: Any) -> None:
    """Another site can send the cookie, but does not know the token."""
    user = make_user()

    with serving(it=controller) as client:
        client.force_login(user)
        token = _token(client)
        without = client.post('/it/')
        wrong = client.post('/it/', headers={'X-CSRFToken': 'b' * 32})
        right = client.post('/it/', headers={'X-CSRFToken': token})

    assert [_CSRF_FAILED, _CSRF_FAILED, (201, 'ada', None)] == [
        outcome(without),
        outcome(wrong),
        outcome(right),
    ]


@both
@pytest.mark.parametrize('origin', ['https://evil.example', 'null', '\ud800'])
def test_foreign_origin_is_refused(controller: Any, origin: str) -> None:
    """The token is not enough."""
    user = make_user()

    with serving(it=controller) as client:
        client.force_login(user)
        response = client.post(
            '/it/',
            headers={
                'X-CSRFToken': _token(client),
                'Origin': origin,
            },
        )

    assert _CSRF_FAILED == outcome(response)


@both
def test_token_may_be_in_a_form(controller: Any) -> None:
    """Forms send it as a field, as they do elsewhere in Django."""
    user = make_user()

    with serving(it=controller) as client:
        client.force_login(user)
        response = client.post(
            '/it/',
            f'csrfmiddlewaretoken={_token(client)}',
            content_type='application/x-www-form-urlencoded',
        )

    assert (201, 'ada', None) == outcome(response)


def test_reason_is_told_when_debugging() -> None:
    """Developers see what Django says, nobody else."""
    user = make_user()

    with serving(it=_Sync) as client, override_settings(DEBUG=True):
        client.force_login(user)
        response = client.post('/it/')

    body = response.json()
    assert {
        'detail': [{'msg': 'CSRF Failed: CSRF cookie not set.'}],
    } == body


@both
@pytest.mark.parametrize(
    ('body', 'content_type', 'settings', 'status_code'),
    [
        (b'--x\r\nbroken', 'multipart/form-data', {}, 403),
        (
            b'a=' + b'b' * 100,
            'application/x-www-form-urlencoded',
            {'DATA_UPLOAD_MAX_MEMORY_SIZE': 10},
            413,
        ),
        (
            b'a=1&b=2&c=3',
            'application/x-www-form-urlencoded',
            {'DATA_UPLOAD_MAX_NUMBER_FIELDS': 1},
            413,
        ),
    ],
)
def test_unreadable_forms_are_answered_by_us(
    controller: Any,
    body: bytes,
    content_type: str,
    settings: dict[str, int],
    status_code: int,
) -> None:
    """Looking for the token reads the body, which may be hostile."""
    user = make_user()

    with serving(it=controller) as client, override_settings(**settings):
        client.force_login(user)
        response = client.post('/it/', body, content_type=content_type)

    assert status_code == response.status_code
    assert ['detail'] == [*response.json()]


def test_broken_form_behind_a_valid_header_is_400() -> None:
    """Looking for the token does not hide what is wrong with the form."""

    class _Form(Controller[PydanticSerializer]):
        auth = [DjangoSessionSyncAuth()]
        parsers = [MultiPartParser()]

        def post(self, parsed_body: Body[dict[str, str]]) -> str:
            raise AssertionError('must not be called')

    user = make_user()
    with serving(it=_Form) as client:
        client.force_login(user)
        response = client.post(
            '/it/',
            b'--x\r\nbroken',
            content_type='multipart/form-data',
            headers={'X-CSRFToken': _token(client)},
        )

    assert 400 == response.status_code


@both
def test_inactive_user_is_not_authenticated(controller: Any) -> None:
    """A session outlives its user."""
    user = make_user()

    with serving(it=controller) as client:
        client.force_login(user)
        user.is_active = False
        user.save()
        response = client.get('/it/')

    assert denied(_CHALLENGE) == outcome(response)


def test_other_auths_need_no_csrf_token() -> None:
    """The check belongs to the session, not to the endpoint."""

    class _Basic(HttpBasicSyncAuth):
        @override
        def authenticate(self, *_args: Any) -> Any:
            return self

    class _Mixed(Controller[PydanticSerializer]):
        auth = [DjangoSessionSyncAuth(), _Basic()]

        def post(self) -> str:
            return 'in'

    response = ask(_Mixed, 'POST', Authorization=basic_auth('a', 'b'))

    assert (201, 'in', None) == outcome(response)


def test_subclasses_can_ask_for_more() -> None:
    """``authenticate`` is the place, it knows that the user is active."""

    class _StaffAuth(DjangoSessionSyncAuth):
        @override
        def authenticate(self, endpoint: Any, controller: Any) -> Any:
            return self if controller.request.user.is_staff else None

    class _ForStaff(Controller[PydanticSerializer]):
        auth = [_StaffAuth()]

        def get(self) -> str:
            return 'in'

    plain, staff = make_user(), make_user('staff', is_staff=True)
    with serving(it=_ForStaff) as client:
        client.force_login(plain)
        refused = client.get('/it/')
        client.force_login(staff)
        allowed = client.get('/it/')

    assert denied(_CHALLENGE) == outcome(refused)
    assert (200, 'in', None) == outcome(allowed)


@pytest.mark.parametrize(
    'auth_cls',
    [DjangoSessionSyncAuth, DjangoSessionAsyncAuth],
)
def test_both_cookies_are_described(auth_cls: Any) -> None:
    """They are needed together, under the names of the settings."""
    auth = auth_cls()

    with override_settings(SESSION_COOKIE_NAME='s', CSRF_COOKIE_NAME='c'):
        schemes = auth.security_schemes

    assert {
        'django_session': {'type': 'apiKey', 'in': 'cookie', 'name': 's'},
        'csrf': {
            'type': 'apiKey',
            'in': 'cookie',
            'name': 'c',
            'description': 'CSRF protection',
        },
    } == schemes
    assert {'django_session': [], 'csrf': []} == auth.security_requirement


def test_csrf_cookie_may_be_in_the_session() -> None:
    """Then there is one cookie to describe."""
    auth = DjangoSessionSyncAuth('own')

    with override_settings(CSRF_USE_SESSIONS=True):
        assert ['own'] == [*auth.security_schemes]


@both
def test_401_and_403_are_described(controller: Any) -> None:
    """Both ways to be refused are in the description."""
    responses = controller.api_endpoints['POST'].metadata.responses

    assert {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN} <= set(responses)


@both
@override_settings(SESSION_ENGINE=strict_sessions.__name__)
def test_session_with_an_odd_key_is_nobodys(controller: Any) -> None:
    """A quoted cookie can have any character."""
    response = ask(controller, Cookie=r'sessionid="\000\000aaaaaaaa"')

    assert outcome(response) == denied(_CHALLENGE)
