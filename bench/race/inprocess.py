"""Race without a network: what the framework costs, and nothing else.

Batches of all entries alternate, only one process works at a time, and
processor time is counted. What else runs on the machine disturbs all alike.
"""

import sys
from collections.abc import Mapping
from statistics import median, quantiles
from typing import Any, Final

from bench.cases import CASES, Request
from bench.race.entries import Entry, Interface, baseline
from bench.race.pool import Worker, check, workers

#: Processor time of one batch, long against the resolution of clocks.
_BATCH_SECONDS: Final = 0.02

#: Requests before anything is measured.
_WARM_UP: Final = 200


def race(
    chosen: list[Entry],
    interface: Interface,
    *,
    cases: list[str],
    rounds: int,
) -> dict[str, Any]:
    """Return case → entry → microseconds and ratio to the raw view."""
    found: dict[str, Any] = {}
    racing = [entry for entry in chosen if not entry.echo_only]
    with workers(racing, interface) as started:
        for name, worker in started.items():
            check(name, worker)
        for case in cases:
            print(f'{interface}, {case}', file=sys.stderr, flush=True)
            request = CASES[case].request
            times = alternate(
                {name: (one, request) for name, one in started.items()},
                rounds,
            )
            found[case] = compare(chosen, times)
    return found


def alternate(
    contenders: Mapping[str, tuple[Worker, Request]],
    rounds: int,
) -> dict[str, list[float]]:
    """Return name → seconds of one request, one number for each round."""
    sizes = {
        name: _size(worker, request)
        for name, (worker, request) in contenders.items()
    }
    times: dict[str, list[float]] = {name: [] for name in contenders}
    names = list(contenders)
    for number in range(rounds):
        # Everybody follows somebody else in each round.
        start = number % len(names)
        for name in names[start:] + names[:start]:
            worker, request = contenders[name]
            times[name].append(worker.seconds(request, sizes[name]))
    return times


def compare(
    chosen: list[Entry],
    times: Mapping[str, list[float]],
) -> dict[str, dict[str, float]]:
    """Return name → median, ratio to the raw view, quartiles of the ratio.

    A ratio is that of two batches of the same round.
    """
    present = {one.name: one for one in chosen if one.name in times}
    found = {}
    for name, seconds in times.items():
        row = {'microseconds': median(seconds) * 1e6}
        raw = baseline(present[name], list(present.values()))
        if raw is not None:
            ratios = [
                mine / its
                for mine, its in zip(seconds, times[raw.name], strict=True)
            ]
            row['ratio'] = median(ratios)
            row['low'], _, row['high'] = quantiles(ratios, n=4)
        found[name] = {key: _short(value) for key, value in row.items()}
    return found


def _size(worker: Worker, request: Request) -> int:
    """Return how many requests make a batch; the worker is warm then."""
    guess = worker.seconds(request, 5)
    warm = max(5, min(_WARM_UP, round(1 / guess)))
    seconds = worker.seconds(request, warm)
    return max(1, round(_BATCH_SECONDS / seconds))


def _short(value: float) -> float:
    """Return four digits: more would pretend to be exact."""
    return float(f'{value:.4g}')
