"""Compare the calls of today with the committed ones, or commit new ones.

``python -m bench.calls.compare`` writes the numbers of this Python and Django,
``hatch run bench:record`` those of all combinations. A change that makes
requests dearer has to say why; one that makes them cheaper records it, so that
the gain stays.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final, TypeAlias

import django

#: Models → request → kind → calls.
Numbers: TypeAlias = dict[str, dict[str, dict[str, int]]]

NUMBERS: Final = Path(__file__).parent / 'numbers.json'
MODELS: Final = ('msgspec', 'pydantic')

#: What a request may cost more before somebody has to decide.
TOLERANCE: Final = 1.03

_ROOT: Final = Path(__file__).parents[2]


def combination() -> str:
    """Return what the numbers depend on."""
    python = '.'.join(map(str, sys.version_info[:2]))
    return f'Python {python}, Django {django.VERSION[0]}.{django.VERSION[1]}'


def recorded() -> Numbers | None:
    """Return the committed numbers of this combination, if there are any."""
    return _read().get(combination())


def counted() -> Numbers:
    """Return the numbers of the working tree."""
    processes = {models: _start(models) for models in MODELS}
    return {
        models: json.loads(process.communicate()[0])
        for models, process in processes.items()
    }


def dearer(before: Numbers, now: Numbers) -> Iterator[str]:
    """Return one line for each request that became dearer."""
    for models, requests in before.items():
        for request, then in requests.items():
            found = now[models][request]
            if found['all'] > then['all'] * TOLERANCE:
                more = found['all'] / then['all'] - 1
                yield (
                    f'{models}, {request}: {found["all"]} calls instead of '
                    f'{then["all"]}, +{more:.1%}; in dmr {found["dmr"]} '
                    f'instead of {then["dmr"]}'
                )


def record() -> None:
    """Write the numbers of the working tree for this combination."""
    numbers = {**_read(), combination(): counted()}
    text = json.dumps(numbers, indent=1, sort_keys=True)
    NUMBERS.write_text(f'{text}\n', 'utf-8')


def _read() -> dict[str, Numbers]:
    found: dict[str, Numbers] = json.loads(NUMBERS.read_text('utf-8'))
    return found


def _start(models: str) -> subprocess.Popen[str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(('BENCH_', 'COV', 'DJANGO_', 'DMR_', 'PYTHON'))
    }
    return subprocess.Popen(
        [sys.executable, '-m', 'bench.calls.count'],
        cwd=_ROOT,
        env={
            **kept,
            'BENCH_MODELS': models,
            'BENCH_VALIDATE': '1',
            'PYTHONHASHSEED': '0',
        },
        text=True,
        stdout=subprocess.PIPE,
    )


if __name__ == '__main__':
    record()
