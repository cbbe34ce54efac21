"""The charts of the documentation: name → what draws it."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from bench.cases import CASES
from bench.race import svg, tables
from bench.race.entries import Entry, entries


def inprocess(found: dict[str, Any]) -> str:
    """Draw the ratios to the raw views."""
    results = found['inprocess']['found']['wsgi']
    return svg.bars(
        'Time of a WSGI request, as a ratio to a view written by hand '
        '(less is better)',
        {
            case.title: [
                svg.Bar(
                    label=entry.title,
                    value=results[case.name][entry.name]['ratio'],
                    text=f'{results[case.name][entry.name]["ratio"]:.2f}',
                    is_ours=entry.candidate == 'dmr',
                )
                for entry in _present(results[case.name])
                if not entry.baseline
            ]
            for case in CASES.values()
            if case.name in results
        },
        around_one=True,
    )


def uvicorn(found: dict[str, Any]) -> str:
    """Draw how many requests a second of processor time is enough for."""
    results = found['uvicorn']['found']['asgi']
    return svg.bars(
        'Requests in a second of processor time, behind uvicorn '
        '(more is better)',
        {
            case.title: [
                svg.Bar(
                    label=entry.title,
                    value=_in_a_second(results[case.name][entry.name]),
                    text=tables.thousands(
                        _in_a_second(results[case.name][entry.name]),
                    ),
                    is_ours=entry.candidate == 'dmr',
                )
                for entry in _present(results[case.name])
            ]
            for case in CASES.values()
            if case.name in results
        },
    )


def sizes(found: dict[str, Any]) -> str:
    """Draw the time for lists of different length."""
    return svg.lines(
        'Reading and writing a list of models',
        _curves(found['sizes']['found']),
        x_title='items',
        y_title='µs',
    )


def routes(found: dict[str, Any]) -> str:
    """Draw the time of a request to the last of many routes."""
    results = found['routes']['found']
    curves = [
        svg.Line(
            label=f'{curve.label}, {interface.upper()}',
            points={max(x, 1): y for x, y in curve.points.items()},
            is_ours=curve.is_ours,
            is_dashed=curve.is_dashed,
        )
        for interface, one in results.items()
        for curve in _curves(one)
    ]
    return svg.lines(
        'A tiny GET to the last of many routes',
        curves,
        x_title='routes before it (1: none)',
        y_title='µs',
    )


def controllers(found: dict[str, Any]) -> str:
    """Draw the time to build controllers."""
    results = {
        name: row['build'] for name, row in found['startup']['found'].items()
    }
    return svg.lines(
        'Building controllers of two operations',
        _curves(results),
        x_title='controllers',
        y_title='seconds',
    )


def connections(found: dict[str, Any]) -> str:
    """Draw requests per second for more and more clients."""
    return svg.lines(
        'A small POST behind uvicorn, more and more clients',
        _curves(found['connections']['found']),
        x_title='clients at the same time',
        y_title='requests per second',
    )


def _in_a_second(row: Mapping[str, float]) -> float:
    return 1e6 / row['processor_microseconds']


def _curves(results: Mapping[str, Mapping[str, float]]) -> list[svg.Line]:
    return [
        svg.Line(
            label=entry.title,
            points={float(x): y for x, y in results[entry.name].items()},
            is_ours=entry.candidate == 'dmr',
            is_dashed=entry.baseline or entry.echo_only,
        )
        for entry in _present(results)
        if not entry.title.endswith('not validated')
    ]


def _present(names: Iterable[str]) -> list[Entry]:
    return [entry for entry in entries() if entry.name in names]


#: Name of the file → what draws it.
CHARTS: Final[dict[str, Callable[[dict[str, Any]], str]]] = {
    'inprocess': inprocess,
    'uvicorn': uvicorn,
    'sizes': sizes,
    'routes': routes,
    'controllers': controllers,
    'connections': connections,
}
