"""Choose the renderer of a stream, where errors have another one."""

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from dmr.endpoint import request_endpoint
from dmr.errors import quoted
from dmr.exceptions import NotAcceptableError
from dmr.negotiation import request_renderer
from dmr.negotiation.response import negotiate_renderer
from dmr.renderers import Renderer
from dmr.streaming.renderer import StreamingRenderer

if TYPE_CHECKING:
    from dmr.controller import Controller
    from dmr.serializer import BaseSerializer


def choose_streaming_renderer(
    controller: 'Controller[BaseSerializer]',
) -> StreamingRenderer:
    """Return who renders the events for the current request.

    That is the negotiated renderer, or the streaming one that the client
    likes best when it would rather have something else.

    Raises:
        NotAcceptableError: the client accepts no stream at all.
    """
    request = controller.request
    chosen = request_renderer(request)
    if isinstance(chosen, StreamingRenderer):
        return chosen
    endpoint = request_endpoint(request, strict=True)
    offered: list[Renderer] = [
        renderer
        for renderer in endpoint.metadata.renderers.values()
        if isinstance(renderer, StreamingRenderer)
    ]
    found: Any = negotiate_renderer(request, offered) if offered else None
    if found is None:
        raise _not_acceptable(request, offered)
    return found  # type: ignore[no-any-return]


def _not_acceptable(
    request: HttpRequest,
    offered: list[Renderer],
) -> NotAcceptableError:
    return NotAcceptableError(
        _(
            'Cannot stream with accepted types {accepted}, '
            'supported={supported}',
        ).format(
            accepted=repr(quoted(request.META.get('HTTP_ACCEPT', ''))),
            supported=repr([one.content_type for one in offered]),
        ),
    )
