"""Read bodies and query strings: as Django does, only with less work.

Afterwards the request is exactly as Django leaves it. Whatever is unusual is
left to Django: other request classes, encodings, escapes, limits.
"""

import math
from collections.abc import Callable
from functools import cache, lru_cache
from io import BytesIO
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.core.signals import setting_changed
from django.http import HttpRequest, UnreadablePostError
from django.utils.translation import gettext as _

from dmr.exceptions import RequestSerializationError, RequestTooLargeError

#: A longer query string is left to Django, which has a limit for it.
_MAX_SIMPLE_FIELDS: Final = 64

#: Requests that read as Django does, those of our handlers included. By name:
#: handlers take 10 ms to import, commands do without. Who serves has them.
_OF_DJANGO: Final = frozenset(
    (
        'django.core.handlers.wsgi.WSGIRequest',
        'django.core.handlers.asgi.ASGIRequest',
        'dmr.internal.unreadable.CheckedWSGIRequest',
        'dmr.internal.asgi_request.ASGIRequest',
    ),
)
#: What such a request for WSGI reads its body from.
_LIMITED_STREAM: Final = 'django.core.handlers.wsgi.LimitedStream'


def _full_name(kind: type[Any]) -> str:
    return f'{kind.__module__}.{kind.__qualname__}'


_name: Final[Callable[[Any], str]] = lru_cache(maxsize=64)(_full_name)


def read_body(request: Any) -> bytes:
    """Return the whole body of *request*.

    Raises:
        RequestSerializationError: the client went away.
        RequestTooLargeError: the body is over ``DATA_UPLOAD_MAX_MEMORY_SIZE``.
    """
    anything: object = request
    try:
        # 0.5 µs instead of 3.4 µs for a request that nobody has read yet.
        if (
            _name(type(anything)) in _OF_DJANGO
            and not request._read_started
            and '_body' not in request.__dict__
        ):
            return _read_at_once(request)
        plain: bytes = request.body
        return plain
    except RequestDataTooBig as exc:
        raise RequestTooLargeError(str(exc)) from exc
    # Django reads the announced length as a number, whatever it is.
    except (UnreadablePostError, OSError, ValueError) as exc:
        raise unreadable() from exc


def unreadable() -> RequestSerializationError:
    """Return the error for a client that went away while sending."""
    return RequestSerializationError(_('Request body cannot be read'))


def is_disconnect(exc: Exception) -> bool:
    """Tell whether *exc* is about a client that went away while sending."""
    return isinstance(exc.__cause__, OSError)


def last_query_values(request: HttpRequest) -> dict[str, Any]:
    """Return field → last value of the query string.

    Raises:
        RequestTooLargeError: there are more fields than Django allows.
    """
    state = request.__dict__
    # 1.2 µs instead of 12 µs for four fields, `request.GET` is not made.
    if _name(type(request)) in _OF_DJANGO and 'GET' not in state:
        # Servers may leave it out.
        query: str = request.META.get('QUERY_STRING', '')
        if not query:
            return {}
        if _is_simple(query) and state.get('_encoding') is None:
            pairs = (part.partition('=') for part in query.split('&') if part)
            return {name: found for name, _equals, found in pairs}
    values: dict[str, Any] = query_values(request).dict()
    return values


def cookie_values(request: HttpRequest) -> dict[str, str]:
    """Return name → value of all cookies, do not change it."""
    # 0.5 µs instead of 2.8 µs for two of them, `request.COOKIES` is not made.
    if _name(type(request)) in _OF_DJANGO and 'COOKIES' not in request.__dict__:
        header: str = request.META.get('HTTP_COOKIE', '')
        if not header:
            return {}
        if header.isascii() and header.isprintable() and '"' not in header:
            found: dict[str, str] = {}
            for part in header.split('; '):
                name, equals, value = part.partition('=')
                # Nothing to strip, and a name.
                if not equals or not name or ' ' in part or ';' in part:
                    return request.COOKIES
                found[name] = value
            return found
    return request.COOKIES


def query_values(request: HttpRequest) -> Any:
    """Return ``request.GET``.

    Raises:
        RequestTooLargeError: there are more fields than Django allows.
    """
    try:
        return request.GET
    except TooManyFieldsSent as exc:
        raise RequestTooLargeError(str(exc)) from exc


def _is_simple(query: str) -> bool:
    return (
        query.isascii()
        and '%' not in query
        and '+' not in query
        and query.count('&') < _max_simple_fields()
    )


@cache
def _max_simple_fields() -> int:
    limit: int | None = settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
    return (
        _MAX_SIMPLE_FIELDS if limit is None else min(_MAX_SIMPLE_FIELDS, limit)
    )


@cache
def _max_body_size() -> float:
    limit: int | None = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    return math.inf if limit is None else limit


def _forget_limits(*, setting: str, **_kwargs: Any) -> None:
    if setting.startswith('DATA_UPLOAD_MAX_'):
        _max_simple_fields.cache_clear()
        _max_body_size.cache_clear()


setting_changed.connect(_forget_limits, dispatch_uid='dmr.internal.reading')


def _read_at_once(request: Any) -> bytes:
    """Return the body from a stream that knows how long it is at most."""
    stream = request._stream
    kind = stream.__class__
    if _name(kind) == _LIMITED_STREAM:
        size: int = stream.limit - stream._pos
        read: Callable[[int], bytes] = stream._read
    elif kind is BytesIO:
        # From our own ASGI handler, Django's makes temporary files.
        size, read = stream.getbuffer().nbytes, stream.read
    else:
        size, read = 0, request.read
    if not 0 < size <= _max_body_size():
        plain: bytes = request.body
        return plain
    request._read_started = True
    body = read(size)
    request._body = body
    request._stream = BytesIO(body)
    return body
