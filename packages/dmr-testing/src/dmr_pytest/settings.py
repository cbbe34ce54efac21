"""The ``settings`` fixture of pytest-django, with fresh settings of dmr."""

import pytest


@pytest.fixture
def settings(dmr_clean_settings: None, settings: object) -> object:
    """Return pytest-django's settings; changes are undone after the test."""
    return settings
