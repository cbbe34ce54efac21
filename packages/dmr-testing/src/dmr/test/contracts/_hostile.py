"""What no honest client sends is refused, with the documented errors."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from django.http import HttpRequest
from django.test import override_settings

from dmr.serializer import BaseSerializer, Decoder
from dmr.test.contracts._calling import (
    UNREADABLE,
    UNWRITABLE,
    Outcome,
    is_json,
    new_request,
    outcome,
    plain_decoder,
    same,
    short,
    shown,
    validated,
    write,
)
from dmr.test.contracts._running import Problems
from dmr.test.contracts._subjects import SerializerSubject
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


def malformed(subject: SerializerSubject) -> Problems:
    """What is not of the format is refused."""
    for one in subject.formats:
        if is_json(one.parser):
            yield from _all_refused(subject, one, MALFORMED, AROUND)
        given = {shown(body): body for body in one.malformed}
        yield from _all_refused(subject, one, given, (b'%s',))
        yield from _documented(subject, one, mutations(_samples(one)))


def numbers(subject: SerializerSubject) -> Problems:
    """Numbers that JSON does not have, or nobody can hold, are refused."""
    for one in subject.formats:
        if is_json(one.parser):
            yield from _all_refused(subject, one, NUMBERS, AROUND)


def text(subject: SerializerSubject) -> Problems:
    """Text that is no Unicode, or not in UTF-8, is refused."""
    for one in subject.formats:
        if is_json(one.parser):
            yield from _all_refused(subject, one, TEXT, AROUND)
            yield from _all_refused(subject, one, ENCODINGS, (b'%s',))


def depth(subject: SerializerSubject) -> Problems:
    """Nesting is limited, by the setting `max_nesting_depth`."""
    for one in subject.formats:
        # Fast ways are made once, and used when the setting has changed.
        decoders = list(_decoders(subject, one, Any))
        yield from _limited(subject, one, decoders, MAX_DEPTH)
        for limit in (1, 3):
            with override_settings(DMR_SETTINGS={'max_nesting_depth': limit}):
                yield from _limited(subject, one, decoders, limit)
        if is_json(one.parser):
            yield from _all_refused(subject, one, DEEP, AROUND[:1])


def size(subject: SerializerSubject) -> Problems:
    """Honest bodies are read, however large or wide they are."""
    bodies: tuple[Any, ...] = (
        [{'x': [[number]], 'label': '[{"\\'} for number in range(1000)],
        {str(number): number for number in range(2000)},
        ['a' * 200_000],
        [[1]] * 1000,
    )
    for one in subject.formats:
        for body in bodies:
            for decode in _decoders(subject, one, Any):
                found = outcome(decode, write(one, body))
                if found.error is not None or not same(body, found.returned):
                    yield (
                        f'reading {shown(body)} from {one}: expected it to be '
                        f'read, got {found}.'
                    )


def unusual(subject: SerializerSubject) -> Problems:
    """What is odd but still JSON is read, the last of duplicate keys counts."""
    for one in subject.formats:
        if not is_json(one.parser):
            continue
        for body, expected in UNUSUAL:
            for decode in _decoders(subject, one, Any):
                found = outcome(decode, body)
                if found.error is not None or not same(
                    expected,
                    found.returned,
                ):
                    yield (
                        f'reading {shown(body)} from {one}: expected '
                        f'{shown(expected)}, got {found}.'
                    )


def values(subject: SerializerSubject) -> Problems:
    """Python data of any kind is validated or refused, never an accident."""
    serializer = subject.serializer
    documented = (serializer.validation_error, *UNREADABLE)
    for model in (int, float, str, list[int], dict[str, int], subject.point):
        for odd in _ODD_VALUES:
            for unstructured in (odd, [odd], {'x': odd}):
                found = validated(serializer, model, unstructured)
                if found.error is not None and not found.is_a(*documented):
                    yield (
                        f'validating {shown(unstructured)} as {model}: '
                        f'expected {serializer.validation_error.__name__} or '
                        f'a value, got {found}.'
                    )


def responses(subject: SerializerSubject) -> Problems:
    """What no format can write is `DataRenderingError`, never other bytes."""
    serializer = subject.serializer
    for one in subject.formats:
        for name, structure in impossible().items():
            for found in (
                outcome(
                    serializer.compile_encoder(one.renderer, Any),
                    structure,
                ),
                outcome(
                    serializer.serialize,
                    structure,
                    renderer=one.renderer,
                ),
            ):
                if not found.is_a(*UNWRITABLE):
                    yield (
                        f'writing {name} to {one}: expected '
                        f'DataRenderingError, got {found}.'
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


_ODD_VALUES: Final[tuple[Any, ...]] = (
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


def in_list(inner: Any) -> Any:
    """Return a list of *inner*."""
    return [inner]


def in_object(inner: Any) -> Any:
    """Return an object of *inner*."""
    return {'a': inner}


def _samples(one: Format) -> list[bytes]:
    return [
        write(one, body)
        for body in (
            {'x': 1, 'label': 'a'},
            [{'x': 1, 'label': 'ü'}, None, True, 1.5],
        )
    ]


def _decoders(
    subject: SerializerSubject,
    one: Format,
    model: Any,
) -> Iterator[Callable[[bytes], Any]]:
    serializer = subject.serializer
    request = new_request(one.parser.content_type)
    for decode in (
        plain_decoder(serializer, one.parser, model, strict=None),
        serializer.compile_decoder(one.parser, model, strict=None),
    ):
        yield _bound(decode, request)


def _bound(decode: Decoder, request: HttpRequest) -> Callable[[bytes], Any]:
    return lambda body: decode(body, request)


def _limited(
    subject: SerializerSubject,
    one: Format,
    decoders: Iterable[Callable[[bytes], Any]],
    limit: int,
) -> Iterator[str]:
    for nest in (in_list, in_object):
        deepest = nested(nest, limit)
        for decode in decoders:
            found = outcome(decode, write(one, deepest))
            if found.error is not None or not same(deepest, found.returned):
                yield (
                    f'reading {limit} levels, which are allowed, from {one}: '
                    f'expected them to be read, got {found}.'
                )
            yield from _refused(
                subject.serializer,
                f'reading {limit + 1} levels, one too many, from {one}',
                outcome(decode, write(one, nest(deepest))),
            )


def _all_refused(
    subject: SerializerSubject,
    one: Format,
    bodies: Mapping[str, bytes],
    around: Iterable[bytes],
) -> Iterator[str]:
    for model in (Any, subject.point, list[int], float):
        for decode in _decoders(subject, one, model):
            for name, body in bodies.items():
                for place in around:
                    sent = place.replace(b'%s', body)
                    yield from _refused(
                        subject.serializer,
                        f'reading {name}, {shown(sent)}, as {model} from {one}',
                        outcome(decode, sent),
                    )


def _refused(
    serializer: type[BaseSerializer],
    where: str,
    found: Outcome,
) -> Iterator[str]:
    if not found.is_a(serializer.validation_error, *UNREADABLE):
        yield f'{where}: expected DataParsingError, got {found}.'
    elif found.is_a(*UNREADABLE) and not is_short(str(found.error)):
        yield (
            f'{where}: expected a message of at most {LONGEST_MESSAGE} '
            f'characters, got {short(str(found.error))!r}.'
        )


def _documented(
    subject: SerializerSubject,
    one: Format,
    bodies: Iterable[bytes],
) -> Iterator[str]:
    documented = (subject.serializer.validation_error, *UNREADABLE)
    decoders = [
        decode
        for model in (Any, subject.point)
        for decode in _decoders(subject, one, model)
    ]
    for body in bodies:
        for decode in decoders:
            found = outcome(decode, body)
            if found.error is not None and not found.is_a(*documented):
                yield (
                    f'reading {shown(body)} from {one}: expected '
                    f'DataParsingError or a value, got {found}.'
                )
