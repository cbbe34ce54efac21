"""Measure what happens before the first request.

A candidate that has ``startup.py`` takes part. Processes alternate; processor
time is counted.
"""

import json
import subprocess
import sys
from statistics import median
from typing import Any, Final

from bench.race.entries import CANDIDATES, ROOT, Entry
from bench.race.environments import python_of, variables

#: How many controllers, of two operations each.
COUNTS: Final = (0, 100, 300, 1000)

#: The names that stand for a candidate: one for each of its serializers.
_CHOSEN: Final = (
    'dmr-msgspec-validated',
    'dmr-pydantic-validated',
    'drf',
    'fastapi',
    'litestar',
    'modern-rest-msgspec-validated',
    'modern-rest-pydantic-validated',
    'ninja',
)


def measure(
    chosen: list[Entry],
    *,
    counts: tuple[int, ...] = COUNTS,
    rounds: int,
) -> dict[str, Any]:
    """Return entry → seconds of import, and of building by count."""
    present = [entry for entry in chosen if takes_part(entry)]
    imports: dict[str, list[float]] = {one.name: [] for one in present}
    found: dict[str, Any] = {one.name: {'build': {}} for one in present}
    for count in counts:
        print(f'startup, {count} controllers', file=sys.stderr, flush=True)
        builds: dict[str, list[float]] = {one.name: [] for one in present}
        for _ in range(rounds):
            for entry in present:
                times = _run(entry, count)
                imports[entry.name].append(times['import'])
                builds[entry.name].append(times['build'])
        for name, seconds in builds.items():
            if count:
                found[name]['build'][str(count)] = _short(median(seconds))
    for name, seconds in imports.items():
        found[name]['import'] = _short(median(seconds))
    return found


def takes_part(entry: Entry) -> bool:
    """Tell whether an entry stands for its candidate here."""
    script = CANDIDATES / entry.candidate / 'startup.py'
    return entry.name in _CHOSEN and script.exists()


def _run(entry: Entry, count: int) -> dict[str, float]:
    finished = subprocess.run(
        [
            str(python_of(entry.candidate)),
            '-m',
            f'bench.candidates.{entry.candidate}.startup',
            str(count),
        ],
        cwd=ROOT,
        env=variables(entry.environment),
        check=True,
        text=True,
        stdout=subprocess.PIPE,
    )
    times: dict[str, float] = json.loads(finished.stdout)
    return times


def _short(seconds: float) -> float:
    return float(f'{seconds:.3g}')
