"""No request makes the server fail, answer with HTML, or tell its secrets."""

from collections.abc import Iterator
from itertools import cycle
from typing import Any, Final

import msgspec
import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import override_settings

from tests.integration.hostile import guards, project
from tests.integration.hostile.sending import PROTOCOLS, Answer, Request
from tests.integration.hostile.table import Case, cases

pytestmark = pytest.mark.django_db(transaction=True)

_CASES: Final = cases(settings.SECRET_KEY)

_TURNS: Final = (
    ('pydantic-sync', 'msgspec-async'),
    ('pydantic-async', 'msgspec-sync'),
)

#: What the auths need; each one more costs a thread in each request.
_MIDDLEWARE: Final = [
    'django.contrib.sessions.middleware.SessionMiddleware',
    'django.contrib.auth.middleware.AuthenticationMiddleware',
]

#: What no answer may have in it.
_SECRETS: Final = (
    b'Traceback',
    b'site-packages',
    b' object at 0x',
    b'<html',
    settings.SECRET_KEY.encode(),
    guards.PASSWORD.encode(),
    guards.KEY.encode(),
)

#: Answers to mistakes are short, whatever was sent.
_MAX_ERROR: Final = 16 * 1024


@pytest.fixture(autouse=True)
def _project() -> Iterator[None]:
    cache.clear()
    User.objects.create_user('ada', password=guards.PASSWORD)
    with override_settings(
        ROOT_URLCONF=project.__name__,
        MIDDLEWARE=_MIDDLEWARE,
    ):
        yield


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_every_request_is_answered() -> None:
    """Each has the status that it deserves, with both serializers.

    Sync and async sites take turns, others test that they answer the same.
    """
    wrong = [
        problem
        for case, sites in zip(_CASES, cycle(_TURNS), strict=False)
        for site in sites
        for problem in _problems(case, site)
    ]

    assert [] == wrong, '\n'.join(wrong)


def test_there_are_hundreds_of_requests() -> None:
    """The table is not empty by mistake."""
    assert len(_CASES) > 800


def _problems(case: Case, site: str) -> Iterator[str]:
    protocol = 'asgi' if site.endswith('async') else 'wsgi'
    request = Request(
        target=f'/api/{site}/{case.request.target}',
        method=case.request.method,
        headers=case.request.headers,
        body=case.request.body,
    )
    answer = PROTOCOLS[protocol](request)
    for problem in _faults(case, answer):
        yield f'{site}, {case.name}: {problem}, {answer.body[:200]!r}'


def _faults(case: Case, answer: Answer) -> Iterator[str]:
    if answer.status not in case.statuses:
        yield f'{answer.status}, not {sorted(case.statuses)}'
    if any(secret in answer.body for secret in _SECRETS):
        yield 'a secret'
    if 'x-injected' in answer.headers or any(
        '\r' in text or '\n' in text for text in answer.headers.values()
    ):
        yield 'an injected header'
    if answer.status >= 400 and answer.body:
        yield from _faults_of_error(answer)
    if answer.status == 401 and 'www-authenticate' not in answer.headers:
        yield 'no challenge'
    if answer.status == 405 and 'allow' not in answer.headers:
        yield 'nothing is allowed'


def _faults_of_error(answer: Answer) -> Iterator[str]:
    if len(answer.body) > _MAX_ERROR:
        yield f'{len(answer.body)} bytes'
    try:
        body = _decoded(answer)
    except msgspec.DecodeError:
        yield f'no error model as {answer.headers["content-type"]}'
        return
    if not body['detail']:
        yield 'no details'


def _decoded(answer: Answer) -> Any:
    if 'msgpack' in answer.headers['content-type']:
        return msgspec.msgpack.decode(answer.body)
    return msgspec.json.decode(answer.body)
