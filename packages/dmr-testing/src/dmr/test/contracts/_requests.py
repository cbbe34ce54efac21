"""Whole requests, through controllers that use nothing but the plugin."""

from collections.abc import Callable
from typing import Any, Final

from dmr.test.contracts._calling import outcome, read, same, shown, write
from dmr.test.contracts._controllers import Answer, endpoint
from dmr.test.contracts._running import Problems
from dmr.test.contracts._subjects import SerializerSubject
from dmr.test.contracts.samples import Format

_POINT: Final = {'x': 1, 'label': 'a'}


def answers(subject: SerializerSubject) -> Problems:
    """Endpoints get their models, and their answers are written."""
    expected = {'parsed_body': _POINT}
    for one in subject.formats:
        send = endpoint(
            subject.serializer,
            one,
            {'parsed_body': subject.point},
        )
        found = outcome(send, write(one, _POINT))
        if (
            found.error is not None
            or found.returned.status != 201
            or not same(expected, read(one, found.returned.content))
        ):
            yield (
                f'POST {shown(_POINT)} as {one}: expected 201 and '
                f'{shown(expected)}, got {found}.'
            )


def every_component(subject: SerializerSubject) -> Problems:
    """Faults in several components are reported in one answer."""
    components = {
        'parsed_body': subject.point,
        'parsed_query': subject.point,
    }
    for one in subject.formats:
        for is_async in (False, True):
            send = endpoint(
                subject.serializer,
                one,
                components,
                is_async=is_async,
            )
            body = write(one, {'x': 'a'})
            found = outcome(send, body, query='?x=b')
            count = outcome(_count, one, found.returned)
            if (
                found.error is not None
                or found.returned.status != 400
                or count.returned != len(components)
            ):
                yield (
                    f'POST with a wrong body and a wrong query as {one}: '
                    f'expected 400 with an error of each, got {found}.'
                )


def unreadable(subject: SerializerSubject) -> Problems:
    """A body that cannot be read is answered with 400."""
    for one in subject.formats:
        send = endpoint(
            subject.serializer,
            one,
            {'parsed_body': subject.point},
        )
        good = write(one, _POINT)
        for body in (good[:-1], b'\xff\xff' + good, b'\xc1'):
            found = outcome(send, body)
            if found.error is not None or found.returned.status != 400:
                yield (
                    f'POST {shown(body)} as {one}: expected 400, got {found}.'
                )


def wrong_responses(subject: SerializerSubject) -> Problems:
    """What an endpoint returns has to be what it declares, else 422."""
    cases: tuple[tuple[Any, Any], ...] = (
        (int, 'a'),
        (list[int], ['a']),
        (subject.point, {'x': 'a', 'label': 'b'}),
    )
    for one in subject.formats:
        for declared, returned in cases:
            send = endpoint(
                subject.serializer,
                one,
                {},
                answer=_returning(returned),
                return_type=declared,
            )
            found = outcome(send)
            if found.error is not None or found.returned.status != 422:
                yield (
                    f'an endpoint of {declared} returns {shown(returned)} as '
                    f'{one}: expected 422, got {found}.'
                )


def asynchronous(subject: SerializerSubject) -> Problems:
    """Asynchronous endpoints answer with the same bytes as synchronous ones."""
    components = {
        'parsed_body': subject.point,
        'parsed_query': subject.point,
    }
    for one in subject.formats:
        send, send_async = (
            endpoint(subject.serializer, one, components, is_async=is_async)
            for is_async in (False, True)
        )
        for body in _bodies(one):
            for query in ('', '?x=1&label=b', '?x=a'):
                expected = outcome(send, body, query=query)
                found = outcome(send_async, body, query=query)
                if (
                    str(expected) != str(found)
                    or expected.returned != found.returned
                ):
                    yield (
                        f'POST {query} {shown(body)} as {one}: expected '
                        f'{expected} of both, got {found} asynchronously.'
                    )


def _returning(returned: Any) -> Callable[[dict[str, Any]], Any]:
    return lambda _arguments: returned


def _bodies(one: Format) -> list[bytes]:
    good = write(one, _POINT)
    wrong: tuple[Any, ...] = ({'x': 'a'}, {}, [], {'x': 2, 'label': 'ü'})
    return [good, good[:-1], b'', b'\xff', *(write(one, it) for it in wrong)]


def _count(one: Format, answer: Answer) -> int:
    return len(read(one, answer.content)['detail'])
