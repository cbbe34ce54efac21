"""Count the processor instructions of canonical requests, with valgrind.

``python -m bench.calls.instructions``: what C code costs is counted too, unlike
by calls. It takes minutes and needs ``apt-get install valgrind``; the numbers
depend on the builds of Python and of all libraries, so none are committed.
Compare two working trees on one machine.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

_ROOT: Final = Path(__file__).parents[2]

#: Requests of the shorter run, and how many more the longer one has. The
#: difference is free of imports and of what is done once.
_FEW: Final = 20
_MORE: Final = 100


def instructions(models: str, request: str) -> int:
    """Return the instructions of one request."""
    few, many = (_run(models, request, count) for count in (_FEW, _FEW + _MORE))
    return (many - few) // _MORE


def serve(request: str, count: int) -> None:
    """Send a request some times; runs inside of valgrind."""
    # The applications of candidates need their environment first.
    from bench.calls.count import REQUESTS  # noqa: PLC0415
    from bench.candidates.dmr.wsgi import application  # noqa: PLC0415
    from bench.race.worker import WSGIServer  # noqa: PLC0415

    WSGIServer(application).seconds(REQUESTS[request], count)


def _run(models: str, request: str, count: int) -> int:
    finished = subprocess.run(
        [
            'valgrind',
            '--tool=callgrind',
            '--callgrind-out-file=/dev/null',
            sys.executable,
            '-m',
            'bench.calls.instructions',
            request,
            str(count),
        ],
        cwd=_ROOT,
        env={
            **os.environ,
            'BENCH_MODELS': models,
            'BENCH_VALIDATE': '1',
            'PYTHONHASHSEED': '0',
        },
        check=True,
        text=True,
        stderr=subprocess.PIPE,
    )
    found = re.search(r'Collected : (\d+)', finished.stderr)
    assert found is not None, finished.stderr
    return int(found[1])


def main() -> None:
    """Print the instructions of all requests.

    Raises:
        SystemExit: valgrind is missing.
    """
    if shutil.which('valgrind') is None:
        raise SystemExit('valgrind is missing: apt-get install valgrind')
    for models in ('msgspec', 'pydantic'):
        for request in ('tiny', 'small', 'large', 'list', 'error'):
            counted = instructions(models, request)
            print(f'{models:9}{request:6} {counted:9,}', flush=True)


if __name__ == '__main__':
    if len(sys.argv) > 1:
        serve(sys.argv[1], int(sys.argv[2]))
    else:
        main()
