"""Build wheels, and run programs in environments that have only those."""

import os
import subprocess
import sys
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from releasing.environments import uv_program
from tests.architecture.source import PACKAGES, ROOT

#: Distributions of other people, as far as this repository plays them.
OUTSIDE: Final = ROOT / 'examples' / 'plugins'

_SECONDS: Final = 110

#: Builds the wheel of the package in the working directory.
_BUILD: Final = (
    'import sys; from hatchling.build import build_wheel; '
    'build_wheel(sys.argv[1])'
)


def build_all(sources: Iterable[Path], folder: Path) -> None:
    """Build the wheels of the packages in *sources* into *folder*."""
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda source: _build(source, folder), sources))


def core_packages() -> list[Path]:
    """Return the folders of our five packages."""
    return sorted(PACKAGES.glob('dmr-*'))


@dataclass(frozen=True, slots=True)
class Environment:
    """A virtual environment in *folder*."""

    folder: Path

    @property
    def programs(self) -> Path:
        """Return where its programs are."""
        return self.folder / ('Scripts' if os.name == 'nt' else 'bin')

    def python(self, *arguments: str | Path, cwd: Path) -> str:
        """Run its Python in *cwd*, return what is printed."""
        return run([self.programs / 'python', *arguments], cwd=cwd)

    def install(self, *arguments: str | Path) -> None:
        """Install something, faster than pip would."""
        run(
            [
                *(uv_program(), 'pip', 'install', '--quiet', '--no-config'),
                *('--python', self.programs / 'python'),
                *arguments,
            ],
            cwd=self.folder,
        )


def make_environment(folder: Path) -> Environment:
    """Make an empty virtual environment."""
    run(
        [
            *(uv_program(), 'venv', '--quiet', '--no-config'),
            *('--python', sys.executable, folder),
        ],
        cwd=folder.parent,
    )
    return Environment(folder)


def run(command: Sequence[str | Path], *, cwd: Path, **options: Any) -> str:
    """Return what *command* prints; fail with it when the command fails."""
    finished = attempt(command, cwd=cwd, **options)
    assert finished.returncode == 0, finished.stdout
    return finished.stdout


def attempt(
    command: Sequence[str | Path],
    *,
    cwd: Path,
    **options: Any,
) -> 'subprocess.CompletedProcess[str]':
    """Run *command* as if nothing of this repository were there."""
    return subprocess.run(
        command,
        cwd=cwd,
        env={
            name: content
            for name, content in os.environ.items()
            if not name.startswith(('DJANGO_', 'PYTEST_', 'PYTHON', 'VIRTUAL_'))
        },
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
        text=True,
        timeout=_SECONDS,
        **options,
    )


def _build(source: Path, folder: Path) -> None:
    run([sys.executable, '-c', _BUILD, folder], cwd=source)
