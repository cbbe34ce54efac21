"""Tables for terminals: plain text, nothing wider than a line."""

import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

#: Columns of a line, whatever the terminal is: output can be compared.
WIDTH: Final = 100

_GAP: Final = 2
_NARROWEST: Final = 8

#: Ends with what a line may be broken behind; before a capital letter, too.
_PIECE: Final = re.compile(r'[A-Z]?[^ /,.:_(A-Z]*[ /,.:_(]*')


def table(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return *rows* below *headers*, long cells are wrapped.

    >>> print(table(['name', 'size'], [['one', '1'], ['two', '20']]))
    name  size
    one   1
    two   20
    """
    return '\n'.join(records(headers, rows))


def records(
    headers: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    indent: int = 0,
) -> list[str]:
    """Return the text of *headers* and of each row, for a table with breaks.

    A row with long cells has several lines. Each is indented by *indent*.
    """
    everything = [headers, *rows]
    widths = _widths(everything, WIDTH - indent)
    return [
        '\n'.join(' ' * indent + line for line in _lines(row, widths))
        for row in everything
    ]


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


def _widths(rows: Sequence[Sequence[str]], available: int) -> list[int]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    # Whoever is widest gives way, one column of the terminal at a time.
    while sum(widths) + _GAP * (len(widths) - 1) > available:
        widest = widths.index(max(widths))
        if widths[widest] <= _NARROWEST:
            break
        widths[widest] -= 1
    return widths


def _lines(row: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    cells = [
        list(_wrapped(cell, width))
        for cell, width in zip(row, widths, strict=True)
    ]
    for number in range(max(map(len, cells))):
        parts = [
            (cell[number] if number < len(cell) else '').ljust(width + _GAP)
            for cell, width in zip(cells, widths, strict=True)
        ]
        yield ''.join(parts).rstrip()


def _wrapped(text: str, width: int) -> Iterator[str]:
    """Break *text* behind spaces and the signs that names are made with."""
    line = ''
    for piece in _PIECE.findall(text):
        rest: str = piece
        if line and len(line) + len(rest.rstrip()) > width:
            yield line.rstrip()
            line = ''
        while len(rest.rstrip()) > width:
            yield rest[:width]
            rest = rest[width:]
        line += rest
    yield line.rstrip()
