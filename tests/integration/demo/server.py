"""Start the demo as its users do, in a process of its own."""

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

DEMO: Final = Path(__file__).parents[3] / 'examples' / 'demo'
_LAST_LINE: Final = 'Ctrl-C'
_START_SECONDS: Final = 60


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
    process: 'subprocess.Popen[bytes]'

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
    with tempfile.TemporaryDirectory() as folder:
        # Each request is a line: a pipe that nobody reads would be full soon.
        output, errors = Path(folder) / 'output', Path(folder) / 'errors'
        with output.open('wb') as stdout, errors.open('wb') as stderr:
            process = subprocess.Popen(
                command(database),
                env=environment(),
                stdin=subprocess.DEVNULL,
                stdout=stdout,
                stderr=stderr,
            )
        try:
            yield RunningDemo(
                printed=_welcome(process, output, errors),
                process=process,
            )
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=30)
            if stopped is not None:
                stopped.status = process.returncode
                stopped.errors = errors.read_text('utf-8')


def _welcome(
    process: 'subprocess.Popen[bytes]',
    output: Path,
    errors: Path,
) -> str:
    """Return what the demo prints before it listens."""
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        head, last_line, _ = output.read_text('utf-8').partition(_LAST_LINE)
        if last_line:
            return head
        time.sleep(0.05)
    raise RuntimeError(
        f'The demo does not start:\n{errors.read_text("utf-8")}',
    )
