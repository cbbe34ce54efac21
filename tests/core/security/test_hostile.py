"""Whatever headers, cookies and bodies have, guards answer as documented."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typing_extensions import override

from dmr import Controller
from dmr.plugins.pydantic import PydanticSerializer
from dmr.security.api_key import ApiKeyAsyncAuth, ApiKeySyncAuth
from dmr.security.django_session import (
    DjangoSessionAsyncAuth,
    DjangoSessionSyncAuth,
)
from dmr.security.http import HttpBasicAsyncAuth, HttpBasicSyncAuth
from dmr.security.jwt import (
    CookieJWTAsyncAuth,
    CookieJWTSyncAuth,
    JWTAsyncAuth,
    JWTSyncAuth,
)
from dmr.security.token import (
    CookieTokenAsyncAuth,
    CookieTokenSyncAuth,
    HeaderTokenAsyncAuth,
    HeaderTokenSyncAuth,
)
from tests.core.security.jwt.views.controllers import ASYNC, SYNC
from tests.core.serving import serving


class _SyncBasic(HttpBasicSyncAuth):
    @override
    def authenticate(self, *_args: Any) -> Any:
        return None


class _AsyncBasic(HttpBasicAsyncAuth):
    @override
    async def authenticate(self, *_args: Any) -> Any:
        return None


class _SyncKey(ApiKeySyncAuth):
    @override
    def authenticate(self, *_args: Any) -> Any:
        return None


class _AsyncKey(ApiKeyAsyncAuth):
    @override
    async def authenticate(self, *_args: Any) -> Any:
        return None


class _Sync(Controller[PydanticSerializer]):
    auth = [
        _SyncBasic(),
        _SyncKey(),
        DjangoSessionSyncAuth(),
        HeaderTokenSyncAuth(),
        CookieTokenSyncAuth(),
        CookieJWTSyncAuth(),
        JWTSyncAuth(),
    ]

    def post(self) -> str:
        raise AssertionError('must not be called')


class _Async(Controller[PydanticSerializer]):
    auth = [
        _AsyncBasic(),
        _AsyncKey(),
        DjangoSessionAsyncAuth(),
        HeaderTokenAsyncAuth(),
        CookieTokenAsyncAuth(),
        CookieJWTAsyncAuth(),
        JWTAsyncAuth(),
    ]

    async def post(self) -> str:
        raise AssertionError('must not be called')


_CONTROLLERS = {
    'sync': _Sync,
    'async': _Async,
    **{f'sync-{name}': one for name, one in SYNC.items() if name != 'it'},
    **{f'async-{name}': one for name, one in ASYNC.items() if name != 'it'},
}

#: What a header can have at all: servers decode Latin-1.
_text = st.text(st.characters(max_codepoint=255), max_size=40)
_value = st.builds(
    '{}{}{}'.format,
    st.sampled_from(['', 'Bearer ', 'bearer ', 'Basic ', 'Token ', 'a.b.']),
    _text,
    st.sampled_from(['', '.', '..', '=', ':', ' x', '.' * 500]),
)
_headers = st.dictionaries(
    st.sampled_from(
        [
            'Authorization',
            'X-API-Key',
            'X-API-Token',
            'X-CSRFToken',
            'Origin',
            'Referer',
        ],
    ),
    _value,
)
_cookies = st.dictionaries(
    st.sampled_from(['access_token', 'api_token', 'sessionid', 'csrftoken']),
    _text.filter(lambda text: ';' not in text),
)
_bodies = st.one_of(
    st.text(max_size=40),
    st.builds(
        '{{"username": "{}", "password": "x"}}'.format,
        st.sampled_from(['ada', '', r'a\u0000', r'\ud800']),
    ),
    st.builds(
        '{{"refresh_token": "{0}", "access_token": "{0}"}}'.format,
        st.sampled_from(['', 'a.b.c', r'\u0000', 'é.é.é', '.' * 1000]),
    ),
)
_content_types = st.sampled_from(
    [
        'application/json',
        'application/x-www-form-urlencoded',
        'multipart/form-data; boundary=x',
        'text/plain',
    ],
)


@pytest.mark.django_db
@settings(
    max_examples=200,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    name=st.sampled_from([*_CONTROLLERS]),
    headers=_headers,
    cookies=_cookies,
    body=_bodies,
    content_type=_content_types,
)
def test_strangers_get_an_answer(
    name: str,
    headers: dict[str, str],
    cookies: dict[str, str],
    body: str,
    content_type: str,
) -> None:
    """They are refused in JSON, with a way in when that is what is missing."""
    cookie = '; '.join(f'{key}={value}' for key, value in cookies.items())

    with serving(**_CONTROLLERS) as client:
        response = client.post(
            f'/{name}/',
            body.encode(),
            content_type=content_type,
            headers={**headers, 'Cookie': cookie},
        )

    assert response.status_code in {400, 401, 403}
    assert 'application/json' == response.headers['Content-Type']
    assert ['detail'] == [*response.json()]
    if response.status_code == 401:
        assert response.headers['WWW-Authenticate']
