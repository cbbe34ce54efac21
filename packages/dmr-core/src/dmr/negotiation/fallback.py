"""Choose who renders what nothing was negotiated for, or cannot be rendered.

Errors happen before a renderer is chosen, or on endpoints that have files or
streams only. They are still answered in a format of the API.
"""

from collections.abc import Callable, Sequence

from django.http import HttpRequest

from dmr.internal.request_state import request_endpoint, request_renderer
from dmr.negotiation.media_types import parse_media_type
from dmr.negotiation.response import negotiate_renderer
from dmr.renderers import Renderer
from dmr.settings import Settings, resolve_setting


def data_renderer(
    request: HttpRequest,
    listed: Callable[[], Sequence[Renderer]],
) -> Renderer:
    """Return who renders data for *request*.

    That is the negotiated renderer if there is one that can. *listed* gives
    the renderers of the controller, for wrong methods.
    """
    renderer = request_renderer(request, use_nonstreaming_renderer=True)
    if renderer is not None and _renders_errors(renderer):
        return renderer
    endpoint = request_endpoint(request)
    if endpoint is not None:
        return endpoint.fallback_renderer
    # A wrong method: nobody has negotiated for it.
    renderers = listed()
    own = [one for one in renderers if _renders_errors(one)]
    negotiated = negotiate_renderer(request, own) if own else None
    return negotiated or fallback_renderer(renderers)


def fallback_renderer(listed: Sequence[Renderer]) -> Renderer:
    """Return who renders an error without any negotiation.

    That is the first renderer of the settings if *listed* has its media type,
    else the first that renders data.
    """
    default = first_data_renderer()
    own = [one for one in listed if _renders_errors(one)]
    if not own or _is_listed(default, listed):
        return default
    return own[0]


def first_data_renderer() -> Renderer:
    """Return the first renderer of the settings that renders data."""
    renderers: list[Renderer] = resolve_setting(Settings.renderers)
    return next(filter(_renders_errors, renderers), renderers[0])


def _renders_errors(renderer: Renderer) -> bool:
    return renderer.renders_data and not renderer.streaming


def _is_listed(renderer: Renderer, listed: Sequence[Renderer]) -> bool:
    ours = parse_media_type(renderer.content_type)
    return ours is not None and any(
        (theirs := parse_media_type(one.content_type)) is not None
        and ours.matches(theirs)
        for one in listed
    )
