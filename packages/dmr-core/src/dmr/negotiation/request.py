"""Choose the parser for a request from its ``Content-Type`` header."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from django.http import HttpRequest
from django.utils.translation import gettext as _

from dmr.errors import quoted
from dmr.exceptions import RequestSerializationError
from dmr.internal.request_state import set_parser
from dmr.internal.sharing import shared
from dmr.negotiation.media_types import (
    MediaRange,
    essence,
    parse_media_type,
)

if TYPE_CHECKING:
    from dmr.metadata import EndpointMetadata
    from dmr.parsers import Parser
    from dmr.serializer import BaseSerializer


class RequestNegotiator:
    """Choose the parser for a request.

    Built once per endpoint. Parameters of media types, such as the charset,
    do not matter unless our own media type has some.
    """

    __slots__ = ('_default', '_exact', '_expected', '_ranges')

    def __init__(
        self,
        metadata: 'EndpointMetadata',
        serializer: 'type[BaseSerializer]',
    ) -> None:
        """Prepare look-ups for the parsers in *metadata*."""
        self._expected, self._default, self._exact, self._ranges = _look_ups(
            *metadata.parsers.items(),
        )

    def __call__(self, request: HttpRequest) -> 'Parser':
        """Return the parser for *request*, and remember it there.

        The first parser reads requests that have no ``Content-Type``.

        Raises:
            RequestSerializationError: no parser reads this media type.
        """
        parser = self._exact.get(request.META.get('CONTENT_TYPE', ''))
        if parser is None:
            parser = self._choose(request)
        set_parser(request, parser)
        return parser

    def _choose(self, request: HttpRequest) -> 'Parser':
        if 'CONTENT_TYPE' not in request.META:
            return self._default
        header: str = request.META['CONTENT_TYPE']
        content_type = parse_media_type(header)
        if content_type is not None and not content_type.is_wildcard:
            for candidate, parser in self._ranges:
                if content_type.matches(candidate):
                    return parser
        raise RequestSerializationError(
            _(
                'Cannot parse request body with content type {content_type},'
                ' expected={expected}',
            ).format(
                content_type=repr(quoted(essence(header))),
                expected=repr(self._expected),
            ),
        )


class _LookUps(NamedTuple):
    expected: list[str]
    default: 'Parser'
    exact: 'dict[str, Parser]'
    ranges: 'list[tuple[MediaRange, Parser]]'


@shared
def _look_ups(*parsers: 'tuple[str, Parser]') -> _LookUps:
    return _LookUps(
        expected=[name for name, _parser in parsers],
        default=parsers[0][1],
        exact={name.lower(): parser for name, parser in parsers},
        ranges=_by_specificity(parsers),
    )


def _by_specificity(
    parsers: 'Iterable[tuple[str, Parser]]',
) -> 'list[tuple[MediaRange, Parser]]':
    ranges = [
        (media_range, parser)
        for name, parser in parsers
        if (media_range := parse_media_type(name)) is not None
        and media_range.quality > 0
    ]
    return sorted(ranges, key=lambda pair: -pair[0].specificity)
