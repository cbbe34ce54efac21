"""What every test can rely on."""

import gc
import os
import shutil
from typing import Final

import pytest

#: Programs that browser tests need, packages `chromium` and `chromium-driver`.
BROWSER: Final = ('chromium', 'chromedriver')


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip browser tests where Chromium is missing; in CI they must run."""
    missing_programs = [name for name in BROWSER if shutil.which(name) is None]
    if not missing_programs or os.environ.get('CI'):
        return
    missing = pytest.mark.skip(
        reason=f'Not installed: {", ".join(missing_programs)}.',
    )
    for item in items:
        if item.get_closest_marker('browser'):
            item.add_marker(missing)


def pytest_collection_finish() -> None:
    """Let the collector of garbage forget what lives to the end.

    It would look at thousands of tests again and again.
    """
    gc.collect()
    gc.freeze()
