"""Choose the renderer for a response from the request's ``Accept`` header.

Chosen before any other work, so that errors are rendered in the same format.
"""

import copy
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final, NamedTuple, cast

from django.http import HttpRequest
from django.utils.translation import gettext as _
from typing_extensions import override

from dmr.errors import quoted
from dmr.exceptions import EndpointMetadataError, NotAcceptableError
from dmr.internal.request_state import (
    set_nonstreaming_renderer,
    set_renderer,
)
from dmr.internal.sharing import shared
from dmr.negotiation.media_types import (
    MediaRange,
    concrete_type,
    parse_accept,
    parse_media_type,
    quality_of,
)
from dmr.renderers import Renderer

if TYPE_CHECKING:
    from dmr.metadata import EndpointMetadata
    from dmr.parsers import Parser
    from dmr.serializer import BaseSerializer
#: How many headers an endpoint remembers, and how long they are at most.
_MAX_CHOSEN: Final = 16
_MAX_CHOSEN_KEY: Final = 256


class ResponseNegotiator:
    """Choose the renderer for a response.

    Built once per endpoint. Quality values count as RFC 9110, section 12
    says; among equals the order of the renderers decides.
    """

    __slots__ = ('_chosen', '_exact', '_nonstreaming', '_offers', '_supported')

    def __init__(
        self,
        metadata: 'EndpointMetadata',
        serializer: 'type[BaseSerializer]',
        *,
        streaming: bool,
    ) -> None:
        """Prepare look-ups for the renderers in *metadata*.

        Raises:
            EndpointMetadataError: all renderers of a streaming endpoint are
                for streams, so there is none for errors.
        """
        self._supported, self._offers, self._exact = _look_ups(
            *metadata.renderers.items(),
        )
        # What browsers and libraries send is long, and always the same.
        self._chosen: dict[str, Renderer] = {}
        self._nonstreaming = (
            _nonstreaming_offers(metadata) if streaming else None
        )

    def __call__(self, request: HttpRequest) -> 'Renderer':
        """Return the renderer for *request*, and remember it there.

        Raises:
            NotAcceptableError: the client accepts nothing that we offer.
        """
        accept: str | None = request.META.get('HTTP_ACCEPT')
        renderer = self._exact.get(accept)
        if renderer is None:
            renderer = self._choose(accept or '')
        if self._nonstreaming is not None:
            set_nonstreaming_renderer(
                request,
                _preferred(self._nonstreaming, parse_accept(accept or ''))
                or self._nonstreaming[0][1],
            )
        set_renderer(request, renderer)
        return renderer

    @property
    def is_streaming(self) -> bool:
        """Tell whether it chooses a second renderer, for errors."""
        return self._nonstreaming is not None

    def _choose(self, accept: str) -> 'Renderer':
        if not accept.strip():
            return self._exact[None]
        renderer = self._chosen.get(accept)
        if renderer is not None:
            return renderer
        renderer = _preferred(self._offers, parse_accept(accept))
        if renderer is None:
            raise NotAcceptableError(
                _(
                    'Cannot serialize response body with accepted types '
                    '{accepted}, supported={supported}',
                ).format(
                    accepted=_shown(accept),
                    supported=self._supported,
                ),
            )
        if len(self._chosen) < _MAX_CHOSEN and len(accept) <= _MAX_CHOSEN_KEY:
            self._chosen[accept] = renderer
        return renderer


def exact_answers(
    *renderers: tuple[str, Renderer],
) -> 'Mapping[str | None, Renderer]':
    """Return what the commonest ``Accept`` headers are answered with.

    ``None`` stands for requests without that header.
    """
    return _look_ups(*renderers).exact


def negotiate_renderer(
    request: HttpRequest,
    renderers: 'list[Renderer]',
) -> 'Renderer | None':
    """Return the one of *renderers* that the client likes best, if any."""
    accept = request.META.get('HTTP_ACCEPT', '')
    if not accept.strip():
        return renderers[0]
    return _preferred(_offers(renderers), parse_accept(accept))


class _LookUps(NamedTuple):
    supported: str
    offers: 'list[tuple[MediaRange, Renderer]]'
    exact: 'dict[str | None, Renderer]'


@shared
def _look_ups(*renderers: tuple[str, Renderer]) -> _LookUps:
    names = [name for name, _renderer in renderers]
    offers = _offers([renderer for _name, renderer in renderers])
    return _LookUps(
        supported=repr(names),
        offers=offers,
        exact=_exact_answers(names, renderers[0][1], offers),
    )


def _offers(renderers: 'list[Renderer]') -> 'list[tuple[MediaRange, Renderer]]':
    return [
        (media_range, renderer)
        for renderer in renderers
        if (media_range := parse_media_type(renderer.content_type)) is not None
    ]


def _exact_answers(
    names: list[str],
    first: Renderer,
    offers: 'list[tuple[MediaRange, Renderer]]',
) -> 'dict[str | None, Renderer]':
    answers: dict[str | None, Renderer] = {None: first, '*/*': first}
    for name in names:
        renderer = _preferred(offers, parse_accept(name))
        if renderer is not None and '*' not in name:
            answers[name] = renderer
    return answers


def _nonstreaming_offers(
    metadata: 'EndpointMetadata',
) -> 'list[tuple[MediaRange, Renderer]]':
    offers = _offers(
        [
            renderer
            for renderer in metadata.renderers.values()
            if not renderer.streaming
        ]
    )
    if not offers:
        raise EndpointMetadataError(
            f'{metadata.endpoint_name} answers with streams only. '
            'At least one non-stream renderer is required for stream '
            f'responses, found: {list(metadata.renderers)!r}. '
            'Errors are rendered with it.',
        )
    return offers


def _preferred(
    offers: 'list[tuple[MediaRange, Renderer]]',
    accepted: list[MediaRange],
) -> 'Renderer | None':
    best: tuple[MediaRange, Renderer] | None = None
    best_quality = 0.0
    for offer in offers:
        quality = quality_of(offer[0], accepted)
        if quality > best_quality:
            best, best_quality = offer, quality
    if best is None:
        return None
    return _with_concrete_type(*best, offers, accepted)


def _with_concrete_type(
    offered: MediaRange,
    renderer: 'Renderer',
    offers: 'list[tuple[MediaRange, Renderer]]',
    accepted: list[MediaRange],
) -> 'Renderer':
    """Bind a wildcard renderer to the media type that it answers with.

    A renderer for just that media type knows it better.
    """
    if not offered.is_wildcard or not renderer.renders_data:
        return renderer
    content_type = concrete_type(offered, accepted)
    if content_type is None:
        return renderer
    for listed, own in offers:
        if listed == parse_media_type(content_type):
            return own
    bound: Any = copy.copy(renderer)
    try:
        bound.content_type = content_type
    except AttributeError:
        # The media type is a constant of a class whose objects have no slot.
        return _Concrete(renderer, content_type)
    return cast('Renderer', bound)


class _Concrete(Renderer):
    """A wildcard renderer that answers with one media type."""

    __slots__ = ('_renderer', 'content_type')

    def __init__(self, renderer: Renderer, content_type: str) -> None:
        self.content_type = content_type
        self._renderer = renderer

    @override
    def render(
        self,
        to_serialize: Any,
        serializer_hook: Callable[[Any], Any],
    ) -> bytes:
        return self._renderer.render(to_serialize, serializer_hook)

    @property
    @override
    def validation_parser(self) -> 'Parser':
        return self._renderer.validation_parser


def _shown(accept: str) -> str:
    """Show what a client accepts, in the way Django prints media types."""
    ranges = (part.strip() for part in quoted(accept).split(','))
    return '[' + ', '.join(f'<MediaType: {one}>' for one in ranges if one) + ']'
