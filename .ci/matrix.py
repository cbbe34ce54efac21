"""Run the test suite on each supported Python that this machine has.

``hatch run matrix`` runs all, ``hatch run matrix 3.12`` one Python. Pythons
that are missing are named at the end, they are no failure.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from pathlib import Path
from typing import Final

#: Python → versions of Django that support it, as in hatch.toml.
MATRIX: Final = {
    '3.11': ('5.2',),
    '3.12': ('5.2', '6.0', '6.1'),
    '3.13': ('5.2', '6.0', '6.1'),
}

#: A suite keeps one core busy, and small machines have two.
AT_ONCE: Final = 2

#: Runs in the interpreter in question: its own version and folder.
PROBE: Final = (
    'import os, sys; '
    "print('%d.%d' % sys.version_info[:2], os.path.dirname(sys.executable))"
)


def main(chosen: list[str]) -> int:
    """Return the number of combinations that failed."""
    folders = {python: _real_folder(python) for python in chosen or MATRIX}
    combinations = [
        (python, django, folder)
        for python, folder in folders.items()
        if folder is not None
        for django in MATRIX[python]
        if (python, django) != _tested_by_default()
    ]
    for combination in combinations:
        # Environments are made one by one, they share folders of caches.
        _run(*combination, 'test:python', '-V')
    with ThreadPoolExecutor(AT_ONCE) as pool:
        succeeded = list(pool.map(lambda one: _test(*one), combinations))
    for (python, django, _folder), is_good in zip(
        combinations,
        succeeded,
        strict=True,
    ):
        word = 'passed' if is_good else 'FAILED'
        print(f'Python {python}, Django {django}: {word}')
    for python, folder in folders.items():
        if folder is None:
            print(f'Python {python}: skipped, not on this machine')
    return succeeded.count(False)


def _test(python: str, django: str, folder: Path) -> bool:
    """Run the suite in one environment, and print all it says at the end."""
    finished = _run(
        python,
        django,
        folder,
        'test:test',
        '-q',
        '-p',
        'no:cacheprovider',
        # It reads sources, which are the same everywhere.
        '--ignore=tests/architecture',
        # Browsers, tools of others, installers and the faults that the kit for
        # plugins has to find are the same every time.
        '-m',
        'not clients and not browser and not packaging and not faults',
    )
    print(f'Python {python}, Django {django}:\n{finished.stdout}', flush=True)
    return finished.returncode == 0


def _run(
    python: str,
    django: str,
    folder: Path,
    *command: str,
) -> subprocess.CompletedProcess[str]:
    """Run a command in one environment, created when it is missing."""
    return subprocess.run(
        ['hatch', 'run', f'+py={python}', f'+django={django}', *command],
        env={
            **os.environ,
            'PATH': f'{folder}{os.pathsep}{os.environ["PATH"]}',
        },
        check=False,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


def _tested_by_default() -> tuple[str, str]:
    """Return what ``hatch run test`` uses, which need not run twice."""
    python = f'{sys.version_info.major}.{sys.version_info.minor}'
    return python, '.'.join(version('django').split('.')[:2])


def _real_folder(python: str) -> Path | None:
    """Return where an interpreter of this version is, if there is one.

    A shim of a version manager may be on the path and not work, therefore
    every candidate is asked who it is.
    """
    for candidate in _candidates(python):
        answer = subprocess.run(
            [candidate, '-c', PROBE],
            capture_output=True,
            check=False,
            text=True,
        )
        found, _, folder = answer.stdout.strip().partition(' ')
        if found == python:
            return Path(folder)
    return None


def _candidates(python: str) -> Iterator[str]:
    on_path = shutil.which(f'python{python}')
    if on_path is not None:
        yield on_path
    managed = Path(os.environ.get('PYENV_ROOT', Path.home() / '.pyenv'))
    for found in sorted(managed.glob(f'versions/{python}.*/bin/python')):
        yield str(found)


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
