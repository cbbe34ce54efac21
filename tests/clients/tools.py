"""Install tools of others, each in an environment of its own.

What they need is pinned and would contradict what we need. Environments are
kept in the cache folder of the user until the pins change.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, NoReturn

import pytest

HERE: Final = Path(__file__).parent
TYPESCRIPT: Final = HERE / 'typescript'

_INSTALL_SECONDS: Final = 100
_DONE: Final = '.installed'

#: For npm: the lock file says all, and nobody is asked anything.
_NPM_QUIET: Final = (
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--no-progress',
)


def run(
    command: Sequence[str | Path],
    *,
    seconds: float,
    **options: Any,
) -> 'subprocess.CompletedProcess[str]':
    """Return what *command* has printed; errors are with the output."""
    return subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding='utf-8',
        errors='replace',
        check=False,
        timeout=seconds,
        **options,
    )


def python_tool(name: str) -> Path:
    """Return the programs of the environment with the pins of ``name.txt``.

    Skips the test when it cannot be installed, and fails it in CI.
    """
    pins = HERE / 'python' / f'{name}.txt'
    folder = _folder(name, [pins])
    programs = folder / ('Scripts' if os.name == 'nt' else 'bin')
    if not (folder / _DONE).exists():
        shutil.rmtree(folder, ignore_errors=True)
        _install([sys.executable, '-m', 'venv', folder], name)
        _install(
            [
                programs / 'python',
                '-m',
                'pip',
                'install',
                '--quiet',
                '--no-deps',
                '--disable-pip-version-check',
                '--requirement',
                pins,
            ],
            name,
        )
        (folder / _DONE).touch()
    return programs


def typescript_tools() -> Path:
    """Return the folder with the ``node_modules`` of the lock file.

    Skips the test when Node.js is missing, and fails it in CI.
    """
    missing = [one for one in ('node', 'npm') if shutil.which(one) is None]
    if missing:
        _give_up(f'Not installed: {", ".join(missing)}.')
    pins = [TYPESCRIPT / 'package.json', TYPESCRIPT / 'package-lock.json']
    folder = _folder('typescript', pins)
    if not (folder / _DONE).exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for one in pins:
            shutil.copy(one, folder)
        _install(['npm', 'ci', *_NPM_QUIET], 'typescript', cwd=folder)
        (folder / _DONE).touch()
    return folder


def _folder(name: str, pins: Sequence[Path]) -> Path:
    cache = os.environ.get('XDG_CACHE_HOME') or Path.home() / '.cache'
    digest = hashlib.sha256(sys.version.encode())
    for one in pins:
        digest.update(one.read_bytes())
    return Path(cache) / 'dmr-tests' / f'{name}-{digest.hexdigest()[:16]}'


def _install(command: Sequence[str | Path], name: str, **options: Any) -> None:
    try:
        finished = run(command, seconds=_INSTALL_SECONDS, **options)
    except subprocess.TimeoutExpired:
        _give_up(f'{name} is not installed after {_INSTALL_SECONDS} seconds.')
    if finished.returncode:
        _give_up(f'{name} cannot be installed: {finished.stdout[-2000:]}')


def _give_up(reason: str) -> NoReturn:
    if os.environ.get('CI'):
        pytest.fail(reason)
    pytest.skip(reason)
