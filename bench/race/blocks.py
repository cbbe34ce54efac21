"""The blocks of the documentation that are measured: name → Markdown."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from bench.cases import CASES
from bench.race import tables
from bench.race.entries import Entry, entries
from bench.race.servers import SERVERS

#: Who competes with whom: validated responses, unless there is no choice.
_OURS: Final = {
    'msgspec': 'dmr-msgspec-validated',
    'pydantic': 'dmr-pydantic-validated',
}

#: From here on a difference is one.
_NOTICEABLE: Final = 1.03


def circumstances(found: dict[str, Any]) -> str:
    """Return machine, versions, dates and commands."""
    first = found['inprocess']
    versions: dict[str, str] = {}
    for part in found.values():
        for installed in part['versions'].values():
            versions.update(installed)
    interesting = (
        'django',
        'msgspec',
        'pydantic',
        'django-modern-rest',
        'django-ninja',
        'djangorestframework',
        'fastapi',
        'litestar',
        'gunicorn',
        'uvicorn',
        'uvloop',
        'granian',
    )
    listed = ', '.join(
        f'{name} {versions[name]}' for name in interesting if name in versions
    )
    runs = tables.table(
        ['part', 'date', 'load of the machine when it began', 'command'],
        [
            [part, row['date'], str(row['load']), f'`{row["command"]}`']
            for part, row in found.items()
        ],
    )
    return (
        f'{first["processor"]}, {first["cores"]} cores, {first["system"]}, '
        f'Python {first["python"]}; {listed}.\n\n{runs}'
    )


def inprocess_wsgi(found: dict[str, Any]) -> str:
    """Return ratios to the raw views."""
    results = found['inprocess']['found']['wsgi']
    return tables.by_case(results, entries(), tables.ratio)


def inprocess_asgi(found: dict[str, Any]) -> str:
    """Return times: most of them have no raw view in common."""
    results = found['inprocess']['found']['asgi']
    return tables.by_case(results, entries(), tables.microseconds)


def server(name: str, interface: str) -> Callable[[dict[str, Any]], str]:
    """Return the block of requests per second behind a server."""

    def block(found: dict[str, Any]) -> str:
        results = found[name]['found'][interface]
        return tables.by_case(results, entries(), tables.per_second)

    return block


def processor(found: dict[str, Any]) -> str:
    """Return the processor time of a request behind uvicorn."""
    results = found['uvicorn']['found']['asgi']
    return tables.by_case(results, entries(), tables.processor)


def latency(found: dict[str, Any]) -> str:
    """Return how long clients wait for the small POST behind uvicorn."""
    results = found['uvicorn']['found']['asgi'].get('small', {})
    return tables.table(
        ['', 'median', '99 of 100'],
        [
            [
                entry.title,
                f'{row["median_milliseconds"]:.1f} ms',
                f'{row["slow_milliseconds"]:.1f} ms',
            ]
            for entry in entries()
            if (row := results.get(entry.name))
        ],
    )


def sizes(found: dict[str, Any]) -> str:
    """Return the times for lists of different length."""
    return _by_count(found['sizes']['found'], _time)


def routes(found: dict[str, Any]) -> str:
    """Return the times of requests to the last of many routes."""
    return '\n\n'.join(
        f'{interface.upper()}:\n\n{_by_count(results, _time)}'
        for interface, results in found['routes']['found'].items()
    )


def connections(found: dict[str, Any]) -> str:
    """Return requests per second for more and more clients."""
    results = found['connections']['found']
    return _by_count(results, tables.thousands)


def _by_count(
    results: Mapping[str, Mapping[str, float]],
    cell: Callable[[float], str],
) -> str:
    counts = sorted(next(iter(results.values())), key=int)
    return tables.table(
        ['', *(tables.thousands(int(count)) for count in counts)],
        [
            [
                entry.title,
                *(cell(results[entry.name][count]) for count in counts),
            ]
            for entry in entries()
            if entry.name in results
        ],
    )


def startup(found: dict[str, Any]) -> str:
    """Return the seconds of imports and of building controllers."""
    results = found['startup']['found']
    counts = sorted(next(iter(results.values()))['build'], key=int)
    return tables.table(
        ['', 'import', *(f'{count} controllers' for count in counts)],
        [
            [
                entry.title,
                f'{results[entry.name]["import"]:.2f} s',
                *(
                    f'{results[entry.name]["build"][count]:.2f} s'
                    for count in counts
                ),
            ]
            for entry in entries()
            if entry.name in results
        ],
    )


def memory(found: dict[str, Any]) -> str:
    """Return what was in memory after how many requests."""
    rows = [
        [
            interface.upper(),
            tables.thousands(one['requests']),
            f'{one["process_kilobytes"] / 1024:.1f} MB',
            tables.thousands(one['blocks']),
        ]
        for interface, results in found['memory']['found'].items()
        for one in results['checkpoints']
    ]
    return tables.table(
        ['interface', 'requests', 'size of the process', 'blocks of memory'],
        rows,
    )


def ahead(found: dict[str, Any]) -> str:
    """Return where somebody is faster than dmr with the same models."""
    rows = list(_ahead(found))
    if not rows:
        return 'Nobody, in this run.'
    return tables.table(['where', 'case', 'who', 'how much faster'], rows)


def _ahead(found: dict[str, Any]) -> Iterator[list[str]]:
    for interface, by_case in found['inprocess']['found'].items():
        where = f'in one process, {interface.upper()}'
        yield from _faster(where, by_case, 'microseconds')
    for name in SERVERS:
        for interface, by_case in found[name]['found'].items():
            where = f'{name}, {interface.upper()}'
            yield from _faster(where, by_case, 'processor_microseconds')


def _faster(
    where: str,
    by_case: Mapping[str, Mapping[str, Mapping[str, float]]],
    key: str,
) -> Iterator[list[str]]:
    for case in CASES.values():
        rows = by_case.get(case.name, {})
        for entry in entries():
            ours = _OURS[entry.models]
            if entry.name not in rows or ours not in rows or _is_ours(entry):
                continue
            factor = rows[ours][key] / rows[entry.name][key]
            if factor >= _NOTICEABLE:
                yield [where, case.title, entry.title, f'{factor:.2f} times']


def _is_ours(entry: Entry) -> bool:
    return entry.candidate == 'dmr'


def _time(microseconds: float) -> str:
    if microseconds >= 1000:
        return f'{microseconds / 1000:.1f} ms'
    return f'{microseconds:.0f} µs'


#: Name → what writes the block.
BLOCKS: Final[dict[str, Callable[[dict[str, Any]], str]]] = {
    'circumstances': circumstances,
    'ahead': ahead,
    'inprocess-wsgi': inprocess_wsgi,
    'inprocess-asgi': inprocess_asgi,
    'gunicorn-wsgi': server('gunicorn', 'wsgi'),
    'uvicorn-asgi': server('uvicorn', 'asgi'),
    'granian-wsgi': server('granian', 'wsgi'),
    'granian-asgi': server('granian', 'asgi'),
    'uvicorn-processor': processor,
    'latency': latency,
    'sizes': sizes,
    'routes': routes,
    'connections': connections,
    'startup': startup,
    'memory': memory,
}
