"""Run checks two at a time, those that take longest first.

Without arguments all that ``hatch run check`` does after linting. ``matrix``
runs the test suite on each supported Python that this machine has, ``matrix
3.12`` on one. Pythons that are missing are named at the end, they are no
failure. What a check says is printed when it has ended.
"""

import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Final, NamedTuple

from matrix import MATRIX, Outcome, combinations, real_folder

#: A check keeps one core busy, and small machines have two.
AT_ONCE: Final = 2


class Check(NamedTuple):
    """Something to run, and what it is called in reports."""

    name: str
    run: Callable[[], Outcome]


def main(arguments: list[str]) -> int:
    """Return the number of checks that failed."""
    alone = arguments[:1] == ['matrix']
    pythons = arguments[1:] or list(MATRIX)
    checks = _combinations(pythons)
    if not alone:
        # Environments for wheels are made before those of the matrix.
        first, last = ('test', 'isolated'), ('types', 'docs')
        checks = [*map(_script, first), *checks, *map(_script, last)]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        succeeded = list(pool.map(_report, checks))
    for check, is_good in zip(checks, succeeded, strict=True):
        print(f'{check.name}: {"passed" if is_good else "FAILED"}')
    for python in pythons:
        if real_folder(python) is None:
            print(f'Python {python}: skipped, not on this machine')
    return succeeded.count(False)


def _combinations(pythons: Iterable[str]) -> list[Check]:
    return [Check(str(one), one.test) for one in combinations(pythons)]


def _script(name: str) -> Check:
    """Return a check that is a script of the default environment."""

    def run() -> Outcome:
        finished = subprocess.run(
            ['hatch', 'run', name],
            check=False,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        return Outcome(finished.returncode == 0, finished.stdout)

    return Check(name, run)


def _report(check: Check) -> bool:
    print(f'{check.name}: started', flush=True)
    started = time.monotonic()
    outcome = check.run()
    seconds = time.monotonic() - started
    print(f'{check.name}: {seconds:.0f} seconds\n{outcome.output}', flush=True)
    return outcome.is_good


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
