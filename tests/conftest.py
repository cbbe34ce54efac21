"""What every test can rely on."""

import os
import shutil

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip browser tests where Chromium is missing; in CI they must run."""
    if shutil.which('chromium') or os.environ.get('CI'):
        return
    missing = pytest.mark.skip(reason='Chromium is not installed.')
    for item in items:
        if item.get_closest_marker('browser'):
            item.add_marker(missing)
