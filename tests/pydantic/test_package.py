"""The package without the library that it is for."""

import subprocess
import sys

import pytest

pytestmark = pytest.mark.any_django

_SCRIPT = """
import sys
sys.modules['pydantic'] = None
from django.conf import settings
settings.configure()
try:
    import dmr.plugins.pydantic
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
        '`dmr.plugins.pydantic` needs pydantic, which cannot be imported: '
        'import of pydantic halted; None in sys.modules. '
        'Run `pip install dmr-pydantic`.\n'
    )
