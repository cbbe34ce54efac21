"""Tables for terminals: plain text, nothing wider than a line."""

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

#: Columns of a line, whatever the terminal is: output can be compared.
WIDTH: Final = 100

_GAP: Final = 2
_NARROWEST: Final = 8


def table(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return *rows* below *headers*, long cells are wrapped.

    >>> print(table(['name', 'size'], [['one', '1'], ['two', '20']]))
    name  size
    one   1
    two   20
    """
    everything = [headers, *rows]
    widths = _widths(everything)
    return '\n'.join(line for row in everything for line in _lines(row, widths))


def paragraph(text: str, *, indent: int = 0) -> str:
    """Return *text* wrapped into lines; words are never broken."""
    margin = ' ' * indent
    return textwrap.fill(
        text,
        WIDTH,
        initial_indent=margin,
        subsequent_indent=margin,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _widths(rows: Sequence[Sequence[str]]) -> list[int]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    # Whoever is widest gives way, one column of the terminal at a time.
    while sum(widths) + _GAP * (len(widths) - 1) > WIDTH:
        widest = widths.index(max(widths))
        if widths[widest] <= _NARROWEST:
            break
        widths[widest] -= 1
    return widths


def _lines(row: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    cells = [
        textwrap.wrap(cell, width) or ['']
        for cell, width in zip(row, widths, strict=True)
    ]
    for number in range(max(map(len, cells))):
        parts = [
            (cell[number] if number < len(cell) else '').ljust(width + _GAP)
            for cell, width in zip(cells, widths, strict=True)
        ]
        yield ''.join(parts).rstrip()
