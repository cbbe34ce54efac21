"""The package without the library that it is for."""

import subprocess
import sys

import pytest

pytestmark = pytest.mark.any_django

_SCRIPT = """
import sys
sys.modules['msgspec'] = None
from django.conf import settings
settings.configure()
try:
    import dmr.plugins.msgspec
except ImportError as exc:
    print(exc)
"""


def test_a_missing_library_is_named() -> None:
    """The error says what to install."""
    ran = subprocess.run(
        [sys.executable, '-c', _SCRIPT],
        capture_output=True,
        check=True,
        text=True,
    )

    assert ran.stdout == (
        '`dmr.plugins.msgspec` needs msgspec, which cannot be imported: '
        'import of msgspec halted; None in sys.modules. '
        'Run `pip install dmr-msgspec`.\n'
    )
