"""What endpoints have in common is made once, what only looks so is not."""

import dataclasses
from http import HTTPStatus
from typing import Annotated, Any, Literal, Union

import pytest

from dmr.internal.sharing import is_shareable, shared
from dmr.parsers import JsonParser
from dmr.plugins.msgspec import MsgspecSerializer
from dmr.renderers import JsonRenderer
from dmr.settings import clear_settings_cache


@dataclasses.dataclass
class _EqualParser(JsonParser):
    """Is equal to others of its class, and has no hash."""


@dataclasses.dataclass(frozen=True)
class _Pair:
    """Is equal to others, and has a hash."""

    left: int = 0


@shared
def _made(*parts: Any, **named: Any) -> list[Any]:
    return [parts, named]


_PARSER = JsonParser()


@pytest.mark.parametrize(
    'part',
    [
        None,
        True,
        1,
        'text',
        HTTPStatus.OK,
        int,
        Any,
        MsgspecSerializer,
        list[int],
        dict[str, list[int]],
        _PARSER,
        dataclasses.dataclass,
        (),
        ('name', _PARSER),
        frozenset({'name'}),
    ],
)
def test_parts_that_mean_the_same_when_they_are_equal(part: Any) -> None:
    """What is made for them is there the next time."""
    assert is_shareable(part)
    assert _made(part) is _made(part)
    assert _made(named=part) is _made(named=part)


@pytest.mark.parametrize(
    'part',
    [
        [],
        {},
        1.5,
        _EqualParser(),
        _Pair(),
        (_Pair(),),
        int | None,
        Union[int, str],  # noqa: UP007
        list[int | None],
        list['int'],
        list[Literal[1]],
        Literal['a'],
        Annotated[int, 1],
        Annotated[int, []],
    ],
)
def test_parts_that_may_differ_although_they_are_equal(part: Any) -> None:
    """Something new is made each time."""
    assert not is_shareable(part)
    assert _made(part) is not _made(part)
    assert [(part,), {'named': part}] == _made(part, named=part)


@pytest.mark.parametrize(
    ('one', 'other'),
    [
        (1, True),
        (0, False),
        (list[int], list[bool]),
        (list[int], tuple[int]),
        (JsonRenderer(), JsonRenderer()),
        (HTTPStatus.OK, 200),
        ('a', None),
    ],
)
def test_different_parts_share_nothing(one: Any, other: Any) -> None:
    """Equal numbers of different types are different parts."""
    assert [(one,), {}] == _made(one)
    assert _made(one) is not _made(other)
    assert type(one) is type(_made(one)[0][0])


def test_nothing_is_kept_when_settings_change() -> None:
    """Parts depend on settings."""
    before = _made(int)

    clear_settings_cache()

    assert before is not _made(int)
