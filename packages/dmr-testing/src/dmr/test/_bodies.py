"""Decide what a test request sends: which media type, which bytes."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Any, Final, NoReturn, cast
from urllib.parse import urlencode

from django.core.serializers.json import DjangoJSONEncoder
from django.http.request import HttpHeaders
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from dmr import discovery, settings
from dmr.exceptions import DataRenderingError, PluginError
from dmr.negotiation.media_types import essence
from dmr.renderers import Renderer

_JSON: Final = re.compile(r'application/(.+\+)?json\s*(;|$)', re.IGNORECASE)
_CONTENT_TYPE: Final = 'CONTENT_TYPE'


class JsonByDefault:
    """Send JSON when a request names no other content type.

    A ``Content-Type`` header of the request is taken first, then its
    ``content_type`` argument, then a ``Content-Type`` header of the
    constructor, then `default_content_type`.
    """

    #: Media type of bodies that name none.
    default_content_type: str = 'application/json'

    #: Encodes what is sent; Django's stands for the default JSON renderer.
    json_encoder: type[json.JSONEncoder]

    def _content_type(
        self,
        content_type: str | None,
        options: Mapping[str, Any],
    ) -> str:
        """Return the media type of a request with these arguments."""
        headers: Mapping[str, str] = options.get('headers') or {}
        return str(
            _named_content_type(headers.items())
            or _named_content_type(options.items())
            or content_type
            or self.default_content_type,
        )

    def _encoded(
        self,
        body: Any,
        content_type: str,
        *,
        is_post: bool = False,
    ) -> Any:
        """Return *body* in the format of *content_type*; bytes stay.

        Raises:
            TypeError: there is no way to write it in this format.
        """
        if isinstance(body, (str, bytes)):
            return body
        if not _JSON.match(content_type):
            return _in_other_format(body, content_type, is_post=is_post)
        if self.json_encoder is not DjangoJSONEncoder:
            return json.dumps(body, cls=self.json_encoder)
        return _rendered(settings.default_renderer, body)


def encoded_text(text: str, content_type: str) -> str | bytes:
    """Return *text* as data in this format, as it is where there is none."""
    if _JSON.match(content_type):
        return _rendered(settings.default_renderer, text)
    found = _renderer(content_type)
    return text if found is None else _rendered(found, text)


def without_content_type(options: Mapping[str, Any]) -> dict[str, Any]:
    """Return *options* of a request without its ``Content-Type`` header."""
    headers: Mapping[str, str] = options.get('headers') or {}
    kept = {
        name: value
        for name, value in options.items()
        if not _is_content_type(name)
    }
    return kept | {
        'headers': {
            name: value
            for name, value in headers.items()
            if not _is_content_type(name)
        },
    }


def split_content_type(
    headers: Mapping[str, str] | None,
) -> tuple[dict[str, str], str | None]:
    """Return *headers* without the content type, and the content type."""
    given = dict(headers or {})
    rest = {
        name: value
        for name, value in given.items()
        if not _is_content_type(name)
    }
    return rest, _named_content_type(given.items())


def _named_content_type(pairs: Iterable[tuple[str, Any]]) -> str | None:
    return next(
        (value for name, value in pairs if _is_content_type(name)),
        None,
    )


def _is_content_type(name: str) -> bool:
    return HttpHeaders.to_asgi_name(name) == _CONTENT_TYPE


def _in_other_format(body: Any, content_type: str, *, is_post: bool) -> Any:
    if content_type == MULTIPART_CONTENT:
        # Django does it for POST only.
        return body if is_post else encode_multipart(BOUNDARY, body)
    if essence(content_type) == 'application/x-www-form-urlencoded':
        return urlencode(body, doseq=True)
    renderer = _renderer(content_type)
    if renderer is not None:
        return _rendered(renderer, body)
    if not body:
        return ''
    raise TypeError(
        f'Cannot send {body!r} as {content_type}: neither the settings nor '
        'the installed plugins have a renderer of this media type. '
        'Send bytes that were encoded already.',
    )


def _renderer(content_type: str) -> Renderer | None:
    """Return who writes this format, ``None`` if nobody does."""
    media_type = essence(content_type)
    return next(
        (one for one in _renderers() if one.content_type == media_type),
        None,
    )


def _renderers() -> Iterator[Renderer]:
    """Return those of the project, then those that are installed."""
    yield from cast(
        'list[Renderer]',
        settings.resolve_setting(settings.Settings.renderers),
    )
    for plugin in discovery.plugins(discovery.RENDERERS):
        # One that is broken is of no use, and no reason to fail.
        with suppress(PluginError):
            yield discovery.build(plugin)


def _rendered(renderer: Renderer, body: Any) -> bytes:
    try:
        return renderer.render(body, _refuse)
    except DataRenderingError as exc:
        raise TypeError(
            f'Cannot send {body!r} as {renderer.content_type}: {exc}. Send '
            'plain data, or bytes that were encoded already.',
        ) from exc


def _refuse(unsupported: Any) -> NoReturn:
    raise TypeError(
        f'{type(unsupported).__qualname__} is not plain data',
    )
