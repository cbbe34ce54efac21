"""Start the demo as its users do, in a process of its own."""

import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

DEMO: Final = Path(__file__).parents[3] / 'examples' / 'demo'
_LAST_LINE: Final = 'Ctrl-C'


def command(database: Path, *, port: int = 0) -> list[str]:
    """Return what starts the demo."""
    return [
        sys.executable,
        str(DEMO / 'run.py'),
        f'--port={port}',
        f'--database={database}',
    ]


def environment(**more: str) -> dict[str, str]:
    """Return the environment without what these tests have set."""
    return {
        name: value
        for name, value in os.environ.items()
        if name != 'DJANGO_SETTINGS_MODULE'
    } | more


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningDemo:
    """A demo that answers, and what it printed before."""

    printed: str
    process: subprocess.Popen[str]

    @property
    def address(self) -> str:
        """Return the address, without a slash at the end."""
        found = re.search(r'Docs page: +(\S+)/docs/', self.printed)
        assert found is not None
        return found[1]

    @property
    def curl_lines(self) -> list[str]:
        """Return the commands to try, as they were printed."""
        return [
            line.strip()
            for line in self.printed.splitlines()
            if line.strip().startswith('curl')
        ]


@dataclass(slots=True, kw_only=True)
class StoppedDemo:
    """How a demo ended."""

    status: int | None = None
    errors: str = ''


@contextmanager
def running_demo(
    database: Path,
    stopped: StoppedDemo | None = None,
) -> Iterator[RunningDemo]:
    """Start the demo on a free port, and press Ctrl-C at the end."""
    with tempfile.TemporaryFile('w+') as errors:
        process = subprocess.Popen(
            command(database),
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
        try:
            yield RunningDemo(printed=_welcome(process), process=process)
        finally:
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=30)
            if stopped is not None:
                errors.seek(0)
                stopped.status = process.returncode
                stopped.errors = errors.read()


def _welcome(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    lines: list[str] = []
    for line in process.stdout:
        lines.append(line)
        if line.startswith(_LAST_LINE):
            return ''.join(lines)
    raise RuntimeError('The demo does not start')
