"""What no honest client sends is refused, with the documented errors."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

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
from dmr.test.contracts._hostile_data import (
    AROUND,
    DEEP,
    ENCODINGS,
    ENDLESS_TEXT,
    LONGEST_MESSAGE,
    MALFORMED,
    MAX_DEPTH,
    NUMBERS,
    ODD_VALUES,
    TEXT,
    UNUSUAL,
    impossible,
    in_list,
    in_object,
    is_short,
    mutations,
    nested,
)
from dmr.test.contracts._running import Problems
from dmr.test.contracts._subjects import SerializerSubject
from dmr.test.contracts.samples import Format


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
        decode = _compiled(subject, one, float)
        for endless in ENDLESS_TEXT:
            yield from _refused(
                subject.serializer,
                f'reading the text {endless!r} as float from {one}',
                outcome(decode, write(one, endless)),
            )


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
        for odd in ODD_VALUES:
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
    plain = plain_decoder(subject.serializer, one.parser, model, strict=None)
    yield _bound(plain, one)
    yield _compiled(subject, one, model)


def _compiled(
    subject: SerializerSubject,
    one: Format,
    model: Any,
) -> Callable[[bytes], Any]:
    return _bound(
        subject.serializer.compile_decoder(one.parser, model, strict=None),
        one,
    )


def _bound(decode: Decoder, one: Format) -> Callable[[bytes], Any]:
    request = new_request(one.parser.content_type)
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
