"""Serve Django over WSGI.

Use it where a project has Django's own ``get_wsgi_application``. It is Django's
handler, but requests that Django cannot read are answered with 400 instead of
an exception that only the server sees.
"""

from collections.abc import Callable
from typing import Any, TypeAlias

import django
from django.core.handlers.wsgi import WSGIHandler as DjangoWSGIHandler
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpResponseBase
from typing_extensions import override

from dmr.internal.unreadable import UNREADABLE, refusal

_StartResponse: TypeAlias = Callable[..., Any]


def get_wsgi_application() -> 'WSGIHandler':
    """Set Django up and return the WSGI application of the project."""
    django.setup(set_prefix=False)
    return WSGIHandler()


class _UnreadableError(Exception):
    """Carries why a request could not be read."""

    def __init__(self, reason: Exception) -> None:
        super().__init__(reason)
        self.reason = reason


class _Request(WSGIRequest):
    def __init__(self, environ: dict[str, Any]) -> None:
        try:
            super().__init__(environ)
        except UNREADABLE as exc:
            raise _UnreadableError(exc) from exc


class WSGIHandler(DjangoWSGIHandler):
    """Django's WSGI handler, which answers all requests."""

    request_class = _Request

    @override
    def __call__(
        self,
        environ: dict[str, Any],
        start_response: _StartResponse,
    ) -> HttpResponseBase:
        """Serve one request."""
        try:
            return super().__call__(environ, start_response)
        except _UnreadableError as exc:
            response = refusal(exc.reason)
            start_response(
                f'{response.status_code} {response.reason_phrase}',
                [*response.items()],
            )
            return response
