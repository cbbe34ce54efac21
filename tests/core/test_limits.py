"""What parsers of every format refuse in what they have parsed."""

import math
from collections.abc import Callable
from typing import Any

import pytest
from django.test import override_settings

from dmr.exceptions import DataParsingError
from dmr.limits import check_parsed


def _nested(levels: int, wrap: Callable[[Any], Any]) -> Any:
    nested: Any = 1
    for _ in range(levels):
        nested = wrap(nested)
    return nested


def _nested_empty(levels: int) -> Any:
    nested: list[Any] = []
    for _ in range(levels):
        nested = [nested]
    return nested


def _cycle() -> list[Any]:
    items: list[Any] = [1]
    items.append(items)
    return items


def _shared() -> list[Any]:
    once = [1]
    return [once, {'again': once}]


def _doubled() -> Any:
    items: list[Any] = [1]
    for _ in range(100):
        items = [items, items]
    return items


@pytest.mark.parametrize(
    'parsed',
    [
        None,
        True,
        2**14_284 - 1,
        1.7976931348623157e308,
        'text, ünïcode, \U0001f600, \x00',
        b'\xff',
        object(),
        {'a': [1, (2, {3})], 4: frozenset((5,))},
        [(), ()],
        [[], []],
    ],
)
def test_what_honest_clients_send_passes(parsed: Any) -> None:
    """Plain data of any type, and what nobody here knows."""
    check_parsed(parsed)


@pytest.mark.parametrize(
    ('parsed', 'message'),
    [
        (math.nan, 'NaN and Infinity are not accepted'),
        (-math.inf, 'NaN and Infinity are not accepted'),
        (-(2**14_284), 'Number is out of range'),
        ('\ud800', 'Body has a lone surrogate'),
        (_cycle(), 'Body refers to a part of itself'),
        (_shared(), 'Body refers to a part of itself'),
        (_doubled(), 'Body refers to a part of itself'),
    ],
    ids=['nan', 'inf', 'int', 'text', 'cycle', 'shared', 'doubled'],
)
@pytest.mark.parametrize(
    'around',
    [
        lambda parsed: parsed,
        lambda parsed: [0, parsed],
        lambda parsed: {'a': {'b': (parsed,)}},
    ],
)
def test_what_nobody_sends_is_refused(
    parsed: Any,
    message: str,
    around: Callable[[Any], Any],
) -> None:
    """Wherever it stands."""
    with pytest.raises(DataParsingError) as caught:
        check_parsed(around(parsed))

    assert message == str(caught.value)


@pytest.mark.parametrize('key', [math.inf, '\ud800', (math.nan,)])
def test_keys_are_checked_too(key: Any) -> None:
    """Some formats have keys of any type."""
    with pytest.raises(DataParsingError):
        check_parsed({key: 1})


@pytest.mark.parametrize('limit', [1, 3, 128])
@pytest.mark.parametrize(
    'wrap',
    [lambda inner: [inner], lambda inner: (inner,), lambda inner: {'a': inner}],
)
def test_nesting_is_limited_exactly(
    limit: int,
    wrap: Callable[[Any], Any],
) -> None:
    """The setting is the deepest that passes; empty containers count."""
    with override_settings(DMR_SETTINGS={'max_nesting_depth': limit}):
        check_parsed(_nested(limit, wrap))
        with pytest.raises(DataParsingError, match=f'than {limit} levels'):
            check_parsed(_nested(limit + 1, wrap))
        with pytest.raises(DataParsingError, match=f'than {limit} levels'):
            check_parsed(_nested_empty(limit))
