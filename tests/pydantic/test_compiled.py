"""The fast ways are really taken, and only where they are the same."""

import decimal
from typing import Any, Literal

import pydantic
import pytest

from dmr.parsers import JsonParser
from dmr.plugins.pydantic import PydanticSerializer
from dmr.plugins.pydantic.adapters import adapter
from dmr.plugins.pydantic.shapes import (
    Writing,
    how_written,
    is_taken_as_is,
    may_be_null,
    reads_the_same,
    takes_floats,
)
from dmr.renderers import JsonRenderer
from tests.contract.subjects import (
    REQUEST,
    ModelAlias,
    ModelChecked,
    ModelPoint,
    ModelStrict,
    ModelTree,
    ModelWide,
)

pytestmark = pytest.mark.any_django


class _SilentParser(JsonParser):
    """A parser that claims to be plain and must not be needed."""

    reads_plain_json = True

    def parse(self, *body: Any, **options: Any) -> Any:
        raise AssertionError


class _CountingRenderer(JsonRenderer):
    """A renderer that claims to be plain and counts what it renders."""

    writes_plain_json = True

    def __init__(self) -> None:
        super().__init__()
        self.rendered: list[Any] = []

    def render(self, to_serialize: Any, serializer_hook: Any) -> bytes:
        self.rendered.append(to_serialize)
        return super().render(to_serialize, serializer_hook)


class _Asking(pydantic.BaseModel):
    x: int

    @pydantic.field_validator('x')
    @classmethod
    def _ask(cls, x: int, info: pydantic.ValidationInfo) -> int:
        assert info.mode == 'python'
        return x


class _Extra(pydantic.BaseModel):
    model_config = pydantic.ConfigDict(extra='allow')


class _Custom(pydantic.BaseModel):
    x: int

    @pydantic.field_serializer('x')
    def _write(self, x: int) -> Any:
        return {1: x, '1': x}


class _Constants(pydantic.BaseModel):
    model_config = pydantic.ConfigDict(ser_json_inf_nan='constants')

    x: float


@pytest.mark.parametrize(
    ('model', 'is_same'),
    [
        (int, True),
        (list[ModelPoint], True),
        (dict[str, ModelTree], True),
        (ModelWide, True),
        (ModelChecked, True),
        (ModelAlias, True),
        (Literal['a'], True),
        (ModelStrict, False),
        (list[ModelStrict | None], False),
        (decimal.Decimal, False),
        (bytes, False),
        (int | str, False),
        (dict[int, str], False),
        (Literal[1], False),
        (_Asking, False),
        (pydantic.Json[int], False),
    ],
)
def test_only_what_is_the_same_is_read_as_json(
    model: Any,
    *,
    is_same: bool,
) -> None:
    """Whatever is not known is read the plain way."""
    assert is_same == reads_the_same(adapter(model).core_schema)


@pytest.mark.parametrize(
    ('kind', 'writing'),
    [
        (ModelPoint, Writing.same),
        (ModelTree, Writing.same),
        (_Asking, Writing.same),
        (ModelWide, Writing.differs),
        (_Extra, Writing.differs),
        (_Custom, Writing.differs),
        (_Constants, Writing.differs),
        (dict, Writing.differs),
    ],
)
def test_only_what_is_the_same_is_written_as_json(
    kind: Any,
    writing: Writing,
) -> None:
    """Whatever is not known is written the plain way."""
    assert writing == how_written(kind)


class _Before(pydantic.BaseModel):
    x: int

    @pydantic.model_validator(mode='before')
    @classmethod
    def _look(cls, data: Any) -> Any:
        return data


class _After(pydantic.BaseModel):
    x: int

    @pydantic.model_validator(mode='after')
    def _look(self) -> '_After':
        assert self.x
        return self


class _Revalidated(pydantic.BaseModel):
    model_config = pydantic.ConfigDict(revalidate_instances='always')

    x: int


@pytest.mark.parametrize(
    'kind',
    [ModelPoint, ModelTree, ModelStrict, _Before, _After, _Revalidated],
)
def test_only_what_pydantic_does_not_look_at_is_taken_as_is(kind: Any) -> None:
    """An invalid instance passes just where pydantic lets it pass."""
    invalid = kind.model_construct(x='', name='', children=[])

    try:
        passes = adapter(kind).validate_python(invalid) is invalid
    except pydantic.ValidationError:
        passes = False

    assert passes == is_taken_as_is(kind)


class _Converted(pydantic.BaseModel):
    x: str

    @pydantic.field_validator('x')
    @classmethod
    def _convert(cls, x: str) -> Any:
        return float(x)


@pytest.mark.parametrize(
    ('model', 'floats'),
    [
        (ModelPoint, False),
        (ModelTree, False),
        (ModelAlias, False),
        (list[int | None], False),
        (int | str, False),
        (int | float, True),
        (float, True),
        (decimal.Decimal, True),
        (Any, True),
        (dict[float, str], True),
        (ModelWide, True),
        (_Converted, True),
        (list[_After], True),
    ],
)
def test_floats_are_found(model: Any, *, floats: bool) -> None:
    """Wherever there may be one."""
    assert floats == takes_floats(adapter(model).core_schema)


@pytest.mark.parametrize(
    ('model', 'null'),
    [
        (ModelPoint, False),
        (ModelAlias, False),
        (ModelStrict, True),
        (ModelTree, True),
    ],
)
def test_null_is_foreseen(model: Any, *, null: bool) -> None:
    """Where there can be one, it does not stand for what is no number."""
    assert null == may_be_null(model)


def test_plain_parsers_are_not_asked() -> None:
    """Models are read in one pass over the bytes."""
    decode = PydanticSerializer.compile_decoder(
        _SilentParser(),
        ModelPoint,
        strict=None,
    )

    assert decode(b'{"x":1}', REQUEST) == ModelPoint(x=1)


class _Amount(pydantic.BaseModel):
    amount: decimal.Decimal


def test_decimals_in_text_are_read_in_one_pass() -> None:
    """A parser would not lose any of their digits."""
    decode = PydanticSerializer.compile_decoder(
        _SilentParser(),
        list[_Amount],
        strict=None,
    )

    found = decode(b'[{"amount":"1.10"},{"amount":2}]', REQUEST)

    assert ['1.10', '2'] == [str(one.amount) for one in found]


def test_other_decimals_are_parsed() -> None:
    """Numbers become floats first, whichever way they are read."""
    decode = PydanticSerializer.compile_decoder(
        _SilentParser(),
        _Amount,
        strict=None,
    )

    with pytest.raises(AssertionError):
        decode(b'{"amount":1.10}', REQUEST)


def test_plain_renderers_are_not_asked() -> None:
    """Models and lists of them are written at once."""
    renderer = _CountingRenderer()
    encode = PydanticSerializer.compile_encoder(renderer, ModelPoint)
    renderer.rendered.clear()

    written = [encode(ModelPoint(x=1)), encode([ModelPoint(x=2)])]

    assert written == [
        b'{"x":1,"label":"none"}',
        b'[{"x":2,"label":"none"}]',
    ]
    assert renderer.rendered == []


class _Price(pydantic.BaseModel):
    amount: float
    note: str | None = None


@pytest.mark.parametrize(
    ('structure', 'written'),
    [
        (_Price(amount=1.5), b'{"amount":1.5,"note":null}'),
        (
            _Price(amount=1e15, note='+'),
            b'{"amount":1000000000000000.0,"note":"+"}',
        ),
        ([_Price(amount=0.5)], b'[{"amount":0.5,"note":null}]'),
    ],
)
def test_models_with_floats_are_written_at_once(
    structure: Any,
    written: bytes,
) -> None:
    """An ordinary float, even beside a ``null``, needs no renderer."""
    renderer = _CountingRenderer()
    model: Any = list[_Price] if isinstance(structure, list) else _Price
    encode = PydanticSerializer.compile_checked_encoder(renderer, model)
    renderer.rendered.clear()

    assert written == encode(structure)
    assert renderer.rendered == []


def test_what_is_no_model_is_rendered() -> None:
    """Pydantic and renderers differ about everything else."""
    renderer = _CountingRenderer()
    encode = PydanticSerializer.compile_encoder(renderer, dict[str, int])
    renderer.rendered.clear()

    encode({'a': 1})

    assert renderer.rendered == [{'a': 1}]
