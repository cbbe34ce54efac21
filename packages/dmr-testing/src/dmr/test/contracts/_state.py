"""Nothing is left over from one call to the next."""

import copy
import dataclasses
from collections.abc import Callable, Iterator
from typing import Any, Final, cast

from dmr.test.contracts._calling import (
    decode,
    dict_of,
    encode,
    invalid,
    list_of,
    new_request,
    outcome,
    same,
    shown,
    validated,
    write,
)
from dmr.test.contracts._children import cold_problems
from dmr.test.contracts._races import first_use, race
from dmr.test.contracts._running import Problems
from dmr.test.contracts._subjects import SerializerSubject
from dmr.test.contracts.samples import Basket

_POINT: Final = {'x': 1, 'label': 'a'}


def inputs(subject: SerializerSubject) -> Problems:
    """What is given to a serializer is not changed by it."""
    serializer = subject.serializer
    one = subject.formats[0]
    for model, body in _cases(subject):
        given = copy.deepcopy(body)
        outcome(serializer.compile_validator(model, strict=None), given)
        if not same(body, given):
            yield (
                f'validating {shown(body)} as {model}: expected it to stay '
                f'as it is, it became {shown(given)}.'
            )
        given = copy.deepcopy(body)
        outcome(encode, serializer, one, Any, given)
        if not same(body, given):
            yield (
                f'writing {shown(body)}: expected it to stay as it is, it '
                f'became {shown(given)}.'
            )
    for one in subject.formats:
        written = write(one, _POINT)
        buffer = bytearray(written)
        decoder = serializer.compile_decoder(
            one.parser,
            subject.point,
            strict=None,
        )
        outcome(decoder, buffer, new_request(one.parser.content_type))
        if bytes(buffer) != written:
            yield (
                f'reading {written!r}: expected the buffer to stay as it is, '
                f'it became {bytes(buffer)!r}.'
            )


def results(subject: SerializerSubject) -> Problems:
    """What a call returns belongs to its caller, the next gets its own."""
    serializer = subject.serializer
    for one in subject.formats:
        for model, body in _cases(subject):
            written = write(one, body)
            read = outcome(decode, serializer, one, model, written)
            if read.error is not None:
                continue  # `values.models` tells
            before = serializer.to_python(read.returned)
            spoil(read.returned)
            again = outcome(decode, serializer, one, model, written)
            after = outcome(serializer.to_python, again.returned)
            if after.error is not None or not same(before, after.returned):
                yield (
                    f'reading {shown(body)} as {model} again, after the first '
                    f'result was changed: expected {shown(before)}, '
                    f'got {after}.'
                )
            primitives = serializer.to_python(again.returned)
            spoil(primitives)
            after = outcome(serializer.to_python, again.returned)
            if after.error is not None or not same(before, after.returned):
                yield (
                    f'to_python of {shown(again.returned)}, after what it '
                    f'returned first was changed: expected {shown(before)}, '
                    f'got {after}.'
                )


def errors(subject: SerializerSubject) -> Problems:
    """An error gives the same details each time, in lists of their own."""
    serializer = subject.serializer
    error = invalid(serializer, list_of(subject.point), [{'x': 'a'}])
    if error is None:
        return  # `errors.raised` tells
    converters: dict[str, Callable[[], Any]] = {
        'serialize_validation_error': (
            lambda: serializer.serialize_validation_error(error)
        ),
        'locate_validation_error': (
            lambda: serializer.locate_validation_error(error, 'parsed_body')
        ),
    }
    for name, convert in converters.items():
        expected = copy.deepcopy(convert())
        spoil(convert())
        found = outcome(convert)
        if found.error is not None or found.returned != expected:
            yield (
                f'{name} of one error, called again: expected '
                f'{shown(expected)}, got {found}.'
            )


def defaults(subject: SerializerSubject) -> Problems:
    """Defaults of models are made anew for each of them."""
    if not subject.capabilities.dataclasses:
        return
    serializer = subject.serializer
    for one in subject.formats:
        first, second, *_ = (
            outcome(decode, serializer, one, Basket, write(one, {'name': 'a'}))
            for _ in range(2)
        )
        if first.error is not None or second.error is not None:
            yield f'reading a {Basket}: expected one, got {first}, {second}.'
            continue
        yield from _leaked(first.returned, second.returned)


def models(subject: SerializerSubject) -> Problems:
    """What is remembered of one model is not used for another."""
    serializer = subject.serializer
    for model, body, fits in _alternating(subject) * 2:
        found = validated(serializer, model, body)
        if (found.error is None) is not fits:
            yield (
                f'validating {shown(body)} as {model}, after other models: '
                f'expected {"a value" if fits else "an error"}, got {found}.'
            )
    rounds = [
        [
            validated(serializer, int, '1', strict=strict).error is None
            for strict in (None, True, None, False, True)
        ]
        for _ in range(2)
    ]
    if rounds[0] != rounds[1] or rounds[0][0] is not rounds[0][2]:
        yield (
            "validating '1' as int, in turns strictly and not: expected the "
            f'same each time, it was accepted {rounds}.'
        )


def threads(subject: SerializerSubject) -> Problems:
    """The first use of a model may happen in several threads at once."""
    serializer = subject.serializer
    yield from cold_problems(serializer, subject.point)
    one = subject.formats[0]
    for number in range(_ROUNDS):
        works = [
            first_use(serializer, one, *_new_model(subject, number, name))
            for name in ('First', 'Second')
        ]
        together = race(*works)
        for work, found in zip(works, together, strict=True):
            expected = str(outcome(work))
            for other in sorted({str(one) for one in found} - {expected}):
                yield (
                    'first use of models in several threads: expected '
                    f'{expected}, got {other}.'
                )


_ROUNDS: Final = 12


def _cases(subject: SerializerSubject) -> list[tuple[Any, Any]]:
    point = subject.point
    return [
        (point, _POINT),
        (list_of(point), [_POINT, {'x': 2, 'label': 'b'}]),
        (dict[str, list[int]], {'a': [1]}),
        (Any, {'a': [{'b': [1]}]}),
        *((example.model, example.body) for example in subject.examples),
    ]


def _alternating(
    subject: SerializerSubject,
) -> list[tuple[Any, Any, bool]]:
    """Return model, data, and whether they fit."""
    point = subject.point
    table: list[tuple[Any, Any, bool]] = [
        (list[int], [1], True),
        (list[str], ['a'], True),
        (list[int], ['a'], False),
        (list_of(point), [_POINT], True),
        (point, [_POINT], False),
        (dict_of(point), {'a': _POINT}, True),
        (dict[str, int], {'a': 1}, True),
    ]
    if subject.capabilities.dataclasses:
        # Two models of one name, as two apps may have them.
        first, second = (
            dataclasses.make_dataclass('Same', [(name, int)])
            for name in ('first', 'second')
        )
        table += [
            (first, {'first': 1}, True),
            (second, {'second': 1}, True),
            (second, {'first': 1}, False),
        ]
    return table


def _new_model(
    subject: SerializerSubject,
    number: int,
    name: str,
) -> tuple[Any, list[Any]]:
    """Return a model that nobody has used yet, and data for it."""
    if not subject.capabilities.dataclasses:
        return list_of(subject.point), [_POINT, _POINT]
    field = name.lower()
    inner = dataclasses.make_dataclass(f'{name}Inner{number}', [('y', int)])
    made = dataclasses.make_dataclass(
        f'{name}{number}',
        [('x', int), (field, list_of(inner))],
    )
    return list_of(made), [{'x': 1, field: [{'y': 2}]}] * 2


def spoil(anything: Any) -> None:
    """Change all that can be changed in it."""
    if isinstance(anything, dict):
        entries = cast('dict[Any, Any]', anything)
        for entry in list(entries.values()):
            spoil(entry)
        entries['spoiled'] = 'spoiled'
    elif isinstance(anything, list):
        items = cast('list[Any]', anything)
        for item in items:
            spoil(item)
        items.append('spoiled')
    elif dataclasses.is_dataclass(anything) and not isinstance(anything, type):
        for field in dataclasses.fields(anything):
            spoil(getattr(anything, field.name))


def _leaked(first: Any, second: Any) -> Iterator[str]:
    for name in ('items', 'notes'):
        one, other = getattr(first, name, None), getattr(second, name, None)
        if one is other:
            yield (
                f'two models without {name!r}: expected a default for each, '
                f'got one for both, {shown(one)}.'
            )
