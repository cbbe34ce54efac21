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


def race(*works: Callable[[], Any]) -> list[list[Outcome]]:
    """Return what each thread got, for each of *works*; all begin at once."""
    start = threading.Barrier(_THREADS)
    found: list[list[Outcome]] = [[] for _ in works]

    def run(number: int) -> None:
        start.wait(_PATIENCE_SECONDS)
        chosen = number % len(works)
        found[chosen].append(outcome(works[chosen]))

    running = [
        threading.Thread(target=run, args=(number,), daemon=True)
        for number in range(_THREADS)
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
    if any(thread.is_alive() for thread in running):
        found[0].append(Outcome(error=TimeoutError('A thread does not end.')))
    return found
