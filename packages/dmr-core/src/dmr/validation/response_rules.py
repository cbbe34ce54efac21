"""Compare a response with its spec: media type, headers and cookies.

The body is compared by `dmr.validation.response`, for which these are rules.
"""

from collections.abc import Collection, Iterable, Set
from typing import Final, NamedTuple

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from dmr.exceptions import ResponseSchemaError
from dmr.internal.rendered import header_names
from dmr.internal.request_state import request_renderer
from dmr.metadata import ResponseSpec
from dmr.negotiation.media_types import parse_media_type

#: Headers that need no description: the framework itself sets them.
_KNOWN_HEADERS: Final = frozenset(('content-type', 'vary', 'www-authenticate'))


class HeaderNames(NamedTuple):
    """Names of headers in a spec, in lower case."""

    required: Set[str]
    allowed: Set[str]


def names_of(spec: ResponseSpec) -> HeaderNames:
    """Return the names of the headers that *spec* describes."""
    described = {
        name.lower(): header for name, header in (spec.headers or {}).items()
    }
    return HeaderNames(
        required={
            name
            for name, header in described.items()
            if header.required and not header.skip_validation
        },
        allowed=described.keys() | _KNOWN_HEADERS,
    )


def matching(content_type: str, listed: Collection[str]) -> str | None:
    """Return the one of *listed* that *content_type* is, if any."""
    if content_type in listed:
        return content_type
    ours = parse_media_type(content_type)
    if ours is None:
        return None
    for name in listed:
        theirs = parse_media_type(name)
        if theirs is not None and ours.matches(theirs):
            return name
    return None


def check_negotiated(request: HttpRequest, content_type: str) -> None:
    """Refuse another media type than the one that was negotiated.

    Raises:
        ResponseSchemaError: it is another one.
    """
    renderer = request_renderer(request, use_nonstreaming_renderer=True)
    if renderer is None or not renderer.renders_data:
        return
    if matching(content_type, (renderer.content_type,)) is None:
        raise ResponseSchemaError(
            _(
                'Negotiated renderer {negotiated} does not match '
                'returned content-type {returned}',
            ).format(
                negotiated=repr(str(renderer.content_type)),
                returned=repr(content_type),
            ),
        )


def check_headers(response: HttpResponseBase, names: HeaderNames) -> None:
    """Refuse headers that are missing, or that nobody has described.

    Raises:
        ResponseSchemaError: there are such headers.
    """
    present = header_names(response)
    if not names.required <= present:
        missing = names.required - present
        raise ResponseSchemaError(
            f'Response has missing required {_shown(missing)} headers',
        )
    if not present <= names.allowed:
        extra = present - names.allowed
        raise ResponseSchemaError(
            f'Response has extra real undescribed {_shown(extra)} headers',
        )


def check_cookies(response: HttpResponseBase, spec: ResponseSpec) -> None:
    """Refuse cookies that are missing, that differ or that nobody described.

    Raises:
        ResponseSchemaError: there are such cookies.
    """
    described = spec.cookies or {}
    present = response.cookies
    missing = {
        name
        for name, cookie in described.items()
        if cookie.required and not cookie.skip_validation
    } - present.keys()
    if missing:
        raise ResponseSchemaError(
            f'Response has missing required {_shown(missing)} cookie',
        )
    extra = present.keys() - described.keys()
    if extra:
        raise ResponseSchemaError(
            f'Response has extra real undescribed {_shown(extra)} cookies',
        )
    for name, morsel in present.items():
        if not described[name].is_equal(morsel):
            raise ResponseSchemaError(
                f'Response cookie {name}={morsel!r} is not equal to '
                f'{described[name]!r}',
            )


def _shown(names: Iterable[str]) -> str:
    """Show a set in a stable order."""
    return '{' + ', '.join(repr(name) for name in sorted(names)) + '}'
