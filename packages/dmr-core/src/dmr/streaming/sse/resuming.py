"""Go on where a client has lost its connection."""

from typing import Final

from django.http import HttpRequest

#: A longer one is none of ours: it was never sent.
_MAX_LENGTH: Final = 1024


def last_event_id(request: HttpRequest) -> str | None:
    """Return the id of the last event that the client has received.

    Browsers send it in ``Last-Event-ID`` when they connect again. It is
    ``None`` if there is none, or if it cannot be an id; do not trust it.
    """
    header = request.META.get('HTTP_LAST_EVENT_ID')
    if not header or len(header) > _MAX_LENGTH or '\0' in header:
        return None
    try:
        # Browsers send UTF-8, which Django reads as Latin-1 like any header.
        return str(header).encode('latin-1').decode()
    except UnicodeError:
        return None
