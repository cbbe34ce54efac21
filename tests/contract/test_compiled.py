"""A fast way is never a second behaviour.

Whatever is compiled at import gives the same values, the same errors and the
same bytes as the documented methods, for whatever a client or an endpoint may
come up with.
"""

import datetime as dt
import json
import uuid
from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dmr.exceptions import DataRenderingError
from dmr.plugins.pydantic import PydanticSerializer
from dmr.serializer import BaseSerializer
from tests.contract.subjects import (
    PAIRS,
    REQUEST,
    SERIALIZERS,
    Color,
    DataclassPoint,
    ModelAlias,
    ModelBox,
    ModelChecked,
    ModelPoint,
    ModelTree,
    ModelWide,
    StructPoint,
    StructWide,
    case_id,
    models_of,
    outcome,
)

pytestmark = pytest.mark.any_django

_FIELDS: Final = (*StructWide.__struct_fields__, 'x', 'item', 'unknown')
_PLAIN_TYPES: Final = (
    Any, int, float, bool, str, dt.datetime, dt.date, dt.time, dt.timedelta,
    uuid.UUID, Color, Decimal, int | str, int | float, list[int], list[float],
    set[int], tuple[int, str], dict[str, Any], dict[int, int],
)  # fmt: skip
_TEXTS: Final = (
    'x', 'red', '5', '-1', '1.0', '1e3', 'true', 'false', 'null', 'nan', 'inf',
    '2020-01-01', '2020-01-01T00:00:00', '2020-01-01T00:00:00.123456789Z',
    '12:00', '12:00:00', 'PT1S', 'P1D', 'YWI=', '1577836800',
    '00000000-0000-0000-0000-000000000001',
)  # fmt: skip
_NUMBERS: Final = (
    0, 1, -0.0, 1.0, 2.5, 1e20, 1e300, 2**53 + 1, 2**63, 2**64, 2**70, 10**40,
    1577836800, 1577836800.5, 1577836800123, 86400.000001,
)  # fmt: skip
_SCALARS: Final = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=5),
    st.sampled_from(_TEXTS),
    st.sampled_from(_NUMBERS),
)
_BODIES: Final = st.recursive(
    _SCALARS,
    lambda inside: st.one_of(
        st.lists(inside, max_size=3),
        st.dictionaries(st.sampled_from(_FIELDS), inside, max_size=4),
    ),
    max_leaves=8,
)
_ODD_JSON: Final = st.sampled_from((
    b'1e400', b'NaN', b'-Infinity', b'"\xff"', rb'"\ud800"', b'01', b'-0',
    b'9' * 400, b'9' * 4301, b'9' * 400 + b'.5', b'1E5', b'1e-400', b'0.1e1',
    b'["a",]', b'{"x":1,"x":2}', b'{"x":"q","x":2}', b'{"x":2,"x":"q"}',
    rb'"\u0000"', b'[' * 129 + b']' * 129, b'[' * 128 + b']' * 128, b'tru',
    b'"\x1f"', b'\xef\xbb\xbf1', b'"\x7f"', b' 1 ', b'1 1', b'',
))  # fmt: skip
_AROUND: Final = st.sampled_from(
    (
        b'%s',
        b'[%s]',
        b'{"x":%s}',
        b'{"integer":%s}',
        b'{"number":%s}',
        b'{"anything":%s}',
        b'{"unknown":%s}',
        b'{"scores":{"a":%s}}',
        b'{"point":{"x":1,"unknown":[%s]}}',
    )
)
_JSON: Final = st.one_of(
    _BODIES.map(lambda body: json.dumps(body).encode()),
    _BODIES.map(lambda body: json.dumps(body, ensure_ascii=False).encode()),
    st.builds(lambda around, odd: around % odd, _AROUND, _ODD_JSON),
    st.binary(max_size=6),
)
_ODD_MSGPACK: Final = st.sampled_from((
    b'\xca\x7f\xc0\x00\x00', b'\xcb\x7f\xf0\x00\x00\x00\x00\x00\x00',
    b'\xd4\x05a', b'\xa1\xff', b'\xd6\xff\x00\x00\x00\x01', b'\xc4\x01a',
    b'\xc4\x10' + b'a' * 16, b'\x91' * 129 + b'\x01', b'\x81\x01\x02',
    b'\x91' * 128 + b'\x01', b'\x81\x91\x01\x02', b'\xc1', b'',
))  # fmt: skip


def _is_small(body: Any) -> bool:
    try:
        msgspec.msgpack.encode(body)
    except OverflowError:
        return False
    return True


_MSGPACK: Final = st.one_of(
    _BODIES.filter(_is_small).map(msgspec.msgpack.encode),
    _ODD_MSGPACK,
    _ODD_MSGPACK.map(lambda odd: b'\x81\xa1x' + odd),
    _ODD_MSGPACK.map(lambda odd: b'\x81\xa8anything' + odd),
    _ODD_MSGPACK.map(lambda odd: b'\x81\xa7unknown' + odd),
    st.binary(max_size=8),
)
_BYTES: Final = {
    'application/json': _JSON,
    'application/msgpack': _MSGPACK,
}

_thorough = settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def _models(serializer: type[BaseSerializer]) -> list[Any]:
    own = [model for model, _ in models_of(serializer).values()]
    return [*own, *_PLAIN_TYPES, StructWide, ModelWide][: len(own) + 20]


@pytest.mark.parametrize('strict', [None, False, True])
@pytest.mark.parametrize(('serializer', 'format_'), PAIRS, ids=case_id)
def test_compiled_decoders_do_what_the_methods_do(
    serializer: type[BaseSerializer],
    format_: Any,
    strict: bool | None,
) -> None:
    """The same model or the same error, from any bytes."""
    compiled = [
        (
            serializer.compile_decoder(format_.parser, model, strict=strict),
            BaseSerializer.compile_decoder.__func__(  # type: ignore[attr-defined]
                serializer,
                format_.parser,
                model,
                strict=strict,
            ),
        )
        for model in _models(serializer)
    ]

    @_thorough
    @given(_BYTES[format_.parser.content_type])
    def check(body: bytes) -> None:
        for fast, plain in compiled:
            expected = outcome(serializer, plain, body, REQUEST)
            assert expected == outcome(serializer, fast, body, REQUEST)

    check()


@pytest.mark.parametrize('strict', [None, False, True])
@pytest.mark.parametrize('serializer', SERIALIZERS, ids=case_id)
def test_compiled_validators_do_what_the_methods_do(
    serializer: type[BaseSerializer],
    strict: bool | None,
) -> None:
    """The same model or the same error, from any Python data."""
    compiled = [
        (model, serializer.compile_validator(model, strict=strict))
        for model in _models(serializer)
    ]

    @_thorough
    @given(st.one_of(_BODIES, _ODD_DATA))
    def check(unstructured: Any) -> None:
        for model, fast in compiled:
            expected = outcome(
                serializer,
                _from_python(serializer, model, strict=strict),
                unstructured,
            )
            assert expected == outcome(serializer, fast, unstructured)

    check()


_ODD_DATA: Final = st.sampled_from((
    (1, 'a'), {1}, frozenset({1}), b'a', dt.date(2020, 1, 1), uuid.UUID(int=1),
    Color.red, Decimal('1.5'), DataclassPoint(1), ModelPoint(x=1), {1: 2},
    StructPoint(1), [ModelPoint(x=1)], float('nan'), 10**400, '\ud800',
))  # fmt: skip


def _from_python(
    serializer: type[BaseSerializer],
    model: Any,
    *,
    strict: bool | None,
) -> Callable[[Any], Any]:
    def validate(unstructured: Any) -> Any:
        return serializer.from_python(unstructured, model, strict=strict)

    return validate


_finite = st.floats(allow_nan=False, allow_infinity=False)
_text = st.text(st.characters(codec='utf-8'), max_size=5)
_STRUCTURES: Final = st.one_of(
    st.builds(ModelPoint, x=st.integers(), label=_text),
    st.lists(st.builds(ModelPoint, x=st.integers(), label=_text), max_size=3),
    st.builds(
        ModelWide,
        integer=st.integers(),
        number=_finite,
        text=_text,
        moment=st.none() | st.datetimes(),
        day=st.none() | st.dates(),
        time=st.none() | st.times(),
        delay=st.none() | st.timedeltas(),
        uid=st.none() | st.uuids(),
        color=st.none() | st.sampled_from(Color),
        numbers=st.lists(st.integers(), max_size=2),
        scores=st.dictionaries(_text, _finite, max_size=2),
        point=st.none() | st.builds(DataclassPoint, x=st.integers()),
    ),
    st.builds(ModelBox[float], item=_finite),
    st.builds(ModelBox[float | None], item=st.none() | st.floats()),
    st.lists(st.builds(ModelBox[float], item=_finite), max_size=3),
    st.builds(ModelAlias, firstName=_text),
    st.builds(ModelTree, name=_text),
    st.builds(StructPoint, x=st.integers(), label=_text),
    st.builds(DataclassPoint, x=st.integers(), label=_text),
    st.lists(st.builds(DataclassPoint, x=st.integers()), max_size=2),
    st.recursive(
        _SCALARS | st.floats() | st.text(max_size=3),
        lambda inside: st.one_of(
            st.lists(inside, max_size=3),
            st.dictionaries(_text, inside, max_size=3),
        ),
        max_leaves=6,
    ),
    st.sampled_from(
        [
            ModelPoint.model_construct(x=float('nan')),
            ModelPoint.model_construct(x='not a number'),
            ModelPoint.model_construct(x=1, label='\ud800'),
            ModelBox[float](item=float('nan')),
            [ModelBox[float](item=float('inf')), ModelPoint(x=1)],
            [ModelPoint(x=1), None],
            [ModelPoint(x=1), DataclassPoint(1)],
        ]
    ),
)


#: What responses are declared as, whatever they are then.
_DECLARED: Final = (
    Any, ModelPoint, list[ModelPoint], ModelBox[float], list[ModelBox[float]],
    ModelBox[float | None], ModelAlias, ModelTree, ModelWide, ModelChecked,
)  # fmt: skip
_DECLARED_OF_MSGSPEC: Final = (
    Any, StructPoint, list[StructPoint], DataclassPoint, list[DataclassPoint],
    list[int], float,
)  # fmt: skip


def _declared(serializer: type[BaseSerializer]) -> tuple[Any, ...]:
    if issubclass(serializer, PydanticSerializer):
        return _DECLARED
    return _DECLARED_OF_MSGSPEC


@pytest.mark.filterwarnings('ignore:Pydantic serializer warnings')
@pytest.mark.parametrize(('serializer', 'format_'), PAIRS, ids=case_id)
def test_compiled_encoders_do_what_the_methods_do(
    serializer: type[BaseSerializer],
    format_: Any,
) -> None:
    """The same bytes or an error, from any data, declared as anything."""
    encoders = [
        serializer.compile_encoder(format_.renderer, model)
        for model in _declared(serializer)
    ]

    @_thorough
    @given(_STRUCTURES)
    def check(structure: Any) -> None:
        def plain(structure: Any) -> bytes:
            return serializer.serialize(structure, renderer=format_.renderer)

        expected = _written(plain, structure)
        for encode in encoders:
            assert expected == _written(encode, structure)

    check()


@pytest.mark.filterwarnings('ignore:Pydantic serializer warnings')
@pytest.mark.parametrize(('serializer', 'format_'), PAIRS, ids=case_id)
def test_checked_encoders_validate_first(
    serializer: type[BaseSerializer],
    format_: Any,
) -> None:
    """What does not fit is an error, the rest is written as ever."""
    encoders = [
        (model, serializer.compile_checked_encoder(format_.renderer, model))
        for model in _declared(serializer)
    ]

    @_thorough
    @given(_STRUCTURES)
    def check(structure: Any) -> None:
        for model, encode in encoders:

            def plain(structure: Any, model: Any = model) -> bytes | str:
                serializer.from_python(structure, model, strict=True)
                return _written(
                    lambda anything: serializer.serialize(
                        anything,
                        renderer=format_.renderer,
                    ),
                    structure,
                )

            def fast(structure: Any, encode: Any = encode) -> bytes | str:
                return _written(encode, structure)

            expected = outcome(serializer, plain, structure)
            assert expected == outcome(serializer, fast, structure)

    check()


def _written(encode: Callable[[Any], bytes], structure: Any) -> bytes | str:
    try:
        return encode(structure)
    except DataRenderingError as exc:
        return str(exc)
