"""Controllers whose endpoints answer with streams of events."""

import abc
import logging
from collections.abc import AsyncIterable, Iterable, Iterator, Mapping
from http import HTTPStatus
from typing import Any, ClassVar, TypeVar

from django.conf import settings
from django.http import HttpResponse
from typing_extensions import override

from dmr.controller import Controller
from dmr.cookies import NewCookie, set_cookies
from dmr.endpoint import Endpoint
from dmr.exceptions import EndpointMetadataError, InternalServerError
from dmr.negotiation import request_renderer
from dmr.renderers import Renderer
from dmr.serializer import BaseSerializer
from dmr.streaming.endpoint import StreamingEndpoint, is_stream
from dmr.streaming.negotiation import choose_streaming_renderer
from dmr.streaming.renderer import StreamingRenderer
from dmr.streaming.stream import NEEDS_ASGI, StreamingResponse
from dmr.streaming.validation import StreamingValidator
from dmr.streaming.wsgi import is_wsgi_server

_SerializerT_co = TypeVar(
    '_SerializerT_co',
    bound=BaseSerializer,
    covariant=True,
)

_logger = logging.getLogger('django.request')


class StreamingController(Controller[_SerializerT_co]):
    """Base class of controllers that stream, whatever the format is.

    Endpoints return an async iterator, or a sync one, and say so:
    ``-> AsyncIterator[Event]``. They must not yield themselves.

    *streaming_ping_seconds* says after how much silence `ping_event` is sent.
    *streaming_wsgi_seconds* is how long a stream may occupy a thread of a WSGI
    server; ``None`` refuses async streams there, unless ``DEBUG`` is on, and
    sets no limit for sync ones.
    """

    streaming: ClassVar[bool] = True
    endpoint_cls: ClassVar[type[Endpoint]] = StreamingEndpoint
    streaming_ping_seconds: ClassVar[float | None] = None
    streaming_wsgi_seconds: ClassVar[float | None] = None
    streaming_response_cls: ClassVar[type[StreamingResponse]] = (
        StreamingResponse
    )

    def __init_subclass__(cls) -> None:
        """Compile all endpoints.

        Raises:
            UnsolvableAnnotationsError: an endpoint returns no iterator.
            EndpointMetadataError: a definition breaks a rule.
        """
        if not issubclass(cls.endpoint_cls, StreamingEndpoint):
            raise EndpointMetadataError(
                f'{cls.endpoint_cls!r} of {cls.__qualname__} cannot stream. '
                'Make it a subclass of '
                '`dmr.streaming.endpoint.StreamingEndpoint`.',
            )
        super().__init_subclass__()

    @classmethod
    @abc.abstractmethod
    def streaming_renderers(
        cls,
        serializer: type[BaseSerializer],
    ) -> Iterable[StreamingRenderer]:
        """Return who renders events, most preferred first.

        Called at import, for each endpoint. Errors are rendered by the
        ``renderers`` of the endpoint, the controller or the settings.
        """

    @override
    def to_response(
        self,
        raw_data: Any,
        *,
        headers: Mapping[str, str] | None = None,
        cookies: Mapping[str, NewCookie] | None = None,
        status_code: HTTPStatus | None = None,
        renderer: Renderer | None = None,
    ) -> HttpResponse:
        """Return a response with *raw_data*, a stream if it is an iterator.

        Raises:
            DataRenderingError: *raw_data* cannot be rendered.
            NotAcceptableError: it is an iterator, and the client accepts no
                stream.
        """
        if not is_stream(raw_data):
            return super().to_response(
                raw_data,
                headers=headers,
                cookies=cookies,
                status_code=status_code,
                renderer=renderer,
            )
        stream: Any = self.to_stream(
            raw_data,
            headers=headers,
            cookies=cookies,
            status_code=status_code or HTTPStatus.OK,
            streaming_renderer=(
                renderer if isinstance(renderer, StreamingRenderer) else None
            ),
        )
        return stream  # type: ignore[no-any-return]

    def to_stream(
        self,
        streaming_content: AsyncIterable[Any] | Iterator[Any],
        *,
        status_code: HTTPStatus = HTTPStatus.OK,
        headers: Mapping[str, str] | None = None,
        cookies: Mapping[str, NewCookie] | None = None,
        regular_renderer: Renderer | None = None,
        streaming_renderer: StreamingRenderer | None = None,
        streaming_validator: StreamingValidator | None = None,
    ) -> StreamingResponse:
        """Return the response that sends the events of *streaming_content*.

        For endpoints with `validate`; those that return an iterator need it
        not.

        Raises:
            NotAcceptableError: the client accepts no stream.
            InternalServerError: the server cannot stream.
            EndpointMetadataError: no spec describes this stream.
        """
        self._check_server(streaming_content)
        if streaming_renderer is None:
            streaming_renderer = choose_streaming_renderer(self)
        if streaming_validator is None:
            validator_cls = streaming_renderer.streaming_validator_cls
            streaming_validator = validator_cls.from_controller(
                self,
                status_code,
            )
        response = self.streaming_response_cls(
            streaming_content,
            self,
            regular_renderer=regular_renderer or self._regular_renderer(),
            streaming_renderer=streaming_renderer,
            streaming_validator=streaming_validator,
            headers=headers,
            status_code=status_code,
        )
        set_cookies(response, cookies)
        return response

    async def handle_event_error(self, exc: Exception) -> Any:
        """Return what to send instead of an event that could not be made.

        *exc* was raised by the iterator, or by the validation of an event.
        What is returned is not validated again. Raising ends the stream, as
        the default does; so does a generator that has raised.
        """
        raise exc

    def ping_event(self) -> Any | None:
        """Return what to send when there was silence, ``None`` for nothing."""
        return None

    def _regular_renderer(self) -> Renderer:
        found = request_renderer(
            self.request,
            use_nonstreaming_renderer=True,
        )
        return self._renderer() if found is None else found

    def _check_server(self, content: Any) -> None:
        """Refuse while there can still be another status than 200."""
        if (
            self.streaming_wsgi_seconds is None
            and isinstance(content, AsyncIterable)
            and is_wsgi_server(self.request)
            and not settings.DEBUG
        ):
            _logger.error('%s %s', self.request.path, NEEDS_ASGI)
            raise InternalServerError(NEEDS_ASGI)
