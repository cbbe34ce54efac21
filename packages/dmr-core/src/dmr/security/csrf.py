"""Django's CSRF check, for auths that trust cookies.

Controllers are exempt from Django's middleware, because most auths cannot be
abused by other sites. Those that can make the same check themselves.
"""

from collections.abc import Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.utils.translation import gettext as _

from dmr.errors import quoted
from dmr.exceptions import RequestSerializationError
from dmr.internal.forms import load_form
from dmr.internal.request_state import request_endpoint
from dmr.metadata import ResponseSpec
from dmr.response import APIError

if TYPE_CHECKING:
    from dmr.controller import Controller
    from dmr.serializer import BaseSerializer


class _Check(CsrfViewMiddleware):
    """Return the reason of a failure instead of an HTML page."""

    # The stubs do not know this method, on which Django's own tests rely.
    def _reject(self, request: HttpRequest, reason: str) -> Any:
        return reason


_SAFE = frozenset(('GET', 'HEAD', 'OPTIONS', 'TRACE'))


def check_csrf(controller: 'Controller[BaseSerializer]') -> None:
    """Make sure that *controller* answers a page of this site.

    Raises:
        APIError: the token is missing or wrong, or the origin is (403).
        RequestSerializationError: a body that is needed is unreadable.
        RequestTooLargeError: the body with the token is too large.
    """
    request = controller.request
    if request.method in _SAFE:
        return
    broken_form = _load_form(request) if request.method == 'POST' else None
    check = _Check(_unused)
    check.process_request(request)
    reason: Any = check.process_view(request, _unused, (), {})
    if reason is not None:
        raise APIError(
            controller.format_error(_message(reason)),
            status_code=HTTPStatus.FORBIDDEN,
        )
    endpoint = request_endpoint(request, strict=True)
    if broken_form is not None and endpoint.metadata.component_parsers:
        # Django tells whoever asks again that the form is empty.
        raise broken_form


def csrf_schemes(name: str) -> Mapping[str, Any]:
    """Describe the cookie with the token, if it is in a cookie."""
    if settings.CSRF_USE_SESSIONS:
        return {}
    return {
        name: {
            'type': 'apiKey',
            'in': 'cookie',
            'name': settings.CSRF_COOKIE_NAME,
            'description': 'CSRF protection',
        },
    }


def csrf_response_specs(
    controller_cls: 'type[Controller[BaseSerializer]]',
    existing_responses: Mapping[HTTPStatus, ResponseSpec],
) -> list[ResponseSpec]:
    """Describe that the CSRF check can fail (403)."""
    if HTTPStatus.FORBIDDEN in existing_responses:
        return []
    return [
        ResponseSpec(
            controller_cls.error_model,
            status_code=HTTPStatus.FORBIDDEN,
            description='Raised when CSRF check failed',
        ),
    ]


def _load_form(request: HttpRequest) -> RequestSerializationError | None:
    """Read the form that may have the token; return why it is unreadable."""
    try:
        load_form(request)
    except RequestSerializationError as exc:
        # The token can still be in a header.
        return exc
    return None


def _message(reason: str) -> str:
    """Return what to tell the client; details help attackers too."""
    message = _('CSRF Failed')
    if not settings.DEBUG:
        return message
    return f'{message}: {quoted(reason)}'


def _unused(request: HttpRequest) -> HttpResponse:
    raise NotImplementedError
