"""Faults in data are errors that tell what is wrong, and where."""

import copy
import datetime as dt
import json
import uuid
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final, Literal, cast

from dmr.errors import ErrorDetail, ErrorType
from dmr.test.contracts._calling import (
    invalid,
    list_of,
    outcome,
    short,
    shown,
    validated,
)
from dmr.test.contracts._running import Problems
from dmr.test.contracts._subjects import SerializerSubject
from dmr.test.contracts.samples import Color, PointDict, PointTuple

#: An error that quotes more than this helps nobody.
_LONGEST_MESSAGE: Final = 512
_COMPONENT: Final = 'parsed_query'
_KEYS: Final = frozenset(ErrorDetail.__annotations__)


class _ForeignError(Exception):
    """Something that no serializer raises."""


def raised(subject: SerializerSubject) -> Problems:
    """What does not fit its model raises `validation_error`, nothing else."""
    for model, body in _wrong(subject):
        found = validated(subject.serializer, model, body)
        if not found.is_a(subject.serializer.validation_error):
            yield (
                f'validating {shown(body)} as {model}: expected '
                f'{subject.serializer.validation_error.__name__}, got {found}.'
            )


def details(subject: SerializerSubject) -> Problems:
    """Each detail has a short message, the place and the type of the error."""
    huge = {'x': 'z' * 100_000}
    for model, body in [*_wrong(subject), (subject.point, huge)]:
        error = invalid(subject.serializer, model, body)
        if error is None:
            continue  # `errors.raised` tells
        found = outcome(subject.serializer.serialize_validation_error, error)
        where = f'the error of {shown(body)} as {model}'
        details = cast('list[Any]', found.returned)
        if type(details) is not list or not details:
            yield f'{where}: expected a list of details, got {found}.'
            continue
        for detail in details:
            yield from _malformed(where, detail)


def location(subject: SerializerSubject) -> Problems:
    """`loc` leads to the fault by names and indexes, as text."""
    serializer = subject.serializer
    for model, body, loc in _places(subject):
        error = invalid(serializer, model, body)
        if error is None:
            continue  # `errors.raised` tells
        found = outcome(_locs, serializer.serialize_validation_error(error))
        if found.error is not None or found.returned != [list(loc)]:
            yield (
                f'the error of {shown(body)} as {model}: expected one `loc`, '
                f'{list(loc)}, got {found}.'
            )


def component(subject: SerializerSubject) -> Problems:
    """`locate_validation_error` puts the component in front of each `loc`."""
    serializer = subject.serializer
    several = [(list_of(subject.point), [{'x': 'a'}, {'x': 'b'}], ())]
    for model, body, _loc in [*_places(subject), *several]:
        error = invalid(serializer, model, body)
        if error is None:
            continue  # `errors.raised` tells
        plain = _locs(serializer.serialize_validation_error(error))
        expected = [[_COMPONENT, *loc] for loc in plain]
        located = outcome(
            serializer.locate_validation_error,
            error,
            _COMPONENT,
        )
        if located.error is None:
            located = outcome(_locs, located.returned)
        if located.error is not None or located.returned != expected:
            yield (
                f'the error of {shown(body)} as {model} in {_COMPONENT!r}: '
                f'expected `loc` {expected}, got {located}.'
            )


def foreign(subject: SerializerSubject) -> Problems:
    """Exceptions of others are refused: nobody knows what they tell."""
    serializer = subject.serializer
    for error in (
        _ForeignError('secret'),
        RuntimeError('secret'),
        KeyError('a'),
    ):
        if isinstance(error, serializer.validation_error):
            continue
        for found in (
            outcome(serializer.serialize_validation_error, error),
            outcome(serializer.locate_validation_error, error, _COMPONENT),
        ):
            if not found.is_a(NotImplementedError):
                yield (
                    f'converting {error!r}: expected NotImplementedError, '
                    f'got {found}.'
                )
            elif not str(found.error):
                yield f'converting {error!r}: expected a message, got none.'


def every_error(subject: SerializerSubject) -> Problems:
    """All faults of a component are reported, or the first one only."""
    serializer = subject.serializer
    body = [{'x': 'a'}, {'x': 1}, {'x': 'b'}]
    error = invalid(serializer, list_of(subject.point), body)
    if error is None:
        return  # `errors.raised` tells
    details = serializer.serialize_validation_error(error)
    count = len({tuple(detail.get('loc', ())[:1]) for detail in details})
    expected = 2 if subject.capabilities.every_error else 1
    if count != expected:
        yield (
            f'the errors of {body}, with Capabilities(every_error='
            f'{subject.capabilities.every_error}): expected places in '
            f'{expected} of the items, got {count}.'
        )


def examples(subject: SerializerSubject) -> Problems:
    """What does not fit the models that you gave is refused, with its place."""
    serializer = subject.serializer
    for example in subject.examples:
        for wrong in example.wrong:
            where = f'validating {shown(wrong.body)} as {example.model}'
            found = validated(
                serializer,
                example.model,
                copy.deepcopy(wrong.body),
            )
            if not found.is_a(serializer.validation_error):
                yield (
                    f'{where}: expected '
                    f'{serializer.validation_error.__name__}, got {found}.'
                )
                continue
            assert found.error is not None  # it is of that type
            locs = _locs(serializer.serialize_validation_error(found.error))
            if list(wrong.loc) not in locs:
                yield (
                    f'{where}: expected `loc` {list(wrong.loc)}, got {locs}.'
                )


_WRONG: Final[tuple[tuple[Any, tuple[Any, ...]], ...]] = (
    (int, ('a', '', [], {}, None)),
    (float, ('a', [], {}, None)),
    (bool, ('maybe', [], {}, None)),
    (str, ([], {}, None)),
    (list[int], (1, 'a', None, ['a'], [[1]])),
    (list[str], ('abc', 1, None)),
    (dict[str, int], ([], 1, 'a', None, {'a': 'b'}, {'a': None})),
)
_WRONG_POINTS: Final[tuple[Any, ...]] = (
    None,
    1,
    'a',
    [],
    {},
    {'label': 'a'},
    {'x': 'a'},
    {'x': None},
    {'x': [1]},
)
_WRONG_TYPES: Final[dict[str, tuple[tuple[Any, tuple[Any, ...]], ...]]] = {
    'typed_dicts': ((PointDict, (None, [], {}, {'x': 'a'})),),
    'named_tuples': ((PointTuple, (None, 1, [], ['a'])),),
    'unions': ((int | None, ('a', [], {})),),
    'literals': ((Literal['a', 'b'], ('c', None, [])),),
    'tuples': ((tuple[int, str], ([], [1], [1, 'a', 2], ['a', 'a'], None)),),
    'sets': ((set[int], (1, ['a'], None)),),
    'enums': ((Color, ('green', None, [])),),
    'dates': (
        (dt.date, ('tomorrow', '2020-13-01', '2021-02-29', [], None)),
        (dt.time, ('noon', '25:00', [], None)),
        (dt.datetime, ('now', '2020-01-01T25:00:00', [], None)),
    ),
    'durations': ((dt.timedelta, ('long', [], None)),),
    'decimals': ((Decimal, ('a', '1.2.3', [], None)),),
    'uuids': ((uuid.UUID, ('a', '1234', [], None)),),
}


def _wrong(subject: SerializerSubject) -> Iterator[tuple[Any, Any]]:
    tables: list[tuple[Any, tuple[Any, ...]]] = [
        *_WRONG,
        (subject.point, _WRONG_POINTS),
    ]
    for flag, table in _WRONG_TYPES.items():
        if getattr(subject.capabilities, flag):
            tables += table
    for model, bodies in tables:
        for body in bodies:
            yield model, copy.deepcopy(body)


def _places(
    subject: SerializerSubject,
) -> list[tuple[Any, Any, tuple[str, ...]]]:
    point = subject.point
    return [
        (point, {'x': 'a'}, ('x',)),
        (list_of(point), [{'x': 1}, {'x': 'a'}], ('1', 'x')),
        (list_of(list_of(point)), [[], [{'x': 'a'}]], ('1', '0', 'x')),
        (list[list[int]], [[1], [1, 'a']], ('1', '1')),
        (dict[str, int], [], ()),
        (int, 'a', ()),
    ]


def _locs(details: list[ErrorDetail]) -> list[list[str]]:
    # Whether they are text is another question, `errors.details` asks it.
    return [[str(part) for part in detail.get('loc', ())] for detail in details]


def _malformed(where: str, detail: Any) -> Iterator[str]:
    if type(detail) is not dict or not _KEYS.issuperset(
        cast('dict[Any, Any]', detail),
    ):
        yield f'{where}: expected msg, loc and type, got {shown(detail)}.'
        return
    given = cast('dict[str, Any]', detail)
    message: Any = given.get('msg')
    if not isinstance(message, str) or not message.strip():
        yield f'{where}: expected a message in `msg`, got {shown(message)}.'
    elif len(message) > _LONGEST_MESSAGE:
        yield (
            f'{where}: expected at most {_LONGEST_MESSAGE} characters in '
            f'`msg`, got {len(message)}: {short(message)}'
        )
    loc: Any = given.get('loc')
    if not isinstance(loc, list) or {
        *map(type, cast('list[Any]', loc)),
    } - {str}:
        yield f'{where}: expected a list of text in `loc`, got {shown(loc)}.'
    if given.get('type') != ErrorType.value_error:
        yield (
            f'{where}: expected {str(ErrorType.value_error)!r} in `type`, '
            f'got {shown(given.get("type"))}.'
        )
    if outcome(json.dumps, given).error is not None:
        yield f'{where}: expected plain data, got {shown(detail)}.'
