"""Time what happens before the first request, for the scripts ``startup.py``.

Each of them imports its framework, defines as many controllers as it is told,
with two operations each, and prints processor time as JSON.
"""

import json
import sys
import time
from collections.abc import Callable
from typing import Any


def clock() -> float:
    """Return the processor time of this process."""
    return time.process_time()


def report(begun: float, build: Callable[[int], Any]) -> None:
    """Print the seconds since *begun*, and those of building controllers."""
    imported = clock()
    build(int(sys.argv[1]))
    print(json.dumps({'import': imported - begun, 'build': clock() - imported}))
