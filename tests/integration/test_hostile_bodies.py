"""Bodies that no honest client sends are 400 in every parser alike."""

import time
from http import HTTPStatus
from typing import Any, Final

import msgspec
import orjson
import pydantic
import pytest
from django.test import override_settings

from dmr import Body
from dmr.parsers import JsonParser, Parser
from dmr.plugins.msgspec import (
    MsgpackParser,
    MsgpackRenderer,
    MsgspecJsonParser,
    MsgspecSerializer,
)
from dmr.plugins.pydantic import PydanticFastSerializer, PydanticSerializer
from dmr.renderers import JsonRenderer
from tests.integration.sending import Answer
from tests.integration.serving import Service

pytestmark = pytest.mark.any_django

_LIMIT: Final = 128


class _OrjsonModule:
    """What the documentation shows for `orjson`."""

    loads = staticmethod(orjson.loads)
    dumps = staticmethod(orjson.dumps)


class _Model(pydantic.BaseModel):
    name: str
    more: Any = None


class _Struct(msgspec.Struct):
    name: str
    more: Any = None


class _Strict(msgspec.Struct):
    name: str


class _StrictModel(pydantic.BaseModel):
    name: str


_MODELS: Final[dict[Any, tuple[Any, ...]]] = {
    PydanticSerializer: (Any, _Model, _StrictModel),
    PydanticFastSerializer: (_Model, _StrictModel),
    MsgspecSerializer: (Any, _Struct, _Strict),
}

_json_readers = pytest.mark.parametrize(
    ('serializer', 'parser', 'model'),
    [
        pytest.param(
            serializer,
            parser,
            model,
            id=f'{serializer.__name__}-{name}-{model.__name__}',
        )
        for serializer, models in _MODELS.items()
        for name, parser in {
            'json': JsonParser(),
            'msgspec': MsgspecJsonParser(),
            'orjson': JsonParser(json_module=_OrjsonModule),
        }.items()
        for model in models
    ],
)

_msgpack_readers = pytest.mark.parametrize(
    ('serializer', 'model'),
    [
        pytest.param(
            serializer,
            model,
            id=f'{serializer.__name__}-{model.__name__}',
        )
        for serializer in (PydanticSerializer, MsgspecSerializer)
        for model in _MODELS[serializer]
    ],
)


def _service(serializer: Any, parser: Parser, model: Any) -> Service:
    def post(self: Any, parsed_body: Body[model]) -> str:
        return type(parsed_body).__name__

    return Service(
        serializer,
        post=post,
        parsers=[parser],
        renderers=[JsonRenderer()],
    )


def _send(service: Service, parser: Parser, body: bytes) -> Answer:
    headers = {'Content-Type': parser.content_type}
    return service('POST', body=body, headers=headers)


def _assert_refused(answer: Answer) -> None:
    assert answer.status_code == HTTPStatus.BAD_REQUEST, answer
    details = answer.data['detail']
    assert [{'msg', 'type'}] == [set(one) for one in details]
    assert 'value_error' == details[0]['type']
    assert 0 < len(details[0]['msg']) < 200


def _member(content: bytes) -> bytes:
    """Return an object that is valid but for one member."""
    return b'{"name":"x","more":' + content + b'}'


# JSON


_MALFORMED: Final = {
    'cut': b'{"name":',
    'trailing comma': b'{"name":"x",}',
    'single quotes': b"{'name':'x'}",
    'two values': b'{"name":"x"}{"name":"x"}',
    'trailing': b'{"name":"x"} x',
    'comment': b'{"name":"x"}//',
    'blank': b' ',
    'nul': b'\x00',
    'control character': b'{"name":"x\n"}',
    'escape': b'{"name":"\\x"}',
    'broken UTF-8': b'{"name":"\xff"}',
    'broken UTF-8 member': b'{"name":"x","more":"\xc3("}',
    'overlong UTF-8': b'{"name":"\xc0\xaf"}',
    'encoded surrogate': b'{"name":"\xed\xa0\x80"}',
    'latin-1': '{"name":"ä"}'.encode('latin-1'),
    'UTF-16': '{"name":"x"}'.encode('utf-16'),
    'UTF-16-LE': '{"name":"x"}'.encode('utf-16-le'),
    'UTF-32': '{"name":"x"}'.encode('utf-32'),
    'BOM': b'\xef\xbb\xbf{"name":"x"}',
    'plus': _member(b'+1'),
    'leading zero': _member(b'01'),
    'hexadecimal': _member(b'0x1'),
    'NaN': _member(b'NaN'),
    'Infinity': _member(b'Infinity'),
    '-Infinity': _member(b'-Infinity'),
    'nan': _member(b'nan'),
    'Python': _member(b'None'),
    'form': b'name=x',
    'gzip': b'\x1f\x8b\x08\x00',
}


@_json_readers
@pytest.mark.parametrize('body', _MALFORMED.values(), ids=_MALFORMED)
def test_malformed_json_is_400(
    serializer: Any,
    parser: Parser,
    model: Any,
    body: bytes,
) -> None:
    """What is not JSON in UTF-8 is refused, wherever in the body it is."""
    service = _service(serializer, parser, model)

    _assert_refused(_send(service, parser, body))


_NUMBERS: Final = {
    '1e400': b'1e400',
    '-1e400': b'-1E+400',
    '5000 digits': b'1' * 5000,
    'minus 5000 digits': b'-' + b'1' * 5000,
    '100000 digits': b'9' * 100_000,
    '500 digits and a point': b'9' * 500 + b'.0',
    'digits and exponent': b'9' * 300 + b'e20',
    'nested': b'[{"x":1e999}]',
}


@_json_readers
@pytest.mark.parametrize('number', _NUMBERS.values(), ids=_NUMBERS)
def test_huge_numbers_are_400(
    serializer: Any,
    parser: Parser,
    model: Any,
    number: bytes,
) -> None:
    """Neither floats nor integers are without end."""
    service = _service(serializer, parser, model)

    _assert_refused(_send(service, parser, _member(number)))


_SURROGATES: Final = {
    'high': rb'"\ud800"',
    'low': rb'"\udc00"',
    'upper case': rb'"\uDBFF"',
    'turned': rb'"\udc00\ud800"',
    'high and text': rb'"\ud83dx"',
    'two high': rb'"\ud83d\ud83d\ude00"',
    'key': rb'{"\ud800":1}',
    'in a list': rb'["a","\udfff"]',
}


@_json_readers
@pytest.mark.parametrize('text', _SURROGATES.values(), ids=_SURROGATES)
def test_lone_surrogates_are_400(
    serializer: Any,
    parser: Parser,
    model: Any,
    text: bytes,
) -> None:
    """Half a character cannot be stored, sent or printed."""
    service = _service(serializer, parser, model)

    _assert_refused(_send(service, parser, _member(text)))


_HONEST: Final = {
    'emoji': rb'"\ud83d\ude00"',
    'escaped backslash': rb'"\\ud800"',
    'float': b'1e300',
    'small float': b'1e-400',
    'digits': b'1' * 19,
    'brackets in text': b'"' + b'[' * 500 + b'"',
    'escaped quote and brackets': rb'"\"' + b'{' * 500 + b'"',
    'backslash and brackets': rb'["\\","' + b'[' * 500 + b'"]',
    'wide': b'[' + b'[],' * 500 + b'{}]',
    'white space': b' \t\r\n1 ',
    'umlaut': '"äöü€😀"'.encode(),
}


@_json_readers
@pytest.mark.parametrize('content', _HONEST.values(), ids=_HONEST)
def test_honest_json_is_accepted(
    serializer: Any,
    parser: Parser,
    model: Any,
    content: bytes,
) -> None:
    """What looks suspicious but is valid is read."""
    service = _service(serializer, parser, model)

    answer = _send(service, parser, _member(content))

    assert answer.status_code == HTTPStatus.CREATED, answer


def _nested(levels: int, opening: bytes, closing: bytes) -> bytes:
    """Return an object that is nested *levels* deep, itself included."""
    inner = levels - 1
    if opening == b'{':
        return _member(b'{"a":' * inner + b'1' + b'}' * inner)
    return _member(opening * inner + closing * inner)


@_json_readers
@pytest.mark.parametrize(
    ('opening', 'closing'),
    [(b'[', b']'), (b'{', b'}')],
    ids=['lists', 'objects'],
)
def test_nesting_has_an_exact_limit(
    serializer: Any,
    parser: Parser,
    model: Any,
    opening: bytes,
    closing: bytes,
) -> None:
    """128 levels are read, one more is refused."""
    service = _service(serializer, parser, model)

    accepted = _send(service, parser, _nested(_LIMIT, opening, closing))
    refused = _send(service, parser, _nested(_LIMIT + 1, opening, closing))

    assert accepted.status_code == HTTPStatus.CREATED
    assert refused.outcome == (
        HTTPStatus.BAD_REQUEST,
        {
            'detail': [
                {
                    'msg': 'Body is nested deeper than 128 levels',
                    'type': 'value_error',
                },
            ],
        },
    )


@_json_readers
@pytest.mark.parametrize(
    'body',
    [
        b'[' * 1500,
        b'[' * 100_000,
        b'{"a":' * 100_000,
        b'[' * 100_000 + b']' * 100_000,
        _member(b'[' * 50_000 + b']' * 50_000),
        b'[{"a":' * 50_000,
        b'"' + b'\\' * 1_000_000,
        b'["' * 300_000,
    ],
    ids=lambda body: f'{len(body)}-{body[:3]!r}',
)
def test_nesting_without_end_is_400_at_once(
    serializer: Any,
    parser: Parser,
    model: Any,
    body: bytes,
) -> None:
    """No recursion, and no time that grows with its square."""
    service = _service(serializer, parser, model)
    started = time.process_time()

    answer = _send(service, parser, body)

    assert time.process_time() - started < 2
    _assert_refused(answer)


@_json_readers
def test_nesting_limit_is_a_setting(
    serializer: Any,
    parser: Parser,
    model: Any,
) -> None:
    """A project may need more levels, or less."""
    service = _service(serializer, parser, model)

    with override_settings(DMR_SETTINGS={'max_nesting_depth': 5}):
        accepted = _send(service, parser, _nested(5, b'[', b']'))
        refused = _send(service, parser, _nested(6, b'[', b']'))
    with override_settings(DMR_SETTINGS={'max_nesting_depth': 200}):
        deep = _send(service, parser, _nested(200, b'[', b']'))

    assert [201, 400, 201] == [
        accepted.status_code,
        refused.status_code,
        deep.status_code,
    ]


# MessagePack

_PACK: Final = msgspec.msgpack.encode
_NAME: Final = b'\xa4name\xa1x\xa4more'


def _packed(content: bytes) -> bytes:
    """Return a map that is valid but for one member."""
    return b'\x82' + _NAME + content


_BROKEN_PACKS: Final = {
    'cut': b'\x82\xa4name',
    'trailing': _packed(b'\x01') + b'\x01',
    'never used': b'\xc1',
    'broken UTF-8': _packed(b'\xa1\xff'),
    'encoded surrogate': _packed(b'\xa3\xed\xa0\x80'),
    'NaN': _packed(b'\xcb\x7f\xf8\x00\x00\x00\x00\x00\x00'),
    'small NaN': _packed(b'\xca\x7f\xc0\x00\x00'),
    'Infinity': _packed(b'\xcb\x7f\xf0\x00\x00\x00\x00\x00\x00'),
    '-Infinity': _packed(b'\xca\xff\x80\x00\x00'),
    'nested NaN': _packed(b'\x91\x91\xcb\x7f\xf8\x00\x00\x00\x00\x00\x00'),
    'extension': _packed(b'\xd4\x05\x00'),
    'long extension': _packed(b'\xc7\x03\x2a\x01\x02\x03'),
    'map as key': _packed(b'\x81\x81\x01\x01\x01'),
    'huge list': _packed(b'\xdd\xff\xff\xff\xff'),
    'huge map': _packed(b'\xdf\xff\xff\xff\xff'),
    'huge text': _packed(b'\xdb\xff\xff\xff\xff'),
    'huge bytes': _packed(b'\xc6\xff\xff\xff\xff'),
    'broken timestamp': _packed(b'\xc7\x0c\xff' + b'\xff' * 12),
    'JSON': b'{"name":"x"}',
}


@_msgpack_readers
@pytest.mark.parametrize('body', _BROKEN_PACKS.values(), ids=_BROKEN_PACKS)
def test_malformed_msgpack_is_400(
    serializer: Any,
    model: Any,
    body: bytes,
) -> None:
    """Neither what is no MessagePack, nor what JSON could not say."""
    service = _service(serializer, MsgpackParser(), model)

    answer = _send(service, MsgpackParser(), body)

    assert answer.status_code == HTTPStatus.BAD_REQUEST, answer
    assert len(answer.content) < 500


@_msgpack_readers
@pytest.mark.parametrize(
    ('opening', 'closing'),
    [(b'\x91', b'\x90'), (b'\x81\xa1a', b'\x80')],
    ids=['lists', 'maps'],
)
def test_nesting_of_msgpack_has_the_same_limit(
    serializer: Any,
    model: Any,
    opening: bytes,
    closing: bytes,
) -> None:
    """128 levels are read, one more is refused, 100,000 too."""
    service = _service(serializer, MsgpackParser(), model)

    answers = [
        _send(service, MsgpackParser(), _packed(opening * levels + closing))
        for levels in (_LIMIT - 2, _LIMIT - 1, 100_000)
    ]

    assert [201, 400, 400] == [one.status_code for one in answers]
    for answer in answers[1:]:
        _assert_refused(answer)


@_msgpack_readers
@pytest.mark.parametrize(
    'content',
    [1.5, -0.0, 2**63, 'ä😀', b'\xff', [1, {'a': None}], 1e300],
)
def test_honest_msgpack_is_accepted(
    serializer: Any,
    model: Any,
    content: Any,
) -> None:
    """What looks suspicious but is valid is read."""
    service = _service(serializer, MsgpackParser(), model)

    answer = _send(service, MsgpackParser(), _packed(_PACK(content)))

    assert answer.status_code == HTTPStatus.CREATED, answer


def test_errors_are_in_the_negotiated_format(serializer: Any) -> None:
    """A broken body of one format is answered in the other one."""

    def post(self: Any, parsed_body: Body[Any]) -> int:
        return 1

    service = Service(
        serializer,
        post=post,
        parsers=[JsonParser()],
        renderers=[JsonRenderer(), MsgpackRenderer()],
    )

    answer = service(
        'POST',
        body=b'[' * 5000,
        headers={
            'Content-Type': 'application/json',
            'Accept': 'application/msgpack',
        },
    )

    expected = {
        'msg': 'Body is nested deeper than 128 levels',
        'type': 'value_error',
    }
    assert (HTTPStatus.BAD_REQUEST, {'detail': [expected]}) == (
        answer.status_code,
        msgspec.msgpack.decode(answer.content),
    )


# Long bodies

_PADDING: Final = b'"padding":"' + b'x' * 70_000 + b'"'


class _Number(pydantic.BaseModel):
    number: float


class _NumberStruct(msgspec.Struct):
    number: float


class _Anything(pydantic.BaseModel):
    number: Any


class _AnythingStruct(msgspec.Struct):
    number: Any


@pytest.mark.parametrize(
    ('serializer', 'model'),
    [
        (PydanticSerializer, _Number),
        (PydanticFastSerializer, _Number),
        (MsgspecSerializer, _NumberStruct),
        (PydanticSerializer, _Anything),
        (MsgspecSerializer, _AnythingStruct),
    ],
)
@pytest.mark.parametrize('number', [b'1e999', b'-1e999', b'NaN', b'9' * 5000])
def test_long_bodies_are_refused_for_what_is_kept(
    serializer: Any,
    model: Any,
    number: bytes,
) -> None:
    """Whatever a model takes is looked at, however long the body is."""
    service = _service(serializer, MsgspecJsonParser(), model)

    answer = _send(
        service,
        MsgspecJsonParser(),
        b'{"number":' + number + b',' + _PADDING + b'}',
    )

    assert answer.status_code == HTTPStatus.BAD_REQUEST, answer


@pytest.mark.parametrize(
    ('serializer', 'model'),
    [(PydanticSerializer, _Anything), (MsgspecSerializer, _AnythingStruct)],
)
def test_long_bodies_have_the_same_limit_of_nesting(
    serializer: Any,
    model: Any,
) -> None:
    """A model that takes anything takes nothing that is too deep."""
    service = _service(serializer, MsgspecJsonParser(), model)
    nested = b'[' * _LIMIT + b']' * _LIMIT

    answer = _send(
        service,
        MsgspecJsonParser(),
        b'{"number":' + nested + b',' + _PADDING + b'}',
    )

    _assert_refused(answer)


@pytest.mark.parametrize(
    ('serializer', 'model'),
    [
        (PydanticSerializer, _Number),
        (PydanticFastSerializer, _Number),
        (MsgspecSerializer, _NumberStruct),
    ],
)
@pytest.mark.parametrize('padding', [b'', b',' + _PADDING])
@pytest.mark.parametrize('skipped', [b'1e999', b'[' * 130 + b']' * 130])
def test_what_is_skipped_is_judged_in_short_bodies_only(
    serializer: Any,
    model: Any,
    padding: bytes,
    skipped: bytes,
) -> None:
    """Nobody gets it; in long bodies a look would cost more than reading."""
    service = _service(serializer, MsgspecJsonParser(), model)

    answer = _send(
        service,
        MsgspecJsonParser(),
        b'{"number":1,"more":' + skipped + padding + b'}',
    )

    assert answer.status_code == (201 if padding else 400), answer
