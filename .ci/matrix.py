"""Test each supported Python that this machine has with each Django."""

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Final, NamedTuple

#: Python → versions of Django that support it, as in hatch.toml.
MATRIX: Final = {
    '3.11': ('5.2',),
    '3.12': ('5.2', '6.0', '6.1'),
    '3.13': ('5.2', '6.0', '6.1'),
}

#: Environments are made one by one, they share folders of caches.
_ENVIRONMENTS: Final = threading.Lock()

#: Runs in the interpreter in question: its own version and folder.
_PROBE: Final = (
    'import os, sys; '
    "print('%d.%d' % sys.version_info[:2], os.path.dirname(sys.executable))"
)

#: Marked tests are the same everywhere, the default environment runs them.
_ONCE: Final = ('browser', 'clients', 'once', 'packaging')


class Outcome(NamedTuple):
    """How a command ended, and all that it said."""

    is_good: bool
    output: str


class Combination(NamedTuple):
    """One Python, in *folder*, with one version of Django."""

    python: str
    django: str
    folder: Path

    def __str__(self) -> str:
        """Return what it is called in reports."""
        return f'Python {self.python}, Django {self.django}'

    @property
    def has_newest_django(self) -> bool:
        """Tell whether no Django is newer for this Python."""
        return self.django == MATRIX[self.python][-1]

    def test(self) -> Outcome:
        """Run the suite."""
        with _ENVIRONMENTS:
            self._run('test:python', '-V')
        return self._run(
            'test:test',
            '-q',
            '-p',
            'no:cacheprovider',
            # It reads sources, which are the same everywhere.
            '--ignore=tests/architecture',
            '-m',
            ' and '.join(f'not {marker}' for marker in self._left_out()),
        )

    def _left_out(self) -> tuple[str, ...]:
        return _ONCE if self.has_newest_django else (*_ONCE, 'any_django')

    def _run(self, *command: str) -> Outcome:
        """Run a command in the environment, created when it is missing."""
        finished = subprocess.run(
            [
                *('hatch', 'run', f'+py={self.python}'),
                *(f'+django={self.django}', *command),
            ],
            env={
                **os.environ,
                'PATH': f'{self.folder}{os.pathsep}{os.environ["PATH"]}',
            },
            check=False,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        return Outcome(finished.returncode == 0, finished.stdout)


def combinations(pythons: Iterable[str]) -> list[Combination]:
    """Return all that can be tested here, and is not tested by default.

    Those with the most tests come first.
    """
    found = [
        Combination(python, django, folder)
        for python in pythons
        if (folder := real_folder(python)) is not None
        for django in MATRIX[python]
        if (python, django) != _tested_by_default()
    ]
    return sorted(found, key=lambda one: not one.has_newest_django)


@cache
def real_folder(python: str) -> Path | None:
    """Return where an interpreter of this version is, if there is one.

    A shim of a version manager may be on the path and not work, therefore
    every candidate is asked who it is.
    """
    for candidate in _candidates(python):
        answer = subprocess.run(
            [candidate, '-c', _PROBE],
            capture_output=True,
            check=False,
            text=True,
        )
        found, _, folder = answer.stdout.strip().partition(' ')
        if found == python:
            return Path(folder)
    return None


def _tested_by_default() -> tuple[str, str]:
    """Return what ``hatch run test`` uses, which need not run twice."""
    python = f'{sys.version_info.major}.{sys.version_info.minor}'
    return python, '.'.join(version('django').split('.')[:2])


def _candidates(python: str) -> Iterator[str]:
    on_path = shutil.which(f'python{python}')
    if on_path is not None:
        yield on_path
    managed = Path(os.environ.get('PYENV_ROOT', Path.home() / '.pyenv'))
    for found in sorted(managed.glob(f'versions/{python}.*/bin/python')):
        yield str(found)
