"""The answer when even the answer to an error fails: a constant."""

import logging
from typing import Final

from django.http import HttpRequest, HttpResponse

_BODY: Final = b'{"detail":[{"msg":"Internal server error"}]}'

_logger = logging.getLogger('django.request')


def last_resort(request: HttpRequest, exc: Exception) -> HttpResponse:
    """Return status 500 with a constant body, and log *exc*."""
    _logger.error(
        'The error response to %s cannot be made',
        request.path,
        exc_info=exc,
        extra={'status_code': 500, 'request': request},
    )
    return HttpResponse(_BODY, status=500, content_type='application/json')
