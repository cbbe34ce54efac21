"""What a parser promises."""

import copy
from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.http import HttpRequest
from django.test import override_settings

from dmr.exceptions import (
    DataParsingError,
    RequestSerializationError,
    RequestTooLargeError,
)
from dmr.parsers import (
    Parser,
    SupportsDjangoDefaultParsing,
    SupportsFileParsing,
)
from dmr.renderers import JsonRenderer
from dmr.test.contracts import _hostile_data
from dmr.test.contracts._calling import (
    Outcome,
    is_json,
    json_bytes,
    new_request,
    outcome,
    same,
    short,
    shown,
)
from dmr.test.contracts._controllers import endpoint
from dmr.test.contracts._passing import PassingSerializer
from dmr.test.contracts._races import race_problems
from dmr.test.contracts._running import Problems
from dmr.test.contracts._state import spoil
from dmr.test.contracts._subjects import ParserSubject
from dmr.test.contracts.samples import Format, Nested, Sample

_DOCUMENTED: Final = (
    DataParsingError,
    RequestSerializationError,
    RequestTooLargeError,
)
_SHALLOW: Final = 3
_JSON_DATA: Final[tuple[Any, ...]] = (
    None,
    True,
    [1, -1, 2**53 + 1, 1.5, 'a', '', None],
    {'a': {'b': [{'c': 1}]}, 'Grüße': '日本語 \U0001f600 \x7f'},
)
_JSON_SAMPLES: Final = tuple(
    Sample(body=json_bytes(parsed), parsed=parsed) for parsed in _JSON_DATA
)


def samples(subject: ParserSubject) -> Problems:
    """Bodies mean what you say that they mean."""
    parser = subject.factory()
    for sample in known_samples(subject, parser):
        for kind in (bytes, bytearray):
            found = parse(parser, kind(sample.body), sample.content_type)
            if found.error is not None or not same(
                sample.parsed,
                found.returned,
            ):
                yield (
                    f'parsing {kind.__name__} {shown(sample.body)}: expected '
                    f'{shown(sample.parsed)}, got {found}.'
                )


def empty_body(subject: ParserSubject) -> Problems:
    """A body without bytes is None, or an empty form."""
    parser = subject.factory()
    expected: Any = {} if _is_form(parser) else None
    found = parse(parser, b'', _content_type(subject, parser))
    if found.error is not None or found.returned != expected:
        yield f'parsing no bytes: expected {expected}, got {found}.'


def malformed(subject: ParserSubject) -> Problems:
    """What is not of the format is refused with a short message."""
    parser = subject.factory()
    content_type = _content_type(subject, parser)
    for body in known_malformed(subject, parser):
        yield from _refused(body, parse(parser, body, content_type))


def mutations(subject: ParserSubject) -> Problems:
    """Bodies that were cut or changed on their way are no accident."""
    parser = subject.factory()
    for sample in known_samples(subject, parser):
        for body in _hostile_data.mutations((sample.body,)):
            found = parse(parser, body, sample.content_type)
            if found.error is not None and not found.is_a(*_DOCUMENTED):
                yield (
                    f'parsing {shown(body)}: expected DataParsingError or a '
                    f'value, got {found}.'
                )


def numbers(subject: ParserSubject) -> Problems:
    """Numbers that JSON does not have, or nobody can hold, are refused."""
    yield from _json_refused(subject, _hostile_data.NUMBERS)


def text(subject: ParserSubject) -> Problems:
    """Text that is no Unicode, or not in UTF-8, is refused."""
    yield from _json_refused(
        subject, {**_hostile_data.TEXT, **_hostile_data.ENCODINGS}
    )


def depth(subject: ParserSubject) -> Problems:
    """Nesting is limited, by the setting `max_nesting_depth`."""
    parser = subject.factory()
    nested = known_nested(subject, parser)
    if nested is None:
        return  # only who declares it, or takes forms, has no nesting
    yield from _limited(parser, nested, _hostile_data.MAX_DEPTH)
    yield from _json_refused(subject, _hostile_data.DEEP)
    with override_settings(DMR_SETTINGS={'max_nesting_depth': _SHALLOW}):
        yield from _limited(parser, nested, _SHALLOW)


def unusual(subject: ParserSubject) -> Problems:
    """What is odd but still JSON is read, the last of duplicate keys counts."""
    parser = subject.factory()
    if not is_json(parser):
        return
    for body, expected in _hostile_data.UNUSUAL:
        found = parse(parser, body)
        if found.error is not None or not same(expected, found.returned):
            yield (
                f'parsing {shown(body)}: expected {shown(expected)}, got '
                f'{found}.'
            )


def results(subject: ParserSubject) -> Problems:
    """A result belongs to its caller, nothing is kept in the parser."""
    parser = subject.factory()
    for sample in known_samples(subject, parser):
        buffer = bytearray(sample.body)
        before = copy.copy(getattr(parser, '__dict__', None))
        first = parse(parser, buffer, sample.content_type)
        if first.error is not None:
            continue  # `values.samples` tells
        expected = copy.deepcopy(first.returned)
        spoil(first.returned)
        again = parse(parser, buffer, sample.content_type)
        if again.error is not None or not same(expected, again.returned):
            yield (
                f'parsing {shown(sample.body)} again, after the first result '
                f'was changed: expected {shown(expected)}, got {again}.'
            )
        if bytes(buffer) != sample.body:
            yield (
                f'parsing {shown(sample.body)}: expected the buffer to stay '
                f'as it is, it became {shown(bytes(buffer))}.'
            )
        after = getattr(parser, '__dict__', None)
        if before != after:
            yield (
                'expected a parser to keep nothing of a request, its '
                f'attributes became {shown(after)}.'
            )


def threads(subject: ParserSubject) -> Problems:
    """One parser reads bodies in several threads at once."""
    parser = subject.factory()
    bodies = known_samples(subject, parser)

    def work() -> list[str]:
        return [
            str(parse(parser, sample.body, sample.content_type))
            for sample in bodies * 4
        ]

    yield from race_problems(work)


def answers(subject: ParserSubject) -> Problems:
    """Endpoints get what was parsed."""
    parser = subject.factory()
    for is_async in (False, True):
        received: list[Any] = []
        send = endpoint(
            PassingSerializer,
            Format(parser=parser, renderer=JsonRenderer()),
            {'parsed_body': Any},
            answer=received.append,
            return_type=Any,
            is_async=is_async,
        )
        for sample in known_samples(subject, parser):
            received.clear()
            found = outcome(
                send,
                sample.body,
                content_type=sample.content_type or '',
            )
            if found.error is not None or found.returned.status != 201:
                yield f'POST {shown(sample.body)}: expected 201, got {found}.'
                continue
            parsed = parse(parser, sample.body, sample.content_type).returned
            # Of forms the body has the text, files are a component.
            if not _is_form(parser) and received != [{'parsed_body': parsed}]:
                yield (
                    f'POST {shown(sample.body)}: expected the endpoint to get '
                    f'{shown(parsed)}, it got {shown(received)}.'
                )


def unreadable(subject: ParserSubject) -> Problems:
    """A body that cannot be read is answered with 400."""
    parser = subject.factory()
    content_type = _content_type(subject, parser) or ''
    send, send_async = (
        endpoint(
            PassingSerializer,
            Format(parser=parser, renderer=JsonRenderer()),
            {'parsed_body': Any},
            is_async=is_async,
        )
        for is_async in (False, True)
    )
    for body in known_malformed(subject, parser):
        if parse(parser, body, content_type or None).error is None:
            continue  # `hostile.malformed` tells
        for call in (send, send_async):
            found = outcome(call, body, content_type=content_type)
            if found.error is not None or found.returned.status != 400:
                yield f'POST {shown(body)}: expected 400, got {found}.'


def parse(
    parser: Parser,
    body: bytes | bytearray,
    content_type: str | None = None,
) -> Outcome:
    """Parse *body* as endpoints do; forms become dictionaries."""
    if not _is_form(parser):
        request = new_request(content_type or parser.content_type)
        return outcome(parser.parse, body, None, request=request, model=Any)
    request = new_request(content_type or parser.content_type, bytes(body))
    return outcome(_form, parser, request)


def known_samples(subject: ParserSubject, parser: Parser) -> list[Sample]:
    """Return samples of the author, and those of JSON.

    Raises:
        ValueError: there are none.
    """
    known = [*subject.samples, *(_JSON_SAMPLES if is_json(parser) else ())]
    if not known:
        raise ValueError(
            f'Nothing is known of {parser.content_type}. Give `samples`: '
            'bodies with what they mean.',
        )
    return known


def known_malformed(subject: ParserSubject, parser: Parser) -> list[bytes]:
    """Return malformed bodies of the author, and those of JSON."""
    of_json = _hostile_data.MALFORMED.values() if is_json(parser) else ()
    return [*subject.malformed, *of_json]


def known_nested(subject: ParserSubject, parser: Parser) -> Nested | None:
    """Return what writes nested bodies, ``None`` where nothing is nested.

    Raises:
        ValueError: the format has nesting, and nobody tells how.
    """
    if subject.nested is not None:
        return subject.nested
    if is_json(parser):
        return _nested_json
    if subject.capabilities.nesting and not _is_form(parser):
        raise ValueError(
            f'Nobody tells how {parser.content_type} is nested. Give `nested`,'
            ' or FormatCapabilities(nesting=False).',
        )
    return None


def _nested_json(levels: int, /) -> bytes:
    return b'[' * levels + b']' * levels


def _is_form(parser: Parser) -> bool:
    return isinstance(parser, SupportsDjangoDefaultParsing)


def _form(parser: Parser, request: HttpRequest) -> Any:
    returned = parser.parse(b'', None, request=request, model=Any)
    if returned is not None:
        return returned
    found: dict[str, Any] = request.POST.dict()
    if isinstance(parser, SupportsFileParsing):
        files: dict[str, Any] = request.FILES.dict()
        found |= {name: uploaded.read() for name, uploaded in files.items()}
    return found


def _content_type(subject: ParserSubject, parser: Parser) -> str | None:
    """Return the media type of a body, with the parameters of a sample."""
    return known_samples(subject, parser)[0].content_type


def _refused(body: bytes, found: Outcome) -> Iterator[str]:
    if not found.is_a(*_DOCUMENTED):
        yield f'parsing {shown(body)}: expected DataParsingError, got {found}.'
    elif not _hostile_data.is_short(str(found.error)):
        yield (
            f'parsing {shown(body)}: expected a message of at most '
            f'{_hostile_data.LONGEST_MESSAGE} characters, got '
            f'{short(str(found.error))!r}.'
        )


def _json_refused(
    subject: ParserSubject,
    bodies: Mapping[str, bytes],
) -> Iterator[str]:
    parser = subject.factory()
    if is_json(parser):
        for body in bodies.values():
            yield from _refused(body, parse(parser, body))


def _limited(parser: Parser, nested: Nested, limit: int) -> Iterator[str]:
    found = parse(parser, nested(limit))
    if found.error is not None:
        yield (
            f'parsing {limit} levels, which are allowed: expected a value, '
            f'got {found}.'
        )
    deep = parse(parser, nested(limit + 1))
    if not deep.is_a(*_DOCUMENTED):
        yield (
            f'parsing {limit + 1} levels, which are one too many: expected '
            f'DataParsingError, got {deep}.'
        )
