"""Read where a validation error of msgspec is from its message.

Msgspec tells the place at the end of the message only: "Expected `int`, got
`str` - at `$.items[0].age`". Keys of mappings have no name there: `[...]`.
"""

import re
from collections.abc import Iterator
from typing import Final

from dmr.errors import ErrorDetail, ErrorType, quoted

# Anchored at the end: what users write into their own messages may look alike.
_PLACE: Final = re.compile(r' - at (?P<key>`key` in )?`\$(?P<path>[^ ]*)`\Z')
_SEGMENT: Final = re.compile(r'\[(?P<index>\d+|\.\.\.)\]|\.(?P<field>[^.\[]+)')


#: What was sent is repeated between the quotes only.
_QUOTED: Final = re.compile(
    r'\A(Invalid (?:enum )?value [\'"]|Object contains unknown field `)'
    r'(.*)([\'"`])\Z',
    re.DOTALL,
)


def error_details(message: str) -> list[ErrorDetail]:
    """Return the only error that *message* tells of, with its place.

    The place of an error at the root is the empty list.
    """
    return [_detail(message, location(message))]


def located_details(message: str, component: str) -> list[ErrorDetail]:
    """Return the error of *message* as one in a *component* of a request.

    Both the message and ``loc`` start at the component.
    """
    return [
        _detail(
            _moved(message, component),
            [component, *location(message)],
        ),
    ]


def location(message: str) -> list[int | str]:
    """Return the keys and indexes that lead to the error, all as strings."""
    place = _PLACE.search(message)
    return [] if place is None else list(_segments(place['path']))


def _segments(path: str) -> Iterator[str]:
    for segment in _SEGMENT.finditer(path):
        yield segment['field'] or segment['index']


def _moved(message: str, component: str) -> str:
    place = _PLACE.search(message)
    if place is None:
        return f'{message} - at `$.{component}`'
    start = place.start('path')
    return f'{message[:start]}.{component}{message[start:]}'


def _detail(message: str, loc: list[int | str]) -> ErrorDetail:
    return {
        'msg': _cut(message),
        'loc': loc,
        'type': str(ErrorType.value_error),
    }


def _cut(message: str) -> str:
    """Return *message* with at most 128 characters of what was sent."""
    place = _PLACE.search(message)
    end = len(message) if place is None else place.start()
    found = _QUOTED.match(message[:end])
    if found is None:
        return message
    before, sent, after = found.groups()
    return f'{before}{quoted(sent)}{after}{message[end:]}'
