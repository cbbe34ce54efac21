"""Teach schemathesis MessagePack, which the demo speaks beside JSON.

A body in MessagePack also asks for its answer in MessagePack.
"""

from typing import Any, Final

import msgspec
import schemathesis

_MSGPACK: Final = 'application/msgpack'

#: There are no larger integers in MessagePack.
_SMALLEST: Final = -(2**63)
_LARGEST: Final = 2**64 - 1


@schemathesis.serializer(_MSGPACK)
def _write(context: Any, value: Any) -> bytes:
    if isinstance(value, bytes):
        return value
    return msgspec.msgpack.encode(_fitting(value))


@schemathesis.deserializer(_MSGPACK)
def _read(context: Any, response: Any) -> Any:
    return msgspec.msgpack.decode(response.content)


@schemathesis.hook
def before_call(context: Any, case: Any, kwargs: dict[str, Any]) -> None:
    """Let responses be checked in both formats."""
    if case.media_type == _MSGPACK:
        case.headers.setdefault('Accept', _MSGPACK)


def _fitting(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _fitting(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_fitting(item) for item in value]
    if isinstance(value, int) and not isinstance(value, bool):
        return min(max(value, _SMALLEST), _LARGEST)
    return value
