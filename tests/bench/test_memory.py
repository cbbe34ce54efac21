"""Memory is flat, whatever clients send."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Final

from bench.cases import Request
from bench.memory.run import measure
from bench.memory.traffic import requests

#: Blocks of memory that may be left after 5000 requests: noise of caches that
#: are not full yet. One in ten requests that leaves one thing behind is more.
_NOISE: Final = 500


def test_random_requests_leave_nothing_behind() -> None:
    """The second half of 10,000 requests finds memory as the first left it."""
    finished = subprocess.run(
        [
            sys.executable,
            '-m',
            'bench.memory.run',
            '--requests=10000',
            '--checkpoints=2',
        ],
        cwd=Path(__file__).parents[2],
        check=True,
        text=True,
        capture_output=True,
    )

    half, whole, answers = map(json.loads, finished.stdout.splitlines())
    assert whole['blocks'] - half['blocks'] < _NOISE
    # Every kind of answer took part.
    assert {'200', '201', '400', '401', '404', '405', '406'} <= set(
        answers['answers'],
    )


def test_what_stays_behind_is_noticed() -> None:
    """One path in ten that is kept is more than noise."""
    kept = []

    def leak(request: Request) -> None:
        if len(kept) % 10 == 0:
            kept.append(f'{request.path}?{request.query}')
        else:
            kept.append('')

    half, whole = measure(leak, requests(10_000), 5_000)

    assert whole['blocks'] - half['blocks'] > _NOISE
