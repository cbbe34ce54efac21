"""Codecs that never replace what they cannot decode.

Django decodes the fields of multipart forms with ``errors='replace'``, which
would lose data silently. Its code runs with one of these codecs instead.
"""

import codecs
from collections.abc import Callable
from typing import Any, Final

_PREFIX: Final = 'dmr_strict_'


def strict_codec(encoding: str) -> str:
    """Return the name of the codec that decodes *encoding* strictly.

    Raises:
        LookupError: *encoding* is unknown, or does not encode text.
    """
    # The same name for all its aliases: the registry keeps what was asked.
    name = codecs.lookup(encoding).name
    # Not all codecs are for text, this fails for the others.
    'x'.encode(name)
    return f'{_PREFIX}{name}'


def _find(name: str) -> codecs.CodecInfo | None:
    if not name.startswith(_PREFIX):
        return None
    known = codecs.lookup(name.removeprefix(_PREFIX))
    return codecs.CodecInfo(
        name=name,
        encode=known.encode,
        decode=_strictly(known.decode),
    )


def _strictly(decode: Callable[..., tuple[str, int]]) -> Any:
    def decode_strictly(
        content: bytes,
        errors: str = 'strict',
    ) -> tuple[str, int]:
        return decode(content, 'strict')

    return decode_strictly


codecs.register(_find)
