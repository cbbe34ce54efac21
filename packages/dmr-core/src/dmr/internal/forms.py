"""Let Django read the forms and files of a request, whatever its method.

Django does so for POST only. Here the same code of Django's runs for the
methods of the ``django_treat_as_post`` setting, streaming uploads included.
"""

from typing import Any
from urllib.parse import unquote_to_bytes

from django.core.exceptions import (
    BadRequest,
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.http import HttpRequest, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from dmr.exceptions import RequestSerializationError, RequestTooLargeError
from dmr.internal.conf import treat_as_post
from dmr.internal.reading import unreadable

_LIMITS = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)

# Django's own message, which has no translations there.
gettext_noop(
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
        raise RequestSerializationError(_(str(exc))) from exc
    except UnreadablePostError as exc:
        raise unreadable() from exc


def _load(request: HttpRequest) -> None:
    method = request.method or ''
    if method == 'POST':
        request.POST  # noqa: B018
    elif method in treat_as_post() and not _is_loaded(request):
        state: Any = request
        # Django decides by the method whether there is a form at all.
        request.method = 'POST'
        try:
            state._load_post_and_files()
        finally:
            request.method = method
        state._dmr_parsed_as_post = True
    if request.content_type == 'application/x-www-form-urlencoded':
        _require_utf8(request)


def _is_loaded(request: HttpRequest) -> bool:
    return getattr(request, '_dmr_parsed_as_post', False)


def _require_utf8(request: HttpRequest) -> None:
    # Django replaces what is not UTF-8, which would lose data silently.
    body = request.body if hasattr(request, '_body') else b''
    if body.isascii() and b'%' not in body:
        return
    try:
        unquote_to_bytes(body).decode()
    except UnicodeDecodeError as exc:
        raise RequestSerializationError(
            _('Request body is not valid UTF-8'),
        ) from exc
