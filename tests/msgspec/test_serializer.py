"""What is special about the msgspec serializer."""

from typing import Any

import msgspec
import pytest

from dmr.exceptions import DataRenderingError, RequestSerializationError
from dmr.parsers import JsonParser
from dmr.plugins.msgspec import (
    MsgpackParser,
    MsgspecJsonParser,
    MsgspecJsonRenderer,
    MsgspecSerializer,
)
from dmr.renderers import JsonRenderer
from tests.contract.subjects import REQUEST, AttrsPoint, DataclassPoint

pytestmark = pytest.mark.any_django


class _Money:
    """A type that msgspec does not know."""

    def __init__(self, cents: int) -> None:
        self.cents = cents


class _Price(msgspec.Struct):
    amount: _Money


class _Named(msgspec.Struct, rename='camel'):
    first_name: str
    last_name: str | None = None


class _MoneySerializer(MsgspecSerializer):
    @classmethod
    def deserialize_hook(
        cls, target_type: type[Any], to_deserialize: Any
    ) -> Any:
        if target_type is _Money:
            return _Money(int(to_deserialize))
        return super().deserialize_hook(target_type, to_deserialize)

    @classmethod
    def serialize_hook(cls, to_serialize: Any) -> Any:
        if isinstance(to_serialize, _Money):
            return to_serialize.cents
        return super().serialize_hook(to_serialize)


@pytest.mark.parametrize('strict', [None, False])
def test_requests_are_lax(strict: bool | None) -> None:
    """Text becomes a number where a number is asked for."""
    assert MsgspecSerializer.from_python('5', int, strict=strict) == 5


def test_strict_means_strict() -> None:
    """Responses are not coerced."""
    with pytest.raises(msgspec.ValidationError, match='Expected `int`'):
        MsgspecSerializer.from_python('5', int, strict=True)


@pytest.mark.parametrize('parser', [JsonParser(), MsgspecJsonParser()])
def test_hooks_read_and_write_foreign_types(parser: Any) -> None:
    """Both hooks are used, compiled or not."""
    decode = _MoneySerializer.compile_decoder(parser, _Price, strict=None)
    encode = _MoneySerializer.compile_encoder(MsgspecJsonRenderer(), _Price)

    price = decode(b'{"amount":150}', REQUEST)

    assert price.amount.cents == 150
    assert encode(price) == b'{"amount":150}'


def test_foreign_types_need_a_hook() -> None:
    """The message names the value and the type."""
    decode = MsgspecSerializer.compile_decoder(
        MsgspecJsonParser(),
        _Price,
        strict=None,
    )

    with pytest.raises(RequestSerializationError, match='Value 150 of type'):
        decode(b'{"amount":150}', REQUEST)


@pytest.mark.parametrize(
    'structure',
    [
        _Named('Ann'),
        [_Named('Ann')],
        {'a': DataclassPoint(1)},
        AttrsPoint(1),
    ],
)
def test_other_renderers_write_models_too(structure: Any) -> None:
    """A renderer that knows no models asks the hook."""
    by_core = MsgspecSerializer.serialize(structure, renderer=JsonRenderer())
    by_msgspec = MsgspecSerializer.serialize(
        structure,
        renderer=MsgspecJsonRenderer(),
    )

    assert by_core == by_msgspec


def test_options_are_passed_on() -> None:
    """``str_keys`` converts keys, which are text otherwise."""

    class Options(MsgspecSerializer):
        to_model_kwargs = {'str_keys': True}
        to_json_kwargs = {'order': 'sorted'}

    decode = Options.compile_decoder(
        MsgspecJsonParser(),
        dict[int, int],
        strict=True,
    )
    validate = Options.compile_validator(dict[int, int], strict=True)

    assert decode(b'{"1":2}', REQUEST) == {1: 2}
    assert validate({'1': 2}) == {1: 2}
    assert list(Options.to_python({'b': 1, 'a': 2})) == ['a', 'b']


def test_timestamps_are_read_from_messagepack() -> None:
    """The one extension type that the format itself defines."""
    decode = MsgspecSerializer.compile_decoder(
        MsgpackParser(),
        Any,
        strict=None,
    )

    assert decode(b'\xd6\xff\x00\x00\x00\x01', REQUEST).second == 1


def test_names_are_what_clients_send() -> None:
    """Renamed fields have their new names."""
    assert MsgspecSerializer.field_names(_Named) == {'firstName', 'lastName'}


@pytest.mark.parametrize(
    'model',
    [list[_Named], dict[str, int], int, Any, object()],
)
def test_no_object_no_names(model: Any) -> None:
    """``None`` stands for every name."""
    assert MsgspecSerializer.field_names(model) is None


def test_unsupported_values_are_rendering_errors() -> None:
    """The message names the value."""
    with pytest.raises(DataRenderingError, match=r'Value .* is not supported'):
        MsgspecSerializer.serialize(object(), renderer=MsgspecJsonRenderer())
