"""Validate responses against the specs of their endpoint.

Raw data are validated before they are rendered. Finished responses, such as
those of `validate` endpoints and of error handlers, are read again.
"""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from django.http import (
    FileResponse,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)

from dmr.cookies import NewCookie
from dmr.exceptions import (
    DataParsingError,
    InternalServerError,
    RequestSerializationError,
    ResponseSchemaError,
    ValidationError,
)
from dmr.files import FileBody
from dmr.internal.rendered import media_type_of
from dmr.internal.request_state import request_renderer
from dmr.metadata import EndpointMetadata, ResponseSpec
from dmr.negotiation.content_types import by_content_type, get_conditional_types
from dmr.negotiation.fallback import fallback_renderer
from dmr.negotiation.media_types import essence
from dmr.parsers import Parser
from dmr.renderers import Renderer
from dmr.validation.response_rules import (
    HeaderNames,
    check_cookies,
    check_headers,
    check_negotiated,
    matching,
    names_of,
)

if TYPE_CHECKING:
    from dmr.controller import Controller
    from dmr.endpoint import Endpoint
    from dmr.serializer import BaseSerializer

#: Answers of the protocol, which are the same for all endpoints.
_UNDESCRIBED: Final = frozenset((HTTPStatus.REQUEST_ENTITY_TOO_LARGE,))


class ValidatedModification(NamedTuple):
    """Raw data that may be rendered now, and how."""

    raw_data: Any
    status_code: HTTPStatus
    headers: Mapping[str, str]
    cookies: Mapping[str, NewCookie] | None
    renderer: Renderer


class ResponseValidator:
    """Validate the responses of one endpoint. Built once, at import."""

    __slots__ = (
        '_decoders',
        '_headers',
        '_metadata',
        '_serializer',
        '_specs',
        '_validators',
    )

    def __init__(
        self,
        metadata: EndpointMetadata,
        serializer: 'type[BaseSerializer]',
    ) -> None:
        """Prepare to validate what *metadata* describes."""
        self._metadata = metadata
        self._serializer = serializer
        # Members of the enumeration are found by their numbers.
        self._specs: Mapping[Any, ResponseSpec] = metadata.responses
        # All have at most one entry per status and media type of the specs.
        self._decoders: dict[tuple[int, str], Callable[..., Any]] = {}
        self._validators: dict[str, Callable[[Any], Any]] = {}
        self._headers: dict[int, HeaderNames] = {}

    def validate_modification(
        self,
        endpoint: 'Endpoint',
        controller: 'Controller[BaseSerializer]',
        structured: Any,
    ) -> ValidatedModification:
        """Return how to render *structured*, which an endpoint returned.

        Raises:
            InternalServerError: this endpoint must return responses.
            ResponseSchemaError: this media type is not allowed.
            ValidationError: the data do not fit the return type.
        """
        modification = self._metadata.modification
        if modification is None:
            raise InternalServerError(
                f'{self._metadata.endpoint_name} returned raw data of type '
                f'{type(structured)} but must return a response. '
                'Use `to_response`.',
            )
        # A handler can recover from what happened before the negotiation.
        renderer = (
            request_renderer(controller.request) or endpoint.fallback_renderer
        )
        if self._metadata.validate_responses:
            self._validate_raw_data(structured, renderer.content_type)
        return ValidatedModification(
            raw_data=structured,
            status_code=modification.status_code,
            headers=modification.build_headers(renderer),
            cookies=modification.actionable_cookies(),
            renderer=renderer,
        )

    def validate_response(
        self,
        endpoint: 'Endpoint',
        controller: 'Controller[BaseSerializer]',
        response: HttpResponseBase,
    ) -> HttpResponseBase:
        """Return *response* if it is as its spec says.

        Raises:
            InternalServerError: responses of this class cannot be validated.
            ResponseSchemaError: status, media type, headers or cookies differ.
            ValidationError: the body does not fit the return type.
        """
        if (
            not self._metadata.validate_responses
            or response.status_code in _UNDESCRIBED
        ):
            return response
        spec = self._find_spec(response)
        content_type = self._check_content_type(controller, response)
        self._check_limits(spec, content_type)
        self._validate_content(controller, response, spec, content_type)
        names = self._headers.get(response.status_code)
        if names is None:
            names = self._headers[response.status_code] = names_of(spec)
        check_headers(response, names)
        if spec.cookies or response.cookies:
            check_cookies(response, spec)
        return response

    def raw_data_model(self, content_type: str) -> Any:
        """Return the model of raw data that are sent as *content_type*.

        Raises:
            ResponseSchemaError: this media type is not allowed.
        """
        modification = self._metadata.modification
        assert modification is not None  # there would be no raw data
        spec = self._metadata.responses[modification.status_code]
        self._check_limits(spec, content_type)
        return _model(spec, content_type)

    def _validate_raw_data(self, structured: Any, content_type: str) -> None:
        validate = self._validators.get(content_type)
        if validate is None:
            validate = self._serializer.compile_validator(
                self.raw_data_model(content_type),
                strict=True,
            )
            if content_type in self._metadata.renderers:
                self._validators[content_type] = validate
        try:
            validate(structured)
        except self._serializer.validation_error as exc:
            raise self._invalid(exc) from exc

    def _find_spec(self, response: HttpResponseBase) -> ResponseSpec:
        spec = self._specs.get(response.status_code)
        if spec is None:
            raise ResponseSchemaError(
                f'Returned status code {response.status_code} is not '
                'specified in the list of allowed status codes: '
                f'{[int(status) for status in self._specs]}',
            )
        return spec

    def _check_content_type(
        self,
        controller: 'Controller[BaseSerializer]',
        response: HttpResponseBase,
    ) -> str:
        """Return the media type of *response*, as a renderer names it."""
        content_type = media_type_of(response)
        renderers = self._metadata.renderers
        listed = matching(content_type, renderers)
        if listed is None:
            if not any(one.renders_data for one in renderers.values()):
                # Errors of endpoints that have files only.
                return essence(content_type)
            if _is_empty_redirect(response):
                # Django calls those of its decorators HTML.
                return essence(content_type)
            raise ResponseSchemaError(
                f'Response content type {content_type!r} is not listed as a '
                f'possible to be returned {list(renderers)!r}',
            )
        if self._metadata.validate_negotiation and not isinstance(
            response,
            StreamingHttpResponse,
        ):
            check_negotiated(controller.request, content_type)
        return listed if '*' not in listed else essence(content_type)

    def _check_limits(self, spec: ResponseSpec, content_type: str) -> None:
        limits = spec.limit_to_content_types
        if limits is not None and content_type not in limits:
            raise ResponseSchemaError(
                f'Response {int(spec.status_code)} is not allowed for '
                f'{content_type!r}, only for '
                f'{sorted(str(one) for one in limits)!r}',
            )

    def _validate_content(
        self,
        controller: 'Controller[BaseSerializer]',
        response: HttpResponseBase,
        spec: ResponseSpec,
        content_type: str,
    ) -> None:
        try:
            if isinstance(response, HttpResponse):
                self._validate_bytes(controller, response, spec, content_type)
            elif isinstance(response, FileResponse):
                self._validate_file(spec, content_type)
            elif not isinstance(response, StreamingHttpResponse):
                raise InternalServerError(
                    f'Unsupported response type {type(response)} of '
                    f'{self._metadata.endpoint_name}. Return an HttpResponse.',
                )
        except self._serializer.validation_error as exc:
            raise self._invalid(exc) from exc

    def _validate_file(self, spec: ResponseSpec, content_type: str) -> None:
        model = _model(spec, content_type)
        if isinstance(model, type) and issubclass(model, FileBody):
            return
        self._serializer.from_python(FileBody(), model, strict=None)

    def _validate_bytes(
        self,
        controller: 'Controller[BaseSerializer]',
        response: HttpResponse,
        spec: ResponseSpec,
        content_type: str,
    ) -> None:
        content = response.content
        if not content:
            model = _model(spec, content_type)
            self._serializer.from_python(None, model, strict=None)
            return
        decode = self._decoders.get((response.status_code, content_type))
        if decode is None:
            decode = self._decoder(controller, spec, content_type)
        try:
            decode(content, controller.request)
        except (DataParsingError, RequestSerializationError) as exc:
            raise ResponseSchemaError(str(exc)) from exc

    def _decoder(
        self,
        controller: 'Controller[BaseSerializer]',
        spec: ResponseSpec,
        content_type: str,
    ) -> Callable[..., Any]:
        """Return what reads and validates such a response."""
        parser = self._parser(controller, content_type)
        if parser is None:

            def refuse_data(_content: bytes, _request: HttpRequest) -> None:
                self._validate_file(spec, content_type)

            return refuse_data
        decode = self._serializer.compile_decoder(
            parser,
            _model(spec, content_type),
            strict=None,
        )
        if content_type in self._metadata.renderers:
            self._decoders[int(spec.status_code), content_type] = decode
        return decode

    def _parser(
        self,
        controller: 'Controller[BaseSerializer]',
        content_type: str,
    ) -> Parser | None:
        """Return who reads *content_type*, ``None`` when these are files."""
        candidates: list[Renderer | None] = [
            self._metadata.renderers.get(content_type),
            request_renderer(controller.request),
            fallback_renderer([*self._metadata.renderers.values()]),
        ]
        for renderer in candidates:
            if renderer is not None and renderer.renders_data:
                return renderer.validation_parser
        return None

    def _invalid(self, exc: Exception) -> ValidationError:
        return ValidationError(
            self._serializer.serialize_validation_error(exc),
            status_code=HTTPStatus.UNPROCESSABLE_ENTITY,
        )


def _is_empty_redirect(response: HttpResponseBase) -> bool:
    return (
        300 <= response.status_code < 400
        and isinstance(response, HttpResponse)
        and not response.content
    )


def _model(spec: ResponseSpec, content_type: str) -> Any:
    conditions = get_conditional_types(spec.return_type, ())
    if not conditions:
        return spec.return_type
    model = by_content_type(conditions, content_type)
    if model is None:
        raise ResponseSchemaError(
            f'Content-Type {content_type!r} is not listed in supported '
            f'content types {list(conditions)!r}',
        )
    return model
