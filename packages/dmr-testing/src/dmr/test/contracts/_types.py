"""Values of types that JSON does not have come back as they were.

Each check belongs to a capability. Where that is declared absent, values have
to be refused: what is neither kept nor refused is lost without a word.
"""

import dataclasses
import datetime as dt
import re
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, Literal

from dmr.test.contracts._calling import (
    Outcome,
    decode,
    encode,
    list_of,
    outcome,
    read,
    same,
    shown,
    write,
)
from dmr.test.contracts._running import Problems
from dmr.test.contracts._subjects import SerializerSubject
from dmr.test.contracts.samples import (
    Box,
    Color,
    Format,
    Level,
    Line,
    Point,
    PointDict,
    PointTuple,
    Tree,
)


class _Unknown:
    """Stands where the notation of a value is up to the serializer."""


_UNKNOWN: Final = _Unknown()


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """A value, its type, and how clients write it."""

    model: Any
    value: Any
    body: Any = _UNKNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class _Trip:
    """What became of a value on its way out and back."""

    typed: Typed
    one: Format
    step: str
    found: Outcome
    is_right: bool

    def __str__(self) -> str:
        return f'{self.step} {self.typed.model} in {self.one}'


def check_types(
    flag: str,
    promise: str,
    values: Sequence[Typed],
) -> Callable[[SerializerSubject], Problems]:
    """Return the check of the capability *flag*."""

    def find(subject: SerializerSubject) -> Problems:
        trips = [
            _trip(subject, one, typed)
            for one in subject.formats
            for typed in _variants(subject, values)
        ]
        if getattr(subject.capabilities, flag):
            return _kept(trips)
        return _refused(flag, trips)

    find.__doc__ = promise
    return find


def _kept(trips: Sequence[_Trip]) -> Iterator[str]:
    for trip in trips:
        if not trip.is_right:
            yield (
                f'{trip}: expected {shown(trip.typed.value)}, got {trip.found}.'
            )


def _refused(flag: str, trips: Sequence[_Trip]) -> Iterator[str]:
    if all(trip.is_right for trip in trips):
        yield (
            f'expected {flag} to be refused, since it is declared absent, '
            f'got all values right. Declare Capabilities({flag}=True).'
        )
        return
    for trip in trips:
        if trip.is_right:
            continue
        if trip.found.error is None:
            yield (
                f'{trip}: expected {shown(trip.typed.value)} to be refused, '
                f'since {flag} is declared absent, got {trip.found}.'
            )
        elif not str(trip.found.error):
            yield f'{trip}: expected a message, got {trip.found}.'


def _variants(
    subject: SerializerSubject,
    values: Sequence[Typed],
) -> Iterator[Typed]:
    for typed in values:
        known = not isinstance(typed.body, _Unknown)
        yield typed
        yield Typed(
            model=list_of(typed.model),
            value=[typed.value],
            body=[typed.body] if known else _UNKNOWN,
        )
        if subject.capabilities.dataclasses:
            holder = dataclasses.make_dataclass(
                re.sub(r'\W+', '_', f'Holder of {typed.model}'),
                [('item', typed.model)],
            )
            yield Typed(
                model=holder,
                value=holder(item=typed.value),
                body={'item': typed.body} if known else _UNKNOWN,
            )


def _trip(subject: SerializerSubject, one: Format, typed: Typed) -> _Trip:
    serializer = subject.serializer
    model = typed.model

    def trip(step: str, found: Outcome, expected: Any) -> _Trip:
        return _Trip(
            typed=typed,
            one=one,
            step=step,
            found=found,
            is_right=(found.error is None and same(expected, found.returned)),
        )

    if not isinstance(typed.body, _Unknown):
        sent = write(one, typed.body)
        received = trip(
            'reading',
            outcome(decode, serializer, one, model, sent),
            typed.value,
        )
        if not received.is_right:
            return received
    written = outcome(encode, serializer, one, model, typed.value)
    if written.error is not None:
        return trip('writing', written, typed.value)
    if not isinstance(typed.body, _Unknown):
        answered = outcome(read, one, written.returned)
        if answered.error is not None or not same(
            typed.body, answered.returned
        ):
            return trip('writing', answered, typed.body)
    return trip(
        'writing and reading',
        outcome(decode, serializer, one, model, written.returned),
        typed.value,
    )


_MOMENT: Final = dt.datetime(2020, 1, 2, 3, 4, 5)  # noqa: DTZ001  (naive)
_EAST: Final = dt.timezone(dt.timedelta(hours=5, minutes=30))
_UID: Final = uuid.UUID('12345678-1234-5678-1234-567812345678')

#: Capability → what it promises, and the values that show it.
TYPES: Final[dict[str, tuple[str, Sequence[Typed]]]] = {
    'dataclasses': (
        'Dataclasses are models.',
        (
            Typed(
                model=Point,
                value=Point(x=1, label='a'),
                body={'x': 1, 'label': 'a'},
            ),
            Typed(
                model=Line,
                value=Line(
                    start=Point(x=1, label='a'),
                    stops=[Point(x=2, label='b')],
                    named={'c': Point(x=3, label='c')},
                ),
                body={
                    'start': {'x': 1, 'label': 'a'},
                    'stops': [{'x': 2, 'label': 'b'}],
                    'named': {'c': {'x': 3, 'label': 'c'}},
                },
            ),
        ),
    ),
    'typed_dicts': (
        'Typed dictionaries are models.',
        (
            Typed(
                model=PointDict,
                value={'x': 1, 'label': 'a'},
                body={'x': 1, 'label': 'a'},
            ),
            Typed(model=PointDict, value={'x': 1}, body={'x': 1}),
        ),
    ),
    'named_tuples': (
        'Named tuples are models, sent as arrays.',
        (
            Typed(
                model=PointTuple,
                value=PointTuple(x=1, label='a'),
                body=[1, 'a'],
            ),
        ),
    ),
    'generics': (
        'Type variables of models get their types.',
        (
            Typed(model=Box[int], value=Box(item=1), body={'item': 1}),
            Typed(
                model=Box[list[Box[str]]],
                value=Box(item=[Box(item='a')]),
                body={'item': [{'item': 'a'}]},
            ),
            Typed(
                model=Box[Point],
                value=Box(item=Point(x=1, label='a')),
                body={'item': {'x': 1, 'label': 'a'}},
            ),
        ),
    ),
    'recursion': (
        'Models may contain themselves.',
        (
            Typed(
                model=Tree,
                value=Tree(
                    name='a',
                    children=[
                        Tree(name='b', children=[Tree(name='c', children=[])]),
                        Tree(name='d', children=[]),
                    ],
                ),
                body={
                    'name': 'a',
                    'children': [
                        {
                            'name': 'b',
                            'children': [{'name': 'c', 'children': []}],
                        },
                        {'name': 'd', 'children': []},
                    ],
                },
            ),
        ),
    ),
    'unions': (
        'Unions keep the type of what was sent.',
        (
            *(
                Typed(model=int | str | None, value=value, body=value)
                for value in (1, 'a', '1', '', None)
            ),
            Typed(model=bool | str, value=True, body=True),
            Typed(model=bool | str, value='true', body='true'),
            Typed(model=list[int] | str, value=[1], body=[1]),
            Typed(model=list[int] | str, value='a', body='a'),
        ),
    ),
    'literals': (
        'Literals allow just their values.',
        (
            Typed(model=Literal['a', 'b'], value='b', body='b'),
            Typed(model=Literal[1, 2], value=2, body=2),
            Typed(model=Literal['a'] | None, value=None, body=None),
        ),
    ),
    'tuples': (
        'Tuples have a type for each place.',
        (
            Typed(model=tuple[int, str], value=(1, 'a'), body=[1, 'a']),
            Typed(model=tuple[int, ...], value=(1, 2, 3), body=[1, 2, 3]),
            Typed(
                model=tuple[tuple[int, str], list[int]],
                value=((1, 'a'), [2]),
                body=[[1, 'a'], [2]],
            ),
        ),
    ),
    'sets': (
        'Sets are sent as arrays.',
        (
            Typed(model=set[int], value={1}, body=[1]),
            Typed(model=frozenset[str], value=frozenset({'a'}), body=['a']),
            Typed(model=set[int], value=set(), body=[]),
            Typed(model=set[int], value={1, 2, 3}),
        ),
    ),
    'enums': (
        'Members of enumerations are sent as their values.',
        (
            Typed(model=Color, value=Color.blue, body='blue'),
            Typed(model=Level, value=Level.high, body=2),
            Typed(
                model=dict[str, Color],
                value={'a': Color.red},
                body={'a': 'red'},
            ),
        ),
    ),
    'dates': (
        'Dates and times keep every digit, and whether they have a zone.',
        (
            Typed(model=dt.date, value=dt.date(2020, 2, 29)),
            Typed(model=dt.date, value=dt.date(1, 1, 1)),
            Typed(model=dt.time, value=dt.time(12, 30)),
            Typed(model=dt.time, value=dt.time(23, 59, 59, 999999)),
            Typed(model=dt.datetime, value=_MOMENT),
            Typed(
                model=dt.datetime,
                value=_MOMENT.replace(microsecond=678901),
            ),
            Typed(model=dt.datetime, value=_MOMENT.replace(tzinfo=dt.UTC)),
            Typed(
                model=dt.datetime,
                value=_MOMENT.replace(microsecond=6, tzinfo=_EAST),
            ),
        ),
    ),
    'durations': (
        'Durations keep every digit.',
        (
            Typed(model=dt.timedelta, value=dt.timedelta(seconds=90)),
            Typed(
                model=dt.timedelta,
                value=dt.timedelta(days=3, hours=4, microseconds=5),
            ),
            Typed(model=dt.timedelta, value=-dt.timedelta(hours=1)),
        ),
    ),
    'decimals': (
        'Decimals keep every digit.',
        tuple(
            Typed(model=Decimal, value=Decimal(digits))
            for digits in (
                '0',
                '1.10',
                '-0.1',
                '19.99',
                '3.14159265358979323846264338327950288',
                '123456789012345678901234567890',
            )
        ),
    ),
    'bytes_': (
        'Bytes come back, whatever they are.',
        tuple(
            Typed(model=bytes, value=value)
            for value in (b'', b'abc', b'\x00\xff\xfe', bytes(range(256)))
        ),
    ),
    'uuids': (
        'UUIDs are sent as text.',
        (Typed(model=uuid.UUID, value=_UID),),
    ),
}
