"""Our parsers and renderers keep the contract, by its public kit."""

from typing import Final

import msgspec
import pytest

from dmr.parsers import FormUrlEncodedParser, JsonParser, MultiPartParser
from dmr.plugins.msgspec import (
    MsgpackParser,
    MsgpackRenderer,
    MsgspecJsonParser,
    MsgspecJsonRenderer,
)
from dmr.renderers import JsonRenderer
from dmr.test import FormatCapabilities, ParserContract, RendererContract
from dmr.test.contracts import Sample
from tests.contract.formats import HOSTILE_MSGPACK

pytestmark = pytest.mark.any_django

_OF_CORE: Final = {'plugin.api': 'forms are part of the core, no plugin'}
_BOUNDARY: Final = 'multipart/form-data; boundary=B'


def _part(headers: str, content: bytes) -> bytes:
    disposition = f'--B\r\nContent-Disposition: form-data; {headers}\r\n\r\n'
    return disposition.encode() + content + b'\r\n'


class TestJsonParser(ParserContract):
    """JSON of the core."""

    parser = JsonParser


class TestMsgspecJsonParser(ParserContract):
    """JSON of msgspec."""

    parser = MsgspecJsonParser
    plugin_name = 'json'


class TestMsgpackParser(ParserContract):
    """MessagePack of msgspec."""

    parser = MsgpackParser
    plugin_name = 'msgpack'
    samples = tuple(
        Sample(body=msgspec.msgpack.encode(parsed), parsed=parsed)
        for parsed in (
            None,
            {'a': [1, -1, 1.5, True, None, b'\x00\xff'], 'ü': {'b': '日本語'}},
        )
    )
    malformed = tuple(HOSTILE_MSGPACK.values())

    def nested(levels: int, /) -> bytes:  # noqa: N805  (not a method)
        return b'\x91' * (levels - 1) + b'\x90'


class TestFormUrlEncodedParser(ParserContract):
    """Forms without files."""

    parser = FormUrlEncodedParser
    samples = (
        Sample(body=b'a=1&b=%C3%BC+c', parsed={'a': '1', 'b': 'ü c'}),
        Sample(body=b'a=1&a=2', parsed={'a': '2'}),
    )
    malformed = (b'a=%ff', b'a=\xff')
    expected_failures = _OF_CORE


class TestMultiPartParser(ParserContract):
    """Forms with files."""

    parser = MultiPartParser
    samples = (
        Sample(
            body=(
                _part('name="a"', 'ü'.encode())
                + _part('name="f"; filename="f.txt"', b'\x00\xff')
                + b'--B--\r\n'
            ),
            parsed={'a': 'ü', 'f': b'\x00\xff'},
            content_type=_BOUNDARY,
        ),
    )
    malformed = (_part('name="a"', b'\xff') + b'--B--\r\n',)
    expected_failures = _OF_CORE


class TestJsonRenderer(RendererContract):
    """JSON of the core."""

    renderer = JsonRenderer


class TestMsgspecJsonRenderer(RendererContract):
    """JSON of msgspec."""

    renderer = MsgspecJsonRenderer
    plugin_name = 'json'


class TestMsgpackRenderer(RendererContract):
    """MessagePack of msgspec."""

    renderer = MsgpackRenderer
    plugin_name = 'msgpack'
    capabilities = FormatCapabilities(bytes_=True, big_integers=False)
