"""Serve Django over WSGI.

Use it where a project has Django's own ``get_wsgi_application``. It is Django's
handler, but requests that Django cannot read are answered with 400 instead of
an exception that only the server sees, and URLs are found through an index.
"""

from collections.abc import Callable
from typing import Any, TypeAlias

import django
from django.core.handlers.wsgi import WSGIHandler as DjangoWSGIHandler
from django.http import HttpRequest, HttpResponseBase
from django.urls import ResolverMatch
from typing_extensions import override

from dmr.internal.root_urls import resolve_root
from dmr.internal.unreadable import (
    CheckedWSGIRequest,
    UnreadableError,
    refusal,
)

_StartResponse: TypeAlias = Callable[..., Any]


def get_wsgi_application() -> 'WSGIHandler':
    """Set Django up and return the WSGI application of the project."""
    django.setup(set_prefix=False)
    return WSGIHandler()


class WSGIHandler(DjangoWSGIHandler):
    """Django's WSGI handler, which answers all requests."""

    request_class = CheckedWSGIRequest

    @override
    def __call__(
        self,
        environ: dict[str, Any],
        start_response: _StartResponse,
    ) -> HttpResponseBase:
        """Serve one request."""
        try:
            return super().__call__(environ, start_response)
        except UnreadableError as exc:
            response = refusal(exc.reason)
            start_response(
                f'{response.status_code} {response.reason_phrase}',
                [*response.items()],
            )
            return response

    @override
    def resolve_request(self, request: HttpRequest) -> ResolverMatch:
        """Return what serves *request*, and remember it there.

        Raises:
            Resolver404: nothing does.
        """
        return resolve_root(request) or super().resolve_request(request)
