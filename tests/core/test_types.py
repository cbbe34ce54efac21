"""Annotations of endpoints, and what type variables in them stand for."""

import dataclasses
import typing
from collections.abc import Callable
from typing import (  # noqa: UP035
    Annotated,
    Any,
    Generic,
    List,
    Literal,
    Optional,
    Protocol,
    TypeVar,
    Union,
)

import msgspec
import pydantic
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dmr.exceptions import UnsolvableAnnotationsError
from dmr.plugins.pydantic import PydanticSerializer
from dmr.types import (
    AnnotationsContext,
    Empty,
    EmptyObj,
    TypeVarInference,
    annotated_metadata,
    has_type_vars,
    solve_type_vars,
    type_var_bindings,
    type_variables,
)

_T = TypeVar('_T')
_S = TypeVar('_S')
_U = TypeVar('_U')


class _Base(Generic[_T]):
    """Has one parameter."""


class _Pair(_Base[_S], Generic[_T, _S]):
    """Means something else by ``_T`` than its base."""


class _Half(_Pair[int, _U], Generic[_U]):
    """Gives one of two."""


class _Whole(_Half[str]):
    """Gives the rest."""


class _Model(pydantic.BaseModel, Generic[_T]):
    content: _T


class _Struct(msgspec.Struct, Generic[_T]):
    content: _T


@dataclasses.dataclass
class _Data(Generic[_T]):
    content: _T


_parameters = PydanticSerializer.type_parameters


# AnnotationsContext


def test_annotations_are_evaluated() -> None:
    """Texts become types, ``Annotated`` stays."""

    def get(self: Any, one: 'Annotated[int, 1]') -> 'list[_Whole]':
        raise AssertionError

    found = AnnotationsContext()(get)

    assert {
        'self': Any,
        'one': Annotated[int, 1],
        'return': list[_Whole],
    } == found


@given(
    st.dictionaries(
        st.sampled_from(['one', 'other', 'return']),
        st.sampled_from(
            [
                None,
                int,
                Any,
                _T,
                _Model,
                _Model[int],
                list[int],
                list[dict[str, _T]],
                tuple[int, ...],
                List[int],  # noqa: UP006
                Optional[int],  # noqa: UP045
                int | None,
                Union[int, list[str]],  # noqa: UP007
                Callable[[int], None],
                Callable[..., list[int]],
                Annotated[int, 'text'],
                Annotated[list[_T], 1] | None,
                Literal['int'],
                list[Literal['int', 1]],
                'int',
                'None',
                list['int'],
                List['int'],  # noqa: UP006
                dict[str, 'list[int] | None'],
                Annotated['int', 'text'],
                Callable[['int'], 'str'],
                Optional['int'],
            ]
        ),
    ),
)
def test_annotations_are_those_of_typing(annotations: dict[str, Any]) -> None:
    """Whether there is something to evaluate or not."""

    def get() -> None:
        raise AssertionError

    get.__annotations__ = {'return': int, **annotations}

    found = AnnotationsContext()(get)

    assert typing.get_type_hints(get, include_extras=True) == found
    assert found is not get.__annotations__


def test_annotations_that_are_not_to_be_checked() -> None:
    """There are none then."""

    @typing.no_type_check
    def get() -> int:
        raise AssertionError

    with pytest.raises(UnsolvableAnnotationsError, match='no return type'):
        AnnotationsContext()(get)


def test_names_can_be_given() -> None:
    """Names that the module does not have come from the context."""

    def get(self: Any) -> 'Unknown':  # type: ignore[name-defined] # noqa: F821
        raise AssertionError

    in_globals = AnnotationsContext(globalns={'Unknown': int, 'Any': Any})(get)
    in_locals = AnnotationsContext(localns={'Unknown': str})(get)

    assert (int, str) == (in_globals['return'], in_locals['return'])


def test_metadata_can_be_left_out() -> None:
    """Without extras ``Annotated`` is taken off."""

    def get() -> Annotated[int, 1]:
        raise AssertionError

    assert {'return': int} == AnnotationsContext(include_extras=False)(get)


@pytest.mark.parametrize(
    'annotation',
    ['Missing', 'int[', '1 / 0', 'dict.missing'],
)
def test_unsolvable_annotations_name_the_function(annotation: str) -> None:
    """Whatever is wrong, the message says where and what to do."""

    def get() -> None:
        raise AssertionError

    get.__annotations__ = {'return': annotation}

    with pytest.raises(
        UnsolvableAnnotationsError,
        match=r'Annotations of <function .*get at .*> cannot be solved: ',
    ) as raised:
        AnnotationsContext()(get)

    assert raised.value.__cause__ is not None


def test_return_annotation_is_required() -> None:
    """Nobody guesses what an endpoint returns."""

    def get(self: Any):  # type: ignore[no-untyped-def]
        raise AssertionError

    with pytest.raises(
        UnsolvableAnnotationsError,
        match='has no return type annotation',
    ):
        AnnotationsContext()(get)


# TypeVarInference


@pytest.mark.parametrize(
    ('variable', 'context', 'expected'),
    [
        (_T, _Base[int], int),
        (_U, _Half[str], str),
    ],
)
def test_variable_of_a_subclass(
    variable: Any,
    context: Any,
    expected: Any,
) -> None:
    """A subclass gives the value."""
    cls = type('Sub', (), {})

    class Sub(context):  # type: ignore[misc]
        """Gives it."""

    assert {variable: expected} == TypeVarInference(variable, Sub)()
    assert {variable: variable} == TypeVarInference(variable, cls)()


@pytest.mark.parametrize(
    ('owner', 'expected'),
    [(_Base, str), (_Pair, int)],
)
def test_variable_means_what_its_owner_means(
    owner: type[Any],
    expected: type[Any],
) -> None:
    """One variable stands for different things in different bases."""
    inference = TypeVarInference(_T, _Whole, owner=owner)

    assert {_T: expected} == inference()


def test_bindings_of_a_diamond() -> None:
    """A base that is reached twice keeps what was given."""

    class Left(_Base[int]):
        """Gives it."""

    class Right(Left):
        """Says nothing."""

    class Bottom(Right, Left):
        """Says nothing either."""

    assert {_T: int} == type_var_bindings(Bottom)


def test_protocols_and_plain_bases_do_no_harm() -> None:
    """Only generic bases have something to say."""

    class Speaks(Protocol[_S]):
        """Has a parameter of its own."""

    class Mixin:
        """Has none."""

    class Both(Mixin, _Base[int], Speaks[str]):
        """Gives both."""

    assert {_T: int, _S: str} == type_var_bindings(Both)


def test_value_may_be_made_of_variables() -> None:
    """What is given may itself be generic."""

    class Lists(_Base[list[_U]], Generic[_U]):
        """Gives a list of whatever."""

    class Ints(Lists[int]):
        """Gives integers."""

    assert list[int] == type_var_bindings(Ints)[_T]


# solve_type_vars


@pytest.mark.parametrize(
    ('annotation', 'expected'),
    [
        (_T, int),
        (int, int),
        (None, None),
        (Any, Any),
        (list[_T], list[int]),
        (List[_T], List[int]),  # noqa: UP006
        (dict[str, list[_T]], dict[str, list[int]]),
        (tuple[_T, ...], tuple[int, ...]),
        (_T | None, int | None),
        (Optional[_T], Optional[int]),  # noqa: UP045
        (Union[_T, list[_T]], Union[int, list[int]]),  # noqa: UP007
        (list[_T] | dict[str, _T], list[int] | dict[str, int]),
        (Annotated[_T, 'about'], Annotated[int, 'about']),
        (Annotated[list[_T], _T], Annotated[list[int], int]),
        (Literal['a', 1], Literal['a', 1]),
        (type[_T], type[int]),
        (Callable[[_T], _T], Callable[[int], int]),
        (Callable[..., _T], Callable[..., int]),
        (_Data[_T], _Data[int]),
        (_Struct[_T], _Struct[int]),
        (_Model[_T], _Model[int]),
        (_Model[list[_T]], _Model[list[int]]),
        (list[_Model[_T]], list[_Model[int]]),
        (dict[str, _Model[_T]] | None, dict[str, _Model[int]] | None),
        (Annotated[_Model[_T], 'about'], Annotated[_Model[int], 'about']),
        (_Data[_Model[_T]], _Data[_Model[int]]),
        # Not subscripted, so nothing is asked for:
        (_Data, _Data),
        (_Struct, _Struct),
        (list, list),
    ],
)
def test_variables_are_replaced(annotation: Any, expected: Any) -> None:
    """Wherever a variable stands, also inside of models."""
    solved = solve_type_vars(annotation, {_T: int}, _parameters)

    assert expected == solved
    assert not has_type_vars(solved)


@pytest.mark.parametrize(
    'annotation',
    [_S, list[_S], dict[str, _S] | None, Annotated[_S, 1], _Data[_S]],
)
def test_variables_without_a_binding_stay(annotation: Any) -> None:
    """Somebody has to notice."""
    solved = solve_type_vars(annotation, {_T: int})

    assert annotation == solved
    assert has_type_vars(solved)


@pytest.mark.parametrize(
    ('annotation', 'expected'),
    [
        (int, ()),
        (_T, (_T,)),
        (dict[_S, list[_T]], (_S, _T)),
        (list[_T] | dict[_S, _T], (_T, _S)),
        (_Model[_S], (_S,)),
        (list[_Model[_S]], (_S,)),
        (_Data, ()),
        (Callable[[_S], _T], (_S, _T)),
    ],
)
def test_variables_are_listed(annotation: Any, expected: Any) -> None:
    """Each one once, in order."""
    assert expected == type_variables(annotation, _parameters)


def test_unions_of_solved_types_are_unions() -> None:
    """A union whose members become the same is that type."""
    assert int is solve_type_vars(_T | _S, {_T: int, _S: int})


# Small things


def test_metadata_inside_comes_first() -> None:
    """What stands in the type wins over what stands around it."""
    model = Annotated[int, 'a', 1]

    assert 'a' == annotated_metadata(model, ('b',), str)
    assert 'b' == annotated_metadata(int, (2, 'b'), str)
    assert annotated_metadata(int, (), str) is None


def test_empty_is_one_value() -> None:
    """All marks are equal, and unlike anything else."""
    assert EmptyObj == Empty()
    assert EmptyObj is not None
