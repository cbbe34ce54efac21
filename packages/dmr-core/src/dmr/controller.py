"""Controllers: classes whose methods are the endpoints of one URL.

A controller is a Django view. When a class is created, all of its endpoints
are compiled; per request it only picks one of them.
"""

from collections.abc import Callable, Mapping, Sequence, Set
from http import HTTPMethod, HTTPStatus
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.functional import classproperty
from django.utils.translation import gettext as _
from django.views.generic.base import View
from typing_extensions import deprecated, override

from dmr.cookies import NewCookie
from dmr.endpoint import Endpoint
from dmr.endpoint.collection import collect_endpoints
from dmr.endpoint.view import compile_view, refuse_options
from dmr.errors import ErrorModel, ErrorType, format_error, quoted
from dmr.exceptions import UnsolvableAnnotationsError
from dmr.internal.overriding import overrides
from dmr.internal.request_state import request_endpoint
from dmr.metadata import ResponseSpec
from dmr.negotiation.fallback import data_renderer
from dmr.renderers import Renderer
from dmr.response import build_response
from dmr.security import AsyncAuth, SyncAuth
from dmr.security.permissions import Permission
from dmr.serializer import BaseSerializer
from dmr.settings import (
    AnyParser,
    AnyRenderer,
    HttpSpec,
    Settings,
    as_renderers,
    resolve_setting,
)
from dmr.types import AnnotationsContext, Empty, EmptyObj, TypeVarInference
from dmr.validation import ControllerValidator, SettingsValidator

if TYPE_CHECKING:
    from django.urls import URLPattern

    from dmr.description import DescriptionContext
    from dmr.routing import Router
    from dmr.throttling import AsyncThrottle, SyncThrottle

_SerializerT_co = TypeVar(
    '_SerializerT_co',
    bound=BaseSerializer,
    covariant=True,
)


class Controller(View, Generic[_SerializerT_co]):
    """Base class of all REST views, generic over the serializer.

    Methods named like HTTP methods are endpoints, OPTIONS is ``meta``. They
    return raw data, or responses when they are decorated with `validate`:

    >>> from dmr import Controller
    >>> class Ping(Controller[serializer]):
    ...     def get(self) -> dict[str, str]:
    ...         return {'answer': 'pong'}

    A controller whose serializer is a type variable is abstract, it can be
    subclassed with a real one.
    """

    # Classes that do the work, to be replaced in subclasses:
    endpoint_cls: ClassVar[type[Endpoint]] = Endpoint
    settings_validator_cls: ClassVar[type[SettingsValidator]] = (
        SettingsValidator
    )
    controller_validator_cls: ClassVar[type[ControllerValidator]] = (
        ControllerValidator
    )

    # Options, endpoints can override most of them:
    no_validate_http_spec: ClassVar[Set[HttpSpec] | None] = frozenset()
    validate_responses: ClassVar[bool | None] = None
    validate_events: ClassVar[bool | None] = None
    validate_negotiation: ClassVar[bool | None] = None
    semantic_responses: ClassVar[bool | None] = None
    exclude_semantic_responses: ClassVar[Set[HTTPStatus] | None] = frozenset()
    responses: ClassVar[Sequence[ResponseSpec]] = []
    allowed_http_methods: ClassVar[Set[str]] = frozenset(
        {method.lower() for method in HTTPMethod} - {'options'} | {'meta'},
    )
    parsers: ClassVar[Sequence[AnyParser]] = ()
    renderers: ClassVar[Sequence[AnyRenderer]] = ()
    auth: ClassVar[Sequence[SyncAuth] | Sequence[AsyncAuth] | None] = ()
    throttling: ClassVar[
        'Sequence[SyncThrottle] | Sequence[AsyncThrottle] | None'
    ] = ()
    permissions: ClassVar[Sequence[Permission] | None] = ()
    throttling_allow_unsafe_cache: ClassVar[bool | Empty | None] = EmptyObj
    error_model: ClassVar[Any] = ErrorModel
    csrf_exempt: ClassVar[bool] = True
    streaming: ClassVar[bool] = False
    annotations_context: ClassVar[AnnotationsContext] = AnnotationsContext()

    # What descriptions say about the path:
    summary: ClassVar[str | None] = None
    description: ClassVar[str | None] = None
    servers: ClassVar[Sequence[Any] | None] = None

    # Found when the class is created:
    serializer: ClassVar[type[BaseSerializer]]
    api_endpoints: ClassVar[Mapping[str, Endpoint]]
    is_abstract: ClassVar[bool] = True
    is_async: ClassVar[bool | None] = None

    request: HttpRequest
    args: tuple[Any, ...]
    kwargs: dict[str, Any]

    def __init_subclass__(cls) -> None:
        """Compile all endpoints.

        Raises:
            UnsolvableAnnotationsError: annotations cannot be read, or there
                is no serializer.
            EndpointMetadataError: a definition breaks a rule.
        """
        super().__init_subclass__()
        serializer = _find_serializer(cls)
        if serializer is None:
            return
        cls.serializer = serializer
        cls.settings_validator_cls(serializer=serializer)()
        cls.api_endpoints = collect_endpoints(cls)
        cls.is_abstract = not cls.api_endpoints
        cls.is_async = cls.controller_validator_cls()(cls)

    @classproperty
    def view_is_async(cls) -> bool:  # noqa: N805
        """Tell Django whether to call the view as a coroutine function."""
        return bool(cls.is_async)

    @classmethod
    @override
    def as_view(cls, **initkwargs: Any) -> Callable[..., HttpResponseBase]:
        """Return the view function, for URL patterns.

        It is exempt from Django's CSRF check unless ``csrf_exempt`` is off.
        Session auth makes that check itself.

        Raises:
            TypeError: an argument is an option, which endpoints have already.
        """
        refuse_options(cls, initkwargs.keys() & Controller.__annotations__)
        view = super().as_view(**initkwargs)
        own_methods = '__init__', 'setup', 'dispatch'
        if not initkwargs and not cls.overrides(*own_methods):
            view = compile_view(cls, view)
        # Switched off, it leaves alone what decorators of `dispatch` say.
        if cls.csrf_exempt:
            view.csrf_exempt = True  # type: ignore[attr-defined]
        return view

    @classmethod
    def overrides(cls, *names: str) -> bool:
        """Tell whether this class has its own of any of these methods.

        Asked at import, where a fast way would skip the method.
        """
        return overrides(cls, Controller, *names)

    @override
    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Take over the request, once per instance.

        Unlike Django's own it does not make HEAD from GET.
        """
        self.request = request
        self.args = args
        self.kwargs = kwargs

    @override
    def dispatch(
        self,
        request: HttpRequest,
        *args: Any,
        **kwargs: Any,
    ) -> HttpResponseBase:
        """Run the endpoint for the request's method, or answer 405."""
        endpoint = self.api_endpoints.get(request.method or '')
        if endpoint is not None:
            return endpoint(self, *args, **kwargs)
        response = self.handle_method_not_allowed(request.method or '')
        if self.is_async:
            pending: Any = _as_coroutine(response)
            return pending  # type: ignore[no-any-return]
        return response

    def format_error(
        self,
        error: str | Exception,
        *,
        loc: str | list[str | int] | None = None,
        error_type: str | ErrorType | None = None,
    ) -> Any:
        """Convert *error* to the body of an error response.

        Override it together with ``error_model``. *loc* says where the error
        is: ``'headers'`` or ``['parsed_headers', 'X-Token']``.
        """
        return format_error(error, loc=loc, error_type=error_type)

    def to_response(
        self,
        raw_data: Any,
        *,
        headers: Mapping[str, str] | None = None,
        cookies: Mapping[str, NewCookie] | None = None,
        status_code: HTTPStatus | None = None,
        renderer: Renderer | None = None,
    ) -> HttpResponse:
        """Return a response with *raw_data* in the negotiated format.

        The status is by default that of a successful response to the method.
        All raw data that endpoints return come through here.

        Raises:
            DataRenderingError: *raw_data* cannot be rendered.
        """
        return build_response(
            self.serializer,
            raw_data=raw_data,
            method=self.request.method or '',
            headers=headers,
            cookies=cookies,
            status_code=status_code,
            renderer=renderer or self._renderer(),
        )

    def to_error(
        self,
        raw_data: Any,
        *,
        status_code: HTTPStatus,
        headers: Mapping[str, str] | None = None,
        cookies: Mapping[str, NewCookie] | None = None,
        renderer: Renderer | None = None,
    ) -> HttpResponse:
        """Return an error response with *raw_data* in the negotiated format.

        All errors come through here, also those of streams, which are no
        streams themselves.

        Raises:
            DataRenderingError: *raw_data* cannot be rendered.
        """
        return build_response(
            self.serializer,
            raw_data=raw_data,
            headers=headers,
            cookies=cookies,
            status_code=status_code,
            renderer=renderer or self._renderer(),
        )

    def handle_error(
        self,
        endpoint: Endpoint,
        controller: 'Controller[BaseSerializer]',
        exc: Exception,
    ) -> HttpResponse:
        """Return the response to an error of a sync endpoint.

        Override it to handle errors of all endpoints of this class; decline
        by raising *exc* again, as the default does.
        """
        raise exc

    async def handle_async_error(
        self,
        endpoint: Endpoint,
        controller: 'Controller[BaseSerializer]',
        exc: Exception,
    ) -> HttpResponse:
        """Return the response to an error of an async endpoint.

        Override it to handle errors of all endpoints of this class; decline
        by raising *exc* again, as the default does.
        """
        raise exc

    def handle_method_not_allowed(self, method: str) -> HttpResponse:
        """Return the 405 response. There is no endpoint for this request."""
        allowed = sorted(self.api_endpoints)
        response = self.to_error(
            self.format_error(
                _('Method {method} is not allowed, allowed: {allowed}').format(
                    method=repr(quoted(method)),
                    allowed=repr(allowed),
                ),
                error_type=ErrorType.not_allowed,
            ),
            status_code=HTTPStatus.METHOD_NOT_ALLOWED,
            headers={'Allow': ', '.join(allowed)},
        )
        if len(self._listed_renderers()) > 1:
            patch_vary_headers(response, ('Accept',))
        return response

    @classmethod
    def get_path_item(
        cls,
        path: str,
        pattern: 'URLPattern',
        context: 'DescriptionContext',
        router: 'Router | None' = None,
    ) -> Any:
        """Describe all endpoints of this controller at *path*."""
        return context.path_item(cls, path, pattern, router=router)

    @override
    @deprecated('Override `handle_method_not_allowed` instead')
    def http_method_not_allowed(
        self,
        request: HttpRequest,
        *args: Any,
        **kwargs: Any,
    ) -> HttpResponse:
        """Refuse to work, it answers in the wrong format.

        Raises:
            NotImplementedError: always.
        """
        raise NotImplementedError(
            'Use `handle_method_not_allowed` instead of '
            '`http_method_not_allowed`',
        )

    @override
    @deprecated('Define `meta` instead')
    def options(
        self,
        request: HttpRequest,
        *args: Any,
        **kwargs: Any,
    ) -> HttpResponse:
        """Refuse to work, endpoints for OPTIONS are named ``meta``.

        Raises:
            NotImplementedError: always.
        """
        raise NotImplementedError(
            'Define `meta` for OPTIONS, or use `MetaMixin`',
        )

    def _renderer(self) -> Renderer:
        return data_renderer(self.request, self._listed_renderers)

    def _listed_renderers(self) -> Sequence[Renderer]:
        endpoint = request_endpoint(self.request)
        if endpoint is not None:
            return [*endpoint.metadata.renderers.values()]
        return as_renderers(
            self.renderers or resolve_setting(Settings.renderers),
            f'renderers of {type(self).__qualname__}',
        )


def _find_serializer(
    cls: type[Controller[Any]],
) -> type[BaseSerializer] | None:
    """Return the type argument, ``None`` if it is still a type variable."""
    inference = TypeVarInference(_SerializerT_co, cls)
    found = inference()[_SerializerT_co]
    if found is _SerializerT_co:
        raise UnsolvableAnnotationsError(
            f'{cls!r} needs at least 1 type argument: the serializer. '
            f'Write `class {cls.__name__}(Controller[MySerializer])`.',
        )
    if isinstance(found, TypeVar):
        return None
    if (
        not isinstance(found, type)
        or not issubclass(found, BaseSerializer)
        or found is BaseSerializer
    ):
        raise UnsolvableAnnotationsError(
            f'Type argument {found!r} of {cls!r} must be a subclass of '
            '`BaseSerializer`. Pass the serializer of a plugin, or your own.',
        )
    return found


async def _as_coroutine(
    response: HttpResponse,
) -> HttpResponse:
    return response
