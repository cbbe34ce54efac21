"""Count the function calls of canonical requests, and print them as JSON.

Two numbers for each request: all calls from the WSGI handler down, which is
what is guarded, and those of functions of dmr with the C functions that they
call. The second may grow where dmr does something instead of Django. A count is
the same in each run on each machine, as long as Python and Django are the same.

Run in a fresh process, see :mod:`bench.calls.compare`::

    BENCH_MODELS=msgspec PYTHONHASHSEED=0 python -m bench.calls.count

With the name of a request it prints who is called instead.
"""

import gc
import json
import sys
from collections import Counter
from pathlib import Path
from types import FrameType
from typing import Any, Final

from bench import cases
from bench.cases import CASES, Request
from bench.race import worker
from bench.race.worker import WSGIServer

#: Name → request. The error is a body that does not validate.
REQUESTS: Final = {
    **{name: case.request for name, case in CASES.items()},
    'error': CASES['small'].wrong[0],
}

#: What sends the requests is not counted.
_HARNESS: Final = frozenset((__file__, cases.__file__, worker.__file__))

#: Requests before the one that is counted: all caches are warm.
_WARM_UP: Final = 50


class Counting:
    """Counts calls while it is the profile function of the interpreter."""

    def __init__(self) -> None:
        self.calls: Counter[tuple[str, bool]] = Counter()

    def __call__(self, frame: FrameType, event: str, argument: Any) -> None:
        """Note one event; the end of a call is none."""
        if event not in {'call', 'c_call'}:
            return
        code = frame.f_code
        if code.co_filename in _HARNESS:
            return
        is_ours = '/dmr/' in Path(code.co_filename).as_posix()
        if event == 'call':
            name = f'{Path(code.co_filename).stem}.{code.co_qualname}'
        else:
            name = f'{code.co_qualname} → {argument.__qualname__}'
        self.calls[name, is_ours] += 1

    def totals(self) -> dict[str, int]:
        """Return how many calls there were, and how many of them are ours."""
        ours = sum(
            count for (_, is_ours), count in self.calls.items() if is_ours
        )
        return {'all': self.calls.total(), 'dmr': ours}


def count(server: WSGIServer, request: Request) -> Counting:
    """Return the calls of one request, of many."""
    for _ in range(_WARM_UP):
        server.ask(request)
    counting = Counting()
    gc.collect()
    gc.disable()
    sys.setprofile(counting)
    try:
        server.ask(request)
    finally:
        sys.setprofile(None)
        gc.enable()
    return counting


def main(name: str | None = None) -> None:
    """Print the totals of all requests, or the calls of one."""
    from bench.candidates.dmr.wsgi import application  # noqa: PLC0415

    server = WSGIServer(application)
    if name is not None:
        calls = count(server, REQUESTS[name]).calls
        for (called, is_ours), times in calls.items():
            print(f'{times:4} {"dmr" if is_ours else "   "} {called}')
        return
    totals = {
        name: count(server, request).totals()
        for name, request in REQUESTS.items()
    }
    print(json.dumps(totals))


if __name__ == '__main__':
    main(*sys.argv[1:])
