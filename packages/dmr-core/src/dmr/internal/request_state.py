"""What the framework remembers on a request, written and read only here.

The attribute names are documented, user code may read them. Names of slots:
``__dmr_endpoint__``, ``__dmr_parser__``, ``__dmr_renderer__``,
``__dmr_nonstreaming_renderer__``, ``__dmr_auth__``. What a wrapped middleware
goes on with is our own affair: ``__dmr_pending_view__``.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Literal, Protocol, cast, overload

from django.http import HttpRequest

if TYPE_CHECKING:
    from dmr.endpoint import Endpoint
    from dmr.parsers import Parser
    from dmr.renderers import Renderer


class _State(Protocol):
    __dmr_endpoint__: 'Endpoint'
    __dmr_parser__: 'Parser'
    __dmr_renderer__: 'Renderer'
    __dmr_nonstreaming_renderer__: 'Renderer'
    __dmr_auth__: Any
    __dmr_pending_view__: Callable[[HttpRequest], Any]


def set_endpoint(request: HttpRequest, endpoint: 'Endpoint') -> None:
    """Remember which endpoint serves *request*."""
    cast(_State, request).__dmr_endpoint__ = endpoint


def set_parser(request: HttpRequest, parser: 'Parser') -> None:
    """Remember which parser reads the body of *request*."""
    cast(_State, request).__dmr_parser__ = parser


def set_renderer(request: HttpRequest, renderer: 'Renderer') -> None:
    """Remember which renderer was negotiated for *request*."""
    cast(_State, request).__dmr_renderer__ = renderer


def set_nonstreaming_renderer(
    request: HttpRequest,
    renderer: 'Renderer',
) -> None:
    """Remember which renderer writes what is no stream, such as errors."""
    cast(_State, request).__dmr_nonstreaming_renderer__ = renderer


def set_auth(request: HttpRequest, auth: Any) -> None:
    """Remember which auth vouched for the user of *request*."""
    cast(_State, request).__dmr_auth__ = auth


def set_pending_view(
    request: HttpRequest,
    view: Callable[[HttpRequest], Any],
) -> None:
    """Remember how *request* goes on behind a middleware."""
    cast(_State, request).__dmr_pending_view__ = view


def pending_view(request: HttpRequest) -> Callable[[HttpRequest], Any]:
    """Return how *request* goes on behind a middleware."""
    return cast(_State, request).__dmr_pending_view__


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


def _read(request: HttpRequest, name: str, *, strict: bool) -> Any:
    found = getattr(request, name, None)
    if found is None and strict:
        raise AttributeError(name)
    return found
