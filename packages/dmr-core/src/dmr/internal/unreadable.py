"""Answer requests that Django cannot even make an object of.

Such as a query string with a charset that is no charset of text. There is no
URL yet and no controller, so the answers are constants.
"""

import logging
from typing import Any, Final

from django.core.exceptions import BadRequest, TooManyFieldsSent
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpResponse

#: What reading the first line and the headers can raise.
UNREADABLE: Final = (
    BadRequest,
    LookupError,
    # Text that is none, and with Django 6.0 a media type that is too long.
    ValueError,
    TooManyFieldsSent,
)

_MALFORMED: Final = (
    b'{"detail":[{"msg":"Request is malformed","type":"value_error"}]}'
)
_TOO_LARGE: Final = (
    b'{"detail":[{"msg":"Request has too many fields","type":"value_error"}]}'
)

_logger = logging.getLogger('django.request')


class UnreadableError(Exception):
    """Carries why a request could not be read."""

    def __init__(self, reason: Exception) -> None:
        super().__init__(reason)
        self.reason = reason


class CheckedWSGIRequest(WSGIRequest):
    """Django's request, whose own errors can be told from all others."""

    def __init__(self, environ: dict[str, Any]) -> None:
        try:
            super().__init__(environ)
        except UNREADABLE as exc:
            raise UnreadableError(exc) from exc


def refusal(exc: Exception | None = None) -> HttpResponse:
    """Return 413 if there was too much to read, else 400."""
    if isinstance(exc, TooManyFieldsSent):
        status, body = 413, _TOO_LARGE
    else:
        status, body = 400, _MALFORMED
    if exc is not None:
        _logger.warning('%s: %s', type(exc).__name__, exc)
    return HttpResponse(body, status=status, content_type='application/json')
