"""Write results as tables, in Markdown."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from bench.cases import CASES
from bench.race.entries import Entry


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Return a table in Markdown."""
    head = list(head)
    lines = [head, ['---'] * len(head), *rows]
    return '\n'.join('| ' + ' | '.join(one) + ' |' for one in lines)


def by_case(
    results: Mapping[str, Mapping[str, Any]],
    entries: list[Entry],
    cell: Callable[[Mapping[str, float]], str],
) -> str:
    """Return a table with a column for each case, a row for each entry."""
    cases = [name for name in CASES if name in results]
    return table(
        ['', *(CASES[name].title for name in cases)],
        [
            [
                entry.title,
                *(cell(results[name][entry.name]) for name in cases),
            ]
            for entry in entries
            if all(entry.name in results[name] for name in cases)
        ],
    )


def ratio(row: Mapping[str, float]) -> str:
    """Return the ratio to the raw view; its time, where that is 1."""
    if 'ratio' not in row:
        return f'{row["microseconds"]:.0f} µs'
    if row['ratio'] == 1:
        return f'1 ({row["microseconds"]:.0f} µs)'
    return f'{row["ratio"]:.2f}'


def microseconds(row: Mapping[str, float]) -> str:
    """Return the time of one request."""
    return f'{row["microseconds"]:.0f} µs'


def processor(row: Mapping[str, float]) -> str:
    """Return the processor time of the server for one request."""
    return f'{row["processor_microseconds"]:.0f} µs'


def per_second(row: Mapping[str, float]) -> str:
    """Return requests per second."""
    return thousands(row['per_second'])


def thousands(value: float) -> str:
    """Return a whole number, with a space between thousands."""
    return f'{value:,.0f}'.replace(',', '\u202f')
