"""Teach schemathesis MessagePack, which the demo speaks beside JSON.

A body in MessagePack also asks for its answer in MessagePack.
"""

from typing import Any, Final

import msgspec
import schemathesis

_MSGPACK: Final = 'application/msgpack'


@schemathesis.serializer(_MSGPACK)
def _write(context: Any, value: Any) -> dict[str, Any]:
    # Negative tests send bytes that are nothing on purpose.
    if isinstance(value, bytes):
        return {'data': value}
    return {'data': msgspec.msgpack.encode(value)}


@schemathesis.deserializer(_MSGPACK)
def _read(context: Any, response: Any) -> Any:
    return msgspec.msgpack.decode(response.content)


@schemathesis.hook
def before_call(context: Any, case: Any, kwargs: dict[str, Any]) -> None:
    """Let responses be checked in both formats."""
    if case.media_type == _MSGPACK:
        case.headers.setdefault('Accept', _MSGPACK)
