"""Msgspec for dmr: a serializer, JSON and MessagePack.

`MsgspecSerializer` validates with msgspec, the parsers and renderers of this
package work with every serializer.
"""

try:
    __import__('msgspec')
except ImportError as exc:
    raise ImportError(
        f'`dmr.plugins.msgspec` needs msgspec, which cannot be imported: '
        f'{exc}. Run `pip install dmr-msgspec`.',
    ) from exc

from dmr.plugins.msgspec.json import MsgspecJsonParser as MsgspecJsonParser
from dmr.plugins.msgspec.json import MsgspecJsonRenderer as MsgspecJsonRenderer
from dmr.plugins.msgspec.msgpack import MsgpackParser as MsgpackParser
from dmr.plugins.msgspec.msgpack import MsgpackRenderer as MsgpackRenderer
from dmr.plugins.msgspec.serializer import (
    MsgspecSerializer as MsgspecSerializer,
)
