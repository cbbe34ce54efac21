"""URLs: routers, patterns that match fast, and handlers for 404 and 500."""

from collections.abc import Callable, Coroutine, Sequence
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, TypeAlias, cast, overload

from django.core.exceptions import (
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import URLPattern, URLResolver
from django.urls import path as django_path
from django.urls.resolvers import RoutePattern
from django.utils.cache import patch_vary_headers
from django.utils.functional import Promise
from django.views.defaults import bad_request, page_not_found, server_error

from dmr.errors import ErrorType, FormatError, format_error
from dmr.exceptions import InternalServerError
from dmr.internal.last_resort import last_resort
from dmr.internal.url_index import IndexedURLResolver, PrefixRoutePattern
from dmr.negotiation.response import negotiate_renderer
from dmr.renderers import Renderer
from dmr.response import build_response
from dmr.serializer import BaseSerializer, resolve_serializer
from dmr.settings import (
    AnyRenderer,
    Settings,
    as_renderers,
    resolve_setting,
)

if TYPE_CHECKING:
    from dmr.description import DescriptionContext

_StrOrPromise: TypeAlias = str | Promise
#: What Django raises for requests over its limits.
_LIMITS = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)

_Patterns: TypeAlias = Sequence[URLPattern | URLResolver]


class Router:
    """Collect the URLs of an API under one *prefix*.

    *tags* and *deprecated* are added to all of its operations in
    descriptions. Include it with Django's own functions:

    >>> from django.urls import include, path
    >>> from dmr.routing import Router
    >>> router = Router('api/', [])
    >>> urlpatterns = [path(router.prefix, include((router.urls, 'app')))]
    """

    def __init__(
        self,
        prefix: str,
        urls: _Patterns,
        *,
        tags: list[str] | None = None,
        deprecated: bool = False,
    ) -> None:
        """Collect *urls*, which may include other URL resolvers."""
        self.prefix = prefix
        self.urls = urls
        self.tags = tags or []
        self.deprecated = deprecated

    def get_schema(self, context: 'DescriptionContext') -> Any:
        """Describe all controllers of this router."""
        return context.document(self)


@overload
def path(
    route: _StrOrPromise,
    view: Callable[..., HttpResponseBase],
    kwargs: dict[str, Any] | None = None,
    name: str | None = None,
) -> URLPattern: ...


@overload
def path(
    route: _StrOrPromise,
    view: Callable[..., Coroutine[Any, Any, HttpResponseBase]],
    kwargs: dict[str, Any] | None = None,
    name: str | None = None,
) -> URLPattern: ...


@overload
def path(
    route: _StrOrPromise,
    view: tuple[_Patterns, str | None, str | None],
    kwargs: dict[str, Any] | None = None,
    name: str | None = None,
) -> URLResolver: ...


@overload
def path(
    route: _StrOrPromise,
    view: Sequence[URLResolver | str],
    kwargs: dict[str, Any] | None = None,
    name: str | None = None,
) -> URLResolver: ...


def path(
    route: _StrOrPromise,
    view: Any,
    kwargs: dict[str, Any] | None = None,
    name: str | None = None,
) -> URLPattern | URLResolver:
    """Return the same as ``django.urls.path``, matched faster.

    The literal start of the route is compared before its regular expression
    is tried, and an include knows which of its patterns can match at all.
    """
    # The overloads above are those of Django.
    make_pattern = cast('Callable[..., URLPattern | URLResolver]', django_path)
    pattern = make_pattern(route, view, kwargs=kwargs, name=name)
    if isinstance(route, str) and isinstance(pattern.pattern, RoutePattern):
        pattern.pattern = PrefixRoutePattern(
            route,
            name=name,
            is_endpoint=isinstance(pattern, URLPattern),
        )
    if isinstance(pattern, URLResolver):
        return IndexedURLResolver(
            pattern.pattern,
            pattern.urlconf_name,
            pattern.default_kwargs,
            app_name=pattern.app_name,
            namespace=pattern.namespace,
        )
    return pattern


def build_400_handler(
    prefix: str,
    /,
    *prefixes: str,
    serializer: type[BaseSerializer] | str,
    format_error: FormatError = format_error,
    renderers: Sequence[AnyRenderer] | None = None,
) -> Callable[[HttpRequest, Exception], HttpResponse]:
    """Return a ``handler400`` that answers in the format of the API.

    Django calls it for requests that it refuses itself, such as those for a
    host that is not in ``ALLOWED_HOSTS``. Those over a limit are answered with
    413. Arguments are those of `build_404_handler`.

    >>> handler400 = build_400_handler('api/', serializer=serializer)
    """
    covers = _covers(prefix, *prefixes)
    found_serializer = resolve_serializer(serializer)
    found_renderers = _given_renderers(renderers)

    def handler400(request: HttpRequest, exception: Exception) -> HttpResponse:
        if not covers(request.path_info):
            return bad_request(request, exception)
        return _negotiated(
            request,
            lambda: format_error(
                'Bad request',
                error_type=ErrorType.value_error,
            ),
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE
            if isinstance(exception, _LIMITS)
            else HTTPStatus.BAD_REQUEST,
            serializer=found_serializer,
            renderers=found_renderers,
        )

    return handler400


def build_404_handler(
    prefix: str,
    /,
    *prefixes: str,
    serializer: type[BaseSerializer] | str,
    format_error: FormatError = format_error,
    renderers: Sequence[AnyRenderer] | None = None,
) -> Callable[[HttpRequest, Exception], HttpResponse]:
    """Return a ``handler404`` that answers in the format of the API.

    It is for paths below the prefixes, Django's own page is for all others.
    *serializer* may also be the name of a plugin, or an import path.
    *renderers* are by default those of the settings.

    >>> handler404 = build_404_handler('api/', serializer=serializer)
    """
    covers = _covers(prefix, *prefixes)
    found_serializer = resolve_serializer(serializer)
    found_renderers = _given_renderers(renderers)

    def handler404(request: HttpRequest, exception: Exception) -> HttpResponse:
        if not covers(request.path_info):
            return page_not_found(request, exception)
        return _negotiated(
            request,
            lambda: format_error(
                'Page not found',
                error_type=ErrorType.not_found,
            ),
            HTTPStatus.NOT_FOUND,
            serializer=found_serializer,
            renderers=found_renderers,
        )

    return handler404


def build_500_handler(
    prefix: str,
    /,
    *prefixes: str,
    serializer: type[BaseSerializer] | str,
    format_error: FormatError = format_error,
    renderers: Sequence[AnyRenderer] | None = None,
) -> Callable[[HttpRequest], HttpResponse]:
    """Return a ``handler500`` that answers in the format of the API.

    It is for paths below the prefixes, Django's own page is for all others.
    *serializer* may also be the name of a plugin, or an import path.
    *renderers* are by default those of the settings.

    >>> handler500 = build_500_handler('api/', serializer=serializer)
    """
    covers = _covers(prefix, *prefixes)
    found_serializer = resolve_serializer(serializer)
    found_renderers = _given_renderers(renderers)

    def handler500(request: HttpRequest) -> HttpResponse:
        if not covers(request.path_info):
            return server_error(request)
        return _negotiated(
            request,
            lambda: format_error(
                str(InternalServerError.default_message),
                error_type=ErrorType.internal_error,
            ),
            HTTPStatus.INTERNAL_SERVER_ERROR,
            serializer=found_serializer,
            renderers=found_renderers,
        )

    return handler500


def _covers(*prefixes: str) -> Callable[[str], bool]:
    """Return whether a path is below one of the prefixes.

    Whole segments count: ``api/`` has nothing to do with ``/apiary/``.
    """
    starts = tuple(f'/{one.lstrip("/")}' for one in prefixes)
    exact = frozenset(one for one in starts if not one.endswith('/'))
    below = tuple(one if one.endswith('/') else f'{one}/' for one in starts)

    def covers(path: str) -> bool:
        return path.startswith(below) or path in exact

    return covers


def _negotiated(
    request: HttpRequest,
    make_body: Callable[[], Any],
    status_code: HTTPStatus,
    *,
    serializer: type[BaseSerializer],
    renderers: Sequence[Renderer] | None,
) -> HttpResponse:
    try:
        available = _error_renderers(renderers)
        response = build_response(
            serializer,
            raw_data=make_body(),
            status_code=status_code,
            renderer=negotiate_renderer(request, available) or available[0],
        )
    # Settings and functions of the user are at work, which can raise anything,
    # and nobody else answers when this one does not.
    except Exception as exc:
        return last_resort(request, exc)
    if len(available) > 1:
        patch_vary_headers(response, ('Accept',))
    return response


def _given_renderers(
    renderers: Sequence[AnyRenderer] | None,
) -> list[Renderer] | None:
    if renderers is None:
        return None
    return as_renderers(renderers, 'renderers of a handler')


def _error_renderers(renderers: Sequence[Renderer] | None) -> list[Renderer]:
    # Settings are read per request, so that they can be overridden.
    available: Sequence[Renderer] = (
        resolve_setting(Settings.renderers) if renderers is None else renderers
    )
    return [one for one in available if one.renders_data and not one.streaming]
