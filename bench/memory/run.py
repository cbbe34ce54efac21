"""Print how much memory a process has, while it serves random requests.

``hatch run bench:memory --requests 1000000``. What the requests leave behind
is counted as blocks of memory of the interpreter, as kilobytes that Python
objects have (with ``--trace``, slower), and as the size of the process.
"""

import argparse
import gc
import json
import os
import sys
import tracemalloc
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, TypeAlias

from bench.cases import Request
from bench.memory.traffic import requests
from bench.race.worker import ASGIServer, Server, WSGIServer

Checkpoint: TypeAlias = dict[str, int]


def measure(
    ask: Callable[[Request], object],
    asked: Iterable[Request],
    every: int,
) -> Iterator[Checkpoint]:
    """Ask, and return what is in memory after each *every* requests."""
    for number, request in enumerate(asked, start=1):
        ask(request)
        if number % every == 0:
            gc.collect()
            yield {
                'requests': number,
                'blocks': sys.getallocatedblocks(),
                'traced_kilobytes': tracemalloc.get_traced_memory()[0] // 1024,
                'process_kilobytes': _process_kilobytes(),
            }


def _process_kilobytes() -> int:
    """Return the resident size of this process, as Linux knows it."""
    pages = int(Path('/proc/self/statm').read_text('ascii').split()[1])
    return pages * os.sysconf('SC_PAGE_SIZE') // 1024


def main(arguments: list[str]) -> None:
    """Print one line for each checkpoint, and which answers there were."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--requests', type=int, default=100_000)
    parser.add_argument('--checkpoints', type=int, default=10)
    parser.add_argument('--asgi', action='store_true')
    parser.add_argument('--trace', action='store_true')
    options = parser.parse_args(arguments)
    if options.trace:
        tracemalloc.start()
    from bench.memory import application  # noqa: PLC0415

    server: Server = WSGIServer(application.wsgi)
    if options.asgi:
        server = ASGIServer(application.asgi)
    statuses: Counter[int] = Counter()

    def ask(request: Request) -> Any:
        statuses[server.ask(request)[0]] += 1

    for checkpoint in measure(
        ask,
        requests(options.requests),
        options.requests // options.checkpoints,
    ):
        print(json.dumps(checkpoint), flush=True)
    print(json.dumps({'answers': dict(sorted(statuses.items()))}))


if __name__ == '__main__':
    main(sys.argv[1:])
