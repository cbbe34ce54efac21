"""The plugin does what the contract of dmr asks for."""

from dmr.test.contracts import (
    FormatCapabilities,
    ParserContract,
    RendererContract,
    Sample,
)
from dmr_cbor import CborParser, CborRenderer

CAPABILITIES = FormatCapabilities(bytes_=True)


def nested(levels: int) -> bytes:
    return b'\x81' * levels + b'\x01'


class TestCborParser(ParserContract):
    parser = CborParser
    plugin_name = 'cbor'
    capabilities = CAPABILITIES
    samples = [
        Sample(body=b'\xa2\x61a\x01\x61b\xf6', parsed={'a': 1, 'b': None}),
        Sample(body=b'\x9f\x01\x9f\xff\xff', parsed=[1, []]),
        Sample(body=b'\xbf\x61a\xf5\xff', parsed={'a': True}),
        Sample(body=b'\x7f\x62\xc3\xbc\x61x\xff', parsed='üx'),
        Sample(body=b'\x44\x00\x01\xfe\xff', parsed=b'\x00\x01\xfe\xff'),
        Sample(body=b'\xfb\x3f\xf8\x00\x00\x00\x00\x00\x00', parsed=1.5),
        Sample(body=b'\x1b' + b'\xff' * 8, parsed=2**64 - 1),
        Sample(body=b'\xc3\x49\x01' + b'\x00' * 8, parsed=-1 - 2**64),
        Sample(body=b'\xd9\xd9\xf7\x80', parsed=[]),
    ]
    malformed = [
        b'\x82\x01',
        b'\x01\x01',
        b'\x1c',
        b'\xff',
        b'\x9f\x01',
        b'\x7f\x41a\xff',
        b'\x61\xff',
        b'\x63\xed\xa0\x80',
        b'\xf9\x7e\x00',
        b'\x81\xfa\x7f\x80\x00\x00',
        b'\xa1\xfb\xff\xf0\x00\x00\x00\x00\x00\x00\x01',
        b'\xf7',
        b'\x81\xe0',
        b'\x9b' + b'\xff' * 8,
        b'\x5b\x7f' + b'\xff' * 7,
        b'\xa1\x80\x01',
        b'\xa1\xa0\x01',
        b'\xa2\x01\x02\x01\x03',
        b'\xc1\x1b' + b'\x7f' * 8,
        b'\xc0\x61a',
        b'\xc2\x01',
        b'\xc2\x59\x07\x00' + b'\xff' * 0x700,
        b'\xd8\x1c\x81\xd8\x1d\x00',
        b'\xd9\xd9\xf7' * 1000 + b'\x01',
    ]
    nested = staticmethod(nested)


class TestCborRenderer(RendererContract):
    renderer = CborRenderer
    plugin_name = 'cbor'
    capabilities = CAPABILITIES
