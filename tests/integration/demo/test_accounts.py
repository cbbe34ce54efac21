"""Log in to the demo: sessions, JSON web tokens, tokens for programs."""

from typing import Any, Final

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from dmr.test import DMRClient
from library.services.accounts import READER, READER_PASSWORD, add_reader
from tests.integration.demo.api import Api, error

_CREDENTIALS: Final = {'username': READER, 'password': READER_PASSWORD}
_NOBODY: Final = error('Not authenticated', 'security')


@pytest.fixture(autouse=True)
def _reader(db: None) -> None:
    add_reader()


def _account(logged_in_by: str) -> dict[str, str]:
    return {'username': READER, 'logged_in_by': logged_in_by}


def _tokens(api: Api) -> Any:
    return api.send('POST', 'account/tokens/', _CREDENTIALS).data


def test_reader_is_added_once() -> None:
    """Starting again changes nothing, not even a password."""
    users = get_user_model()._default_manager
    users.update(password='changed')

    add_reader()

    assert [(READER, 'changed')] == [*users.values_list('username', 'password')]


def test_session_logs_in_and_out() -> None:
    """The cookie is enough to read, leaving takes the CSRF token."""
    client = DMRClient(enforce_csrf_checks=True)

    login = client.post('/api/account/login/', _CREDENTIALS)
    account = client.get('/api/account/')
    refused = client.post('/api/account/logout/')
    token = client.cookies['csrftoken'].value
    logout = client.post('/api/account/logout/', headers={'X-CSRFToken': token})
    after = client.get('/api/account/')

    assert (200, 'no-store') == (
        login.status_code,
        login.headers['Cache-Control'],
    )
    assert _account('session') == login.json() == account.json()
    assert [403, 204, 401] == [
        one.status_code for one in (refused, logout, after)
    ]


def test_tokens_open_the_account(api: Api) -> None:
    """The access token does, the refresh token does not."""
    tokens = _tokens(api)

    opened = api.get(
        'account/',
        authorization=f'Bearer {tokens["access_token"]}',
    )
    refused = api.get(
        'account/',
        authorization=f'Bearer {tokens["refresh_token"]}',
    )

    assert (200, _account('jwt')) == (opened.status_code, opened.data)
    assert (401, _NOBODY) == (refused.status_code, refused.data)


def test_refresh_token_works_once(api: Api) -> None:
    """The second use takes away what the first has given."""
    old = {'refresh_token': _tokens(api)['refresh_token']}

    first = api.send('POST', 'account/tokens/refresh/', old)
    second = api.send('POST', 'account/tokens/refresh/', old)
    third = api.send(
        'POST',
        'account/tokens/refresh/',
        {'refresh_token': first.data['refresh_token']},
    )

    assert [200, 401, 401] == [
        one.status_code for one in (first, second, third)
    ]


def test_token_of_a_program_works_until_revoked(api: Api) -> None:
    """It is sent in a header of its own."""
    token = api.send('POST', 'account/api-token/', _CREDENTIALS).data['token']

    opened = api.get('account/', x_api_token=token)
    revoked = api.send('POST', 'account/api-token/revoke/', x_api_token=token)
    after = api.get('account/', x_api_token=token)

    assert _account('token') == opened.data
    assert [204, 401] == [revoked.status_code, after.status_code]


@pytest.mark.parametrize(
    'path',
    ['account/login/', 'account/tokens/', 'account/api-token/'],
)
def test_wrong_passwords_run_out(api: Api, path: str) -> None:
    """They are 401, and 429 when there were too many in a minute."""
    wrong = {**_CREDENTIALS, 'password': 'open sesame'}

    answers = [api.send('POST', path, wrong) for _ in range(21)]

    assert [401] * 20 + [429] == [one.status_code for one in answers]
    assert answers[0].data == _NOBODY
    assert answers[20].data == error('Too many requests', 'ratelimit')


def test_nobody_is_told_how_to_log_in(api: Api) -> None:
    """The answer names each way."""
    answer = api.get('account/')

    assert (401, _NOBODY) == (answer.status_code, answer.data)
    challenges = answer.headers['WWW-Authenticate']
    assert all(way in challenges for way in ('Session', 'Bearer', 'Token'))


def test_reader_is_no_staff() -> None:
    """An account that everybody knows opens nothing else."""
    client = Client()
    client.login(**_CREDENTIALS)

    admin = client.get('/admin/')

    assert 302 == admin.status_code
    assert '/admin/login/?next=/admin/' == admin.headers['Location']
