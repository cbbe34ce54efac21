"""The pytest plugin of dmr: fixtures for clients, factories and settings.

`dmr` is imported inside of the fixtures, never when the plugin is loaded: what
is imported before coverage starts is reported as not covered.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from dmr.test import (
        DMRAsyncClient,
        DMRAsyncRequestFactory,
        DMRClient,
        DMRRequestFactory,
    )


def pytest_configure(config: pytest.Config) -> None:
    """Replace the ``settings`` fixture of pytest-django, if there is one."""
    manager = config.pluginmanager
    if manager.hasplugin('django'):
        from dmr_pytest import settings  # noqa: PLC0415  (it comes last)

        # The fixture that is registered last wins, and the order of plugins
        # that come from packages is that of the file system.
        manager.register(settings, 'dmr_settings')


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
