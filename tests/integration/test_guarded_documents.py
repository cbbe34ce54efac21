"""Documents tell how to get in, and what refusals look like."""

from typing import Any

import pytest
from openapi_spec_validator import validate
from typing_extensions import override

from dmr import Controller
from dmr.openapi import build_schema
from dmr.openapi.objects import SecurityScheme
from dmr.plugins.pydantic import PydanticSerializer
from dmr.routing import Router, path
from dmr.security import SyncAuth
from dmr.security.api_key import ApiKeySyncAuth
from dmr.security.django_session import DjangoSessionSyncAuth
from dmr.security.http import HttpBasicSyncAuth
from dmr.security.jwt import CookieJWTSyncAuth, JWTSyncAuth
from dmr.security.permissions import IsStaff
from dmr.security.token import HeaderTokenSyncAuth
from dmr.throttling import Rate, SyncThrottle


class _Basic(HttpBasicSyncAuth):
    @override
    def authenticate(self, *_args: Any) -> Any:
        return None


class _Key(ApiKeySyncAuth):
    @override
    def authenticate(self, *_args: Any) -> Any:
        return None


class _Own(SyncAuth):
    @override
    def __call__(self, endpoint: Any, controller: Any) -> Any:
        return None

    @property
    @override
    def security_schemes(self) -> Any:
        return {'own': SecurityScheme(type='http', scheme='digest')}

    @property
    @override
    def security_requirement(self) -> Any:
        return {'own': []}


class _Guarded(Controller[PydanticSerializer]):
    auth = [
        _Basic(),
        _Key(),
        DjangoSessionSyncAuth(),
        JWTSyncAuth(),
        CookieJWTSyncAuth(),
        HeaderTokenSyncAuth(),
        _Own(),
    ]
    permissions = [IsStaff()]
    throttling = [SyncThrottle(1, Rate.minute)]
    throttling_allow_unsafe_cache = None

    def post(self) -> str:
        raise AssertionError('must not be called')


@pytest.fixture
def document() -> Any:
    """Return the whole document, as JSON."""
    return build_schema(
        Router('api/', [path('it/', _Guarded.as_view())]),
    ).convert()


def test_each_auth_is_one_way_in(document: Any) -> None:
    """Alternatives stand side by side, cookies need their CSRF token."""
    validate(document)

    assert [
        {'http_basic': []},
        {'api_key': []},
        {'django_session': [], 'csrf': []},
        {'jwt': []},
        {'jwt_cookie': [], 'csrf': []},
        {'token': []},
        {'own': []},
    ] == document['paths']['/api/it/']['post']['security']


def test_schemes_are_described(document: Any) -> None:
    """Dictionaries of ours, and objects of users."""
    assert {
        'http_basic': {'type': 'http', 'scheme': 'basic'},
        'api_key': {'type': 'apiKey', 'in': 'header', 'name': 'X-API-Key'},
        'django_session': {
            'type': 'apiKey',
            'in': 'cookie',
            'name': 'sessionid',
        },
        'csrf': {
            'type': 'apiKey',
            'in': 'cookie',
            'name': 'csrftoken',
            'description': 'CSRF protection',
        },
        'jwt': {'type': 'http', 'scheme': 'Bearer', 'bearerFormat': 'JWT'},
        'jwt_cookie': {
            'type': 'apiKey',
            'in': 'cookie',
            'name': 'access_token',
        },
        'token': {'type': 'apiKey', 'in': 'header', 'name': 'X-API-Token'},
        'own': {'type': 'http', 'scheme': 'digest'},
    } == document['components']['securitySchemes']


def test_refusals_are_described_with_their_headers(document: Any) -> None:
    """401 how to get in, 429 and 503 how long to wait, 403 as it is."""
    responses = document['paths']['/api/it/']['post']['responses']

    assert {
        '401': {'WWW-Authenticate'},
        '403': set(),
        '429': {
            'X-RateLimit-Limit',
            'X-RateLimit-Remaining',
            'X-RateLimit-Reset',
            'Retry-After',
        },
        '503': {'Retry-After'},
    } == {
        status: set(responses[status].get('headers', ()))
        for status in ('401', '403', '429', '503')
    }
