"""What throttles are made of, whatever the colour of their endpoints.

A throttle puts four parts together: a cache key tells clients apart, a
backend keeps what was counted, an algorithm decides, and header providers
tell the client. Instances are shared by all requests and have no state.
"""

import dataclasses
import hashlib
from collections.abc import Mapping, Sequence
from enum import IntEnum, unique
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, ClassVar, Final, Self, final

from django.utils.translation import gettext as _
from typing_extensions import override

from dmr.errors import ErrorType
from dmr.headers import HeaderSpec
from dmr.metadata import EndpointMetadata, ResponseSpec, ResponseSpecProvider
from dmr.response import APIError
from dmr.throttling.algorithms import BaseThrottleAlgorithm, SimpleRate
from dmr.throttling.backends.base import (
    BackendUnavailableError,
    BaseThrottleBackend,
    report_failure,
)
from dmr.throttling.cache_keys import BaseThrottleCacheKey, RemoteAddr
from dmr.throttling.headers import (
    BaseResponseHeadersProvider,
    RetryAfter,
    XRateLimit,
)

if TYPE_CHECKING:
    from dmr.controller import Controller
    from dmr.endpoint import Endpoint
    from dmr.serializer import BaseSerializer

#: Seconds after which a client may ask again when a backend is away.
_RETRY_AFTER: Final = '5'


@final
@unique
class Rate(IntEnum):
    """Seconds of the usual windows."""

    second = 1
    minute = 60
    hour = 3600
    day = 86400


class BaseThrottle(ResponseSpecProvider):
    """What throttles of both kinds share."""

    __slots__ = (
        'algorithm',
        'backend',
        'cache_key',
        'duration_in_seconds',
        'max_requests',
        'response_headers',
    )

    #: Makes the backend of throttles that are given none.
    default_backend: ClassVar[type[BaseThrottleBackend]]

    backend: BaseThrottleBackend

    def __init__(
        self,
        max_requests: int,
        duration_in_seconds: Rate | int,
        *,
        cache_key: BaseThrottleCacheKey | None = None,
        backend: BaseThrottleBackend | None = None,
        algorithm: BaseThrottleAlgorithm | None = None,
        response_headers: Sequence[BaseResponseHeadersProvider] | None = None,
    ) -> None:
        """Allow *max_requests* per *duration_in_seconds* and client.

        Without more, clients are told apart by `RemoteAddr`, counted by
        `SimpleRate` in Django's default cache, and told about it with
        `XRateLimit` and `RetryAfter`.

        Raises:
            ValueError: a number is not positive.
            EndpointMetadataError: the backend cannot run the algorithm.
        """
        _require_positive('max_requests', max_requests)
        _require_positive('duration_in_seconds', duration_in_seconds)
        self.max_requests = max_requests
        self.duration_in_seconds = duration_in_seconds
        self.cache_key = RemoteAddr() if cache_key is None else cache_key
        self.backend = backend or self.default_backend()
        self.algorithm = SimpleRate() if algorithm is None else algorithm
        self.response_headers = (
            (XRateLimit(), RetryAfter())
            if response_headers is None
            else response_headers
        )
        self.backend.initialize_algorithm(self.algorithm)

    def __repr__(self) -> str:
        return (
            f'{type(self).__name__}({self.max_requests}, '
            f'{int(self.duration_in_seconds)}, cache_key={self.cache_key!r})'
        )

    @property
    def runs_before_auth(self) -> bool:
        """Tell whether it counts requests before their user is known."""
        return self.cache_key.runs_before_auth

    def replace(self, **changes: Any) -> Self:
        """Return a throttle like this one, with *changes* to its fields."""
        fields = {name: getattr(self, name) for name in BaseThrottle.__slots__}
        return type(self)(**{**fields, **changes})

    def unsafe_reason(self) -> str | None:
        """Return why its backend must not be used, ``None`` if it may."""
        return self.backend.unsafe_reason()

    def full_cache_key(
        self,
        endpoint: 'Endpoint',
        controller: 'Controller[BaseSerializer]',
        cache_key: str,
    ) -> str:
        """Return the key of the counter for the client *cache_key*.

        A hash of its parts, so no client can choose the key of another. The
        length of each part is hashed too: no two lists of parts look alike.
        """
        match = controller.request.resolver_match
        controller_cls = type(controller)
        parts = (
            controller.request.method or '',
            (match.route or '') if match is not None else '',
            f'{controller_cls.__module__}.{controller_cls.__qualname__}',
            *self._own_parts(),
            cache_key,
        )
        digest = hashlib.sha256()
        for part in parts:
            encoded = part.encode(errors='backslashreplace')
            digest.update(b'%d:' % len(encoded))
            digest.update(encoded)
        return f'dmr-throttle-{digest.hexdigest()}'

    def collect_response_headers(
        self,
        endpoint: 'Endpoint',
        controller: 'Controller[BaseSerializer]',
        remaining: int,
        reset: int,
        *,
        report_all: bool = False,
    ) -> dict[str, str]:
        """Return the headers of all providers, *reset* is in seconds.

        *report_all* names the policies of all throttles of the endpoint.
        """
        headers: dict[str, str] = {}
        for provider in self.response_headers:
            headers.update(
                provider.response_headers(
                    endpoint,
                    controller,
                    self,
                    remaining,
                    reset,
                    report_all=report_all,
                ),
            )
        return headers

    @override
    def provide_response_specs(
        self,
        metadata: EndpointMetadata,
        controller_cls: 'type[Controller[BaseSerializer]]',
        existing_responses: Mapping[HTTPStatus, ResponseSpec],
    ) -> list[ResponseSpec]:
        """Describe that a rate limit was hit (429), or cannot be told (503)."""
        specs = [
            ResponseSpec(
                controller_cls.error_model,
                status_code=HTTPStatus.TOO_MANY_REQUESTS,
                headers=self._header_specs(metadata) or None,
                description='Raised when throttling rate was hit',
            ),
        ]
        if self.backend.on_failure == 'fail_closed':
            specs.append(
                ResponseSpec(
                    controller_cls.error_model,
                    status_code=HTTPStatus.SERVICE_UNAVAILABLE,
                    headers={
                        'Retry-After': HeaderSpec(
                            description='Seconds to wait',
                        ),
                    },
                    description='Raised when nobody can count requests',
                ),
            )
        return [
            spec for spec in specs if spec.status_code not in existing_responses
        ]

    def _header_specs(
        self,
        metadata: EndpointMetadata,
    ) -> dict[str, HeaderSpec]:
        """Describe the headers that refusals of the endpoint can have.

        Each throttle may write others; what not all of them write is optional.
        """
        written = [
            {
                name: spec
                for provider in throttle.response_headers
                for name, spec in provider.provide_headers_specs().items()
            }
            for throttle in metadata.throttling or (self,)
        ]
        return {
            name: spec
            if all(name in others for others in written)
            else dataclasses.replace(spec, required=False)
            for specs in written
            for name, spec in specs.items()
        }

    def _own_parts(self) -> tuple[str, ...]:
        return (
            type(self.backend).__name__,
            type(self.algorithm).__name__,
            type(self.cache_key).__name__,
            self.cache_key.name,
            str(int(self.max_requests)),
            str(int(self.duration_in_seconds)),
        )

    def handle_failure(
        self,
        controller: 'Controller[BaseSerializer]',
        exc: BackendUnavailableError,
    ) -> None:
        """Let the request pass, or refuse it, as the backend is told to.

        Raises:
            APIError: nobody can count it (503).
        """
        report_failure(self.backend, exc)
        if self.backend.on_failure == 'fail_open':
            return
        raise APIError(
            controller.format_error(
                _('Service unavailable'),
                error_type=ErrorType.ratelimit,
            ),
            status_code=HTTPStatus.SERVICE_UNAVAILABLE,
            headers={'Retry-After': _RETRY_AFTER},
        ) from exc


def _require_positive(name: str, given: object) -> None:
    if not isinstance(given, int) or isinstance(given, bool) or given < 1:
        raise ValueError(f'{name} must be a positive int, not {given!r}.')
