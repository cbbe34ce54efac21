"""What no honest client sends is refused, by every parser and serializer."""

import struct
from collections.abc import Callable
from typing import Any

import pytest
from django.test import override_settings

from dmr.exceptions import DataParsingError
from dmr.serializer import BaseSerializer
from tests.contract.subjects import (
    FORMATS,
    JSON_FORMATS,
    PAIRS,
    REQUEST,
    DataclassPoint,
    Format,
    case_id,
)

_JSON: dict[str, bytes] = {
    'not closed': b'{"x":',
    'not JSON': b'x=1',
    'trailing bytes': b'1 1',
    'single quotes': b"{'x': 1}",
    'comment': b'1 // one',
    'NaN': b'NaN',
    'Infinity': b'Infinity',
    'minus Infinity': b'-Infinity',
    'number beyond a float': b'1e400',
    'number far beyond a float': b'-1.5E+0400',
    'long number beyond a float': b'9' * 400 + b'.5',
    'very long integer': b'9' * 4301,
    'lone high surrogate': rb'"\ud800"',
    'lone low surrogate': rb'"\udc00x"',
    'surrogates in the wrong order': rb'"\udc00\ud800"',
    'broken UTF-8': b'"\xff"',
    'surrogate in UTF-8': b'"\xed\xa0\x80"',
    'UTF-16': '"a"'.encode('utf-16'),
    'byte order mark': '"a"'.encode('utf-8-sig'),
    'control character': b'"\x01"',
    'many arrays': b'[' * 100_000,
    'deep arrays': b'[' * 129 + b']' * 129,
    'deep objects': b'{"a":' * 129 + b'1' + b'}' * 129,
    'deep beside strings of brackets': (
        b'["]]]]\\"]",' * 129 + b'1' + b']' * 129
    ),
}
_MSGPACK: dict[str, bytes] = {
    'not closed': b'\x92\x01',
    'unknown opcode': b'\xc1',
    'trailing bytes': b'\x01\x01',
    'short NaN': b'\xca\x7f\xc0\x00\x00',
    'long NaN': b'\xcb' + struct.pack('>d', float('nan')),
    'negative NaN': b'\xcb\xff\xff\xff\xff\xff\xff\xff\xff',
    'infinity': b'\xcb' + struct.pack('>d', float('inf')),
    'minus infinity': b'\xcb' + struct.pack('>d', float('-inf')),
    'short infinity': b'\xca\x7f\x80\x00\x00',
    'broken UTF-8': b'\xa1\xff',
    'surrogate in UTF-8': b'\xa3\xed\xa0\x80',
    'unknown extension': b'\xd4\x05a',
    'empty unknown extension': b'\xc7\x00\x07',
    'impossible timestamp': b'\xd7\xff' + b'\xff' * 8,
    'keys that cannot be keys': b'\x81\x81\x01\x02\x03',
    'promised gigabytes': b'\xdd\xff\xff\xff\xff',
    'many arrays': b'\x91' * 100_000,
    'deep arrays': b'\x91' * 128 + b'\x91\x01',
    'deep empty array': b'\x91' * 128 + b'\x90',
    'deep maps': b'\x81\xa1a' * 129 + b'\x01',
    'deep keys': b'\x81' + b'\x91' * 128 + b'\x01\x02',
}
_BODIES = {
    'application/json': _JSON,
    'application/msgpack': _MSGPACK,
}
_CASES = [
    pytest.param(format_, body, id=f'{format_}-{name}')
    for format_ in FORMATS
    for name, body in _BODIES[format_.parser.content_type].items()
]
_SERIALIZED_CASES = [
    pytest.param(
        serializer, format_, body, id=f'{serializer.__name__}-{format_}-{name}'
    )
    for serializer, format_ in PAIRS
    for name, body in _BODIES[format_.parser.content_type].items()
]

#: Where something hostile can stand: alone, in a field, where nobody looks.
_AROUND: dict[str, list[Callable[[bytes], bytes]]] = {
    'application/json': [
        lambda body: body,
        lambda body: b'{"x":' + body + b'}',
        lambda body: b'{"x":1,"unknown":' + body + b'}',
        lambda body: b'{"x":1,"unknown":[1,' + body + b']}',
    ],
    'application/msgpack': [
        lambda body: body,
        lambda body: b'\x81\xa1x' + body,
        lambda body: b'\x82\xa1x\x01\xa7unknown' + body,
        lambda body: b'\x82\xa1x\x01\xa7unknown\x92\x01' + body,
    ],
}


@pytest.mark.parametrize(('format_', 'body'), _CASES)
def test_parsers_refuse_with_a_short_message(
    format_: Format,
    body: bytes,
) -> None:
    """No other exception leaves a parser, and no message is long."""
    with pytest.raises(DataParsingError) as caught:
        format_.parser.parse(body, request=REQUEST, model=Any)

    assert 0 < len(str(caught.value)) < 200


@pytest.mark.parametrize(('serializer', 'format_', 'body'), _SERIALIZED_CASES)
@pytest.mark.parametrize('model', [Any, DataclassPoint, list[int], float])
def test_compiled_decoders_refuse_wherever_it_stands(
    serializer: type[BaseSerializer],
    format_: Format,
    body: bytes,
    model: Any,
) -> None:
    """Even where the model does not look."""
    decode = serializer.compile_decoder(format_.parser, model, strict=None)

    for around in _AROUND[format_.parser.content_type]:
        with pytest.raises(DataParsingError):
            decode(around(body), REQUEST)


@pytest.mark.parametrize(('serializer', 'format_'), PAIRS, ids=case_id)
@pytest.mark.parametrize('limit', [1, 3, 9, 128])
def test_nesting_is_limited_exactly(
    serializer: type[BaseSerializer],
    format_: Format,
    limit: int,
) -> None:
    """The setting is the deepest that passes, in every format."""
    deepest: Any = 1
    for _ in range(limit):
        deepest = [deepest]
    decode = serializer.compile_decoder(format_.parser, Any, strict=None)

    with override_settings(DMR_SETTINGS={'max_nesting_depth': limit}):
        assert deepest == decode(format_.write(deepest), REQUEST)
        with pytest.raises(DataParsingError, match=f'than {limit} levels'):
            decode(format_.write([deepest]), REQUEST)


@pytest.mark.parametrize(('serializer', 'format_'), PAIRS, ids=case_id)
def test_many_small_objects_are_not_deep(
    serializer: type[BaseSerializer],
    format_: Format,
) -> None:
    """The limit is on nesting, not on how much there is."""
    body = [{'x': [[number]], 'label': '[{"\\'} for number in range(1000)]
    decode = serializer.compile_decoder(format_.parser, Any, strict=None)

    assert body == decode(format_.write(body), REQUEST)


@pytest.mark.parametrize('format_', JSON_FORMATS, ids=case_id)
@pytest.mark.parametrize(
    ('body', 'expected'),
    [
        (b'1e308', 1e308),
        (b'1e-400', 0.0),
        (b'9' * 4300, int('9' * 4300)),
        (rb'"\ud83d\ude00"', '\U0001f600'),
        (rb'"\u0000"', '\x00'),
        (b'"\x7f"', '\x7f'),
        (b'"NaN Infinity 1e400"', 'NaN Infinity 1e400'),
        (b' [ ] ', []),
        (b'{"a":1,"a":2}', {'a': 2}),
    ],
)
def test_unusual_json_is_still_json(
    format_: Format,
    body: bytes,
    expected: Any,
) -> None:
    """RFC 8259 allows it, so it is read."""
    parsed = format_.parser.parse(body, request=REQUEST, model=Any)

    assert expected == parsed


@pytest.mark.parametrize('format_', FORMATS, ids=case_id)
def test_bytearrays_are_read_too(format_: Format) -> None:
    """A body may come in either kind of bytes."""
    parsed = format_.parser.parse(
        bytearray(format_.write([1, 'a'])),
        request=REQUEST,
        model=Any,
    )

    assert parsed == [1, 'a']
