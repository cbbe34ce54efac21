"""Answers where there is no endpoint: handlers for 400, 404 and 500."""

import json
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.http import HttpRequest, HttpResponse
from django.test import AsyncClient, Client, override_settings

from dmr import Controller
from dmr.plugins.msgspec import MsgpackRenderer, MsgspecSerializer
from dmr.plugins.pydantic import PydanticSerializer
from dmr.renderers import FileRenderer, JsonRenderer
from dmr.routing import (
    build_400_handler,
    build_404_handler,
    build_500_handler,
    path,
)
from tests.integration.sending import Answer, answer_of

_NOT_FOUND = {'detail': [{'msg': 'Page not found', 'type': 'not_found'}]}
_REFUSED = {'detail': [{'msg': 'Bad request', 'type': 'value_error'}]}
_BROKEN = {
    'detail': [{'msg': 'Internal server error', 'type': 'internal_error'}],
}


def _refuse(request: HttpRequest) -> HttpResponse:
    request.get_host()
    request.GET.get('a')
    return HttpResponse('fine')


class _Broken(Controller[PydanticSerializer]):
    def get(self) -> str:
        raise LookupError


class _BrokenAsync(Controller[PydanticSerializer]):
    async def get(self) -> str:
        raise LookupError


def _urls(prefixes: tuple[str, ...] = ('api/',), **options: Any) -> type[Any]:
    options = {'serializer': PydanticSerializer, **options}
    return type(
        'Urls',
        (),
        {
            'urlpatterns': [
                path('api/broken/', _Broken.as_view()),
                path('api/broken-async/', _BrokenAsync.as_view()),
                path('broken/', _Broken.as_view()),
                path('api/refused/', _refuse),
                path('refused/', _refuse),
            ],
            'handler400': staticmethod(
                build_400_handler(*prefixes, **options),
            ),
            'handler404': staticmethod(
                build_404_handler(*prefixes, **options),
            ),
            'handler500': staticmethod(
                build_500_handler(*prefixes, **options),
            ),
        },
    )


def _get(urlconf: Any, at: str, **headers: str) -> Answer:
    """Return what both of Django's handlers answer."""

    @async_to_sync
    async def get_async() -> Any:
        client = AsyncClient(raise_request_exception=False)
        return await client.get(at, headers=headers)

    with override_settings(
        ROOT_URLCONF=urlconf,
        MIDDLEWARE=[],
        DMR_SETTINGS={'renderers': ['json', 'msgpack']},
    ):
        client = Client(raise_request_exception=False)
        answer = answer_of(client.get(at, headers=headers))
        assert answer == answer_of(get_async())
    return answer


@pytest.mark.parametrize(
    ('prefix', 'at', 'is_ours'),
    [
        ('api/', '/api/nothing/', True),
        ('/api/', '/api/nothing/', True),
        ('api', '/api/nothing/', True),
        ('api', '/api', True),
        ('api/', '/api/', True),
        ('api/', '/api', False),
        ('api/', '/apiary/', False),
        ('api', '/apiary/', False),
        ('api/', '/other/api/', False),
        ('', '/anything/', True),
        ('/', '/', True),
    ],
)
def test_prefix(prefix: str, at: str, *, is_ours: bool) -> None:
    """Whole segments of the path are compared."""
    answer = _get(_urls((prefix,)), at)

    assert 404 == answer.status_code
    assert is_ours is (answer.headers['Content-Type'] == 'application/json')


@pytest.mark.parametrize('at', ['/a/x/', '/b/x/'])
def test_many_prefixes(at: str) -> None:
    """Each of them is covered."""
    assert _NOT_FOUND == _get(_urls(('a/', 'b/')), at).data


@pytest.mark.parametrize(
    ('headers', 'query', 'status_code'),
    [
        ({'Host': 'evil.example'}, '', 400),
        ({'Host': '<script>'}, '', 400),
        ({}, '&' * 2000, 413),
    ],
)
def test_what_django_refuses_is_answered(
    headers: dict[str, str],
    query: str,
    status_code: int,
) -> None:
    """A wrong host is 400, too many fields are 413."""
    with override_settings(ALLOWED_HOSTS=['testserver']):
        answer = _get(_urls(), f'/api/refused/?{query}', **headers)

    assert (status_code, 'application/json', _REFUSED) == (
        answer.status_code,
        answer.headers['Content-Type'],
        answer.data,
    )


def test_other_refusals_are_pages_of_django() -> None:
    """Outside of the API nothing changes."""
    with override_settings(ALLOWED_HOSTS=['testserver']):
        answer = _get(_urls(), '/refused/', Host='evil.example')

    assert 400 == answer.status_code
    assert 'text/html' in answer.headers['Content-Type']


def test_page_is_negotiated() -> None:
    """The client gets the format that it asks for."""
    answer = _get(_urls(), '/api/x/', Accept='application/msgpack')

    assert (404, 'application/msgpack', 'Accept', _NOT_FOUND) == (
        answer.status_code,
        answer.headers['Content-Type'],
        answer.headers['Vary'],
        answer.data,
    )


@pytest.mark.parametrize('accept', ['', 'text/html', '*/*'])
def test_first_renderer_answers_everybody_else(accept: str) -> None:
    """An error about the address is not hidden behind one about formats."""
    answer = _get(_urls(), '/api/x/', Accept=accept)

    assert (404, 'application/json', _NOT_FOUND) == (
        answer.status_code,
        answer.headers['Content-Type'],
        answer.data,
    )


def test_own_renderers() -> None:
    """Renderers can be given; those for files cannot write errors."""
    urlconf = _urls(renderers=[FileRenderer(), MsgpackRenderer()])

    answer = _get(urlconf, '/api/x/')

    assert ('application/msgpack', _NOT_FOUND) == (
        answer.headers['Content-Type'],
        answer.data,
    )
    assert 'Vary' not in answer.headers


def test_own_format() -> None:
    """The body can be of another shape."""

    def terse(error: Any, **options: Any) -> Any:
        return {'error': error, 'kind': options['error_type']}

    urlconf = _urls(format_error=terse, serializer=MsgspecSerializer)

    assert [
        {'error': 'Page not found', 'kind': 'not_found'},
        {'error': 'Internal server error', 'kind': 'internal_error'},
    ] == [_get(urlconf, at).data for at in ('/api/x/', '/api/broken/')]


@pytest.mark.parametrize('at', ['/api/broken/', '/api/broken-async/'])
def test_unknown_errors_of_endpoints(at: str) -> None:
    """What no handler knows becomes a JSON body without details."""
    answer = _get(_urls(), at)

    assert (500, 'application/json', _BROKEN) == (
        answer.status_code,
        answer.headers['Content-Type'],
        answer.data,
    )


def test_errors_outside_of_the_prefix() -> None:
    """Django's own page answers."""
    answer = _get(_urls(), '/broken/')

    assert (500, 'text/html; charset=utf-8') == (
        answer.status_code,
        answer.headers['Content-Type'],
    )


def test_fault_in_the_handler_itself() -> None:
    """The last answer is constant, nothing in it can fail."""

    def broken(error: Any, **options: Any) -> Any:
        raise LookupError

    urlconf = _urls(format_error=broken)

    for at in ('/api/x/', '/api/broken/'):
        answer = _get(urlconf, at)
        assert (500, b'{"detail":[{"msg":"Internal server error"}]}') == (
            answer.status_code,
            answer.content,
        )


def test_renderers_of_the_settings_may_change() -> None:
    """Handlers are built once, settings are overridden later."""
    urlconf = _urls()

    with override_settings(
        ROOT_URLCONF=urlconf,
        DMR_SETTINGS={'renderers': [JsonRenderer('application/vnd.own+json')]},
    ):
        response = Client().get('/api/x/')

    assert 'application/vnd.own+json' == response.headers['Content-Type']
    assert _NOT_FOUND == json.loads(response.content)


def test_project_below_a_path() -> None:
    """The prefix is compared with the path inside of the project."""
    with override_settings(ROOT_URLCONF=_urls(), MIDDLEWARE=[]):
        response = Client(SCRIPT_NAME='/project').get('/api/x/')

    assert 'application/json' == response.headers['Content-Type']
