"""Run the demo the way a person runs it: a process, a port, a database."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

EXAMPLES: Final = Path(__file__).parents[2] / 'examples'

#: What the demo prints when it listens.
_DOCS_PAGE: Final = re.compile(r'Docs page: +(http://\S+)/docs/')

_START_SECONDS: Final = 60


@contextmanager
def running_demo(folder: Path) -> Iterator[str]:
    """Serve a new library on a free port, and return its address.

    The database and everything that the demo prints are in *folder*.
    """
    log = folder / 'demo.log'
    with log.open('wb') as output:
        demo = subprocess.Popen(
            [
                sys.executable,
                str(EXAMPLES / 'demo' / 'run.py'),
                '--port=0',
                f'--database={folder / "library.sqlite3"}',
            ],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            # The demo writes its address before the output is a page long.
            env={**os.environ, 'PYTHONUNBUFFERED': '1'},
        )
    try:
        yield _address(demo, log)
    finally:
        demo.terminate()
        try:
            demo.wait(10)
        except subprocess.TimeoutExpired:
            demo.kill()
            demo.wait()


def _address(demo: subprocess.Popen[bytes], log: Path) -> str:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline and demo.poll() is None:
        found = _DOCS_PAGE.search(log.read_text('utf-8', 'replace'))
        if found:
            return found[1]
        time.sleep(0.1)
    raise RuntimeError(
        f'The demo has not started:\n{log.read_text("utf-8", "replace")}',
    )
