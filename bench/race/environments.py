"""Make an environment for each candidate, with uv.

They stay in a folder that git ignores. An environment is made again when the
requirements or the Python version change.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

from bench.race.entries import CANDIDATES, ROOT

FOLDER: Final = ROOT / 'bench' / '.environments'


def python_of(candidate: str) -> Path:
    """Return the interpreter of a candidate; install what is missing."""
    return environment(
        candidate,
        [
            *_lines(CANDIDATES / 'shared-requirements.txt'),
            *_lines(CANDIDATES / candidate / 'requirements.txt'),
        ],
        sys.executable,
    )


def environment(name: str, requirements: list[str], python: str) -> Path:
    """Return the interpreter of an environment; make it if it is missing.

    *python* is an interpreter or a version of it.

    Raises:
        SystemExit: uv could not do it.
    """
    folder = FOLDER / name
    interpreter = folder / 'bin' / 'python'
    stamp = folder / 'installed'
    wanted = '\n'.join([python, sys.version, *requirements])
    if stamp.exists() and stamp.read_text('utf-8') == wanted:
        return interpreter
    print(f'Installing {name}', file=sys.stderr, flush=True)
    shutil.rmtree(folder, ignore_errors=True)
    _uv('venv', '--quiet', '--python', python, str(folder))
    listed = folder / 'requirements.txt'
    listed.write_text('\n'.join(requirements), 'utf-8')
    _uv(
        'pip',
        'install',
        '--quiet',
        '--python',
        str(interpreter),
        '--requirements',
        str(listed),
    )
    stamp.write_text(wanted, 'utf-8')
    return interpreter


def variables(environment: dict[str, str]) -> dict[str, str]:
    """Return the environment variables of a process of a candidate."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(('BENCH_', 'DJANGO_', 'DMR_', 'PYTHON'))
    }
    return {
        **kept,
        'PYTHONPATH': str(ROOT),
        'PYTHONHASHSEED': '0',
        **environment,
    }


def versions(candidate: str) -> dict[str, str]:
    """Return distribution → version of what a candidate has installed."""
    finished = _uv(
        'pip',
        'freeze',
        '--python',
        str(python_of(candidate)),
        '--exclude-editable',
    )
    lines = finished.stdout.splitlines()
    return dict(line.split('==') for line in lines if '==' in line)


def _uv(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run uv where relative paths in requirements start.

    Raises:
        SystemExit: uv is missing, or could not do its work.
    """
    program = shutil.which('uv')
    command = [program] if program else [sys.executable, '-m', 'uv']
    finished = subprocess.run(
        [*command, *arguments],
        cwd=ROOT,
        check=False,
        text=True,
        capture_output=True,
    )
    if finished.returncode:
        raise SystemExit(
            f'uv {" ".join(arguments)} failed. Run the suite by '
            f'`hatch run bench:run`, which has uv.\n{finished.stderr}',
        )
    return finished


def _lines(requirements: Path) -> list[str]:
    lines = requirements.read_text('utf-8').splitlines()
    return [line for line in lines if line and not line.startswith('#')]
