"""Draw charts as SVG, for light and dark pages.

A chart brings its own background, so that it can be read whatever the page
around it looks like.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import Final

_STYLE: Final = """
text { font: 12px system-ui, sans-serif; fill: #1f2328; }
.title { font-weight: 600; font-size: 14px; }
.muted { fill: #59636e; }
.card { fill: #ffffff; stroke: #d1d9e0; }
.grid { stroke: #d1d9e0; fill: none; }
.one { stroke: #59636e; }
.ours { fill: #0969da; }
.theirs { fill: #a8b1bb; }
path { fill: none; stroke-width: 1.5; }
.thick { stroke-width: 3; }
.c0 { stroke: #0969da; } .c1 { stroke: #8250df; } .c2 { stroke: #bc4c00; }
.c3 { stroke: #1a7f37; } .c4 { stroke: #bf3989; } .c5 { stroke: #9a6700; }
.c6 { stroke: #57606a; } .c7 { stroke: #cf222e; } .c8 { stroke: #1b7c83; }
.dashed { stroke-dasharray: 5 4; }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3; }
  .muted { fill: #9198a1; }
  .card { fill: #0d1117; stroke: #3d444d; }
  .grid { stroke: #30363d; }
  .one { stroke: #9198a1; }
  .ours { fill: #4493f8; }
  .theirs { fill: #59636e; }
  .c0 { stroke: #4493f8; } .c1 { stroke: #ab7df8; } .c2 { stroke: #f0883e; }
  .c3 { stroke: #3fb950; } .c4 { stroke: #f778ba; } .c5 { stroke: #d29922; }
  .c6 { stroke: #9198a1; } .c7 { stroke: #f85149; } .c8 { stroke: #39c5cf; }
}
"""
_COLORS: Final = 9
_WIDTH: Final = 860
_ROW: Final = 20
_LABELS: Final = 330
_VALUES: Final = 70
_HEIGHT: Final = 420
_MARGIN: Final = 60
_NAMES: Final = 260


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar of a panel; *text* stands at its end."""

    label: str
    value: float
    text: str
    is_ours: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One curve, from x to y; ours is thick, what does not compete dashed."""

    label: str
    points: Mapping[float, float]
    is_ours: bool = False
    is_dashed: bool = False


def bars(
    title: str,
    panels: Mapping[str, Sequence[Bar]],
    *,
    around_one: bool = False,
) -> str:
    """Return panels of bars, below each other.

    Bars *around_one* start at a line for 1 and have a logarithmic scale: to
    the left is less, to the right is more.
    """
    parts = [_text(16, 28, title, 'title')]
    y = 56
    for name, rows in panels.items():
        parts.append(_text(16, y, name, 'muted'))
        top = y + 8
        for row in rows:
            y += _ROW
            parts.extend(_bar(row, y, rows, around_one=around_one))
        if around_one:
            x = _LABELS + _position(1, rows)
            parts.append(
                f'<line class="one" x1="{x:.1f}" x2="{x:.1f}" '
                f'y1="{top}" y2="{y + 6}"/>',
            )
        y += 36
    return _document(title, y - 12, parts)


def lines(
    title: str,
    curves: Sequence[Line],
    *,
    x_title: str,
    y_title: str,
) -> str:
    """Return curves with logarithmic scales and their names at the end."""
    xs = [x for curve in curves for x in curve.points]
    ys = [y for curve in curves for y in curve.points.values()]
    x_range = (min(xs), max(xs))
    y_range = (_below(min(ys)), _above(max(ys)))
    left, right = _MARGIN + 16, _WIDTH - _NAMES
    top, bottom = 56, _HEIGHT - 50

    def place(x: float, y: float) -> tuple[float, float]:
        return (
            left + (right - left) * _share(x, *x_range),
            bottom - (bottom - top) * _share(y, *y_range),
        )

    parts = [
        _text(16, 28, title, 'title'),
        _text(16, 46, y_title, 'muted'),
        _text((left + right) / 2, _HEIGHT - 12, x_title, 'muted', 'middle'),
    ]
    for x in sorted(set(xs)):
        at, _ = place(x, y_range[0])
        parts.append(_text(at, bottom + 18, _number(x), 'muted', 'middle'))
    for power in _powers(*y_range):
        _, at = place(x_range[0], power)
        parts.append(_rule(left, right, at))
        parts.append(_text(left - 8, at + 4, _number(power), 'muted', 'end'))
    ends = []
    for number, curve in enumerate(curves):
        places = [place(x, y) for x, y in sorted(curve.points.items())]
        parts.append(_path(places, number, curve))
        ends.append((places[-1][1], number, curve))
    for at, (y, number, curve) in zip(
        _spread([y for y, _, _ in sorted(ends, key=lambda one: one[0])]),
        sorted(ends, key=lambda one: one[0]),
        strict=True,
    ):
        parts.append(
            _path(
                [(right, y), (right + 14, at), (right + 24, at)],
                number,
                curve,
            ),
        )
        parts.append(_text(right + 30, at + 4, curve.label))
    return _document(title, _HEIGHT, parts)


def _bar(
    row: Bar,
    y: float,
    rows: Sequence[Bar],
    *,
    around_one: bool,
) -> Iterator[str]:
    if around_one:
        start, end = sorted((_position(1, rows), _position(row.value, rows)))
    else:
        largest = max(one.value for one in rows)
        start, end = 0, _room() * row.value / largest
    kind = 'ours' if row.is_ours else 'theirs'
    yield _text(_LABELS - 10, y + 4, row.label, anchor='end')
    yield (
        f'<rect class="{kind}" x="{_LABELS + start:.1f}" y="{y - 7}" '
        f'width="{max(end - start, 1):.1f}" height="14"/>'
    )
    yield _text(_LABELS + end + 6, y + 4, row.text)


def _room() -> float:
    return _WIDTH - _LABELS - _VALUES


def _position(value: float, rows: Sequence[Bar]) -> float:
    """Return where a value is on the common scale of a panel."""
    values = [1, *(row.value for row in rows)]
    return _room() * _share(value, min(values) * 0.9, max(values))


def _share(value: float, low: float, high: float) -> float:
    """Return where a value lies between two others, from 0 to 1."""
    if low == high:
        return 0.5
    return math.log(value / low) / math.log(high / low)


def _below(value: float) -> float:
    return float(10 ** math.floor(math.log10(value)))


def _above(value: float) -> float:
    return float(10 ** math.ceil(math.log10(value)))


def _powers(low: float, high: float) -> list[float]:
    first, last = round(math.log10(low)), round(math.log10(high))
    return [10.0**power for power in range(first, last + 1)]


def _number(value: float) -> str:
    """Return a number of a scale, with a space between thousands."""
    return f'{value:,.10g}'.replace(',', '\u202f')


def _spread(places: Sequence[float]) -> list[float]:
    """Return places that keep their order and leave room for text."""
    found = list(places)
    for _ in range(200):
        for first, second in pairwise(range(len(found))):
            missing = 16 - (found[second] - found[first])
            if missing > 0:
                found[first] -= missing / 2
                found[second] += missing / 2
    return found


def _path(
    places: Sequence[tuple[float, float]],
    number: int,
    curve: Line,
) -> str:
    steps = ' L'.join(f'{x:.1f} {y:.1f}' for x, y in places)
    kind = f'c{number % _COLORS}'
    if curve.is_dashed:
        kind = f'{kind} dashed'
    if curve.is_ours:
        kind = f'{kind} thick'
    return f'<path class="{kind}" d="M{steps}"/>'


def _rule(left: float, right: float, y: float) -> str:
    return (
        f'<line class="grid" x1="{left}" x2="{right}" '
        f'y1="{y:.1f}" y2="{y:.1f}"/>'
    )


def _text(
    x: float,
    y: float,
    text: str,
    kind: str = '',
    anchor: str = 'start',
) -> str:
    return (
        f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}" '
        f'text-anchor="{anchor}">{escape(text)}</text>'
    )


def _document(title: str, height: float, parts: Sequence[str]) -> str:
    body = '\n'.join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" '
        f'viewBox="0 0 {_WIDTH} {height:.0f}" width="{_WIDTH}" '
        f'height="{height:.0f}">\n<title>{escape(title)}</title>\n'
        f'<style>{_STYLE}</style>\n'
        f'<rect class="card" x="0.5" y="0.5" rx="6" width="{_WIDTH - 1}" '
        f'height="{height - 1:.0f}"/>\n{body}\n</svg>\n'
    )
