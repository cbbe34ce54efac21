"""A fast way does what the documented methods do, and is faster."""

import copy
import datetime as dt
import uuid
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any, Final

from dmr.renderers import Renderer
from dmr.serializer import BaseSerializer
from dmr.test.contracts._calling import (
    UNREADABLE,
    Outcome,
    dict_of,
    is_json,
    list_of,
    made_of,
    new_request,
    outcome,
    plain_decoder,
    plain_encoder,
    plain_validator,
    same,
    shown,
    write,
)
from dmr.test.contracts._hostile_data import AROUND, hostile_bodies
from dmr.test.contracts._running import Problems
from dmr.test.contracts._subjects import SerializerSubject
from dmr.test.contracts.samples import Box, Color, Format, Line

_STRICTNESS: Final = (None, False, True)
_COMPONENT: Final = 'parsed_body'


def decoders(subject: SerializerSubject) -> Problems:
    """`compile_decoder` gives the values and errors of the plain methods."""
    serializer = subject.serializer
    for one in subject.formats:
        request = new_request(one.parser.content_type)
        honest = [b'', *(write(one, body) for body in _DATA)]
        hostile = list(_hostile_bodies(one))
        for model in _models(subject):
            bodies = honest
            if model in {Any, float, subject.point}:
                bodies = honest + hostile
            for strict in _STRICTNESS:
                fast = serializer.compile_decoder(
                    one.parser,
                    model,
                    strict=strict,
                )
                plain = plain_decoder(
                    serializer,
                    one.parser,
                    model,
                    strict=strict,
                )
                for body in bodies:
                    expected = outcome(plain, body, request)
                    found = outcome(fast, body, request)
                    if not _alike(serializer, expected, found):
                        yield (
                            f'decoding {shown(body)} from {one} as {model} '
                            f'with strict={strict}: expected '
                            f'{_told(serializer, expected)}, got '
                            f'{_told(serializer, found)}.'
                        )


def validators(subject: SerializerSubject) -> Problems:
    """`compile_validator` gives the values and errors of `from_python`."""
    serializer = subject.serializer
    for model in _models(subject):
        for strict in _STRICTNESS:
            fast = serializer.compile_validator(model, strict=strict)
            plain = plain_validator(serializer, model, strict=strict)
            for unstructured in (*_DATA, *_ODD_DATA):
                expected = outcome(plain, copy.deepcopy(unstructured))
                found = outcome(fast, copy.deepcopy(unstructured))
                if not _alike(serializer, expected, found):
                    yield (
                        f'validating {shown(unstructured)} as {model} with '
                        f'strict={strict}: expected '
                        f'{_told(serializer, expected)}, got '
                        f'{_told(serializer, found)}.'
                    )


def encoders(subject: SerializerSubject) -> Problems:
    """`compile_encoder` gives the bytes and errors of `serialize`."""
    serializer = subject.serializer
    for one in subject.formats:
        plain = plain_encoder(serializer, one)
        for model, structure in _structures(subject):
            expected = outcome(plain, structure)
            found = outcome(
                serializer.compile_encoder(one.renderer, model),
                structure,
            )
            if (
                expected.returned != found.returned
                or type(expected.error) is not type(found.error)
                or str(expected.error) != str(found.error)
            ):
                yield (
                    f'encoding {shown(structure)} to {one}: expected '
                    f'{expected}, got {found}.'
                )


def checked_encoders(subject: SerializerSubject) -> Problems:
    """`compile_checked_encoder` validates strictly, and encodes as ever."""
    serializer = subject.serializer
    for one in subject.formats:
        for model, structure in (*_structures(subject), *_MISFITS):
            validate = serializer.compile_validator(model, strict=True)
            expected = outcome(validate, structure)
            if expected.error is None:
                encode = serializer.compile_encoder(one.renderer, model)
                expected = outcome(encode, structure)
            found = outcome(
                serializer.compile_checked_encoder(one.renderer, model),
                structure,
            )
            if not _alike(serializer, expected, found):
                yield (
                    f'encoding {shown(structure)} as {model} to {one}: '
                    f'expected {_told(serializer, expected)}, got '
                    f'{_told(serializer, found)}.'
                )


def overrides(subject: SerializerSubject) -> Problems:
    """What a subclass overrides is never bypassed."""
    calls: list[str] = []
    derived = _recording(subject.serializer, calls)
    for one in subject.formats:
        for expected, call in _calls(derived, one, subject.point):
            calls.clear()
            found = outcome(call)
            for name in sorted(expected.difference(calls)):
                yield (
                    f'a subclass overrides {name}: expected it to be called '
                    f'with {one}, got {found} without.'
                )


class _Unknown:
    """A type that no format knows."""


def _recording(
    serializer: type[BaseSerializer],
    calls: list[str],
) -> type[BaseSerializer]:
    class Recording(serializer):  # type: ignore[valid-type, misc]  # any
        @classmethod
        def deserialize(cls, buffer: Any, **options: Any) -> Any:
            calls.append('deserialize')
            return super().deserialize(buffer, **options)

        @classmethod
        def from_python(cls, *arguments: Any, **options: Any) -> Any:
            calls.append('from_python')
            return super().from_python(*arguments, **options)

        @classmethod
        def serialize(cls, structure: Any, *, renderer: Renderer) -> bytes:
            calls.append('serialize')
            written: bytes = super().serialize(structure, renderer=renderer)
            return written

        @classmethod
        def serialize_hook(cls, to_serialize: Any) -> Any:
            calls.append('serialize_hook')
            if isinstance(to_serialize, _Unknown):
                return 'simplified'
            return super().serialize_hook(to_serialize)

    return Recording


def _calls(
    serializer: type[BaseSerializer],
    one: Format,
    point: Any,
) -> list[tuple[set[str], Callable[[], Any]]]:
    """Return which methods a call has to use, and the call."""
    body = {'x': 1, 'label': 'a'}
    request = new_request(one.parser.content_type)
    return [
        (
            {'deserialize', 'from_python'},
            lambda: serializer.compile_decoder(one.parser, point, strict=None)(
                write(one, body),
                request,
            ),
        ),
        (
            {'from_python'},
            lambda: serializer.compile_validator(point, strict=None)(body),
        ),
        (
            {'serialize'},
            lambda: serializer.compile_encoder(one.renderer, point)(body),
        ),
        (
            {'serialize_hook'},
            lambda: serializer.compile_encoder(one.renderer, Any)(
                [_Unknown()],
            ),
        ),
    ]


_DATA: Final[tuple[Any, ...]] = (
    None,
    True,
    0,
    1,
    -1,
    1.5,
    2**53 + 1,
    '',
    'a',
    '1',
    '1.5',
    'true',
    'red',
    '2020-01-02',
    '2020-01-02T03:04:05Z',
    '12345678-1234-5678-1234-567812345678',
    [],
    [1],
    [1, 'a'],
    ['1'],
    ['a', 1],
    [None],
    {},
    {'x': 1},
    {'x': 1, 'label': 'a'},
    {'x': '1'},
    {'x': 'a'},
    {'x': None},
    {'label': 'a'},
    {'x': 1, 'label': 2},
    {'x': 1, 'unknown': [1, {'a': 2}]},
    {'a': 1, 'b': 2},
    {'a': '1'},
    {'a': 'b', 'c': 'd'},
    {'item': 1},
    {'item': 'a'},
    [{'x': 1}],
    [{'x': 1}, {'x': 'a'}, {'x': 'b'}],
    {'start': {'x': 1}, 'stops': [{'x': 2}], 'named': {}},
    {'start': {'x': 1}, 'stops': [{'x': 'a'}], 'named': {'a': {'x': 'b'}}},
)
_ODD_DATA: Final[tuple[Any, ...]] = (
    (1, 'a'),
    {1},
    b'a',
    {1: 2},
    10**400,
    float('nan'),
    float('inf'),
    '\ud800',
    '\x00',
    Color.red,
    Decimal('1.5'),
    dt.date(2020, 1, 2),
    uuid.UUID(int=1),
    object,
)


#: Models, and what endpoints must not return for them.
_MISFITS: Final[tuple[tuple[Any, Any], ...]] = (
    (int, 'a'),
    (int, '1'),
    (str, 1),
    (list[int], ['a']),
    (list[int], [1, '2']),
    (dict[str, int], {'a': 'b'}),
    (float, float('nan')),
)


def _models(subject: SerializerSubject) -> list[Any]:
    capabilities = subject.capabilities
    point = subject.point
    found: list[Any] = [
        Any, int, float, bool, str, list[int], list[str], dict[str, int],
        dict[str, Any], int | None, point, list_of(point), dict_of(point),
    ]  # fmt: skip
    for flag, models in _TYPED_MODELS.items():
        if getattr(capabilities, flag):
            found += models
    if capabilities.dataclasses:
        found.append(Line)
    if capabilities.dataclasses and capabilities.generics:
        found += [Box[int], Box[str]]
    return found + [example.model for example in subject.examples]


_TYPED_MODELS: Final[dict[str, tuple[Any, ...]]] = {
    'unions': (int | str, list[int | str]),
    'tuples': (tuple[int, str],),
    'sets': (set[int],),
    'enums': (Color,),
    'dates': (dt.date, dt.datetime),
    'decimals': (Decimal,),
    'uuids': (uuid.UUID,),
}


def _hostile_bodies(one: Format) -> Iterator[bytes]:
    around = AROUND if is_json(one.parser) else (b'%s',)
    for hostile in hostile_bodies(one):
        for place in around:
            yield place.replace(b'%s', hostile)


def _structures(subject: SerializerSubject) -> Iterator[tuple[Any, Any]]:
    point = subject.point
    for body in _DATA:
        yield Any, body
    for odd in _ODD_DATA:
        yield Any, [odd]
    for label in ('a', 'ü', '\U0001f600', '"', '\ud800'):
        body = {'x': 1, 'label': label}
        made = made_of(subject.serializer, point, body)
        if made.error is None:
            yield point, made.returned
            yield list_of(point), [made.returned]
            yield Any, {'a': made.returned}
    for example in subject.examples:
        made = made_of(subject.serializer, example.model, example.body)
        if made.error is None:
            yield example.model, made.returned


def _alike(
    serializer: type[BaseSerializer],
    expected: Outcome,
    found: Outcome,
) -> bool:
    if expected.error is None or found.error is None:
        return expected.error is found.error and (
            same(expected.returned, found.returned)
            or repr(expected.returned) == repr(found.returned)
        )
    return _told(serializer, expected) == _told(serializer, found)


def _told(serializer: type[BaseSerializer], found: Outcome) -> str:
    """Return all that a client hears of an error."""
    if found.error is None:
        return str(found)
    if isinstance(found.error, serializer.validation_error):
        plain = outcome(serializer.serialize_validation_error, found.error)
        located = outcome(
            serializer.locate_validation_error,
            found.error,
            _COMPONENT,
        )
        return (
            f'{type(found.error).__name__} {plain.returned} {located.returned}'
        )
    if isinstance(found.error, UNREADABLE):
        return f'{type(found.error).__name__}: {found.error}'
    # What is not documented may tell anything, its type is enough.
    return type(found.error).__name__
