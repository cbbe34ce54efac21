"""Requests that `DMRRequestFactory` and its asynchronous twin build."""

import datetime as dt
import io
import json
from pathlib import Path
from typing import Any, Final

import pytest
from django.core.handlers.asgi import ASGIRequest
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest, HttpResponse
from django.test.client import MULTIPART_CONTENT
from typing_extensions import override

from dmr.renderers import JsonRenderer
from dmr.test import (
    DMRAsyncRequestFactory,
    DMRRequestFactory,
    override_dmr_settings,
)
from tests.core.plugins import installing

_FACTORIES: Final = (DMRRequestFactory, DMRAsyncRequestFactory)
_METHODS: Final = ('post', 'put', 'patch', 'delete', 'options')

any_factory = pytest.mark.parametrize('factory_cls', _FACTORIES)


def _sent(request: HttpRequest) -> tuple[str | None, bytes]:
    return request.headers.get('Content-Type'), request.body


@any_factory
@pytest.mark.parametrize('method', _METHODS)
@pytest.mark.parametrize(
    ('payload', 'body'),
    [
        ({'name': 'Zoë'}, '{"name":"Zoë"}'.encode()),
        ([1, 2.5, None], b'[1,2.5,null]'),
        ({}, b'{}'),
        ([], b'[]'),
        (17, b'17'),
        (False, b'false'),
        ({'day': dt.date(2025, 1, 31)}, b'{"day":"2025-01-31"}'),
    ],
)
def test_plain_data_becomes_json(
    factory_cls: type[DMRRequestFactory],
    method: str,
    payload: Any,
    body: bytes,
) -> None:
    """Lists, mappings and scalars are sent as JSON, empty ones too."""
    request = getattr(factory_cls(), method)('/', payload)

    assert ('application/json', body) == _sent(request)


@any_factory
@pytest.mark.parametrize('method', [*_METHODS, 'generic'])
@pytest.mark.parametrize('payload', ['{"a": 1}', b'{"a": 1}'])
def test_text_and_bytes_are_sent_as_they_are(
    factory_cls: type[DMRRequestFactory],
    method: str,
    payload: str | bytes,
) -> None:
    """What is encoded already is not encoded again."""
    arguments = ('/', payload)
    if method == 'generic':
        arguments = ('POST', *arguments)  # type: ignore[assignment]  # method

    request = getattr(factory_cls(), method)(*arguments)

    assert ('application/json', b'{"a": 1}') == _sent(request)


@any_factory
def test_post_without_data_sends_an_empty_object(
    factory_cls: type[DMRRequestFactory],
) -> None:
    """As in Django, POST without data is POST of nothing in particular."""
    assert ('application/json', b'{}') == _sent(factory_cls().post('/'))


@any_factory
@pytest.mark.parametrize('method', _METHODS)
def test_empty_text_sends_no_body_and_no_content_type(
    factory_cls: type[DMRRequestFactory],
    method: str,
) -> None:
    """As in Django, an empty body is no body."""
    request = getattr(factory_cls(), method)('/', '')

    assert b'' == request.body
    assert not request.headers.get('Content-Type')


@any_factory
@pytest.mark.parametrize('method', _METHODS)
def test_content_type_argument_is_sent(
    factory_cls: type[DMRRequestFactory],
    method: str,
) -> None:
    """``content_type=`` says what the body is."""
    request = getattr(factory_cls(), method)(
        '/',
        b'\x81\xa1a\x01',
        content_type='application/msgpack',
    )

    assert ('application/msgpack', b'\x81\xa1a\x01') == _sent(request)


@any_factory
@pytest.mark.parametrize('name', ['Content-Type', 'content-type'])
@pytest.mark.parametrize('method', _METHODS)
def test_content_type_header_wins(
    factory_cls: type[DMRRequestFactory],
    method: str,
    name: str,
) -> None:
    """A header of the request is sent rather than the argument."""
    request = getattr(factory_cls(), method)(
        '/',
        b'<a/>',
        content_type='application/msgpack',
        headers={name: 'application/xml', 'X-Other': 'kept'},
    )

    assert ('application/xml', b'<a/>') == _sent(request)
    assert 'kept' == request.headers['X-Other']


@any_factory
def test_content_type_of_the_constructor_is_the_default(
    factory_cls: type[DMRRequestFactory],
) -> None:
    """A factory can be made for another media type."""
    factory = factory_cls(headers={'Content-Type': 'application/xml'})

    assert ('application/xml', b'<a/>') == _sent(factory.put('/', '<a/>'))


@any_factory
def test_default_content_type_can_be_overridden(
    factory_cls: type[DMRRequestFactory],
) -> None:
    """A subclass can speak another JSON format by default."""

    class _Factory(factory_cls):  # type: ignore[misc, valid-type]  # parameter
        default_content_type = 'application/vnd.api+json'

    request = _Factory().post('/', {'data': None})

    assert ('application/vnd.api+json', b'{"data":null}') == _sent(request)


@any_factory
def test_parameters_of_the_content_type_do_not_prevent_json(
    factory_cls: type[DMRRequestFactory],
) -> None:
    """JSON with a charset is JSON."""
    request = factory_cls().post(
        '/',
        {'a': 1},
        content_type='application/json; charset=utf-8',
    )

    assert ('application/json; charset=utf-8', b'{"a":1}') == _sent(request)


@any_factory
def test_forms_are_sent_when_asked_for(
    factory_cls: type[DMRRequestFactory],
) -> None:
    """Django's own encoding of multipart forms is still there."""
    request = factory_cls().post(
        '/',
        {'name': 'Ada'},
        content_type=MULTIPART_CONTENT,
    )

    assert {'name': ['Ada']} == dict(request.POST)


@any_factory
@pytest.mark.parametrize('method', ['put', 'patch', 'delete', 'options'])
def test_multipart_is_encoded_for_all_methods(
    factory_cls: type[DMRRequestFactory],
    method: str,
) -> None:
    """Django does it for POST alone."""
    request = getattr(factory_cls(), method)(
        '/',
        {'name': 'Ada', 'photo': io.BytesIO(b'bytes')},
        content_type=MULTIPART_CONTENT,
    )
    request.method = 'POST'

    assert {'name': ['Ada']} == dict(request.POST)
    assert b'bytes' == request.FILES['photo'].read()


@any_factory
@pytest.mark.parametrize('method', _METHODS)
@pytest.mark.parametrize(
    ('content_type', 'payload', 'body'),
    [
        ('application/msgpack', {'a': 1}, b'\x81\xa1a\x01'),
        ('Application/MsgPack; v=1', [None], b'\x91\xc0'),
        (
            'application/x-www-form-urlencoded',
            {'a': ['1', 'é'], 'b': 2},
            b'a=1&a=%C3%A9&b=2',
        ),
    ],
)
def test_plain_data_become_what_is_asked_for(
    factory_cls: type[DMRRequestFactory],
    method: str,
    content_type: str,
    payload: Any,
    body: bytes,
) -> None:
    """Whatever an installed plugin can write, and forms."""
    request = getattr(factory_cls(), method)(
        '/',
        payload,
        content_type=content_type,
    )

    assert (content_type, body) == _sent(request)


@any_factory
def test_renderers_of_the_project_are_asked_first(
    factory_cls: type[DMRRequestFactory],
) -> None:
    """They may write formats that no plugin has."""

    class _Lines(JsonRenderer):
        __slots__ = ()

        @override
        def render(self, to_serialize: Any, serializer_hook: Any) -> bytes:
            return b'\n'.join(str(one).encode() for one in to_serialize)

    with override_dmr_settings(
        renderers=[_Lines('text/lines'), JsonRenderer()]
    ):
        request = factory_cls().put('/', [1, 2], content_type='text/lines')

    assert ('text/lines', b'1\n2') == _sent(request)


@any_factory
def test_broken_plugins_are_passed_over(
    factory_cls: type[DMRRequestFactory],
    tmp_path: Path,
) -> None:
    """Another one may write the format, or nobody does."""
    with installing(tmp_path) as installer:
        installer.install(
            'acme-broken',
            '[dmr.renderers]\nacme = acme_broken:make\n',
            module='acme_broken',
            code='def make():\n    raise RuntimeError\n',
        )

        with pytest.raises(TypeError, match=r'Cannot send .* as text/other'):
            factory_cls().put('/', {'a': 1}, content_type='text/other')


@any_factory
def test_formats_that_nobody_writes_are_refused(
    factory_cls: type[DMRRequestFactory],
) -> None:
    """Python's way of writing a dictionary is no format."""
    with pytest.raises(TypeError, match=r'Cannot send .* as text/other'):
        factory_cls().put('/', {'a': 1}, content_type='text/other')


@any_factory
def test_nothing_can_be_sent_in_any_format(
    factory_cls: type[DMRRequestFactory],
) -> None:
    """POST without data has no body then."""
    request = factory_cls().post('/', content_type='text/other')

    assert b'' == request.body


@any_factory
def test_headers_of_the_constructor_are_sent(
    factory_cls: type[DMRRequestFactory],
) -> None:
    """Each request has them, unless it says otherwise."""
    factory = factory_cls(headers={'Accept': 'application/json', 'X-A': '1'})

    request = factory.get('/', headers={'X-A': '2'})

    assert ('application/json', '2') == (
        request.headers['Accept'],
        request.headers['X-A'],
    )


@any_factory
def test_own_json_encoder_is_used(
    factory_cls: type[DMRRequestFactory],
) -> None:
    """``json_encoder`` decides how values become JSON."""

    class _Encoder(json.JSONEncoder):
        @override
        def default(self, o: Any) -> str:
            return 'anything'

    request = factory_cls(json_encoder=_Encoder).post('/', [object()])

    assert b'["anything"]' == request.body


@any_factory
def test_data_that_is_not_plain_is_refused(
    factory_cls: type[DMRRequestFactory],
) -> None:
    """An object that JSON does not know is an error that says what to do."""
    with pytest.raises(TypeError, match='Send plain data'):
        factory_cls().post('/', {'key': object()})


def test_requests_are_of_their_interface() -> None:
    """One factory makes WSGI requests, the other ASGI requests."""
    assert (WSGIRequest, ASGIRequest) == (
        type(DMRRequestFactory().get('/')),
        type(DMRAsyncRequestFactory().get('/')),
    )


def test_wrap_returns_its_argument() -> None:
    """`wrap` is for type checkers only."""
    thing = HttpResponse()

    assert thing is DMRAsyncRequestFactory().wrap(thing)
