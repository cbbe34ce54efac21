"""Controllers that checks are made of, and requests to them."""

import types
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Protocol

from asgiref.sync import async_to_sync
from django.http import HttpResponse

from dmr.components import Body, Query
from dmr.controller import Controller
from dmr.serializer import BaseSerializer
from dmr.test.contracts._calling import shown
from dmr.test.contracts.samples import Format
from dmr.test.factory import DMRAsyncRequestFactory, DMRRequestFactory

_MARKERS: Final[dict[str, Any]] = {'parsed_body': Body, 'parsed_query': Query}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a client sees of a response."""

    status: int
    content_type: str
    content: bytes

    def __str__(self) -> str:
        """Show it on a line."""
        return f'{self.status} {self.content_type} {shown(self.content)}'


class Send(Protocol):
    """Sends a POST request to an endpoint."""

    def __call__(
        self,
        body: bytes = b'',
        *,
        query: str = '',
        content_type: str = '',
    ) -> Answer:
        """Return the answer; the media type is that of the parser."""
        ...


def endpoint(
    serializer: type[BaseSerializer],
    one: Format,
    components: Mapping[str, Any],
    *,
    answer: Callable[[dict[str, Any]], Any] = dict,
    return_type: Any = dict[str, Any],
    is_async: bool = False,
) -> Send:
    """Return what sends requests to a new endpoint.

    *components* is parameter → model. *answer* makes of the arguments what
    the endpoint returns, by default they are returned as they are.
    """

    def post(_controller: Any, **arguments: Any) -> Any:
        return answer(arguments)

    async def post_async(_controller: Any, **arguments: Any) -> Any:
        return answer(arguments)

    function: Callable[..., Any] = post_async if is_async else post
    function.__name__ = 'post'
    function.__annotations__ = {
        **{name: _MARKERS[name][model] for name, model in components.items()},
        'return': return_type,
    }
    view = _view(serializer, one, function)
    return _sender_async(view, one) if is_async else _sender(view, one)


def _view(
    serializer: type[BaseSerializer],
    one: Format,
    function: Callable[..., Any],
) -> Callable[..., Any]:
    generic: Any = Controller
    made: Any = types.new_class(
        'Contract',
        (generic[serializer],),
        exec_body=lambda namespace: namespace.update(
            parsers=(one.parser,),
            renderers=(one.renderer,),
            post=function,
        ),
    )
    view: Callable[..., Any] = made.as_view()
    return view


def _sender(view: Callable[..., Any], one: Format) -> Send:
    def send(
        body: bytes = b'',
        *,
        query: str = '',
        content_type: str = '',
    ) -> Answer:
        request = DMRRequestFactory().post(
            f'/{query}',
            body,
            content_type or one.parser.content_type,
        )
        return _seen(view(request))

    return send


def _sender_async(view: Callable[..., Any], one: Format) -> Send:
    def send(
        body: bytes = b'',
        *,
        query: str = '',
        content_type: str = '',
    ) -> Answer:
        request = DMRAsyncRequestFactory().post(
            f'/{query}',
            body,
            content_type or one.parser.content_type,
        )
        return _seen(async_to_sync(view)(request))

    return send


def _seen(response: HttpResponse) -> Answer:
    return Answer(
        status=response.status_code,
        content_type=response.headers.get('Content-Type', ''),
        content=response.content,
    )
