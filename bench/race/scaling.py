"""Curves: what happens when there is more of something."""

import sys
from typing import Any, Final

from bench.cases import CASES, echo
from bench.race import endtoend, inprocess
from bench.race.entries import Entry, Interface
from bench.race.pool import check_echo, workers

#: Lines in a body that is read and written again.
SIZES: Final = (1, 10, 100, 1000, 10_000)

#: Routes before the one that is asked for.
ROUTES: Final = (0, 10, 100, 1000)

#: Clients at the same time.
CONNECTIONS: Final = (1, 4, 16, 64, 256)

#: Entries that stand for the others, so that curves can be told apart.
_SIZES: Final = (
    'direct-msgspec',
    'direct-pydantic',
    'raw-msgspec',
    'raw-pydantic',
    'dmr-msgspec',
    'dmr-msgspec-validated',
    'dmr-pydantic',
    'dmr-pydantic-validated',
    'modern-rest-msgspec-validated',
    'modern-rest-pydantic-validated',
    'ninja',
    'drf',
)
_ROUTES: Final[dict[Interface, tuple[str, ...]]] = {
    'wsgi': (
        'raw-msgspec',
        'dmr-msgspec-validated',
        'modern-rest-msgspec-validated',
        'ninja',
    ),
    'asgi': ('dmr-msgspec-validated', 'fastapi', 'litestar'),
}
_CONNECTIONS: Final = (
    'raw-msgspec',
    'dmr-msgspec-validated',
    'dmr-pydantic-validated',
    'modern-rest-msgspec-validated',
    'fastapi',
    'litestar',
)


def sizes(chosen: list[Entry], *, rounds: int) -> dict[str, Any]:
    """Return entry → lines → microseconds of reading and writing them."""
    found: dict[str, Any] = {}
    with workers(_only(chosen, _SIZES), 'wsgi') as started:
        for count in SIZES:
            print(f'scaling, {count} lines', file=sys.stderr, flush=True)
            for name, worker in started.items():
                check_echo(name, worker, count)
            request = echo(count)
            times = inprocess.alternate(
                {name: (one, request) for name, one in started.items()},
                rounds,
            )
            _add(found, count, inprocess.compare(chosen, times))
    return found


def routes(
    chosen: list[Entry],
    interface: Interface,
    *,
    rounds: int,
) -> dict[str, Any]:
    """Return entry → routes → microseconds of a request to the last one."""
    found: dict[str, Any] = {}
    request = CASES['tiny'].request
    present = _only(chosen, _ROUTES[interface])
    for count in ROUTES:
        print(f'scaling, {count} routes', file=sys.stderr, flush=True)
        with workers(present, interface, BENCH_ROUTES=str(count)) as started:
            times = inprocess.alternate(
                {name: (one, request) for name, one in started.items()},
                rounds,
            )
            _add(found, count, inprocess.compare(chosen, times))
    return found


def connections(chosen: list[Entry], *, rounds: int) -> dict[str, Any]:
    """Return entry → clients → requests per second behind uvicorn."""
    found: dict[str, Any] = {}
    present = _only(chosen, _CONNECTIONS)
    with endtoend.servers(present, 'uvicorn', 'asgi') as running:
        for count in CONNECTIONS:
            print(f'scaling, {count} clients', file=sys.stderr, flush=True)
            medians = endtoend.alternate(
                running,
                CASES['small'].request,
                rounds=rounds,
                connections=count,
            )
            _add(found, count, medians)
    return found


def _only(chosen: list[Entry], names: tuple[str, ...]) -> list[Entry]:
    return [entry for entry in chosen if entry.name in names]


def _add(
    found: dict[str, Any],
    count: int,
    medians: dict[str, dict[str, float]],
) -> None:
    for name, row in medians.items():
        value = row.get('microseconds', row.get('per_second'))
        found.setdefault(name, {})[str(count)] = value
