"""The fast ways are really taken, and only where they are the same."""

import decimal
from typing import Any, Literal

import pydantic
import pytest

from dmr.parsers import JsonParser
from dmr.plugins.pydantic import PydanticSerializer
from dmr.plugins.pydantic.adapters import adapter
from dmr.plugins.pydantic.shapes import Writing, how_written, reads_the_same
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


def test_plain_parsers_are_not_asked() -> None:
    """Models are read in one pass over the bytes."""
    decode = PydanticSerializer.compile_decoder(
        _SilentParser(),
        ModelPoint,
        strict=None,
    )

    assert decode(b'{"x":1}', REQUEST) == ModelPoint(x=1)


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


def test_what_is_no_model_is_rendered() -> None:
    """Pydantic and renderers differ about everything else."""
    renderer = _CountingRenderer()
    encode = PydanticSerializer.compile_encoder(renderer, dict[str, int])
    renderer.rendered.clear()

    encode({'a': 1})

    assert renderer.rendered == [{'a': 1}]
