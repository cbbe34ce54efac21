"""``pip uninstall`` of one distribution leaves the others whole."""

import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import distribution
from pathlib import Path
from typing import Final

import pytest

WHEELS: Final = Path(__file__).parents[2] / 'dist'

#: Distribution → a statement that needs it.
USES: Final = {
    'dmr-core': 'from dmr import Controller',
    'dmr-pydantic': 'from dmr.plugins.pydantic import PydanticSerializer',
    'dmr-msgspec': 'from dmr.plugins.msgspec import MsgspecSerializer',
    'dmr-openapi': 'from dmr.openapi import build_schema',
    'dmr-testing': 'from dmr.test import DMRClient; import dmr_pytest',
}

_SET_UP: Final = (
    'from django.conf import settings; settings.configure(); '
    'import django; django.setup(); '
)


def _pip(*arguments: str) -> None:
    finished = subprocess.run(
        [sys.executable, '-m', 'pip', *arguments],
        capture_output=True,
        check=False,
        text=True,
    )
    assert finished.returncode == 0, finished.stderr


def _works(statement: str) -> bool:
    finished = subprocess.run(
        [sys.executable, '-P', '-c', _SET_UP + statement],
        capture_output=True,
        check=False,
    )
    return finished.returncode == 0


def _missing_files(name: str) -> list[str]:
    """Return the files of a distribution that are not on the disk."""
    files = distribution(name).files or []
    return [str(path) for path in files if not path.locate().exists()]


@pytest.fixture(scope='module', params=list(USES))
def removed(request: pytest.FixtureRequest) -> Iterator[str]:
    """Uninstall one distribution, and install it again afterwards."""
    name: str = request.param
    (wheel,) = WHEELS.glob(f'{name.replace("-", "_")}-*.whl')
    _pip('uninstall', '--yes', '--quiet', name)
    yield name
    _pip('install', '--no-index', '--no-deps', '--quiet', str(wheel))


def test_others_stay_whole(removed: str) -> None:
    """All files of the others are still there."""
    others = [name for name in USES if name != removed]

    assert [] == [
        (name, path) for name in others for path in _missing_files(name)
    ]


def test_others_work(removed: str) -> None:
    """Whatever does not need the removed one, and that is all but the core."""
    working = [name for name in USES if _works(USES[name])]

    others = [name for name in USES if name != removed]
    assert working == ([] if removed == 'dmr-core' else others)
