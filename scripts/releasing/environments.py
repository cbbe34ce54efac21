"""Build packages, and try wheels in environments of their own."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from releasing.problems import Problem, RefusedError
from releasing.repository import Package
from releasing.wheels import Wheel

Resolution = Literal['highest', 'lowest-direct']

#: What the tests of a wheel need, as in the `iso` environments of hatch.
_TEST_TOOLS: Final = ('pytest>=9', 'pytest-django>=4.11')

#: Nothing of the repository is importable there.
_PYTEST: Final = '[pytest]\nfilterwarnings = error\n'

#: Variables that would carry something of this process into another one.
_OURS: Final = (
    'COV',
    'DJANGO_',
    'DMR_',
    'PYTEST_',
    'PYTHON',
    'VIRTUAL_ENV',
)

_SECONDS: Final = 500
_SHOWN_CHARACTERS: Final = 4000


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One environment: what is installed, and a module of tests."""

    title: str
    install: tuple[str, ...]
    resolution: Resolution
    tests: str

    def __str__(self) -> str:
        """Return what is tried, for people."""
        return f'{self.title}, {self.resolution} resolution'


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """An sdist, and the wheel that was built from it."""

    sdist: Path
    wheel: Wheel


def build(package: Package, out: Path) -> Built:
    """Build the sdist, and then the wheel from the sdist.

    Raises:
        RefusedError: the build fails.
    """
    finished = _run(
        [uv_program(), 'build', '--no-config', '--out-dir', str(out), '.'],
        cwd=package.folder,
    )
    if finished.returncode:
        raise RefusedError(
            Problem(
                what=f'{package.name} cannot be built: {_tail(finished)}',
                where=f'packages/{package.name}/pyproject.toml',
                remedy='Repair the build.',
            ),
        )
    stem = f'{package.name.replace("-", "_")}-{package.version}'
    return Built(
        sdist=out / f'{stem}.tar.gz',
        wheel=Wheel(path=out / f'{stem}-py3-none-any.whl'),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Environment:
    """A virtual environment for one trial after the other.

    Making it anew for each would mostly be copying Django.
    """

    folder: Path

    def create(self, python: str) -> None:
        """Make it, empty, for one Python.

        Raises:
            RefusedError: there is no such Python.
        """
        self.folder.mkdir()
        (self.folder / 'pytest.ini').write_text(_PYTEST, 'utf-8')
        finished = self._run(
            *(uv_program(), 'venv', '--no-config', '--python', python, 'venv'),
        )
        if finished.returncode:
            raise RefusedError(
                Problem(
                    what=f'There is no environment: {_tail(finished)}',
                    where=f'--python {python}',
                    remedy='Name an interpreter that is on this machine.',
                ),
            )

    def failure(self, trial: Trial) -> str | None:
        """Return what goes wrong with exactly this installed, or nothing."""
        (self.folder / 'test_wheels.py').write_text(trial.tests, 'utf-8')
        python = str(self._python)
        # What an earlier trial has installed has no say in what is chosen.
        installed = self._run(
            *(uv_program(), 'pip', 'install', '--no-config'),
            *('--python', python, '--exact', '--upgrade'),
            *('--resolution', trial.resolution),
            *trial.install,
            *_TEST_TOOLS,
        )
        if installed.returncode:
            return _tail(installed)
        tested = self._run(
            *(python, '-P', '-m', 'pytest', '-q', '-p', 'no:cacheprovider'),
            *('--import-mode=importlib', 'test_wheels.py'),
        )
        return _tail(tested) if tested.returncode else None

    @property
    def _python(self) -> Path:
        program = 'Scripts/python.exe' if os.name == 'nt' else 'bin/python'
        return self.folder / 'venv' / program

    def _run(self, *command: str) -> subprocess.CompletedProcess[str]:
        return _run(command, cwd=self.folder)


def uv_program() -> str:
    """Return the uv beside this interpreter, or the one on the path.

    Raises:
        RefusedError: there is none.
    """
    beside = Path(sys.executable).parent
    found = shutil.which('uv', path=str(beside)) or shutil.which('uv')
    if found is None:
        raise RefusedError(
            Problem(
                what='uv is not installed.',
                where='this environment',
                remedy='python -m pip install uv',
            ),
        )
    return found


def _run(
    command: Sequence[str],
    *,
    cwd: Path,
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=cwd,
        env={
            name: value
            for name, value in os.environ.items()
            if not name.startswith(_OURS)
        },
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
        encoding='utf-8',
        errors='replace',
        timeout=_SECONDS,
    )


def _tail(finished: subprocess.CompletedProcess[str]) -> str:
    return finished.stdout.strip()[-_SHOWN_CHARACTERS:]
