"""What the formats of this repository are tried with."""

import struct
from typing import Final

from dmr.plugins.msgspec import (
    MsgpackParser,
    MsgpackRenderer,
    MsgspecJsonParser,
    MsgspecJsonRenderer,
)
from dmr.test.contracts import Format

#: What no honest client sends as MessagePack.
HOSTILE_MSGPACK: Final = {
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

#: Where something hostile can stand: alone, in a field, where nobody looks.
_AROUND: Final = (
    b'',
    b'\x81\xa1x',
    b'\x82\xa1x\x01\xa7unknown',
    b'\x82\xa1x\x01\xa7unknown\x92\x01',
)

CORE_JSON: Final = Format()
MSGSPEC_JSON: Final = Format(
    parser=MsgspecJsonParser(),
    renderer=MsgspecJsonRenderer(),
)
MSGPACK: Final = Format(
    parser=MsgpackParser(),
    renderer=MsgpackRenderer(),
    malformed=tuple(
        around + body for around in _AROUND for body in HOSTILE_MSGPACK.values()
    ),
)
