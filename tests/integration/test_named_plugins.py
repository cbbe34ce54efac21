"""Parsers, renderers and serializers are named in the same ways everywhere."""

from http import HTTPStatus
from typing import Any

import pytest
from django.http import HttpRequest
from django.test import override_settings

from dmr import Body, Controller, modify
from dmr.exceptions import EndpointMetadataError, PluginError
from dmr.plugins.msgspec import (
    MsgpackParser,
    MsgpackRenderer,
    MsgspecSerializer,
)
from dmr.routing import build_404_handler, build_500_handler
from dmr.serializer import BaseSerializer, resolve_serializer
from dmr.test import DMRRequestFactory

_MSGPACK = 'application/msgpack'

ways_to_name = pytest.mark.parametrize(
    ('parser', 'renderer'),
    [
        (MsgpackParser(), MsgpackRenderer()),
        (MsgpackParser, MsgpackRenderer),
        (
            'dmr.plugins.msgspec.MsgpackParser',
            'dmr.plugins.msgspec.MsgpackRenderer',
        ),
        ('msgpack', 'msgpack'),
    ],
    ids=['instance', 'class', 'import path', 'plugin name'],
)


def _assert_speaks_msgpack(
    controller: type[Controller[Any]],
    dmr_rf: DMRRequestFactory,
) -> None:
    response = controller.as_view()(
        dmr_rf.generic('POST', '/', b'\x91\x05', _MSGPACK),
    )

    assert HTTPStatus.CREATED == response.status_code
    assert (_MSGPACK, b'\x91\x05') == (
        response.headers['Content-Type'],
        response.content,
    )


@ways_to_name
def test_settings(parser: Any, renderer: Any, dmr_rf: Any) -> None:
    """They are for controllers that say nothing."""
    given = {'parsers': [parser], 'renderers': [renderer]}

    with override_settings(DMR_SETTINGS=given):

        class _Controller(Controller[MsgspecSerializer]):
            def post(self, parsed_body: Body[list[int]]) -> list[int]:
                return parsed_body

        _assert_speaks_msgpack(_Controller, dmr_rf)


@ways_to_name
def test_controller(parser: Any, renderer: Any, dmr_rf: Any) -> None:
    """They are for endpoints that say nothing."""

    class _Controller(Controller[MsgspecSerializer]):
        parsers = [parser]
        renderers = [renderer]

        def post(self, parsed_body: Body[list[int]]) -> list[int]:
            return parsed_body

    _assert_speaks_msgpack(_Controller, dmr_rf)


@ways_to_name
def test_endpoint(parser: Any, renderer: Any, dmr_rf: Any) -> None:
    """They are for this endpoint alone."""

    class _Controller(Controller[MsgspecSerializer]):
        @modify(parsers=[parser], renderers=[renderer])
        def post(self, parsed_body: Body[list[int]]) -> list[int]:
            return parsed_body

    _assert_speaks_msgpack(_Controller, dmr_rf)


@ways_to_name
def test_wrong_method(parser: Any, renderer: Any, dmr_rf: Any) -> None:
    """Answers without an endpoint are rendered by the controller."""

    class _Controller(Controller[MsgspecSerializer]):
        parsers = [parser]
        renderers = [renderer]

        def post(self) -> None:
            raise NotImplementedError

    response = _Controller.as_view()(dmr_rf.get('/'))

    assert (HTTPStatus.METHOD_NOT_ALLOWED, _MSGPACK) == (
        response.status_code,
        response.headers['Content-Type'],
    )


@ways_to_name
def test_handlers(parser: Any, renderer: Any, dmr_rf: Any) -> None:
    """They answer where no controller was reached."""
    request: HttpRequest = dmr_rf.get('/api/')

    responses = [
        build_404_handler(
            'api/',
            serializer=MsgspecSerializer,
            renderers=[renderer],
        )(request, Exception()),
        build_500_handler(
            'api/',
            serializer=MsgspecSerializer,
            renderers=[renderer],
        )(request),
    ]

    assert [_MSGPACK] * 2 == [one.headers['Content-Type'] for one in responses]


@pytest.mark.parametrize(
    'given',
    [MsgspecSerializer, 'dmr.plugins.msgspec.MsgspecSerializer', 'msgspec'],
    ids=['class', 'import path', 'plugin name'],
)
def test_serializer(given: Any, dmr_rf: Any) -> None:
    """In code, and where a handler is made."""
    handler = build_404_handler('api/', serializer=given)

    response = handler(dmr_rf.get('/api/'), Exception())

    assert resolve_serializer(given) is MsgspecSerializer
    assert (
        b'{"detail":[{"msg":"Page not found","type":"not_found"}]}'
    ) == response.content


@pytest.mark.parametrize(
    ('given', 'error', 'told'),
    [
        ('nothing', PluginError, r"'nothing'.+installed: msgspec, pydantic"),
        ('not.there', ImportError, 'not'),
        ('dmr.parsers.JsonParser', TypeError, 'is no serializer'),
        (5, TypeError, '5 is no serializer'),
        (BaseSerializer(), TypeError, 'is no serializer'),
    ],
)
def test_wrong_serializer(
    given: Any,
    error: type[Exception],
    told: str,
) -> None:
    """It is refused when it is named."""
    with pytest.raises(error, match=told):
        resolve_serializer(given)


@pytest.mark.parametrize(
    ('given', 'error', 'told'),
    [
        ('nothing', PluginError, r"'nothing'.+installed: json, msgpack"),
        (
            'not.there',
            ImportError,
            r"^parsers of .+_Wrong names 'not\.there', which cannot be ",
        ),
        (5, EndpointMetadataError, r'_Wrong.get: 5 in `parsers` must be an'),
    ],
)
def test_wrong_parser(given: Any, error: type[Exception], told: str) -> None:
    """It is refused when the controller is created, which is named."""
    with pytest.raises(error, match=told):

        class _Wrong(Controller[MsgspecSerializer]):
            parsers = [given]

            def get(self) -> None:
                raise NotImplementedError
