"""The pytest plugin of dmr: fixtures and the marker ``max_queries``.

`dmr` is imported inside of the fixtures, never when the plugin is loaded: what
is imported before coverage starts is reported as not covered.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from typing import TYPE_CHECKING, Any, ParamSpec
from unittest import TestCase

import pytest

if TYPE_CHECKING:
    from dmr.test import (
        DMRAsyncClient,
        DMRAsyncRequestFactory,
        DMRClient,
        DMRRequestFactory,
        max_queries,
    )

_ParamT = ParamSpec('_ParamT')

_MARKER = (
    'max_queries(limit, using=None): fail when the test makes more queries '
    'to databases, and say which were repeated and where.'
)


def pytest_configure(config: pytest.Config) -> None:
    """Announce the marker, and replace ``settings`` of pytest-django."""
    config.addinivalue_line('markers', _MARKER)
    manager = config.pluginmanager
    if manager.hasplugin('django'):
        from dmr_pytest import settings  # noqa: PLC0415  (it comes last)

        # The fixture that is registered last wins, and the order of plugins
        # that come from packages is that of the file system.
        manager.register(settings, 'dmr_settings')


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_call(item: pytest.Item) -> None:
    """Surround tests that have the marker. Their fixtures may query more.

    Not earlier: methods of test cases are known after their setup.
    """
    marker = item.get_closest_marker('max_queries')
    if marker is None or not isinstance(item, pytest.Function):
        return
    from dmr.test import max_queries  # noqa: PLC0415

    item.obj = max_queries(*marker.args, **marker.kwargs)(item.obj)
    if isinstance(item.instance, TestCase):
        # With pytest-django test cases run their own methods.
        setattr(item.instance, item.name, item.obj)


@pytest.fixture
def dmr_client() -> 'DMRClient':
    """Return a new test client that sends JSON."""
    from dmr.test import DMRClient  # noqa: PLC0415

    return DMRClient()


@pytest.fixture
def dmr_async_client() -> 'DMRAsyncClient':
    """Return a new asynchronous test client that sends JSON."""
    from dmr.test import DMRAsyncClient  # noqa: PLC0415

    return DMRAsyncClient()


@pytest.fixture
def dmr_rf() -> 'DMRRequestFactory':
    """Return a factory of WSGI requests with JSON bodies."""
    from dmr.test import DMRRequestFactory  # noqa: PLC0415

    return DMRRequestFactory()


@pytest.fixture
def dmr_async_rf() -> 'DMRAsyncRequestFactory':
    """Return a factory of ASGI requests with JSON bodies."""
    from dmr.test import DMRAsyncRequestFactory  # noqa: PLC0415

    return DMRAsyncRequestFactory()


@pytest.fixture
def dmr_clean_settings() -> Iterator[None]:
    """Forget the values of ``DMR_SETTINGS`` before and after the test.

    Assigning ``settings.DMR_SETTINGS`` does that by itself; editing the
    dictionary in place does not.
    """
    from dmr.settings import clear_settings_cache  # noqa: PLC0415

    clear_settings_cache()
    yield
    clear_settings_cache()


@pytest.fixture
def dmr_override_settings() -> Iterator[Callable[..., None]]:
    """Return a function that overrides settings until the test ends."""
    from dmr.test import override_dmr_settings  # noqa: PLC0415

    with ExitStack() as stack:
        yield _until_the_end(stack, override_dmr_settings)


@pytest.fixture
def dmr_disabled_auth() -> Iterator[Callable[..., None]]:
    """Return `disabled_auth` as a function, in force until the test ends."""
    from dmr.test import disabled_auth  # noqa: PLC0415

    with ExitStack() as stack:
        yield _until_the_end(stack, disabled_auth)


@pytest.fixture
def dmr_reduced_throttling() -> Iterator[Callable[..., None]]:
    """Return `reduced_throttling` as a function, until the test ends."""
    from dmr.test import reduced_throttling  # noqa: PLC0415

    with ExitStack() as stack:
        yield _until_the_end(stack, reduced_throttling)


@pytest.fixture
def dmr_disabled_throttling() -> Iterator[Callable[..., None]]:
    """Return `disabled_throttling` as a function, until the test ends."""
    from dmr.test import disabled_throttling  # noqa: PLC0415

    with ExitStack() as stack:
        yield _until_the_end(stack, disabled_throttling)


@pytest.fixture
def dmr_max_queries() -> 'type[max_queries]':
    """Return `max_queries`, for a part of a test."""
    from dmr.test import max_queries  # noqa: PLC0415

    return max_queries


def _until_the_end(
    stack: ExitStack,
    prepare: Callable[_ParamT, AbstractContextManager[Any]],
) -> Callable[_ParamT, None]:
    def start(*args: _ParamT.args, **kwargs: _ParamT.kwargs) -> None:
        stack.enter_context(prepare(*args, **kwargs))

    return start
