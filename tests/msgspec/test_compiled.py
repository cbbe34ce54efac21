"""The fast ways are really taken."""

import decimal
from typing import Any

import msgspec
import pytest
from django.test import override_settings

from dmr.parsers import JsonParser
from dmr.plugins.msgspec import (
    MsgspecJsonParser,
    MsgspecJsonRenderer,
    MsgspecSerializer,
)
from tests.contract.subjects import REQUEST

pytestmark = pytest.mark.any_django


class _Point(msgspec.Struct, forbid_unknown_fields=True):
    x: int


class _OpenPoint(msgspec.Struct):
    x: int


class _Price(msgspec.Struct):
    amount: decimal.Decimal
    tax: decimal.Decimal | None = None


class _Either(msgspec.Struct):
    amount: decimal.Decimal | int


class _CountingParser(MsgspecJsonParser):
    """A parser that does more than reading JSON."""

    parsed = 0

    def parse(self, *body: Any, **options: Any) -> Any:
        type(self).parsed += 1
        return super().parse(*body, **options)


@pytest.mark.parametrize('model', [_Point, _OpenPoint])
def test_overridden_parsers_are_called(model: Any) -> None:
    """A subclass of a parser keeps its say."""
    decode = MsgspecSerializer.compile_decoder(
        _CountingParser(),
        model,
        strict=None,
    )
    before = _CountingParser.parsed

    decode(b'{"x":1}', REQUEST)

    assert before + 1 == _CountingParser.parsed


class _SilentParser(JsonParser):
    """A parser that claims to be plain and must not be needed."""

    reads_plain_json = True

    def parse(self, *body: Any, **options: Any) -> Any:
        raise AssertionError


@pytest.mark.parametrize('model', [_Point, _OpenPoint])
def test_plain_parsers_are_not_asked(model: Any) -> None:
    """Models are decoded in one pass over the bytes."""
    decode = MsgspecSerializer.compile_decoder(
        _SilentParser(),
        model,
        strict=None,
    )

    assert decode(b'{"x":1}', REQUEST).x == 1


def test_decimals_in_text_are_decoded_in_one_pass() -> None:
    """A parser would not lose any of their digits."""
    decode = MsgspecSerializer.compile_decoder(
        _SilentParser(),
        list[_Price],
        strict=None,
    )

    found = decode(b'[{"amount":"1.10","tax":null},{"amount":2}]', REQUEST)

    assert [
        _Price(decimal.Decimal('1.10')),
        _Price(decimal.Decimal(2)),
    ] == found
    assert '1.10' == str(found[0].amount)


@pytest.mark.parametrize(
    ('model', 'body'),
    [
        (_Price, b'{"amount":1.10}'),
        (_Price, b'{"amount":1e2}'),
        (_Either, b'{"amount":1}'),
    ],
)
def test_other_decimals_are_parsed(model: Any, body: bytes) -> None:
    """Numbers become floats first, whichever way they are read."""
    decode = MsgspecSerializer.compile_decoder(
        _SilentParser(),
        model,
        strict=None,
    )

    with pytest.raises(AssertionError):
        decode(body, REQUEST)


def test_settings_are_obeyed_after_compiling() -> None:
    """Limits are not frozen into a decoder."""
    decode = MsgspecSerializer.compile_decoder(
        MsgspecJsonParser(),
        Any,
        strict=None,
    )

    with override_settings(DMR_SETTINGS={'max_nesting_depth': 200}):
        assert decode(b'[' * 150 + b']' * 150, REQUEST)


def test_encoders_are_shared() -> None:
    """Endpoints of one serializer use one encoder."""
    first = MsgspecSerializer.compile_encoder(MsgspecJsonRenderer(), int)
    second = MsgspecSerializer.compile_encoder(MsgspecJsonRenderer(), str)

    assert first is second
