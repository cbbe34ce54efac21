"""Shapes of queries, forms and headers."""

from collections.abc import Callable
from typing import Annotated, Any, Generic, TypeVar

import pytest
from django.utils.datastructures import MultiValueDict
from hypothesis import given
from hypothesis import strategies as st

from dmr.components.shaping import multi_value_shape, names_in, split_commas

_T = TypeVar('_T')
_NAMES = st.sampled_from('abc')


class _Model(Generic[_T]):
    __dmr_force_list__ = frozenset(('a',))


def _model(**names: frozenset[str]) -> type[Any]:
    return type(
        'Model',
        (),
        {f'__dmr_{kind}__': found for kind, found in names.items()},
    )


@pytest.mark.parametrize(
    ('text', 'expected'),
    [
        ('', []),
        (' , ,', []),
        ('a', ['a']),
        ('a,b', ['a', 'b']),
        (' a ,\tb ', ['a', 'b']),
        ('a,,b,', ['a', 'b']),
        ('a b,c', ['a b', 'c']),
    ],
)
def test_commas_split(text: str, expected: list[str]) -> None:
    """Members are trimmed, empty ones are none."""
    assert expected == split_commas(text)


@given(st.lists(st.text(st.characters(exclude_characters=','))))
def test_joined_members_are_split_again(members: list[str]) -> None:
    """Whatever has no comma in it survives, but for the space around it."""
    joined = ' , '.join(members)

    expected = [one.strip() for one in members if one.strip()]
    assert expected == split_commas(joined)


@given(
    st.lists(st.tuples(_NAMES, st.sampled_from(('x', 'null', 'y, z')))),
    st.frozensets(_NAMES),
    st.frozensets(_NAMES),
    st.frozensets(_NAMES),
)
def test_shape_of_any_model(
    pairs: list[tuple[str, str]],
    forced: frozenset[str],
    split: frozenset[str],
    nullable: frozenset[str],
) -> None:
    """Forcing wins over splitting, nulls are cast last."""
    raw: MultiValueDict[str, str] = MultiValueDict()
    for name, found in pairs:
        raw.appendlist(name, found)
    model = _model(force_list=forced, split_commas=split, cast_null=nullable)

    shaped = multi_value_shape(model, allow_split=True)(raw)

    assert shaped == {
        name: _expected(
            values,
            is_forced=name in forced,
            is_split=name in split,
            is_nullable=name in nullable,
        )
        for name, values in raw.lists()
    }


def _expected(
    values: list[str],
    *,
    is_forced: bool,
    is_split: bool,
    is_nullable: bool,
) -> Any:
    def cast(one: str) -> str | None:
        return None if is_nullable and one == 'null' else one

    if is_forced:
        return [cast(one) for one in values]
    if is_split:
        return [cast(one.strip()) for one in values[-1].split(',')]
    return cast(values[-1])


@pytest.mark.parametrize(
    'wrap',
    [
        lambda model: model,
        lambda model: model[int],
        lambda model: Annotated[model, 'about'],
        lambda model: Annotated[model[int], 'about'],
    ],
)
def test_names_are_found_behind_generics(wrap: Callable[..., Any]) -> None:
    """Neither a type argument nor ``Annotated`` hides them."""
    assert frozenset('a') == names_in(wrap(_Model), '__dmr_force_list__')


def test_absent_names_are_none() -> None:
    """Any type can be a model."""
    assert frozenset() == names_in(dict[str, int] | None, '__dmr_cast_null__')
