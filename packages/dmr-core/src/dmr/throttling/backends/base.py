"""What keeps the state of throttles, and what happens when it cannot."""

import abc
import logging
import threading
import time
from typing import TYPE_CHECKING, ClassVar, Final, Literal, TypeAlias

from dmr.exceptions import EndpointMetadataError

if TYPE_CHECKING:
    from dmr.controller import Controller
    from dmr.endpoint import Endpoint
    from dmr.serializer import BaseSerializer
    from dmr.throttling.algorithms import (
        BaseThrottleAlgorithm,
        CachedRateLimit,
    )
    from dmr.throttling.base import BaseThrottle

#: Refuse requests that nobody can count (503), or let them pass.
OnFailure: TypeAlias = Literal['fail_closed', 'fail_open']

#: Seconds in which failures of one kind of backend give one line in the log.
_LOG_EVERY: Final = 60.0

_logger = logging.getLogger('dmr.throttling')
_last_logged: Final[dict[str, float]] = {}
_logging_lock: Final = threading.Lock()


class BackendUnavailableError(Exception):
    """Raised when a backend cannot keep or find the state of a throttle."""


class BaseThrottleBackend:
    """What backends of both kinds share.

    A backend changes the state of a client atomically: of any number of
    simultaneous requests exactly as many pass as the algorithm allows.
    """

    __slots__ = ()

    #: Format of the scripts that this backend runs, ``None`` if it runs none.
    needs_transaction_script: ClassVar[str | None] = None

    @property
    def on_failure(self) -> OnFailure:
        """Tell what happens to requests while this backend is away."""
        return 'fail_closed'

    def initialize_algorithm(self, algorithm: 'BaseThrottleAlgorithm') -> None:
        """Make sure, when a throttle is made, that *algorithm* can be run.

        Raises:
            EndpointMetadataError: there is no script that this backend runs.
        """
        script_format = self.needs_transaction_script
        if script_format is None:
            return
        if algorithm.transaction_script(script_format) is None:
            raise EndpointMetadataError(self.unsupported_format(algorithm))

    def unsupported_format(self, algorithm: 'BaseThrottleAlgorithm') -> str:
        """Return what to tell about an algorithm without a script."""
        return (
            f'Cannot use backend {self!r} with {algorithm!r}: the algorithm '
            f'has no {self.needs_transaction_script!r} script. Return one '
            'from `transaction_script`, or use another backend.'
        )

    def unsafe_reason(self) -> str | None:
        """Return why it cannot count all requests, ``None`` if it can."""
        return None


class BaseThrottleSyncBackend(BaseThrottleBackend):
    """Base class of backends for sync throttles."""

    __slots__ = ()

    @abc.abstractmethod
    def incr(
        self,
        endpoint: 'Endpoint',
        controller: 'Controller[BaseSerializer]',
        throttle: 'BaseThrottle',
        *,
        cache_key: str,
        algorithm: 'BaseThrottleAlgorithm',
    ) -> 'CachedRateLimit':
        """Count a request and return the new state, atomically.

        Raises:
            TooManyRequestsError: the request must not pass.
            BackendUnavailableError: nobody knows.
        """

    @abc.abstractmethod
    def get(
        self,
        endpoint: 'Endpoint',
        controller: 'Controller[BaseSerializer]',
        throttle: 'BaseThrottle',
        *,
        cache_key: str,
    ) -> 'CachedRateLimit | None':
        """Return the state, ``None`` if there is none yet or any more.

        Raises:
            BackendUnavailableError: nobody knows.
        """


class BaseThrottleAsyncBackend(BaseThrottleBackend):
    """Base class of backends for async throttles.

    One instance serves requests of several event loops.
    """

    __slots__ = ()

    @abc.abstractmethod
    async def incr(
        self,
        endpoint: 'Endpoint',
        controller: 'Controller[BaseSerializer]',
        throttle: 'BaseThrottle',
        *,
        cache_key: str,
        algorithm: 'BaseThrottleAlgorithm',
    ) -> 'CachedRateLimit':
        """Count a request and return the new state, atomically.

        Raises:
            TooManyRequestsError: the request must not pass.
            BackendUnavailableError: nobody knows.
        """

    @abc.abstractmethod
    async def get(
        self,
        endpoint: 'Endpoint',
        controller: 'Controller[BaseSerializer]',
        throttle: 'BaseThrottle',
        *,
        cache_key: str,
    ) -> 'CachedRateLimit | None':
        """Return the state, ``None`` if there is none yet or any more.

        Raises:
            BackendUnavailableError: nobody knows.
        """


def report_failure(
    backend: BaseThrottleBackend,
    exc: BackendUnavailableError,
) -> None:
    """Log that *backend* is away, at most one line a minute."""
    name = type(backend).__name__
    now = time.monotonic()
    with _logging_lock:
        last = _last_logged.get(name)
        if last is not None and now - last < _LOG_EVERY:
            return
        _last_logged[name] = now
    _logger.error(
        'Throttling backend %s is unavailable (%s): %s',
        name,
        backend.on_failure,
        exc,
    )
