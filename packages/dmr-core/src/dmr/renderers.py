"""Renderers: from response data to bytes.

A renderer knows one media type. Which renderer answers a request is decided by
`dmr.negotiation`.
"""

import abc
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, ClassVar, NoReturn

from django.http import HttpRequest
from typing_extensions import override

from dmr.errors import quoted
from dmr.exceptions import DataRenderingError
from dmr.internal.json import JsonModule, NativeJson
from dmr.metadata import EndpointMetadata, ResponseSpec, ResponseSpecProvider
from dmr.parsers import DeserializeFunc, JsonParser, Parser, Raw

if TYPE_CHECKING:
    from dmr.controller import Controller
    from dmr.serializer import BaseSerializer


class Renderer(ResponseSpecProvider):
    """Base class of all renderers.

    An instance serves all responses of all endpoints that list it, at the
    same time: keep no state of a request in it.
    """

    __slots__ = ()

    #: Renders one item of a stream at a time, not a whole body.
    streaming: ClassVar[bool] = False

    #: Renders any data, errors included. False for files.
    renders_data: ClassVar[bool] = True

    #: Media type that this renderer writes.
    content_type: str

    @property
    def writes_plain_json(self) -> bool:
        """Tell whether this writes compact UTF-8 JSON and does nothing else.

        Serializers may then write the same bytes themselves. A subclass that
        changes what is written must not claim it. Asked at import.
        """
        return False

    @abc.abstractmethod
    def render(
        self,
        to_serialize: Any,
        serializer_hook: Callable[[Any], Any],
    ) -> bytes:
        """Return *to_serialize* as bytes.

        *serializer_hook* simplifies values that the format does not know.

        Raises:
            DataRenderingError: the data cannot be written in this format.
        """

    @property
    @abc.abstractmethod
    def validation_parser(self) -> Parser:
        """Return the parser that reads what this renderer writes.

        With it responses that are already bytes are read to be validated.
        """

    @override
    def provide_response_specs(
        self,
        metadata: EndpointMetadata,
        controller_cls: 'type[Controller[BaseSerializer]]',
        existing_responses: Mapping[HTTPStatus, ResponseSpec],
    ) -> list[ResponseSpec]:
        """Describe an invalid response (422) and a bad ``Accept`` (406)."""
        specs: list[ResponseSpec] = []
        if metadata.validate_responses:
            specs += self.new_response(
                HTTPStatus.UNPROCESSABLE_ENTITY,
                'Raised when returned response does not match '
                'the response schema',
                controller_cls,
                existing_responses,
            )
        return specs + self.new_response(
            HTTPStatus.NOT_ACCEPTABLE,
            'Raised when provided `Accept` header cannot be satisfied',
            controller_cls,
            existing_responses,
        )


class JsonRenderer(Renderer):
    """Render JSON (RFC 8259) with the standard library.

    Another *json_module* can be given, see `dmr.parsers.JsonModule`.
    """

    __slots__ = ('_json_module', 'content_type')

    #: Version of the plugin contract that this class was written for.
    dmr_plugin_api: ClassVar[int] = 1

    def __init__(
        self,
        content_type: str = 'application/json',
        *,
        json_module: JsonModule = NativeJson,
    ) -> None:
        """Render bodies of *content_type* with *json_module*."""
        self.content_type = content_type
        self._json_module = json_module

    @property
    @override
    def writes_plain_json(self) -> bool:
        """Tell whether the standard library does the work."""
        return type(self) is JsonRenderer and self._json_module is NativeJson

    @override
    def render(
        self,
        to_serialize: Any,
        serializer_hook: Callable[[Any], Any],
    ) -> bytes:
        """Encode *to_serialize* as compact UTF-8 JSON.

        Raises:
            DataRenderingError: it has ``NaN``, an infinity, a lone surrogate
                or a cycle.
        """
        try:
            return self._json_module.dumps(
                to_serialize,
                default=serializer_hook,
            )
        except (ValueError, TypeError, RecursionError) as exc:
            raise DataRenderingError(
                f'Cannot render JSON: {quoted(str(exc))}',
            ) from exc

    @property
    @override
    def validation_parser(self) -> JsonParser:
        """Return a parser with the same JSON module."""
        return JsonParser(self.content_type, json_module=self._json_module)


class _NoParser(Parser):
    """Stand where nothing can be parsed."""

    __slots__ = ('content_type',)

    def __init__(self, content_type: str) -> None:
        self.content_type = content_type

    @override
    def parse(
        self,
        to_deserialize: Raw,
        deserializer_hook: DeserializeFunc | None = None,
        *,
        request: HttpRequest,
        model: Any,
    ) -> NoReturn:
        raise NotImplementedError('Files are not parsed')


class FileRenderer(Renderer):
    """Stand for files: endpoints return ``django.http.FileResponse``.

    Errors of such endpoints are rendered by another renderer, by default the
    first one of the settings.
    """

    __slots__ = ('content_type',)

    renders_data: ClassVar[bool] = False

    def __init__(self, content_type: str = '*/*') -> None:
        """Allow files of *content_type*, by default of any."""
        self.content_type = content_type

    @override
    def render(
        self,
        to_serialize: Any,
        serializer_hook: Callable[[Any], Any],
    ) -> NoReturn:
        """Refuse to render: files come as ``FileResponse``.

        Raises:
            NotImplementedError: always.
        """
        raise NotImplementedError(
            'FileRenderer renders no data. Return a `FileResponse`.',
        )

    @property
    @override
    def validation_parser(self) -> Parser:
        """Return a parser that refuses to work: files are not parsed."""
        return _NoParser(self.content_type)
