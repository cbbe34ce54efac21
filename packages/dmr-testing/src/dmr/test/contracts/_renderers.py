"""What a renderer promises."""

import copy
import datetime as dt
import uuid
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import Any, Final, cast

from dmr.exceptions import DataRenderingError
from dmr.parsers import JsonParser
from dmr.renderers import Renderer
from dmr.test.contracts import _hostile_data, _values
from dmr.test.contracts._calling import (
    Outcome,
    new_request,
    outcome,
    refuse,
    same,
    shown,
)
from dmr.test.contracts._controllers import endpoint
from dmr.test.contracts._passing import PassingSerializer
from dmr.test.contracts._races import race_problems
from dmr.test.contracts._running import Problems
from dmr.test.contracts._subjects import RendererSubject
from dmr.test.contracts.capabilities import FormatCapabilities
from dmr.test.contracts.samples import Format


class _Unknown:
    """A type that no format knows."""


def plain_data(subject: RendererSubject) -> Problems:
    """What is written is read again by the parser that belongs to it."""
    yield from _come_back(subject, _values.PLAIN)


def numbers(subject: RendererSubject) -> Problems:
    """Numbers keep every digit, and stay what they are."""
    if not subject.capabilities.numbers:
        return
    yield from _come_back(subject, _values.NUMBERS)
    if subject.capabilities.big_integers:
        yield from _come_back(subject, _values.BIG_NUMBERS)
        return
    for number in _values.BIG_NUMBERS:
        found = written(subject.factory(), [number])
        if not found.is_a(DataRenderingError):
            yield (
                f'rendering {number}: expected DataRenderingError, since big '
                f'integers are declared absent, got {found}.'
            )


def text(subject: RendererSubject) -> Problems:
    """Text of any language is written, character by character."""
    bodies = [
        body
        for one in _values.TEXTS
        for body in (one, [one], {'a': one}, {one: 'a'})
    ]
    yield from _come_back(subject, bodies)


def binary(subject: RendererSubject) -> Problems:
    """Bytes come back as bytes, or are not declared to."""
    for content in (b'', b'abc', b'\x00\xff\xfe'):
        found = written_and_read(subject.factory(), {'a': content})
        is_right = same({'a': content}, found.returned)
        if is_right is not subject.capabilities.bytes_:
            yield (
                f'rendering {content!r}, with FormatCapabilities(bytes_='
                f'{subject.capabilities.bytes_}): got {found}.'
            )


def standard_types(subject: RendererSubject) -> Problems:
    """Dates, UUIDs and decimals are written without help, as text or better."""
    for value, texts in _STANDARD:
        found = written_and_read(subject.factory(), {'a': value})
        allowed = [{'a': one} for one in (value, *texts)]
        if not any(same(one, found.returned) for one in allowed):
            yield (
                f'rendering {value!r}: expected {texts[0]!r} or the same '
                f'{type(value).__name__}, got {found}.'
            )


def hook(subject: RendererSubject) -> Problems:
    """What the format does not know is simplified by the hook, anywhere."""
    renderer = subject.factory()

    def simplify(unknown: Any) -> Any:
        if isinstance(unknown, _Unknown):
            return {'b': 'simplified'}
        return refuse(unknown)

    for structure, expected in (
        ({'a': _Unknown()}, {'a': {'b': 'simplified'}}),
        ({'a': [_Unknown()]}, {'a': [{'b': 'simplified'}]}),
    ):
        if not expressible(subject.capabilities, expected):
            continue
        found = written_and_read(renderer, structure, simplify)
        if found.error is not None or not same(expected, found.returned):
            yield (
                f'rendering {shown(structure)} with a hook: expected '
                f'{expected}, got {found}.'
            )


def nested_hook(subject: RendererSubject) -> Problems:
    """What the hook returns may need the hook again."""
    if any(hook(subject)):
        return  # `hooks.unknown` tells
    renderer = subject.factory()

    def simplify(unknown: Any) -> Any:
        return {'c': {1}} if isinstance(unknown, _Unknown) else ['d']

    expected = {'a': {'c': ['d']}}
    found = written_and_read(renderer, {'a': _Unknown()}, simplify)
    written_set = {'a': {'c': [1]}}
    if expressible(subject.capabilities, expected) and not (
        same(expected, found.returned) or same(written_set, found.returned)
    ):
        yield (
            'rendering what a hook simplifies to a set: expected the hook to '
            f'be asked again, and {expected}, got {found}.'
        )


def same_bytes(subject: RendererSubject) -> Problems:
    """The same data gives the same bytes, in every instance."""
    for body in expressible_of(subject.capabilities, _values.PLAIN):
        found = {
            str(written(renderer, copy.deepcopy(body)))
            for one in (subject.factory(), subject.factory())
            for renderer in (one, one)
        }
        if len(found) != 1:
            yield f'rendering {shown(body)}: expected one answer, got {found}.'
        content: object = written(
            subject.factory(),
            copy.deepcopy(body),
        ).returned
        if type(content) is not bytes:
            yield f'rendering {shown(body)}: expected bytes, got {content!r}.'


def impossible(subject: RendererSubject) -> Problems:
    """What no format can write is `DataRenderingError`, never other bytes."""
    renderer = subject.factory()
    for name, structure in _hostile_data.impossible().items():
        found = written(renderer, structure)
        if not found.is_a(DataRenderingError):
            yield f'rendering {name}: expected DataRenderingError, got {found}.'


def depth(subject: RendererSubject) -> Problems:
    """Data without end are written or refused, never an accident."""
    if not subject.capabilities.nesting:
        return
    renderer = subject.factory()
    for levels in (_hostile_data.MAX_DEPTH - 1, _TOO_DEEP):
        structure = {'a': _hostile_data.nested(_hostile_data.in_list, levels)}
        found = written(renderer, structure)
        allowed = () if levels < _TOO_DEEP else (DataRenderingError,)
        if found.error is not None and not found.is_a(*allowed):
            yield f'rendering {levels} levels: got {found}.'


def inputs(subject: RendererSubject) -> Problems:
    """What is rendered is not changed, nothing is kept in the renderer."""
    renderer = subject.factory()
    before = copy.copy(getattr(renderer, '__dict__', None))
    for body in expressible_of(subject.capabilities, _values.PLAIN):
        given = copy.deepcopy(body)
        written(renderer, given)
        if not same(body, given):
            yield (
                f'rendering {shown(body)}: expected it to stay as it is, it '
                f'became {shown(given)}.'
            )
    after = getattr(renderer, '__dict__', None)
    if before != after:
        yield (
            'expected a renderer to keep nothing of a response, its '
            f'attributes became {shown(after)}.'
        )


def threads(subject: RendererSubject) -> Problems:
    """One renderer writes in several threads at once."""
    renderer = subject.factory()
    plain = expressible_of(subject.capabilities, _values.PLAIN)
    bodies = [*plain] * 4

    def work() -> list[str]:
        return [
            str(written_and_read(renderer, copy.deepcopy(body)))
            for body in bodies
        ]

    yield from race_problems(work)


def answers(subject: RendererSubject) -> Problems:
    """Responses, errors too, are in its media type, sync and async."""
    renderer = subject.factory()
    for is_async in (False, True):
        send = endpoint(
            PassingSerializer,
            Format(parser=JsonParser(), renderer=renderer),
            {'parsed_body': Any},
            answer=_answer,
            is_async=is_async,
        )
        for body, status in ((b'{}', 201), (b'{', 400)):
            found = outcome(send, body)
            if (
                found.error is not None
                or found.returned.status != status
                or found.returned.content_type != renderer.content_type
            ):
                yield (
                    f'a response: expected {status} '
                    f'{renderer.content_type}, got {found}.'
                )
                continue
            content = outcome(_read, renderer, found.returned.content)
            if status == 201 and content.returned != {'a': 'b'}:
                yield f"a response: expected {{'a': 'b'}}, got {content}."


def written(
    renderer: Renderer,
    structure: Any,
    simplify: Callable[[Any], Any] = refuse,
) -> Outcome:
    """Render plain data, or what *simplify* makes plain."""
    return outcome(renderer.render, structure, simplify)


def written_and_read(
    renderer: Renderer,
    structure: Any,
    simplify: Callable[[Any], Any] = refuse,
) -> Outcome:
    """Render data, and read what was written."""
    found = written(renderer, structure, simplify)
    if found.error is not None:
        return found
    return outcome(_read, renderer, found.returned)


def expressible_of(
    capabilities: FormatCapabilities,
    bodies: Any,
) -> Iterator[Any]:
    """Return those of *bodies* that the format has a notation for."""
    return (body for body in bodies if expressible(capabilities, body))


def expressible(
    capabilities: FormatCapabilities,
    body: Any,
    *,
    level: int = 0,
) -> bool:
    """Tell whether the format has a notation for *body*."""
    if isinstance(body, (dict, list)):
        inner: Iterable[Any] = (
            cast('dict[str, Any]', body).values()
            if isinstance(body, dict)
            else cast('list[Any]', body)
        )
        return (
            (capabilities.nesting or level == 0)
            and (capabilities.any_root or level > 0 or isinstance(body, dict))
            and all(
                expressible(capabilities, one, level=level + 1) for one in inner
            )
        )
    if level == 0 and not capabilities.any_root:
        return False
    if body is None or isinstance(body, bool):
        return capabilities.constants
    return isinstance(body, str) or capabilities.numbers


_TOO_DEEP: Final = 20_000
_UID: Final = uuid.UUID('12345678-1234-5678-1234-567812345678')
_STANDARD: Final[tuple[tuple[Any, tuple[str, ...]], ...]] = (
    (dt.date(2020, 1, 2), ('2020-01-02',)),
    (dt.time(3, 4, 5), ('03:04:05',)),
    (
        dt.datetime(2020, 1, 2, 3, 4, 5, tzinfo=None),  # noqa: DTZ001  (naive)
        ('2020-01-02T03:04:05',),
    ),
    (
        dt.datetime(2020, 1, 2, 3, 4, 5, 678901, tzinfo=dt.UTC),
        ('2020-01-02T03:04:05.678901Z', '2020-01-02T03:04:05.678901+00:00'),
    ),
    (_UID, (str(_UID),)),
    (Decimal('1.10'), ('1.10',)),
)


def _answer(_arguments: dict[str, Any]) -> dict[str, str]:
    return {'a': 'b'}


def _read(renderer: Renderer, content: bytes) -> Any:
    return renderer.validation_parser.parse(
        content,
        None,
        request=new_request(renderer.content_type),
        model=Any,
    )


def _come_back(subject: RendererSubject, bodies: Any) -> Iterator[str]:
    renderer = subject.factory()
    for body in bodies:
        structure = body
        if not subject.capabilities.any_root and not isinstance(body, dict):
            structure = {'a': body}
        if not expressible(subject.capabilities, structure):
            continue
        found = written_and_read(renderer, copy.deepcopy(structure))
        if found.error is not None or not same(structure, found.returned):
            yield (
                f'rendering {shown(structure)} and reading it: expected the '
                f'same, got {found}.'
            )
