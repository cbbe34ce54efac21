"""Every serializer says where an error is, in one form."""

from typing import Any

import pytest

from dmr.serializer import BaseSerializer
from tests.contract.subjects import (
    PAIRS,
    REQUEST,
    SERIALIZERS,
    DataclassPoint,
    Format,
    case_id,
    models_of,
)

_PLACES = [
    (DataclassPoint, {'x': 'a'}, ['x']),
    (list[DataclassPoint], [{'x': 1}, {'x': 'a'}], ['1', 'x']),
    (dict[str, int], [], []),
    (list[list[int]], [[1], [1, 'a']], ['1', '1']),
]


@pytest.mark.parametrize('serializer', SERIALIZERS, ids=case_id)
@pytest.mark.parametrize(('model', 'unstructured', 'loc'), _PLACES)
def test_errors_tell_their_place(
    serializer: type[BaseSerializer],
    model: Any,
    unstructured: Any,
    loc: list[str],
) -> None:
    """Keys and indexes are strings, the root is an empty list."""
    with pytest.raises(serializer.validation_error) as caught:
        serializer.from_python(unstructured, model, strict=None)

    (detail,) = serializer.serialize_validation_error(caught.value)

    assert loc == detail['loc']
    assert detail['type'] == 'value_error'
    assert detail['msg']


@pytest.mark.parametrize('serializer', SERIALIZERS, ids=case_id)
@pytest.mark.parametrize(('model', 'unstructured', 'loc'), _PLACES)
def test_errors_start_at_their_component(
    serializer: type[BaseSerializer],
    model: Any,
    unstructured: Any,
    loc: list[str],
) -> None:
    """The name of the component comes first."""
    with pytest.raises(serializer.validation_error) as caught:
        serializer.from_python(unstructured, model, strict=None)

    (detail,) = serializer.locate_validation_error(caught.value, 'parsed_body')

    assert ['parsed_body', *loc] == detail['loc']


@pytest.mark.parametrize('serializer', SERIALIZERS, ids=case_id)
def test_foreign_errors_are_refused(serializer: type[BaseSerializer]) -> None:
    """Nobody knows what is safe to show of another exception."""
    with pytest.raises(NotImplementedError, match='Cannot serialize'):
        serializer.serialize_validation_error(ValueError('secret'))

    with pytest.raises(NotImplementedError, match='Cannot serialize'):
        serializer.locate_validation_error(ValueError('secret'), 'parsed_body')


@pytest.mark.parametrize(('serializer', 'format_'), PAIRS, ids=case_id)
def test_an_empty_body_is_none(
    serializer: type[BaseSerializer],
    format_: Format,
) -> None:
    """Models decide whether there may be nothing."""
    decode = serializer.compile_decoder(
        format_.parser,
        int | None,
        strict=None,
    )

    assert decode(b'', REQUEST) is None


@pytest.mark.parametrize(('serializer', 'format_'), PAIRS, ids=case_id)
def test_an_empty_body_is_no_model(
    serializer: type[BaseSerializer],
    format_: Format,
) -> None:
    """A model that has to be there is missing at the root."""
    decode = serializer.compile_decoder(
        format_.parser,
        DataclassPoint,
        strict=None,
    )

    with pytest.raises(serializer.validation_error) as caught:
        decode(b'', REQUEST)

    (detail,) = serializer.locate_validation_error(caught.value, 'parsed_body')
    assert detail['loc'] == ['parsed_body']


@pytest.mark.parametrize('serializer', SERIALIZERS, ids=case_id)
@pytest.mark.parametrize('kind', ['dataclass', 'typed dict', 'own'])
def test_field_names_are_what_clients_send(
    serializer: type[BaseSerializer],
    kind: str,
) -> None:
    """Models with fields know their names."""
    model, _ = models_of(serializer)[kind]

    assert serializer.field_names(model) == {'x', 'label'}


@pytest.mark.parametrize('serializer', SERIALIZERS, ids=case_id)
@pytest.mark.parametrize('model', [dict[str, int], list[int], int, object()])
def test_other_models_have_no_field_names(
    serializer: type[BaseSerializer],
    model: Any,
) -> None:
    """What takes any name, or is no object, has no names."""
    assert serializer.field_names(model) is None
