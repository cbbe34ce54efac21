"""Rules that every definition must keep, checked at import.

A rule is a function; a new one is a function and its name in `RULES`. The
messages name the endpoint, the fault and the way out.
"""

import inspect
import warnings
from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final, TypeAlias, cast

from dmr.cookies import CookieSpec, NewCookie
from dmr.exceptions import EndpointMetadataError
from dmr.headers import HeaderSpec, NewHeader
from dmr.internal.kinds import is_a
from dmr.internal.warned import UnsafeCacheBackendWarning
from dmr.metadata import EndpointMetadata, ResponseSpec
from dmr.parsers import Parser
from dmr.renderers import Renderer
from dmr.response import MAX_STATUS, MIN_STATUS
from dmr.security import AsyncAuth, SyncAuth
from dmr.security.permissions import Permission
from dmr.settings import HttpSpec
from dmr.validation.payload import (
    ModifyEndpointPayload,
    Payload,
    ValidateEndpointPayload,
)

if TYPE_CHECKING:
    from dmr.controller import Controller
    from dmr.serializer import BaseSerializer

#: Raises `EndpointMetadataError` when the rule is broken.
Rule: TypeAlias = Callable[
    [
        EndpointMetadata,
        Callable[..., Any],
        'type[Controller[BaseSerializer]]',
    ],
    None,
]

#: Statuses that have no body (RFC 9110, section 6.4.1), with all of 1xx.
_WITHOUT_BODY: Final = frozenset(
    (
        HTTPStatus.NO_CONTENT,
        HTTPStatus.NOT_MODIFIED,
    )
)


def check_payload(
    payload: Payload | None,
    *,
    endpoint_name: str,
    returns_response: bool,
    return_type: Any,
) -> None:
    """Check that the decorator fits what the function returns."""
    if returns_response and isinstance(payload, ModifyEndpointPayload):
        raise EndpointMetadataError(
            f'{endpoint_name} returns {return_type!r}, so @modify cannot be '
            'used: it is for raw data. Use @validate with a ResponseSpec.',
        )
    if not returns_response and isinstance(payload, ValidateEndpointPayload):
        raise EndpointMetadataError(
            f'{endpoint_name} returns raw data ({return_type!r}), so '
            '@validate cannot be used: it is for HttpResponse. Use @modify.',
        )
    if isinstance(payload, ModifyEndpointPayload):
        _check_modified_headers(payload, endpoint_name)
        _check_modified_cookies(payload, endpoint_name)


def check_explicit_responses(
    specs: Sequence[ResponseSpec],
    metadata: EndpointMetadata,
    *,
    returns_response: bool,
) -> None:
    """Check the specs that somebody wrote down."""
    if returns_response and not specs:
        raise EndpointMetadataError(
            f'{metadata.endpoint_name} returns a response that nobody '
            'describes. Decorate it with @validate and at least one '
            'ResponseSpec.',
        )
    check_unique(specs, metadata.endpoint_name)
    for spec in specs:
        _check_status(spec, metadata.endpoint_name)
        _check_spec_headers(spec, metadata.endpoint_name)
        _check_spec_cookies(spec, metadata.endpoint_name)
        _check_empty_body(spec, metadata)


def check_unique(specs: Sequence[ResponseSpec], endpoint_name: str) -> None:
    """Refuse two different specs for one status."""
    known: dict[HTTPStatus, ResponseSpec] = {}
    for spec in specs:
        if known.setdefault(spec.status_code, spec) != spec:
            raise EndpointMetadataError(
                f'{endpoint_name} has responses with different metadata for '
                f'status {spec.status_code!r}: {known[spec.status_code]!r} '
                f'and {spec!r}. Keep one of them.',
            )


def check_error_handler_colour(
    metadata: EndpointMetadata,
    func: Callable[..., Any],
    controller_cls: 'type[Controller[BaseSerializer]]',
) -> None:
    """Refuse sync error handlers on async endpoints, and the reverse."""
    if metadata.error_handler is None:
        return
    if not callable(metadata.error_handler):
        raise EndpointMetadataError(
            f'{metadata.endpoint_name}: {metadata.error_handler!r} in '
            '`error_handler` cannot be called. Pass a function.',
        )
    handler_is_async = inspect.iscoroutinefunction(metadata.error_handler)
    endpoint_is_async = inspect.iscoroutinefunction(func)
    if handler_is_async == endpoint_is_async:
        return
    wrong, right = ('async', 'sync')[:: 1 if handler_is_async else -1]
    raise EndpointMetadataError(
        f'Cannot pass {wrong} `error_handler` to {right} '
        f'{metadata.endpoint_name}. Make both the same.',
    )


def check_pluggables(
    metadata: EndpointMetadata,
    func: Callable[..., Any],
    controller_cls: 'type[Controller[BaseSerializer]]',
) -> None:
    """Require parsers and renderers, and a serializer that works with them."""
    parsers, renderers = metadata.parsers, metadata.renderers
    for kind, found in (('parser', parsers), ('renderer', renderers)):
        if not found:
            raise EndpointMetadataError(
                f'{metadata.endpoint_name} must have at least one {kind} '
                'configured in settings, its controller or itself.',
            )
    _check_instances([*parsers.values()], Parser, 'parsers', metadata)
    _check_instances([*renderers.values()], Renderer, 'renderers', metadata)
    pluggables: list[Parser | Renderer] = [*parsers.values()]
    for pluggable in (*pluggables, *renderers.values()):
        if not controller_cls.serializer.is_supported(pluggable):
            raise EndpointMetadataError(
                f'{metadata.endpoint_name}: {controller_cls.serializer!r} '
                f'serializer does not support {pluggable!r}. Remove it, or '
                'use another serializer.',
            )


def check_auth_colour(
    metadata: EndpointMetadata,
    func: Callable[..., Any],
    controller_cls: 'type[Controller[BaseSerializer]]',
) -> None:
    """Refuse sync auth on async endpoints, and the reverse."""
    if not metadata.auth:
        return
    is_async = inspect.iscoroutinefunction(func)
    base: type[Any] = AsyncAuth if is_async else SyncAuth
    _check_instances(metadata.auth, base, 'auth', metadata)


def check_permissions(
    metadata: EndpointMetadata,
    func: Callable[..., Any],
    controller_cls: 'type[Controller[BaseSerializer]]',
) -> None:
    """Refuse what is no permission, and async ones on sync endpoints."""
    permissions = metadata.permissions
    if not permissions:
        return
    _check_instances(permissions, Permission, 'permissions', metadata)
    if inspect.iscoroutinefunction(func):
        return
    for one in permissions:
        if one.is_async:
            raise EndpointMetadataError(
                f'{metadata.endpoint_name}: {one!r} in `permissions` is '
                'async, so the endpoint must be. Use a sync permission, or '
                'make the endpoint `async def`.',
            )


def check_throttling_colour(
    metadata: EndpointMetadata,
    func: Callable[..., Any],
    controller_cls: 'type[Controller[BaseSerializer]]',
) -> None:
    """Refuse sync throttles on async endpoints, and the reverse."""
    throttling = metadata.throttling
    if throttling is None:
        return
    is_async = inspect.iscoroutinefunction(func)
    base = 'AsyncThrottle' if is_async else 'SyncThrottle'
    name = f'dmr.throttling.throttles.{base}'
    for one in throttling:
        if not is_a(one, name):
            raise _wrong_instance(
                one, f"<class '{name}'>", 'throttling', metadata
            )


def check_throttling_cache(
    metadata: EndpointMetadata,
    func: Callable[..., Any],
    controller_cls: 'type[Controller[BaseSerializer]]',
) -> None:
    """Warn about caches that cannot count requests of all processes."""
    allowed = metadata.throttling_allow_unsafe_cache
    if allowed is None:
        return
    for throttle in metadata.throttling or ():
        reason = throttle.unsafe_reason()
        if reason is None:
            continue
        message = f'{metadata.endpoint_name}: {reason}'
        if not allowed:
            raise EndpointMetadataError(message)
        warnings.warn(message, UnsafeCacheBackendWarning, stacklevel=2)


def check_is_no_generator(
    metadata: EndpointMetadata,
    func: Callable[..., Any],
    controller_cls: 'type[Controller[BaseSerializer]]',
) -> None:
    """Refuse functions that yield."""
    if inspect.isgeneratorfunction(func) or inspect.isasyncgenfunction(func):
        raise EndpointMetadataError(
            f'{metadata.endpoint_name} is a generator. Return an iterator '
            'from it instead of yielding.',
        )


#: What must hold before these objects are asked which responses they cause.
DRAFT_RULES: Final[tuple[Rule, ...]] = (
    check_is_no_generator,
    check_throttling_colour,
    check_pluggables,
    check_auth_colour,
    check_permissions,
    check_throttling_cache,
)

RULES: Final[tuple[Rule, ...]] = (check_error_handler_colour,)


def _check_instances(
    found: Sequence[Any],
    base: type[Any],
    option: str,
    metadata: EndpointMetadata,
) -> None:
    for one in found:
        if not isinstance(one, base):
            raise _wrong_instance(one, repr(base), option, metadata)


def _wrong_instance(
    found: Any,
    base: str,
    option: str,
    metadata: EndpointMetadata,
) -> EndpointMetadataError:
    return EndpointMetadataError(
        f'{metadata.endpoint_name}: {found!r} in `{option}` must be an '
        f'instance of {base}.',
    )


def _check_modified_headers(
    payload: ModifyEndpointPayload,
    endpoint_name: str,
) -> None:
    for name, header in (payload.headers or {}).items():
        if isinstance(header, HeaderSpec) and not header.skip_validation:
            raise EndpointMetadataError(
                f'{endpoint_name}: header {name!r} in @modify is a '
                'HeaderSpec, which nobody sets. Use NewHeader to add it, or '
                '`skip_validation=True` if something else sets it.',
            )


def _check_modified_cookies(
    payload: ModifyEndpointPayload,
    endpoint_name: str,
) -> None:
    for name, cookie in (payload.cookies or {}).items():
        if isinstance(cookie, CookieSpec) and not cookie.skip_validation:
            raise EndpointMetadataError(
                f'{endpoint_name}: cookie {name!r} in @modify is a '
                'CookieSpec, which nobody sets. Use NewCookie to add it, or '
                '`skip_validation=True` if something else sets it.',
            )


def _check_status(spec: ResponseSpec, endpoint_name: str) -> None:
    # Types forbid it, but not everybody runs a type checker.
    found = cast('object', spec.status_code)
    if not isinstance(found, int) or not MIN_STATUS <= found <= MAX_STATUS:
        raise EndpointMetadataError(
            f'{endpoint_name} has a response with status {found!r}, which is '
            'no status of HTTP. Use a member of `HTTPStatus`.',
        )


def _check_spec_headers(spec: ResponseSpec, endpoint_name: str) -> None:
    # Types forbid it, but not everybody runs a type checker.
    headers: Mapping[str, object] = spec.headers or {}
    for name, header in headers.items():
        if isinstance(header, NewHeader):
            raise EndpointMetadataError(
                f'{endpoint_name}: header {name!r} of a ResponseSpec is a '
                'NewHeader. Use HeaderSpec to describe it.',
            )
        if name.lower() == 'set-cookie':
            raise EndpointMetadataError(
                f"{endpoint_name}: 'Set-Cookie' cannot be described as a "
                'header. Use `cookies=` instead.',
            )


def _check_spec_cookies(spec: ResponseSpec, endpoint_name: str) -> None:
    cookies: Mapping[str, object] = spec.cookies or {}
    for name, cookie in cookies.items():
        if isinstance(cookie, NewCookie):
            raise EndpointMetadataError(
                f'{endpoint_name}: cookie {name!r} of a ResponseSpec is a '
                'NewCookie. Use CookieSpec to describe it.',
            )


def _check_empty_body(spec: ResponseSpec, metadata: EndpointMetadata) -> None:
    if HttpSpec.empty_response_body in metadata.no_validate_http_spec:
        return
    status_code = spec.status_code
    if status_code >= HTTPStatus.OK and status_code not in _WITHOUT_BODY:
        return
    if spec.return_type is not None and spec.return_type is not type(None):
        raise EndpointMetadataError(
            f'{metadata.endpoint_name} can only return `None` not '
            f'{spec.return_type!r} with status {status_code!r} (RFC 9110, '
            'section 6.4.1). Return `None`, or use another status code.',
        )
