"""What no honest client sends, as bytes and as data."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from dmr.test.contracts._calling import is_json, write
from dmr.test.contracts.samples import Format

#: The deepest nesting that is read, unless a setting says otherwise.
MAX_DEPTH: Final = 128
#: A message about hostile input is not longer.
LONGEST_MESSAGE: Final = 200

MALFORMED: Final[Mapping[str, bytes]] = {
    'not closed': b'{"x":',
    'not JSON': b'x=1',
    'trailing bytes': b'1 1',
    'trailing comma': b'[1,]',
    'leading zero': b'01',
    'single quotes': b"{'x':1}",
    'comment': b'1 // one',
    'keys without quotes': b'{x:1}',
    'half a word': b'tru',
}
DEEP: Final[Mapping[str, bytes]] = {
    'many arrays': b'[' * 100_000,
    'many objects': b'{"a":' * 100_000,
}
NUMBERS: Final[Mapping[str, bytes]] = {
    'NaN': b'NaN',
    'Infinity': b'Infinity',
    'minus Infinity': b'-Infinity',
    'beyond a float': b'1e400',
    'far beyond a float': b'-1.5E+0400',
    'long and beyond a float': b'9' * 400 + b'.5',
    'very long integer': b'9' * 4301,
}
TEXT: Final[Mapping[str, bytes]] = {
    'lone high surrogate': rb'"\ud800"',
    'lone low surrogate': rb'"\udc00x"',
    'surrogates in the wrong order': rb'"\udc00\ud800"',
    'broken UTF-8': b'"\xff"',
    'cut UTF-8': b'"\xc3"',
    'overlong UTF-8': b'"\xc0\xaf"',
    'surrogate in UTF-8': b'"\xed\xa0\x80"',
    'control character': b'"\x01"',
}
#: Bodies as a whole, they cannot stand inside another.
ENCODINGS: Final[Mapping[str, bytes]] = {
    'UTF-16': '"a"'.encode('utf-16'),
    'UTF-32': '"a"'.encode('utf-32'),
    'byte order mark': '"a"'.encode('utf-8-sig'),
}
#: Odd, and still JSON (RFC 8259): has to be read.
UNUSUAL: Final[tuple[tuple[bytes, Any], ...]] = (
    (b'1e-400', 0.0),
    (b'1E5', 1e5),
    (b'-0', 0),
    (rb'"\ud83d\ude00"', '\U0001f600'),
    (rb'"\u0000\/"', '\x00/'),
    (b'"\x7f"', '\x7f'),
    (b'"NaN Infinity 1e400 [[[{"', 'NaN Infinity 1e400 [[[{'),
    (b' \t\r\n[ 1 , { } ] ', [1, {}]),
    (b'{"a":1,"a":2}', {'a': 2}),
    (b'{"":1}', {'': 1}),
)
#: Where something hostile can stand: alone, in a field, where nobody looks.
AROUND: Final = (
    b'%s',
    b'{"x":%s}',
    b'{"x":1,"unknown":%s}',
    b'[{"x":1,"unknown":[1,%s]}]',
)
#: What must not become a number, where text does.
ENDLESS_TEXT: Final = ('nan', 'inf', '-Infinity', '1e999', '9' * 400)
#: Python data that no parser returns, or hardly any.
ODD_VALUES: Final[tuple[Any, ...]] = (
    (1, 'a'),
    {1},
    b'\xff',
    {1: 2},
    {(): 1},
    10**400,
    -(2**70),
    1e308,
    float('nan'),
    float('inf'),
    '\ud800',
    '\x00',
    '9' * 5000,
    object(),
    object,
    ...,
    1j,
)


def impossible() -> dict[str, Any]:
    """Return what no format can write, name → data."""
    cycle: list[Any] = []
    cycle.append(cycle)
    return {
        'NaN': float('nan'),
        'an infinity': [float('inf')],
        'a negative infinity': {'a': float('-inf')},
        'NaN beside null': [None, float('nan')],
        'a lone surrogate': ['\ud800'],
        'a key with a lone surrogate': {'\ud800': 1},
        'an unknown type': [object()],
        'a cycle': cycle,
    }


def nested(nest: Any, levels: int) -> Any:
    """Return data that is nested *levels* deep."""
    found: Any = 1
    for _ in range(levels):
        found = nest(found)
    return found


def mutations(samples: Iterable[bytes]) -> Iterator[bytes]:
    """Return bytes like *samples*, each with one fault."""
    for sample in samples:
        for end in range(min(len(sample), 120)):
            yield sample[:end]
        for place in range(min(len(sample), 60)):
            for byte in (0x00, 0xFF, sample[place] ^ 0x80):
                yield sample[:place] + bytes((byte,)) + sample[place + 1 :]
        yield sample + sample
        yield sample + b'\x00'


def hostile_bodies(one: Format) -> Iterator[bytes]:
    """Return hostile bodies of a format, for comparisons."""
    if is_json(one.parser):
        for table in (MALFORMED, NUMBERS, TEXT):
            yield from table.values()
        yield from (body for body, _parsed in UNUSUAL)
    else:
        yield from mutations((write(one, {'x': 1, 'label': 'a'}),))


def is_short(message: str) -> bool:
    """Tell whether a message tells something, and not too much."""
    return 0 < len(message) <= LONGEST_MESSAGE


def in_list(inner: Any) -> Any:
    """Return a list of *inner*."""
    return [inner]


def in_object(inner: Any) -> Any:
    """Return an object of *inner*."""
    return {'a': inner}
