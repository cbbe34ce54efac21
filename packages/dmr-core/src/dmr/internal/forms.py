"""Let Django read the forms and files of a request, whatever its method.

Django does so for POST only. Here the same code of Django's runs for the
methods of the ``django_treat_as_post`` setting, streaming uploads included.
"""

import os
from io import BytesIO
from typing import Any
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.core.exceptions import (
    BadRequest,
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.http import HttpRequest, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dmr.exceptions import RequestSerializationError, RequestTooLargeError
from dmr.internal.conf import treat_as_post
from dmr.internal.quoting import quoted
from dmr.internal.reading import unreadable
from dmr.internal.strict_text import strict_codec

_LIMITS = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)

# Django's own message, which has no translations there. Lazy: settings are not
# needed to import this module.
gettext_lazy(
    "HTTP requests with the 'application/x-www-form-urlencoded' content type "
    'must be UTF-8 encoded.',
)


def load_form(request: HttpRequest) -> None:
    """Fill ``request.POST`` and ``request.FILES``.

    Raises:
        RequestSerializationError: Django cannot read the form.
        RequestTooLargeError: the form exceeds a limit of Django's settings.
    """
    try:
        _load(request)
    except _LIMITS as exc:
        raise RequestTooLargeError(str(exc)) from exc
    except (MultiPartParserError, BadRequest) as exc:
        raise RequestSerializationError(quoted(_(str(exc)))) from exc
    except (LookupError, UnicodeError) as exc:
        raise RequestSerializationError(
            _('Request body is not valid {encoding}').format(
                encoding=_encoding(request).upper(),
            ),
        ) from exc
    # The last one is a length that no file of Python can have.
    except (UnreadablePostError, ValueError, OverflowError) as exc:
        raise unreadable() from exc


def _load(request: HttpRequest) -> None:
    method = request.method or ''
    if method == 'POST':
        is_loaded = '_post' in vars(request)
    else:
        is_loaded = (
            method not in treat_as_post()
            or '_dmr_parsed_as_post' in vars(request)
        )
    if not is_loaded and not _is_consumed(request):
        _load_as_post(request, method)
    if request.content_type == 'application/x-www-form-urlencoded':
        _require_utf8(request)


def _load_as_post(request: HttpRequest, method: str) -> None:
    state: Any = request
    # Somebody has asked for the form of a PUT before, Django says it is empty.
    vars(request).pop('_post', None)
    vars(request).pop('_files', None)
    if request.content_type == 'multipart/form-data':
        try:
            state._post, state._files = _parse_multipart(request)
        except Exception:
            state._mark_post_parse_error()
            raise
    else:
        # Django decides by the method whether there is a form at all.
        request.method = 'POST'
        try:
            state._load_post_and_files()
        finally:
            request.method = method
    state._dmr_parsed_as_post = True


def _parse_multipart(request: HttpRequest) -> tuple[Any, Any]:
    """Parse as Django does, only that broken text is an error."""
    state: Any = request
    encoding = state._encoding
    # Django decodes with this one, it has no argument for it.
    state._encoding = strict_codec(_encoding(request))
    try:
        post, files = state.parse_file_upload(
            _with_length(request),
            BytesIO(state._body) if '_body' in vars(request) else request,
        )
    finally:
        state._encoding = encoding
    post.encoding = _encoding(request)
    return post, files


def _with_length(request: HttpRequest) -> dict[str, Any]:
    """Return ``META`` with a length, which chunked ASGI requests lack.

    Without one Django takes the form for empty.
    """
    state: Any = request
    meta: dict[str, Any] = request.META
    if meta.get('CONTENT_LENGTH'):
        return meta
    stream: Any = (
        BytesIO(state._body)
        if '_body' in vars(request)
        else getattr(request, '_stream', None)
    )
    if not hasattr(stream, 'seekable') or not stream.seekable():
        return meta
    length = stream.seek(0, os.SEEK_END)
    stream.seek(0)
    return {**meta, 'CONTENT_LENGTH': str(length)}


def _is_consumed(request: HttpRequest) -> bool:
    """Tell whether somebody has read the stream and kept no body."""
    state: Any = request
    return state._read_started and '_body' not in vars(request)


def _encoding(request: HttpRequest) -> str:
    encoding: str | None = request.encoding
    return encoding or settings.DEFAULT_CHARSET


def _require_utf8(request: HttpRequest) -> None:
    # Django replaces what is not UTF-8, which would lose data silently.
    body = request.body if hasattr(request, '_body') else b''
    if body.isascii() and b'%' not in body:
        return
    unquote_to_bytes(body).decode()
