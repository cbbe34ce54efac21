"""Print how long frameworks need until their document is there.

Processor time is counted, so that other processes disturb less.

Each candidate runs in a process of its own, rounds of all candidates
alternate, medians are compared. The other frameworks come from an interpreter
that has them::

    python -m venv /path/to/peers
    /path/to/peers/bin/pip install fastapi django-ninja drf-spectacular
    python -m bench.schema.run --peers /path/to/peers/bin/python
"""

import argparse
import json
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Any

CANDIDATES = Path(__file__).parent / 'candidates'
OURS = ('dmr_pydantic', 'dmr_msgspec')
PEERS = ('fastapi_app', 'ninja_app', 'spectacular_app')


def measure(python: str, candidate: str, operations: int) -> dict[str, Any]:
    """Return the times of one run of one candidate, in seconds."""
    process = subprocess.run(
        [python, f'{candidate}.py', str(operations)],
        check=True,
        capture_output=True,
        cwd=CANDIDATES,
    )
    times: dict[str, Any] = json.loads(process.stdout)
    if times['operations'] != operations:
        raise ValueError(f'{candidate} has {times["operations"]} operations')
    return times


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--peers', help='interpreter with other frameworks')
    parser.add_argument('--operations', type=int, nargs='+', default=[2000])
    parser.add_argument('--rounds', type=int, default=5)
    options = parser.parse_args()
    pythons = dict.fromkeys(OURS, sys.executable)
    if options.peers:
        pythons.update(dict.fromkeys(PEERS, options.peers))
    print('| operations | candidate | import | define | document |')
    print('|---|---|---|---|---|')
    for operations in options.operations:
        rounds = [
            {
                candidate: measure(python, candidate, operations)
                for candidate, python in pythons.items()
            }
            for _ in range(options.rounds)
        ]
        for candidate in pythons:
            print(row(operations, candidate, rounds))


def row(
    operations: int,
    candidate: str,
    rounds: list[dict[str, dict[str, Any]]],
) -> str:
    """Return a line of the table, in seconds."""
    medians = [
        statistics.median(one[candidate][step] for one in rounds)
        for step in ('import', 'define', 'document')
    ]
    times = ' | '.join(f'{median:.2f} s' for median in medians)
    return f'| {operations} | {candidate} | {times} |'


if __name__ == '__main__':
    main()
