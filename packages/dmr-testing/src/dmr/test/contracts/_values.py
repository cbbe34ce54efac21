"""Values come back as they were sent, whatever their type."""

from collections.abc import Iterator
from typing import Any, Final

from dmr.test.contracts._calling import (
    decode,
    encode,
    outcome,
    read,
    same,
    shown,
    write,
)
from dmr.test.contracts._running import Problems
from dmr.test.contracts._subjects import SerializerSubject
from dmr.test.contracts.samples import Format


def json_values(subject: SerializerSubject) -> Problems:
    """Plain data that no model describes is read and written unchanged."""
    for one in subject.formats:
        for body in _PLAIN:
            yield from _reads(subject, one, Any, body, body)
            yield from _writes(subject, one, Any, body, body)


def containers(subject: SerializerSubject) -> Problems:
    """Lists and dictionaries hold what they declare, however nested."""
    for one in subject.formats:
        for model, body in _CONTAINERS:
            yield from _reads(subject, one, model, body, body)
            yield from _writes(subject, one, model, body, body)


_PLAIN: Final[tuple[Any, ...]] = (
    None,
    True,
    False,
    0,
    -1,
    2**53 + 1,
    2**63 - 1,
    1.5,
    -0.25,
    1e300,
    '',
    'a',
    [],
    {},
    [None, True, 1, 1.5, 'a', [1], {'a': 1}],
    {'a': None, 'b': [True, {'c': 1.5}], '': ''},
)

_CONTAINERS: Final[tuple[tuple[Any, Any], ...]] = (
    (list[int], [1, 2, 3]),
    (list[str], []),
    (dict[str, int], {'a': 1, 'b': 2}),
    (dict[str, float], {'a': 1.5}),
    (list[bool], [True, False]),
    (list[dict[str, list[int]]], [{'a': [1], 'b': []}, {}]),
    (dict[str, dict[str, list[str]]], {'a': {'b': ['c']}}),
)


def _reads(
    subject: SerializerSubject,
    one: Format,
    model: Any,
    body: Any,
    expected: Any,
) -> Iterator[str]:
    found = outcome(decode, subject.serializer, one, model, write(one, body))
    if found.error is not None or not same(expected, found.returned):
        yield (
            f'reading {shown(body)} as {model} from {one}: '
            f'expected {shown(expected)}, got {found}.'
        )


def _writes(
    subject: SerializerSubject,
    one: Format,
    model: Any,
    structure: Any,
    expected: Any,
) -> Iterator[str]:
    found = outcome(encode, subject.serializer, one, model, structure)
    if found.error is None:
        found = outcome(read, one, found.returned)
    if found.error is not None or not same(expected, found.returned):
        yield (
            f'writing {shown(structure)} as {model} to {one}: '
            f'expected {shown(expected)}, got {found}.'
        )
