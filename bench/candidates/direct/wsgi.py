"""Read a list of lines and write it, without a framework."""

from collections.abc import Callable
from os import environ
from typing import Any

import msgspec
import pydantic

from bench.candidates import models_msgspec, models_pydantic


def _exchange_msgspec() -> Callable[[bytes], bytes]:
    decoder = msgspec.json.Decoder(list[models_msgspec.Line])
    encoder = msgspec.json.Encoder()
    return lambda content: encoder.encode(decoder.decode(content))


def _exchange_pydantic() -> Callable[[bytes], bytes]:
    lines: Any = pydantic.TypeAdapter(list[models_pydantic.Line])
    return lambda content: lines.dump_json(lines.validate_json(content))


_exchange = {'msgspec': _exchange_msgspec, 'pydantic': _exchange_pydantic}[
    environ['BENCH_MODELS']
]()


def application(
    request: dict[str, Any],
    start_response: Callable[..., Any],
) -> list[bytes]:
    content = request['wsgi.input'].read(int(request['CONTENT_LENGTH']))
    answer = _exchange(content)
    start_response('201 Created', [('Content-Type', 'application/json')])
    return [answer]
