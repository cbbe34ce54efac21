"""Endpoints follow ``override_settings``, wherever they were defined."""

import gc
import weakref
from http import HTTPStatus
from typing import Any, ClassVar, Final, Self

import pytest
from django.test import RequestFactory, override_settings
from typing_extensions import override

from dmr import APIError, Body, Controller, ResponseSpec, modify
from dmr.endpoint import Endpoint
from dmr.exceptions import EndpointMetadataError
from dmr.plugins.msgspec import MsgspecSerializer
from dmr.plugins.pydantic import PydanticSerializer
from dmr.security import SyncAuth
from dmr.settings import Settings

_factory = RequestFactory()


class _Nobody(SyncAuth):
    security_schemes: ClassVar[dict[str, Any]] = {}
    security_requirement: ClassVar[dict[str, list[str]]] = {}

    @override
    def __call__(self, endpoint: Any, controller: Any) -> Self | None:
        return None


class _Pydantic(Controller[PydanticSerializer]):
    def get(self) -> int:
        return 'text'  # type: ignore[return-value]  # this is the fault

    def put(self) -> int:
        raise APIError('conflict', status_code=HTTPStatus.CONFLICT)

    def post(self, parsed_body: Body[dict[str, int]]) -> dict[str, int]:
        return parsed_body

    @modify(status_code=HTTPStatus.ACCEPTED)
    def patch(self) -> int:
        raise LookupError


class _Msgspec(Controller[MsgspecSerializer]):
    get = _Pydantic.get
    put = _Pydantic.put
    post = _Pydantic.post
    patch = _Pydantic.patch


#: Made before anything is overridden, like the URLs of a project.
_VIEWS: Final[dict[Any, Any]] = {
    one: one.as_view() for one in (_Pydantic, _Msgspec)
}


@pytest.fixture(params=[_Pydantic, _Msgspec])
def controller(request: pytest.FixtureRequest) -> type[Controller[Any]]:
    """Return controllers that were defined before anything is overridden."""
    found: type[Controller[Any]] = request.param
    return found


def _send(
    controller: type[Controller[Any]],
    method: str = 'GET',
    body: bytes = b'',
    **headers: str,
) -> Any:
    request = _factory.generic(
        method,
        '/',
        body,
        headers.pop('content_type', 'application/json'),
        headers=headers,
    )
    return _VIEWS[controller](request)


def test_validation_of_responses(controller: type[Controller[Any]]) -> None:
    """It can be switched off and is on again afterwards."""
    with override_settings(DMR_SETTINGS={'validate_responses': False}):
        inside = _send(controller)
    outside = _send(controller)

    assert (200, b'"text"', 422) == (
        inside.status_code,
        inside.content,
        outside.status_code,
    )


def test_renderers(controller: type[Controller[Any]]) -> None:
    """Another renderer answers, and describes itself."""
    with override_settings(DMR_SETTINGS={Settings.renderers: ['msgpack']}):
        inside = _send(controller, 'POST', b'{"a": 1}')
        described = list(controller.api_endpoints['POST'].metadata.renderers)
    outside = _send(controller, 'POST', b'{"a": 1}')

    assert (b'\x81\xa1a\x01', ['application/msgpack'], b'{"a":1}') == (
        inside.content,
        described,
        outside.content,
    )


def test_parsers(controller: type[Controller[Any]]) -> None:
    """Another parser reads the body."""
    packed = {'body': b'\x81\xa1a\x01', 'content_type': 'application/msgpack'}

    with override_settings(DMR_SETTINGS={'parsers': ['msgpack']}):
        inside = _send(controller, 'POST', **packed)  # type: ignore[arg-type]
    outside = _send(controller, 'POST', **packed)  # type: ignore[arg-type]

    assert (201, 400) == (inside.status_code, outside.status_code)


def test_auth(controller: type[Controller[Any]]) -> None:
    """Guards appear and disappear."""
    with override_settings(DMR_SETTINGS={'auth': [_Nobody()]}):
        inside = _send(controller, 'POST', b'{}')
    outside = _send(controller, 'POST', b'{}')

    assert (401, 201) == (inside.status_code, outside.status_code)


def test_responses(controller: type[Controller[Any]]) -> None:
    """Responses that are described for the whole project."""
    spec = ResponseSpec(str, status_code=HTTPStatus.CONFLICT)

    with override_settings(DMR_SETTINGS={'responses': [spec]}):
        inside = _send(controller, 'PUT')
    outside = _send(controller, 'PUT')

    assert (409, 422) == (inside.status_code, outside.status_code)


def test_error_handler(controller: type[Controller[Any]]) -> None:
    """The global handler is looked up when it is needed."""

    def answer(endpoint: Any, controller: Any, exc: Exception) -> Any:
        return 7

    with override_settings(DMR_SETTINGS={'global_error_handler': answer}):
        inside = _send(controller, 'PATCH')

    assert (202, b'7') == (inside.status_code, inside.content)
    with pytest.raises(LookupError):
        _send(controller, 'PATCH')


@pytest.mark.parametrize(
    ('settings', 'message'),
    [
        ({'parsers': []}, '_Pydantic.get must have at least one parser'),
        ({'validate_responses': 'no'}, 'Settings validation failed'),
        (
            {'responses': [ResponseSpec(str, status_code=HTTPStatus.OK)]},
            'different metadata',
        ),
    ],
)
def test_settings_that_fit_no_endpoint(
    settings: dict[str, Any],
    message: str,
) -> None:
    """The error comes when an endpoint is used, the next one is fine."""
    with (
        override_settings(DMR_SETTINGS=settings),
        pytest.raises(EndpointMetadataError, match=message),
    ):
        _send(_Pydantic)

    assert 422 == _send(_Pydantic).status_code


def test_settings_are_not_read_per_request(
    controller: type[Controller[Any]],
) -> None:
    """What was compiled stays until settings change."""
    endpoint = controller.api_endpoints['GET']
    before = endpoint.metadata

    _send(controller)

    assert before is endpoint.metadata


def test_endpoints_are_not_kept_alive() -> None:
    """Classes that were made in a test go away after it."""

    class _Short(Controller[PydanticSerializer]):
        def get(self) -> int:
            raise NotImplementedError

    endpoint = weakref.ref(_Short.api_endpoints['GET'])
    assert isinstance(endpoint(), Endpoint)
    del _Short
    gc.collect()

    assert endpoint() is None
