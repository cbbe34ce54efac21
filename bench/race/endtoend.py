"""Race behind real servers: requests per second, measured by wrk.

All servers run during the whole race; one of them is asked at a time, and they
take turns.
"""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any, Final

from bench.cases import CASES, Request, headers_of
from bench.race.entries import Entry, Interface
from bench.race.servers import RunningServer, start

MISSING: Final = (
    'wrk is missing, which measures requests per second. Install it with '
    '`apt-get install wrk` on Debian and Ubuntu, or `brew install wrk` on '
    'macOS. Without it there is `--only inprocess`.'
)

#: What wrk prints at the end, instead of text for people.
_REPORT: Final = """
done = function(summary, latency, requests)
  local errors = summary.errors
  io.write(
    "\\nREPORT {",
    string.format('"requests": %d, ', summary.requests),
    string.format('"microseconds": %d, ', summary.duration),
    string.format('"median": %d, ', latency:percentile(50)),
    string.format('"slow": %d, ', latency:percentile(99)),
    string.format('"errors": %d}\\n', errors.connect + errors.read
      + errors.write + errors.status + errors.timeout)
  )
end
"""


def require_wrk() -> None:
    """Stop if wrk is not installed.

    Raises:
        SystemExit: it is not.
    """
    if shutil.which('wrk') is None:
        raise SystemExit(MISSING)


def race(
    chosen: list[Entry],
    server: str,
    interface: Interface,
    *,
    cases: list[str],
    rounds: int,
) -> dict[str, Any]:
    """Return case → entry → requests per second, and more medians."""
    with servers(chosen, server, interface) as running:
        found = {}
        for case in cases:
            print(f'{server}, {interface}, {case}', file=sys.stderr, flush=True)
            found[case] = alternate(running, CASES[case].request, rounds=rounds)
    return found


@contextmanager
def servers(
    chosen: list[Entry],
    server: str,
    interface: Interface,
) -> Iterator[dict[str, RunningServer]]:
    """Start a server for each entry, check its answers; stop all."""
    with ExitStack() as stack:
        running = {}
        for entry in chosen:
            if interface in entry.interfaces and entry.behind_servers:
                one = start(entry, server, interface)
                stack.callback(one.stop)
                running[entry.name] = one
        for name, one in running.items():
            for case in CASES.values():
                one.check(name, case)
        yield running


def alternate(
    running: dict[str, RunningServer],
    request: Request,
    *,
    rounds: int,
    connections: int = 16,
) -> dict[str, dict[str, float]]:
    """Ask all servers in turns, a second each; return medians by name."""
    samples: dict[str, list[dict[str, float]]] = {name: [] for name in running}
    names = list(running)
    with TemporaryDirectory() as folder:
        script = Path(folder) / 'request.lua'
        script.write_text(_script(request), 'utf-8')
        for number in range(rounds + 1):
            start_at = number % len(names)
            for name in names[start_at:] + names[:start_at]:
                one = _measure(running[name], script, connections)
                if number:
                    # The first round warms up.
                    samples[name].append(one)
    return {name: _summary(found) for name, found in samples.items()}


def _summary(samples: list[dict[str, float]]) -> dict[str, float]:
    """Return medians, and the processor time of all requests together.

    The system counts that in hundredths of a second: a long time is exact.
    """
    found = {
        key: median(one[key] for one in samples)
        for key in ('per_second', 'median_milliseconds', 'slow_milliseconds')
    }
    requests = sum(one['requests'] for one in samples)
    used = sum(one['processor_seconds'] for one in samples)
    found['processor_microseconds'] = used / requests * 1e6
    return {key: float(f'{value:.4g}') for key, value in found.items()}


def _measure(
    server: RunningServer,
    script: Path,
    connections: int,
) -> dict[str, float]:
    """Ask one server for a second; again, if the machine had no time for it.

    Raises:
        SystemExit: it failed to answer, or answered with an error.
    """
    output = ''
    for _ in range(3):
        before = server.processor_seconds()
        output = _wrk(server.port, script, connections)
        used = server.processor_seconds() - before
        report = json.loads(output.rpartition('REPORT ')[2])
        if report['errors']:
            break
        if report['requests']:
            return {
                'requests': report['requests'],
                'processor_seconds': used,
                'per_second': report['requests'] / report['microseconds'] * 1e6,
                'median_milliseconds': report['median'] / 1e3,
                'slow_milliseconds': report['slow'] / 1e3,
            }
    raise SystemExit(f'wrk reports errors:\n{output}')


def _wrk(port: int, script: Path, connections: int) -> str:
    finished = subprocess.run(
        [
            'wrk',
            '--threads=1',
            f'--connections={connections}',
            '--duration=1s',
            f'--script={script}',
            f'http://127.0.0.1:{port}',
        ],
        check=True,
        text=True,
        capture_output=True,
    )
    return finished.stdout


def _script(request: Request) -> str:
    """Return the request as a script for wrk, which adds host and length."""
    query = f'?{request.query}' if request.query else ''
    lines = [
        f'wrk.method = "{request.method}"',
        f'wrk.path = "{request.path}{query}"',
        *(
            f'wrk.headers["{name}"] = "{value}"'
            for name, value in headers_of(request).items()
            if name not in {'Host', 'Content-Length'}
        ),
    ]
    if request.body:
        lines.append(f'wrk.body = [==[{request.body.decode()}]==]')
    return '\n'.join(lines) + _REPORT
