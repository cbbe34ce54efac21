"""Tell clients about rate limits, in three families of headers."""

import abc
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from typing_extensions import override

from dmr.headers import HeaderSpec

if TYPE_CHECKING:
    from dmr.controller import Controller
    from dmr.endpoint import Endpoint
    from dmr.serializer import BaseSerializer
    from dmr.throttling.base import BaseThrottle


class BaseResponseHeadersProvider:
    """Base class of what writes headers about a throttle."""

    __slots__ = ()

    @abc.abstractmethod
    def provide_headers_specs(self) -> Mapping[str, HeaderSpec]:
        """Describe the headers of 429 responses, called at import."""

    @abc.abstractmethod
    def response_headers(
        self,
        endpoint: 'Endpoint',
        controller: 'Controller[BaseSerializer]',
        throttle: 'BaseThrottle',
        remaining: int,
        reset: int,
        *,
        report_all: bool = True,
    ) -> Mapping[str, str]:
        """Return header name → value.

        *reset* is seconds from now. *report_all* asks to name the policies of
        all throttles of the endpoint, not only that of *throttle*.
        """


@dataclass(frozen=True, slots=True)
class XRateLimit(BaseResponseHeadersProvider):
    """``X-RateLimit-Limit``, ``-Remaining`` and ``-Reset`` in seconds."""

    @override
    def provide_headers_specs(self) -> Mapping[str, HeaderSpec]:
        """Describe the three headers."""
        return {
            'X-RateLimit-Limit': HeaderSpec(
                description='Requests that are allowed per window',
            ),
            'X-RateLimit-Remaining': HeaderSpec(
                description='Requests that are left in this window',
            ),
            'X-RateLimit-Reset': HeaderSpec(
                description='Seconds until more requests are allowed',
            ),
        }

    @override
    def response_headers(
        self,
        endpoint: 'Endpoint',
        controller: 'Controller[BaseSerializer]',
        throttle: 'BaseThrottle',
        remaining: int,
        reset: int,
        *,
        report_all: bool = True,
    ) -> Mapping[str, str]:
        """Return the three headers."""
        return {
            'X-RateLimit-Limit': str(throttle.max_requests),
            'X-RateLimit-Remaining': str(remaining),
            'X-RateLimit-Reset': str(reset),
        }


@dataclass(frozen=True, slots=True)
class RetryAfter(BaseResponseHeadersProvider):
    """``Retry-After`` in seconds (RFC 9110, section 10.2.3)."""

    @override
    def provide_headers_specs(self) -> Mapping[str, HeaderSpec]:
        """Describe the header."""
        return {
            'Retry-After': HeaderSpec(
                description='Seconds to wait before the next request',
            ),
        }

    @override
    def response_headers(
        self,
        endpoint: 'Endpoint',
        controller: 'Controller[BaseSerializer]',
        throttle: 'BaseThrottle',
        remaining: int,
        reset: int,
        *,
        report_all: bool = True,
    ) -> Mapping[str, str]:
        """Return the header."""
        return {'Retry-After': str(reset)}


@dataclass(frozen=True, slots=True)
class RateLimitIETFDraft(BaseResponseHeadersProvider):
    """``RateLimit`` and ``RateLimit-Policy``, as drafted by the IETF."""

    @override
    def provide_headers_specs(self) -> Mapping[str, HeaderSpec]:
        """Describe both headers."""
        return {
            'RateLimit-Policy': HeaderSpec(
                description='Requests and seconds of each limit, by name',
            ),
            'RateLimit': HeaderSpec(
                description='What is left (r) and for how many seconds (t)',
            ),
        }

    @override
    def response_headers(
        self,
        endpoint: 'Endpoint',
        controller: 'Controller[BaseSerializer]',
        throttle: 'BaseThrottle',
        remaining: int,
        reset: int,
        *,
        report_all: bool = True,
    ) -> Mapping[str, str]:
        """Return both headers."""
        throttles = (
            endpoint.metadata.throttling or () if report_all else (throttle,)
        )
        name = throttle.cache_key.name
        return {
            'RateLimit-Policy': ', '.join(map(_policy, throttles)),
            'RateLimit': f'"{name}";r={remaining};t={reset}',
        }


def _policy(throttle: 'BaseThrottle') -> str:
    return (
        f'{throttle.max_requests};w={int(throttle.duration_in_seconds)};'
        f'name="{throttle.cache_key.name}"'
    )
