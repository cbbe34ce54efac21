"""What is coerced, and what never is."""

import datetime as dt
import uuid
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

from dmr.test.contracts._calling import Outcome, list_of, same, shown, validated
from dmr.test.contracts._running import Problems
from dmr.test.contracts._subjects import SerializerSubject


def strict(subject: SerializerSubject) -> Problems:
    """With ``strict=True`` nothing is coerced, and what fits passes."""
    point = subject.point
    for model, body in _FITS:
        found = validated(subject.serializer, model, body, strict=True)
        if found.error is not None:
            yield (
                f'validating {shown(body)} strictly as {model}: expected it '
                f'to pass, got {found}.'
            )
    to_coerce = [
        *_TO_COERCE,
        (point, {'x': '1', 'label': 'a'}),
        (list_of(point), [{'x': 1, 'label': 2}]),
    ]
    tried = [
        (model, body, validated(subject.serializer, model, body, strict=True))
        for model, body in to_coerce
    ]
    if subject.capabilities.strict:
        yield from _not_refused(subject, 'strictly', tried)
    elif all(found.error is not None for _model, _body, found in tried):
        yield (
            'expected something to be coerced, since strict is declared '
            'absent, got errors only. Declare Capabilities(strict=True).'
        )


def lossless(subject: SerializerSubject) -> Problems:
    """Even when not strict, nothing is coerced that would lose something."""
    for strictness in (None, False):
        tried = [
            (
                model,
                body,
                validated(subject.serializer, model, body, strict=strictness),
            )
            for model, body in _LOSSY
        ]
        yield from _not_refused(subject, f'with strict={strictness}', tried)


def coercion(subject: SerializerSubject) -> Problems:
    """Text of a query becomes the number or date that a model asks for."""
    table = list(_TEXTS)
    for flag, rows in _TYPED_TEXTS.items():
        if getattr(subject.capabilities, flag):
            table += rows
    tried = [
        (model, text, expected, validated(subject.serializer, model, text))
        for model, text, expected in table
    ]
    right = [
        found.error is None and same(expected, found.returned)
        for _model, _text, expected, found in tried
    ]
    if subject.capabilities.coercion:
        for is_right, (model, text, expected, found) in zip(
            right,
            tried,
            strict=True,
        ):
            if not is_right:
                yield (
                    f'validating {text!r} as {model}: expected '
                    f'{shown(expected)}, got {found}.'
                )
    elif all(right):
        yield (
            'expected text to be refused, since coercion is declared absent, '
            'got all values right. Declare Capabilities(coercion=True).'
        )


_FITS: Final[tuple[tuple[Any, Any], ...]] = (
    (int, 1),
    (float, 1.5),
    (bool, True),
    (str, 'a'),
    (list[int], [1]),
    (dict[str, int], {'a': 1}),
    (int | None, None),
    (Any, {'a': [1]}),
)
_TO_COERCE: Final[tuple[tuple[Any, Any], ...]] = (
    (int, '1'),
    (int, 1.5),
    (int, True),
    (float, '1.5'),
    (str, 1),
    (str, True),
    (bool, 1),
    (bool, 'true'),
    (list[int], ['1']),
    (dict[str, int], {'a': '1'}),
)
_LOSSY: Final[tuple[tuple[Any, Any], ...]] = (
    (int, 1.5),
    (int, -0.9),
    (int, '1.5'),
    (int, '1a'),
    (int, '1 2'),
    (float, '1,5'),
    (bool, 2),
    (bool, 'nonsense'),
    (list[int], [1.5]),
    (list[int], '12'),
    (dict[str, int], [1, 2]),
)
_TEXTS: Final[tuple[tuple[Any, str, Any], ...]] = (
    (int, '1', 1),
    (int, '-20', -20),
    (float, '1.5', 1.5),
    (float, '2', 2.0),
    (bool, 'true', True),
    (bool, 'false', False),
    (bool, '1', True),
    (bool, '0', False),
    (str, '1', '1'),
    (str, '', ''),
    (int | None, '1', 1),
)
_DAY: Final = '2020-01-02'
_UID: Final = '12345678-1234-5678-1234-567812345678'
_TYPED_TEXTS: Final[dict[str, tuple[tuple[Any, str, Any], ...]]] = {
    'dates': (
        (dt.date, _DAY, dt.date(2020, 1, 2)),
        (dt.time, '12:30:05', dt.time(12, 30, 5)),
        (
            dt.datetime,
            f'{_DAY}T12:30:05',
            dt.datetime(2020, 1, 2, 12, 30, 5),  # noqa: DTZ001  (naive)
        ),
        (
            dt.datetime,
            f'{_DAY}T12:30:05Z',
            dt.datetime(2020, 1, 2, 12, 30, 5, tzinfo=dt.UTC),
        ),
    ),
    'decimals': ((Decimal, '1.10', Decimal('1.10')),),
    'uuids': ((uuid.UUID, _UID, uuid.UUID(_UID)),),
}


def _not_refused(
    subject: SerializerSubject,
    how: str,
    tried: list[tuple[Any, Any, Outcome]],
) -> Iterator[str]:
    expected = subject.serializer.validation_error
    for model, body, found in tried:
        if not found.is_a(expected):
            yield (
                f'validating {shown(body)} {how} as {model}: expected '
                f'{expected.__name__}, got {found}.'
            )
