"""Values come back as they were sent: plain data, and models of them."""

import copy
from collections.abc import Iterator
from typing import Any, Final

from dmr.test.contracts._calling import (
    Outcome,
    decode,
    dict_of,
    encode,
    is_json,
    list_of,
    made_of,
    new_request,
    outcome,
    read,
    same,
    shown,
    write,
)
from dmr.test.contracts._running import Problems
from dmr.test.contracts._subjects import SerializerSubject
from dmr.test.contracts.samples import Format, Line


def json_values(subject: SerializerSubject) -> Problems:
    """Plain data that no model describes is read and written unchanged."""
    for one in subject.formats:
        for body in PLAIN:
            yield from _unchanged(subject, one, Any, body)


def numbers(subject: SerializerSubject) -> Problems:
    """Numbers keep every digit, and stay what they are."""
    for one in subject.formats:
        for body in (*NUMBERS, *(BIG_NUMBERS if is_json(one.parser) else ())):
            yield from _unchanged(subject, one, Any, body)
            yield from _unchanged(subject, one, type(body), body)


def text(subject: SerializerSubject) -> Problems:
    """Text of any language is read and written, character by character."""
    for one in subject.formats:
        for body in TEXTS:
            yield from _unchanged(subject, one, Any, {body: [body]})
            yield from _unchanged(subject, one, str, body)
            yield from _unchanged(subject, one, dict[str, str], {body: body})
            point = {'x': 1, 'label': body}
            yield from model_comes_back(subject, one, subject.point, point)


def containers(subject: SerializerSubject) -> Problems:
    """Lists and dictionaries hold what they declare, however nested."""
    for one in subject.formats:
        for model, body in _CONTAINERS:
            yield from _unchanged(subject, one, model, body)


def models(subject: SerializerSubject) -> Problems:
    """Models are read and written, alone and in other types."""
    point = subject.point
    cases: list[tuple[Any, Any]] = [
        (point, _POINT),
        (list_of(point), [_POINT, {'x': -1, 'label': ''}]),
        (dict_of(point), {'a': _POINT}),
        (point | None, _POINT),
        (point | None, None),
        (list_of(dict_of(list_of(point))), [{'a': [_POINT]}, {}]),
    ]
    if subject.capabilities.dataclasses:
        cases.append((Line, _LINE))
    for one in subject.formats:
        for model, body in cases:
            yield from model_comes_back(subject, one, model, body)


def examples(subject: SerializerSubject) -> Problems:
    """The models that you gave are read and written."""
    for one in subject.formats:
        for example in subject.examples:
            yield from model_comes_back(
                subject,
                one,
                example.model,
                example.body,
            )


def primitives(subject: SerializerSubject) -> Problems:
    """`to_python` returns what the body had been, in plain data."""
    serializer = subject.serializer
    cases: list[tuple[Any, Any]] = [
        (subject.point, _POINT),
        (list[int], [1]),
        (Any, {'a': [None]}),
    ]
    cases += [(example.model, example.body) for example in subject.examples]
    for model, body in cases:
        made = made_of(serializer, model, body)
        found = (
            outcome(serializer.to_python, made.returned)
            if made.error is None
            else made
        )
        if found.error is not None or not same(body, found.returned):
            yield (
                f'to_python of a {model} read from {shown(body)}: '
                f'expected {shown(body)}, got {found}.'
            )


def instances(subject: SerializerSubject) -> Problems:
    """What was read into a model may be returned by an endpoint."""
    serializer = subject.serializer
    point = subject.point
    cases: list[tuple[Any, Any]] = [
        (point, _POINT),
        (list_of(point), [_POINT]),
        (list[int], [1]),
    ]
    cases += [(example.model, example.body) for example in subject.examples]
    for one in subject.formats:
        for model, body in cases:
            made = outcome(decode, serializer, one, model, write(one, body))
            if made.error is not None:
                continue  # `values.models` tells
            validate = serializer.compile_validator(model, strict=True)
            found = outcome(validate, made.returned)
            primitives = outcome(serializer.to_python, found.returned)
            if found.error is not None or not same(body, primitives.returned):
                yield (
                    f'validating {made} strictly as {model}: expected it to '
                    f'pass unchanged, got {found}.'
                )


def undeclared(subject: SerializerSubject) -> Problems:
    """Models are written wherever they stand in data of any type."""
    serializer = subject.serializer
    made = made_of(serializer, subject.point, _POINT)
    if made.error is not None:
        return  # `values.models` tells
    point = made.returned
    structure = {'a': [point], 'b': (point, None), 'c': {'d': point}}
    expected = {'a': [_POINT], 'b': [_POINT, None], 'c': {'d': _POINT}}
    for one in subject.formats:
        yield from writes(subject, one, Any, structure, expected)


def empty_body(subject: SerializerSubject) -> Problems:
    """A body without bytes is nothing, which models allow or refuse."""
    serializer = subject.serializer
    for one in subject.formats:
        found = outcome(decode, serializer, one, int | None, b'')
        if found.error is not None or found.returned is not None:
            yield (
                f'reading no bytes as int | None from {one}: expected None, '
                f'got {found}.'
            )
        found = outcome(decode, serializer, one, subject.point, b'')
        if not found.is_a(serializer.validation_error):
            yield (
                f'reading no bytes as {subject.point} from {one}: expected '
                f'{serializer.validation_error.__name__}, got {found}.'
            )


def kinds_of_bytes(subject: SerializerSubject) -> Problems:
    """A body is read from a bytearray just as from bytes."""
    for one in subject.formats:
        for model, body in ((Any, [1, 'a']), (list[int], [1])):
            decoder = subject.serializer.compile_decoder(
                one.parser,
                model,
                strict=None,
            )
            written = bytearray(write(one, body))
            request = new_request(one.parser.content_type)
            found = outcome(decoder, written, request)
            if found.error is not None or not same(body, found.returned):
                yield (
                    f'reading a bytearray of {shown(body)} from {one}: '
                    f'expected {shown(body)}, got {found}.'
                )


def model_comes_back(
    subject: SerializerSubject,
    one: Format,
    model: Any,
    body: Any,
) -> Iterator[str]:
    """Read *body* into *model* and write it again."""
    serializer = subject.serializer
    made = outcome(decode, serializer, one, model, write(one, body))
    if made.error is None:
        yield from writes(subject, one, model, made.returned, body)
    else:
        yield (
            f'reading {shown(body)} as {model} from {one}: expected a model, '
            f'got {made}.'
        )


def writes(
    subject: SerializerSubject,
    one: Format,
    model: Any,
    structure: Any,
    expected: Any,
) -> Iterator[str]:
    """Write *structure*, a client has to read what is expected."""
    found = written_and_read(subject, one, model, structure)
    if found.error is not None or not same(expected, found.returned):
        yield (
            f'writing {shown(structure)} as {model} to {one}: '
            f'expected {shown(expected)}, got {found}.'
        )


def written_and_read(
    subject: SerializerSubject,
    one: Format,
    model: Any,
    structure: Any,
) -> Outcome:
    """Return what a client reads of *structure*."""
    given = copy.deepcopy(structure)
    found = outcome(encode, subject.serializer, one, model, given)
    if found.error is not None:
        return found
    return outcome(read, one, found.returned)


_POINT: Final = {'x': 1, 'label': 'a'}
_LINE: Final = {
    'start': _POINT,
    'stops': [_POINT, {'x': 2, 'label': 'b'}],
    'named': {'a': _POINT},
}
PLAIN: Final[tuple[Any, ...]] = (
    None,
    True,
    False,
    0,
    -1,
    1.5,
    '',
    'a',
    [],
    {},
    [None, True, 1, 1.5, 'a', [1], {'a': 1}],
    {'a': None, 'b': [True, {'c': 1.5}], '': ''},
)
NUMBERS: Final = (
    0,
    -1,
    2**31,
    2**53 + 1,
    2**63 - 1,
    -(2**63),
    0.0,
    -0.0,
    1.0,
    0.1,
    -0.25,
    1 / 3,
    1e300,
    5e-324,
    1.7976931348623157e308,
)
BIG_NUMBERS: Final = (2**64, 2**70, -(10**40))
TEXTS: Final = (
    'Grüße',
    'Привет',
    '日本語',
    '\U0001f600',
    'e\u0301 \u00e9',
    '\u2028\u2029\u200f',
    '\x00\x1f\x7f',
    'quote " backslash \\ slash / newline \n tab \t',
    'null NaN Infinity true',
)
_CONTAINERS: Final[tuple[tuple[Any, Any], ...]] = (
    (list[int], [1, 2, 3]),
    (list[str], []),
    (dict[str, int], {'a': 1, 'b': 2}),
    (dict[str, float], {'a': 1.5}),
    (list[bool], [True, False]),
    (list[Any], [1, 'a', None]),
    (list[dict[str, list[int]]], [{'a': [1], 'b': []}, {}]),
    (dict[str, dict[str, list[str]]], {'a': {'b': ['c']}}),
)


def _unchanged(
    subject: SerializerSubject,
    one: Format,
    model: Any,
    body: Any,
) -> Iterator[str]:
    sent = write(one, body)
    found = outcome(decode, subject.serializer, one, model, sent)
    if found.error is not None or not same(body, found.returned):
        yield (
            f'reading {shown(body)} as {model} from {one}: '
            f'expected {shown(body)}, got {found}.'
        )
    yield from writes(subject, one, model, body, body)
