"""Build responses, and the two exceptions that are answers."""

from collections.abc import Mapping
from http import HTTPMethod, HTTPStatus
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar, overload
from urllib.parse import urlsplit

from django.core.exceptions import DisallowedRedirect
from django.http import HttpResponse
from django.utils import http as django_http
from django.utils.encoding import iri_to_uri
from django.utils.functional import Promise

from dmr.cookies import NewCookie, set_cookies
from dmr.internal.immediate import ImmediateResponse
from dmr.internal.rendered import RenderedResponse, content_type_store
from dmr.negotiation.fallback import first_data_renderer

if TYPE_CHECKING:
    from dmr.renderers import Renderer
    from dmr.serializer import BaseSerializer

_ItemT = TypeVar('_ItemT')

#: Django's own limit, or the same number where Django has none yet.
_MAX_REDIRECT_LENGTH: Final[int] = getattr(
    django_http,
    'MAX_URL_REDIRECT_LENGTH',
    16384,
)
#: Django answers with these statuses only.
MIN_STATUS: Final = 100
MAX_STATUS: Final = 599


class APIError(ImmediateResponse, Generic[_ItemT]):
    """Answer with an error at once, from anywhere below an endpoint.

    The answer is validated like any other response, so its status must be
    described:

    >>> from http import HTTPStatus
    >>> from dmr import APIError, ResponseSpec, modify
    >>> from dmr.errors import ErrorModel, ErrorType, format_error

    >>> not_found = APIError(
    ...     format_error('No such user', error_type=ErrorType.user_msg),
    ...     status_code=HTTPStatus.NOT_FOUND,
    ... )
    >>> not_found.raw_data
    {'detail': [{'msg': 'No such user', 'type': 'user_msg'}]}

    Raises:
        DisallowedRedirect: *status_code* is a redirect, use `RedirectTo`.
    """

    def __init__(
        self,
        raw_data: _ItemT,
        *,
        status_code: HTTPStatus,
        headers: Mapping[str, str] | None = None,
        cookies: Mapping[str, NewCookie] | None = None,
    ) -> None:
        if _is_redirect(status_code):
            raise DisallowedRedirect(
                f'APIError cannot answer with status {status_code!r}. '
                'Raise `RedirectTo` to redirect.',
            )
        super().__init__(raw_data)
        self.raw_data = raw_data
        self.status_code = status_code
        self.headers = headers
        self.cookies = cookies


class RedirectTo(ImmediateResponse):
    """Redirect at once, from anywhere below an endpoint.

    The status and its ``Location`` header must be described by a spec.

    Raises:
        DisallowedRedirect: the URL is too long or has a scheme other than
            http and https, or *status_code* is no redirect.
    """

    def __init__(
        self,
        redirect_to: str | Promise,
        *,
        status_code: HTTPStatus = HTTPStatus.FOUND,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        location = str(redirect_to)
        _check_redirect(location, status_code)
        super().__init__(location)
        self.redirect_to = location
        self.raw_data = None
        self.status_code = status_code
        self.headers = {'Location': iri_to_uri(location), **(headers or {})}
        self.cookies = None


def infer_status_code(
    method_name: HTTPMethod | str,
    *,
    streaming: bool = False,
) -> HTTPStatus:
    """Return the status of a successful response: 201 for POST, else 200.

    Streams are always 200.

    Raises:
        ValueError: the method is none of HTTP's own.
    """
    try:
        method = HTTPMethod(method_name.upper())
    except ValueError as exc:
        raise ValueError(
            f'Nobody knows the status of a successful {method_name.upper()}, '
            'which is no method of HTTP. Pass a `status_code`.',
        ) from exc
    if method is HTTPMethod.POST and not streaming:
        return HTTPStatus.CREATED
    return HTTPStatus.OK


@overload
def build_response(
    serializer: 'type[BaseSerializer]',
    *,
    raw_data: Any,
    method: HTTPMethod | str,
    headers: Mapping[str, str] | None = None,
    cookies: Mapping[str, NewCookie] | None = None,
    status_code: HTTPStatus | None = None,
    renderer: 'Renderer | None' = None,
) -> HttpResponse: ...


@overload
def build_response(
    serializer: 'type[BaseSerializer]',
    *,
    raw_data: Any,
    status_code: HTTPStatus,
    method: None = None,
    headers: Mapping[str, str] | None = None,
    cookies: Mapping[str, NewCookie] | None = None,
    renderer: 'Renderer | None' = None,
) -> HttpResponse: ...


def build_response(
    serializer: 'type[BaseSerializer]',
    *,
    raw_data: Any,
    method: HTTPMethod | str | None = None,
    headers: Mapping[str, str] | None = None,
    cookies: Mapping[str, NewCookie] | None = None,
    status_code: HTTPStatus | None = None,
    renderer: 'Renderer | None' = None,
) -> HttpResponse:
    """Return a response with *raw_data* rendered, ``None`` is an empty body.

    Use ``Controller.to_response`` instead wherever there is a controller. The
    status comes from *status_code*, else from *method*. The renderer is by
    default the first one of the settings.

    Raises:
        ValueError: neither *status_code* nor *method* is given.
        DataRenderingError: *raw_data* cannot be rendered.
    """
    if status_code is None:
        if method is None:
            raise ValueError(
                'build_response() needs either `status_code` or `method`.',
            )
        status_code = infer_status_code(method)
    if renderer is None:
        renderer = first_data_renderer()
    content = b''
    if raw_data is not None:
        content = serializer.serialize(raw_data, renderer=renderer)
    return make_response(
        content,
        content_type=renderer.content_type,
        status_code=status_code,
        headers=headers,
        cookies=cookies,
    )


def make_response(
    content: bytes,
    *,
    content_type: str,
    status_code: int,
    headers: Mapping[str, str] | None = None,
    cookies: Mapping[str, NewCookie] | None = None,
) -> HttpResponse:
    """Return a response with *content*, whose media type always wins."""
    if type(content) is bytes and MIN_STATUS <= status_code <= MAX_STATUS:
        # 3 µs faster, the same in every respect.
        response: HttpResponse = RenderedResponse(
            content,
            int(status_code),
            content_type_store(content_type),
        )
        for name, value in (headers or {}).items():
            if name.lower() != 'content-type':
                response.headers[name] = value
    else:
        response = HttpResponse(content, status=status_code, headers=headers)
        response.headers['Content-Type'] = content_type
    set_cookies(response, cookies)
    return response


def _check_redirect(location: str, status_code: HTTPStatus) -> None:
    limit = _MAX_REDIRECT_LENGTH
    if len(location) > limit:
        raise DisallowedRedirect(
            f'Unsafe redirect exceeding {limit} characters',
        )
    try:
        scheme = urlsplit(location).scheme
    except ValueError as exc:
        raise DisallowedRedirect('Unsafe redirect to malformed URL') from exc
    if scheme and scheme not in {'http', 'https'}:
        raise DisallowedRedirect(
            f'Unsafe redirect to URL with protocol {scheme!r}',
        )
    if not _is_redirect(status_code):
        raise DisallowedRedirect(
            f'RedirectTo needs one of 3xx statuses, not {status_code!r}',
        )


def _is_redirect(status_code: HTTPStatus) -> bool:
    return 300 <= status_code < 400
