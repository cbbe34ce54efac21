"""The parts of the suite: how each is measured, and which tables show it."""

import argparse
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from bench.race import endtoend, inprocess, scaling, startup
from bench.race.entries import ROOT, Entry, Interface
from bench.race.environments import python_of, variables
from bench.race.servers import SERVERS

#: How many rounds a part has, if nobody says, and in a hurry.
_ROUNDS: Final = {
    'inprocess': (60, 5),
    'servers': (5, 1),
    'sizes': (9, 2),
    'routes': (15, 2),
    'connections': (4, 1),
    'startup': (5, 1),
}

_INTERFACES: Final[tuple[Interface, ...]] = ('wsgi', 'asgi')

#: Measures entries, with the options of the command line.
Measure: TypeAlias = Callable[
    [list[Entry], argparse.Namespace],
    dict[str, Any],
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part; *blocks* are the names of its tables."""

    measure: Measure
    blocks: tuple[str, ...]
    needs_wrk: bool = False


def _inprocess(
    chosen: list[Entry],
    options: argparse.Namespace,
) -> dict[str, Any]:
    return {
        interface: inprocess.race(
            chosen,
            interface,
            cases=options.cases,
            rounds=_rounds('inprocess', options),
        )
        for interface in _INTERFACES
    }


def _behind(server: str) -> Measure:
    """Return the race behind one server, with all of its interfaces."""

    def measure(
        chosen: list[Entry],
        options: argparse.Namespace,
    ) -> dict[str, Any]:
        return {
            interface: endtoend.race(
                chosen,
                server,
                interface,
                cases=options.cases,
                rounds=_rounds('servers', options),
            )
            for interface in SERVERS[server]
        }

    return measure


def _sizes(chosen: list[Entry], options: argparse.Namespace) -> dict[str, Any]:
    return scaling.sizes(chosen, rounds=_rounds('sizes', options))


def _routes(chosen: list[Entry], options: argparse.Namespace) -> dict[str, Any]:
    rounds = _rounds('routes', options)
    return {
        interface: scaling.routes(chosen, interface, rounds=rounds)
        for interface in _INTERFACES
    }


def _connections(
    chosen: list[Entry],
    options: argparse.Namespace,
) -> dict[str, Any]:
    rounds = _rounds('connections', options)
    return scaling.connections(chosen, rounds=rounds)


def _startup(
    chosen: list[Entry],
    options: argparse.Namespace,
) -> dict[str, Any]:
    return startup.measure(chosen, rounds=_rounds('startup', options))


def _memory(
    chosen: list[Entry],
    options: argparse.Namespace,
) -> dict[str, Any]:
    """Serve random requests in the environment of dmr.

    A tenth of them over ASGI: the views are sync, each needs a thread there.
    """
    count = options.requests or (20_000 if options.quick else 1_000_000)
    return {
        'wsgi': _checkpoints([f'--requests={count}']),
        'asgi': _checkpoints([f'--requests={count // 10}', '--asgi']),
    }


def _checkpoints(arguments: list[str]) -> dict[str, Any]:
    print('memory', *arguments, file=sys.stderr, flush=True)
    finished = subprocess.run(
        [str(python_of('dmr')), '-m', 'bench.memory.run', *arguments],
        cwd=ROOT,
        env=variables({}),
        check=True,
        text=True,
        stdout=subprocess.PIPE,
    )
    *checkpoints, answers = map(json.loads, finished.stdout.splitlines())
    return {'checkpoints': checkpoints, **answers}


def _rounds(part: str, options: argparse.Namespace) -> int:
    usual, quick = _ROUNDS[part]
    rounds: int = options.rounds or (quick if options.quick else usual)
    return rounds


#: Name → part, in the order in which they run.
PARTS: Final = {
    'inprocess': Part(
        measure=_inprocess,
        blocks=('inprocess-wsgi', 'inprocess-asgi'),
    ),
    'uvicorn': Part(
        measure=_behind('uvicorn'),
        blocks=('uvicorn-asgi', 'uvicorn-processor', 'latency'),
        needs_wrk=True,
    ),
    'gunicorn': Part(
        measure=_behind('gunicorn'),
        blocks=('gunicorn-wsgi',),
        needs_wrk=True,
    ),
    'granian': Part(
        measure=_behind('granian'),
        blocks=('granian-wsgi', 'granian-asgi'),
        needs_wrk=True,
    ),
    'sizes': Part(measure=_sizes, blocks=('sizes',)),
    'routes': Part(measure=_routes, blocks=('routes',)),
    'connections': Part(
        measure=_connections,
        blocks=('connections',),
        needs_wrk=True,
    ),
    'startup': Part(measure=_startup, blocks=('startup',)),
    'memory': Part(measure=_memory, blocks=('memory',)),
}
