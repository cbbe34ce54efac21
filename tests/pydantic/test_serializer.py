"""What is special about the pydantic serializers."""

import dataclasses
import datetime as dt
import re
from typing import Annotated, Any, NamedTuple

import pydantic
import pydantic_core
import pytest

from dmr.exceptions import DataRenderingError
from dmr.parsers import JsonParser, MultiPartParser
from dmr.plugins.msgspec import (
    MsgpackParser,
    MsgpackRenderer,
    MsgspecJsonParser,
    MsgspecJsonRenderer,
)
from dmr.plugins.pydantic import PydanticFastSerializer, PydanticSerializer
from dmr.renderers import FileRenderer, JsonRenderer
from tests.contract.subjects import REQUEST

pytestmark = pytest.mark.any_django

_RENDERERS = [JsonRenderer(), MsgspecJsonRenderer()]
_SERIALIZERS = [PydanticSerializer, PydanticFastSerializer]


@dataclasses.dataclass
class _Point:
    x: Annotated[int, pydantic.Field(alias='X')]
    day: dt.date


class _Named(pydantic.BaseModel):
    first_name: str = pydantic.Field(alias='firstName')
    last_name: str | None = None


class _Strict(pydantic.BaseModel):
    model_config = pydantic.ConfigDict(strict=True)

    day: dt.date


class _Pair(NamedTuple):
    first: int
    second: str = 'x'


def test_every_error_is_reported() -> None:
    """Indexes are strings, the type is the same for all."""

    class Item(pydantic.BaseModel):
        age: int
        name: str

    with pytest.raises(pydantic_core.ValidationError) as caught:
        PydanticSerializer.from_python([{'age': 'x'}], list[Item], strict=None)

    details = PydanticSerializer.serialize_validation_error(caught.value)

    assert details == [
        {
            'msg': (
                'Input should be a valid integer, '
                'unable to parse string as an integer'
            ),
            'loc': ['0', 'age'],
            'type': 'value_error',
        },
        {
            'msg': 'Field required',
            'loc': ['0', 'name'],
            'type': 'value_error',
        },
    ]


def test_the_model_decides_how_strict_it_is() -> None:
    """``None`` leaves it to the model, in JSON too."""
    decode = PydanticSerializer.compile_decoder(
        MsgspecJsonParser(),
        _Strict,
        strict=None,
    )

    with pytest.raises(pydantic_core.ValidationError, match='valid date'):
        decode(b'{"day":"2020-01-01"}', REQUEST)


def test_strict_means_strict() -> None:
    """Responses are not coerced."""
    with pytest.raises(pydantic_core.ValidationError, match='valid integer'):
        PydanticSerializer.from_python('5', int, strict=True)


@pytest.mark.parametrize('serializer', _SERIALIZERS)
@pytest.mark.parametrize('renderer', _RENDERERS)
@pytest.mark.parametrize('wrap', [lambda one: one, lambda one: [one]])
def test_dataclasses_are_written_by_pydantic(
    serializer: type[PydanticSerializer],
    renderer: Any,
    wrap: Any,
) -> None:
    """With aliases, whatever the renderer could do by itself."""
    structure = wrap(_Point(1, dt.date(2020, 1, 2)))

    written = serializer.serialize(structure, renderer=renderer)

    assert {b'{"X":1,"day":"2020-01-02"}'} == {written.strip(b'[]')}


@pytest.mark.parametrize('serializer', _SERIALIZERS)
@pytest.mark.parametrize('renderer', _RENDERERS)
def test_options_are_passed_on(
    serializer: type[PydanticSerializer],
    renderer: Any,
) -> None:
    """Compiled or not."""

    class Options(serializer):  # type: ignore[valid-type, misc]
        to_json_kwargs = {'by_alias': False, 'exclude_none': True}

    encode = Options.compile_encoder(renderer, _Named)

    assert encode(_Named(firstName='a')) == b'{"first_name":"a"}'
    assert encode([_Named(firstName='a')]) == b'[{"first_name":"a"}]'
    assert Options.to_python(_Named(firstName='a')) == {'first_name': 'a'}


@pytest.mark.parametrize('serializer', _SERIALIZERS)
@pytest.mark.parametrize('renderer', _RENDERERS)
def test_options_count_for_dataclasses(
    serializer: type[PydanticSerializer],
    renderer: Any,
) -> None:
    """They have aliases as well."""

    class ByName(serializer):  # type: ignore[valid-type, misc]
        to_json_kwargs = {'by_alias': False}

    encode = ByName.compile_encoder(renderer, _Point)
    point = _Point(1, dt.date(2020, 1, 2))

    assert encode(point) == b'{"x":1,"day":"2020-01-02"}'
    assert encode([point]) == b'[{"x":1,"day":"2020-01-02"}]'


@pytest.mark.parametrize('serializer', _SERIALIZERS)
@pytest.mark.parametrize('parser', [JsonParser(), MsgspecJsonParser()])
def test_empty_body_is_nothing(
    serializer: type[PydanticSerializer],
    parser: Any,
) -> None:
    """It is no broken JSON: the model decides."""
    decode = serializer.compile_decoder(parser, _Named | None, strict=None)

    assert decode(b'', REQUEST) is None


@pytest.mark.parametrize('serializer', _SERIALIZERS)
def test_model_options_are_passed_on(
    serializer: type[PydanticSerializer],
) -> None:
    """Fields can be read by their own names."""

    class ByName(serializer):  # type: ignore[valid-type, misc]
        to_model_kwargs = {'by_alias': False, 'by_name': True}

    decode = ByName.compile_decoder(JsonParser(), _Named, strict=None)

    assert decode(b'{"first_name":"a"}', REQUEST) == _Named(firstName='a')
    assert ByName.field_names(_Named) == {
        'firstName',
        'first_name',
        'last_name',
    }


def test_unusual_options_are_passed_on() -> None:
    """Options that pydantic's own validator calls by another name."""

    class Partial(PydanticSerializer):
        to_model_kwargs = {'experimental_allow_partial': True}

    validate = Partial.compile_validator(list[int], strict=None)
    decode = Partial.compile_decoder(JsonParser(), list[int], strict=None)

    assert validate([1, 'x']) == [1]
    assert decode(b'[1,"x"]', REQUEST) == [1]


def test_forward_references_are_found_in_a_namespace() -> None:
    """*rebuild_namespace* has what pydantic cannot see."""

    class Hidden(pydantic.BaseModel):
        x: int

    validated = PydanticSerializer.from_python(
        [{'x': 1}],
        list['Later'],  # type: ignore[name-defined]  # noqa: F821
        strict=None,
        rebuild_namespace={'Later': Hidden},
    )

    assert validated == [Hidden(x=1)]


def test_forward_references_mean_what_the_caller_means() -> None:
    """One name in two places is two models."""

    def first() -> Any:
        class Local(pydantic.BaseModel):
            x: int

        return PydanticSerializer.from_python(
            [{'x': 1}],
            list['Local'],
            strict=None,
        ), [Local(x=1)]

    def second() -> Any:
        class Local(pydantic.BaseModel):
            y: str

        return PydanticSerializer.from_python(
            [{'y': 'a'}],
            list['Local'],
            strict=None,
        ), [Local(y='a')]

    for validated, expected in (first(), second()):
        assert repr(expected) == repr(validated)


def test_unions_keep_their_order() -> None:
    """Annotations that compare equal are not the same."""
    by_hand = {'union_mode': 'left_to_right'}
    number_first = Annotated[int | str, pydantic.Field(**by_hand)]
    text_first = Annotated[str | int, pydantic.Field(**by_hand)]

    results = [
        PydanticSerializer.from_python('5', model, strict=None)
        for model in (number_first, text_first)
    ]

    assert results == [5, '5']


def test_metadata_need_not_be_hashable() -> None:
    """An annotation with a list in it works as any other."""
    model = Annotated[int, ['not hashable']]

    assert PydanticSerializer.from_python('5', model, strict=None) == 5


@pytest.mark.parametrize('body', [[1, 'a'], {'first': 1, 'second': 'a'}])
def test_named_tuples_are_read_from_both(body: Any) -> None:
    """From arrays and from objects."""
    validated = PydanticSerializer.from_python(body, _Pair, strict=None)

    assert validated == _Pair(1, 'a')


@pytest.mark.parametrize(
    ('pluggable', 'is_supported'),
    [
        (JsonParser(), True),
        (MsgspecJsonParser(), True),
        (JsonRenderer(), True),
        (MsgspecJsonRenderer(), True),
        (JsonParser('text/json'), False),
        (MsgpackParser(), False),
        (MsgpackRenderer(), False),
        (MultiPartParser(), False),
        (FileRenderer(), False),
    ],
)
def test_the_fast_serializer_is_for_json(
    pluggable: Any,
    *,
    is_supported: bool,
) -> None:
    """Nothing else would be used."""
    assert is_supported == PydanticFastSerializer.is_supported(pluggable)
    assert PydanticSerializer.is_supported(pluggable)


def test_the_fast_serializer_says_what_is_wrong() -> None:
    """Errors of both directions say that it is JSON."""
    with pytest.raises(DataRenderingError, match='Error serializing to JSON'):
        PydanticFastSerializer.serialize(object(), renderer=JsonRenderer())

    decode = PydanticFastSerializer.compile_decoder(
        JsonParser(),
        int,
        strict=None,
    )
    with pytest.raises(Exception, match='Invalid JSON'):
        decode(b'{', REQUEST)


class _Aliased(pydantic.BaseModel):
    by_choice: int = pydantic.Field(
        validation_alias=pydantic.AliasChoices(
            'one',
            pydantic.AliasPath('two', 'three'),
        ),
    )
    by_path: int = pydantic.Field(
        validation_alias=pydantic.AliasPath('four', 0),
    )


class _Any(pydantic.BaseModel):
    model_config = pydantic.ConfigDict(extra='allow')

    x: int


class _ByName(pydantic.BaseModel):
    model_config = pydantic.ConfigDict(validate_by_name=True)

    x: int = pydantic.Field(alias='X')


class _Curious(pydantic.BaseModel):
    x: int

    @pydantic.model_validator(mode='before')
    @classmethod
    def _look(cls, unstructured: Any) -> Any:
        return unstructured


@pytest.mark.parametrize(
    ('model', 'names'),
    [
        (_Named, {'firstName', 'last_name'}),
        (_Named | None, {'firstName', 'last_name'}),
        (Annotated[_Named, 'anything'], {'firstName', 'last_name'}),
        (_Point, {'X', 'day'}),
        (_Pair, {'first', 'second'}),
        (_Aliased, {'one', 'two', 'four'}),
        (_ByName, {'x', 'X'}),
        (_Any, None),
        (_Curious, None),
        (_Named | _Point, None),
        (list[_Named], None),
    ],
)
def test_names_are_what_clients_send(
    model: Any, names: set[str] | None
) -> None:
    """Aliases count, and ``None`` is for models that look at everything."""
    assert names == PydanticSerializer.field_names(model)


@pytest.mark.parametrize('renderer', _RENDERERS)
def test_runtime_types_are_written(renderer: Any) -> None:
    """A subclass has all of its fields, in a list and alone."""

    class More(_Named):
        age: int

    more = More(firstName='a', age=1)
    encode = PydanticSerializer.compile_encoder(renderer, list[_Named])

    written = encode([more])

    assert re.findall(rb'"(\w+)":', written) == [
        b'firstName',
        b'last_name',
        b'age',
    ]
