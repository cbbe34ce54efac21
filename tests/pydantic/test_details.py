"""Errors of pydantic say what is wrong, but not more than is of use."""

import tracemalloc
from collections.abc import Callable
from typing import Annotated, Any, Literal

import pydantic
import pydantic_core
import pytest

from dmr.plugins.pydantic.details import error_details

pytestmark = pytest.mark.any_django


class _Cat(pydantic.BaseModel):
    kind: Literal['cat']


class _Dog(pydantic.BaseModel):
    kind: Literal['dog']


class _Strict(pydantic.BaseModel):
    model_config = pydantic.ConfigDict(extra='forbid')


_Pet = Annotated[_Cat | _Dog, pydantic.Field(discriminator='kind')]


def _details(model: Any, sent: Any) -> list[Any]:
    with pytest.raises(pydantic_core.ValidationError) as caught:
        pydantic.TypeAdapter(model).validate_python(sent)
    return [*error_details(caught.value)]


def _peak_bytes(call: Callable[[], object]) -> int:
    tracemalloc.start()
    try:
        call()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_a_hundred_faults_are_told() -> None:
    """The first ones; an answer is not longer than its request."""
    details = _details(list[int], ['x'] * 10_000)

    assert [[str(number)] for number in range(100)] == [
        one['loc'] for one in details
    ]


@pytest.mark.parametrize(
    ('model', 'wrong'),
    [
        (list[int], 'x'),
        (list[_Pet], {'kind': 'parrot' * 100}),
        (list[_Strict], {'Grüße "a", [b]': 1}),
    ],
)
def test_details_do_not_depend_on_how_many_there_are(
    model: Any,
    wrong: Any,
) -> None:
    """Many of them are read from text."""
    few, many = _details(model, [wrong] * 100), _details(model, [wrong] * 101)

    assert few == many


def test_faults_that_nobody_hears_of_take_little_memory() -> None:
    """A body of a megabyte can have half a million of them."""
    with pytest.raises(pydantic_core.ValidationError) as caught:
        pydantic.TypeAdapter(list[int]).validate_python(['x'] * 10_000)

    told = _peak_bytes(lambda: error_details(caught.value))

    assert told < _peak_bytes(caught.value.errors) / 4


@pytest.mark.parametrize('model', [dict[str, int], _Strict])
def test_long_names_are_cut(model: Any) -> None:
    """A place has at most 128 characters of each name."""
    (detail,) = _details(model, {'n' * 10_000: 'x'})

    assert ['n' * 128 + '…'] == detail['loc'][:1]


def test_long_tags_are_cut() -> None:
    """The rest of the message stays."""
    (detail,) = _details(_Pet, {'kind': 'p' * 10_000})

    assert detail['msg'] == (
        f"Input tag '{'p' * 128}…' found using 'kind' does not match any of "
        "the expected tags: 'cat', 'dog'"
    )


def test_own_messages_are_whole() -> None:
    """What a validator of the model says is not cut."""

    def complain(_sent: str) -> str:
        raise ValueError('no' * 200)

    model = Annotated[str, pydantic.AfterValidator(complain)]

    (detail,) = _details(model, 'x')

    assert detail['msg'] == f'Value error, {"no" * 200}'
