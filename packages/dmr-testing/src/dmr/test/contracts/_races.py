"""Call one function in many threads at the same time."""

import sys
import threading
from collections.abc import Callable
from typing import Any, Final

from dmr.test.contracts._calling import Outcome, outcome

_THREADS: Final = 6
#: Threads take turns this often, so that they meet everywhere.
_SWITCH_SECONDS: Final = 1e-6
_PATIENCE_SECONDS: Final = 30


def race(work: Callable[[], Any], *, threads: int = _THREADS) -> list[Outcome]:
    """Return what each thread got of *work*; all begin at once."""
    start = threading.Barrier(threads)
    found: list[Outcome] = []

    def run() -> None:
        start.wait(_PATIENCE_SECONDS)
        found.append(outcome(work))

    running = [
        threading.Thread(target=run, daemon=True) for _ in range(threads)
    ]
    interval = sys.getswitchinterval()
    sys.setswitchinterval(_SWITCH_SECONDS)
    try:
        for thread in running:
            thread.start()
        for thread in running:
            thread.join(_PATIENCE_SECONDS)
    finally:
        sys.setswitchinterval(interval)
    found += [
        Outcome(error=TimeoutError('A thread does not end.'))
        for thread in running
        if thread.is_alive()
    ]
    return found
