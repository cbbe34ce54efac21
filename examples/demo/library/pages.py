"""The page that shows what happens, beside the API."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

#: Nothing from elsewhere, and nothing inline.
_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; "
    "connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)


@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """Show the page; its script follows the events."""
    response = render(request, 'library/live.html')
    response.headers['Content-Security-Policy'] = _POLICY
    return response
