"""What the framework remembers on a request, written and read only here.

The attribute names are documented, user code may read them. Names of slots:
``__dmr_endpoint__``, ``__dmr_parser__``, ``__dmr_renderer__``,
``__dmr_nonstreaming_renderer__``, ``__dmr_auth__``, ``__dmr_jwt__``,
``__dmr_token__``. What a wrapped middleware goes on with is our own affair:
``__dmr_pending_view__``; and so is what the ASGI handler has resolved:
``__dmr_match__``.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Literal, overload

from django.http import HttpRequest

if TYPE_CHECKING:
    from dmr.endpoint import Endpoint
    from dmr.parsers import Parser
    from dmr.renderers import Renderer


def set_endpoint(request: Any, endpoint: 'Endpoint') -> None:
    """Remember which endpoint serves *request*."""
    request.__dmr_endpoint__ = endpoint


def set_parser(request: Any, parser: 'Parser') -> None:
    """Remember which parser reads the body of *request*."""
    request.__dmr_parser__ = parser


def set_renderer(request: Any, renderer: 'Renderer') -> None:
    """Remember which renderer was negotiated for *request*."""
    request.__dmr_renderer__ = renderer


def set_negotiated(
    request: Any,
    endpoint: 'Endpoint',
    renderer: 'Renderer',
) -> None:
    """Remember endpoint and renderer at once."""
    request.__dmr_endpoint__ = endpoint
    request.__dmr_renderer__ = renderer


def negotiated_type(request: Any) -> str:
    """Return the media type of the renderer, which was negotiated before."""
    content_type: str = request.__dmr_renderer__.content_type
    return content_type


def set_nonstreaming_renderer(
    request: Any,
    renderer: 'Renderer',
) -> None:
    """Remember which renderer writes what is no stream, such as errors."""
    request.__dmr_nonstreaming_renderer__ = renderer


def set_auth(request: Any, auth: Any) -> None:
    """Remember which auth vouched for the user of *request*."""
    request.__dmr_auth__ = auth


def set_jwt(request: Any, token: Any) -> None:
    """Remember which JSON web token *request* came with."""
    request.__dmr_jwt__ = token


def set_token(request: Any, token: Any) -> None:
    """Remember which database token *request* came with."""
    request.__dmr_token__ = token


def set_match(request: Any, match: Any) -> None:
    """Remember what *request* was resolved to, or what stands for it."""
    request.__dmr_match__ = match


def pop_match(request: HttpRequest) -> Any:
    """Return what *request* was resolved to, once; ``None`` if it was not."""
    state: dict[str, Any] = vars(request)
    return state.pop('__dmr_match__', None)


def set_pending_view(
    request: Any,
    view: Callable[[HttpRequest], Any],
) -> None:
    """Remember how *request* goes on behind a middleware."""
    request.__dmr_pending_view__ = view


def pending_view(request: Any) -> Callable[[HttpRequest], Any]:
    """Return how *request* goes on behind a middleware."""
    view: Callable[[HttpRequest], Any] = request.__dmr_pending_view__
    return view


@overload
def request_endpoint(
    request: HttpRequest,
    *,
    strict: Literal[True],
) -> 'Endpoint': ...


@overload
def request_endpoint(
    request: HttpRequest,
    *,
    strict: bool = False,
) -> 'Endpoint | None': ...


def request_endpoint(
    request: HttpRequest,
    *,
    strict: bool = False,
) -> 'Endpoint | None':
    """Return the endpoint that serves *request*.

    Raises:
        AttributeError: there is none and *strict* is set.
    """
    found: Endpoint | None = _read(request, '__dmr_endpoint__', strict=strict)
    return found


@overload
def request_parser(
    request: HttpRequest,
    *,
    strict: Literal[True],
) -> 'Parser': ...


@overload
def request_parser(
    request: HttpRequest,
    *,
    strict: bool = False,
) -> 'Parser | None': ...


def request_parser(
    request: HttpRequest,
    *,
    strict: bool = False,
) -> 'Parser | None':
    """Return the parser that reads the body of *request*.

    There is none when the endpoint reads no body.

    Raises:
        AttributeError: there is none and *strict* is set.
    """
    found: Parser | None = _read(request, '__dmr_parser__', strict=strict)
    return found


@overload
def request_renderer(
    request: HttpRequest,
    *,
    strict: Literal[True],
    use_nonstreaming_renderer: bool = False,
) -> 'Renderer': ...


@overload
def request_renderer(
    request: HttpRequest,
    *,
    strict: bool = False,
    use_nonstreaming_renderer: bool = False,
) -> 'Renderer | None': ...


def request_renderer(
    request: HttpRequest,
    *,
    strict: bool = False,
    use_nonstreaming_renderer: bool = False,
) -> 'Renderer | None':
    """Return the renderer that was negotiated for *request*.

    Streaming endpoints negotiate two, *use_nonstreaming_renderer* asks for
    the one that writes errors. There is none when no renderer fits.

    Raises:
        AttributeError: there is none and *strict* is set.
    """
    found: Renderer | None = None
    if use_nonstreaming_renderer:
        found = _read(request, '__dmr_nonstreaming_renderer__', strict=False)
    if found is None:
        found = _read(request, '__dmr_renderer__', strict=strict)
    return found


def request_auth(request: HttpRequest, *, strict: bool = False) -> Any:
    """Return the auth instance that vouched for the user of *request*.

    Raises:
        AttributeError: there is none and *strict* is set.
    """
    return _read(request, '__dmr_auth__', strict=strict)


def request_jwt(request: HttpRequest, *, strict: bool = False) -> Any:
    """Return the JSON web token that *request* came with.

    Raises:
        AttributeError: there is none and *strict* is set.
    """
    return _read(request, '__dmr_jwt__', strict=strict)


def request_token(request: HttpRequest, *, strict: bool = False) -> Any:
    """Return the database token that *request* came with.

    Raises:
        AttributeError: there is none and *strict* is set.
    """
    return _read(request, '__dmr_token__', strict=strict)


def _read(request: HttpRequest, name: str, *, strict: bool) -> Any:
    found = getattr(request, name, None)
    if found is None and strict:
        raise AttributeError(name)
    return found
