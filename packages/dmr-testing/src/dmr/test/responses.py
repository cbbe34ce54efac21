"""Check responses against what their endpoints promise."""

import dataclasses
import io
from collections.abc import Mapping
from typing import Any, TypeVar, cast, overload

from django.http import (
    FileResponse,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)

from dmr.endpoint import Endpoint, request_endpoint
from dmr.exceptions import (
    InternalServerError,
    ResponseSchemaError,
    ValidationError,
)
from dmr.metadata import ResponseSpec
from dmr.negotiation.media_types import essence
from dmr.renderers import Renderer
from dmr.test._showing import content_of, shown
from dmr.validation.response_rules import names_of

_ModelT = TypeVar('_ModelT')


@overload
def assert_response(
    response: HttpResponseBase,
    status_code: int,
    model: type[_ModelT],
    *,
    headers: Mapping[str, str | None] | None = None,
    cookies: Mapping[str, str | None] | None = None,
    request: HttpRequest | None = None,
) -> _ModelT: ...


@overload
def assert_response(
    response: HttpResponseBase,
    status_code: int,
    model: Any = None,
    *,
    headers: Mapping[str, str | None] | None = None,
    cookies: Mapping[str, str | None] | None = None,
    request: HttpRequest | None = None,
) -> Any: ...


def assert_response(
    response: HttpResponseBase,
    status_code: int,
    model: Any = None,
    *,
    headers: Mapping[str, str | None] | None = None,
    cookies: Mapping[str, str | None] | None = None,
    request: HttpRequest | None = None,
) -> Any:
    """Assert that *response* is what its endpoint promises, return its data.

    It must have *status_code*, one of the statuses that the endpoint
    describes, with the headers, cookies and body of that description; also
    where the project has switched the validation of responses off. *headers*
    and *cookies* are values that must be there, ``None`` is for what must not.

    The data are instances of *model*, by default of what the endpoint says.
    Responses of clients know their request, views that are called directly
    need *request*:

    .. code-block:: python

        book = assert_response(client.get('/books/1/'), 200, Book)

    Raises:
        AssertionError: something differs.
        ValueError: nobody can tell which endpoint has answered.
    """
    __tracebackhide__ = True
    assert status_code == response.status_code, (
        f'Expected status {int(status_code)}, not {response.status_code}: '
        f'{shown(response)}'
    )
    _assert_values('Header', response.headers, headers)
    _assert_values('Cookie', _cookie_values(response), cookies)
    known_request = request or _request_of(response)
    endpoint = request_endpoint(known_request)
    if endpoint is None:
        raise ValueError(
            f'No endpoint has answered {known_request.method} '
            f'{known_request.path}, so there is nothing to compare with. '
            'Look at `response.status_code` and `response.json()` instead.',
        )
    spec = _assert_contract(endpoint, known_request, response)
    return _typed_data(
        endpoint,
        known_request,
        response,
        spec.return_type if model is None else model,
    )


def _assert_contract(
    endpoint: Endpoint,
    request: HttpRequest,
    response: HttpResponseBase,
) -> ResponseSpec:
    """Return the description of the response that it fits.

    Raises:
        AssertionError: it does not.
    """
    __tracebackhide__ = True
    metadata = dataclasses.replace(endpoint.metadata, validate_responses=True)
    name = metadata.endpoint_name
    spec = cast('Mapping[int, ResponseSpec]', metadata.responses).get(
        response.status_code,
    )
    if spec is None:
        raise AssertionError(
            f'{name} does not describe status {response.status_code}, only '
            f'{sorted(int(status) for status in metadata.responses)}.',
        )
    controller = endpoint.controller_cls()
    controller.setup(request)
    validator = endpoint.response_validator_cls(
        metadata,
        endpoint.controller_cls.serializer,
    )
    try:
        validator.validate_response(
            endpoint,
            controller,
            _without_additions(response, spec),
        )
    except (ResponseSchemaError, ValidationError, InternalServerError) as exc:
        raise AssertionError(
            f'Response {response.status_code} of {name} is not what it '
            f'describes: {_reason(exc)}\n{shown(response)}',
        ) from exc
    return spec


def _without_additions(
    response: HttpResponseBase,
    spec: ResponseSpec,
) -> HttpResponseBase:
    """Return a copy with headers and cookies of the endpoint alone.

    What middleware has added is not described by endpoints.
    """
    described = names_of(spec).allowed
    copied = _empty_copy(response)
    for name in list(copied.headers):
        del copied.headers[name]
    for name, sent in response.headers.items():
        if name.lower() in described:
            copied.headers[name] = sent
    for name, morsel in response.cookies.items():
        if name in (spec.cookies or ()):
            copied.cookies[name] = morsel.value
            copied.cookies[name].update(morsel)
    return copied


def _empty_copy(response: HttpResponseBase) -> HttpResponseBase:
    """Return a response of the same kind, streams without their content."""
    if isinstance(response, FileResponse):
        return FileResponse(io.BytesIO(), status=response.status_code)
    if isinstance(response, StreamingHttpResponse):
        return StreamingHttpResponse((), status=response.status_code)
    return HttpResponse(content_of(response), status=response.status_code)


def _typed_data(
    endpoint: Endpoint,
    request: HttpRequest,
    response: HttpResponseBase,
    model: Any,
) -> Any:
    __tracebackhide__ = True
    content = content_of(response)
    if not content or isinstance(response, StreamingHttpResponse):
        return None
    serializer = endpoint.controller_cls.serializer
    renderer = _renderer(endpoint, response)
    if renderer is None:
        return content
    raw = serializer.deserialize(
        content,
        parser=renderer.validation_parser,
        request=request,
        model=model,
    )
    try:
        return serializer.from_python(raw, model, strict=None)
    except serializer.validation_error as exc:
        raise AssertionError(
            f'Body of {endpoint.metadata.endpoint_name} is no {model!r}: '
            f'{serializer.serialize_validation_error(exc)}\n'
            f'{shown(response)}',
        ) from exc


def _renderer(
    endpoint: Endpoint,
    response: HttpResponseBase,
) -> Renderer | None:
    """Return who has written the body, ``None`` if it is no data."""
    content_type = essence(response.headers.get('Content-Type', ''))
    found = endpoint.metadata.renderers.get(content_type)
    return found if found is not None and found.renders_data else None


def _request_of(response: HttpResponseBase) -> HttpRequest:
    for name in ('wsgi_request', 'asgi_request'):
        found: HttpRequest | None = getattr(response, name, None)
        if found is not None:
            return found
    raise ValueError(
        'This response was not given by a test client: pass the `request` '
        'that the view was called with.',
    )


def _assert_values(
    what: str,
    sent: Mapping[str, str],
    expected: Mapping[str, str | None] | None,
) -> None:
    __tracebackhide__ = True
    for name, value in (expected or {}).items():
        found = sent.get(name)
        assert value == found, (
            f'{what} {name!r} is {found!r}, expected {value!r}.'
        )


def _cookie_values(response: HttpResponseBase) -> dict[str, str]:
    return {name: morsel.value for name, morsel in response.cookies.items()}


def _reason(exc: Exception) -> object:
    return exc.args[0] if exc.args else exc
