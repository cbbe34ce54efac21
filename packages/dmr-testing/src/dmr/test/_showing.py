"""Show in messages what an endpoint has answered."""

from typing import Final

from django.http import HttpResponse, HttpResponseBase

#: Bytes of a body that a message shows.
_SHOWN: Final = 1000


def content_of(response: HttpResponseBase) -> bytes:
    """Return the body of *response*, empty if that is a stream."""
    return response.content if isinstance(response, HttpResponse) else b''


def shown(response: HttpResponseBase) -> str:
    """Return the beginning of the body as text."""
    return content_of(response)[:_SHOWN].decode(errors='replace')
