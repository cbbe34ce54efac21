"""Print what large bodies cost beside calling msgspec or pydantic directly.

Validated responses are beside what validates strictly and then writes.
"""

import argparse
import gc
import time
from collections.abc import Callable, Mapping
from typing import Any, Final

import msgspec
import pydantic
from django.test import RequestFactory

# The first import of these sets Django up.
from bench.inprocess.bodies import BODIES, Body
from dmr.plugins.msgspec import MsgspecSerializer
from dmr.plugins.pydantic import PydanticSerializer
from dmr.settings import default_parser, default_renderer

_REQUEST: Final = RequestFactory().post('/')

_Calls = Mapping[str, Callable[[], Any]]


def candidates(kind: str, body: Body, count: int) -> dict[str, _Calls]:
    """Return what reads and what writes *count* items, directly and ours."""
    content = msgspec.json.encode([body.item(n) for n in range(count)])
    if kind == 'msgspec':
        model: Any = list[body.of_msgspec]
        read: Any = msgspec.json.Decoder(model).decode
        write: Any = msgspec.json.encode
        return _calls(
            MsgspecSerializer,
            model,
            content,
            read=read,
            write=write,
            validate=lambda found: msgspec.convert(found, model, strict=True),
        )
    model = list[body.of_pydantic]
    adapter: Any = pydantic.TypeAdapter(model)
    return _calls(
        PydanticSerializer,
        model,
        content,
        read=adapter.validate_json,
        write=adapter.dump_json,
        validate=lambda found: adapter.validate_python(found, strict=True),
    )


def _calls(
    serializer: Any,
    model: Any,
    content: bytes,
    *,
    read: Callable[[bytes], Any],
    write: Callable[[Any], bytes],
    validate: Callable[[Any], Any],
) -> dict[str, _Calls]:
    decode = serializer.compile_decoder(default_parser, model, strict=None)
    encode = serializer.compile_encoder(default_renderer, model)
    checked = serializer.compile_checked_encoder(default_renderer, model)
    found = read(content)
    assert found == decode(content, _REQUEST)
    assert write(found) == encode(found) == checked(found)
    return {
        'decode': {
            'directly': lambda: read(content),
            'dmr': lambda: decode(content, _REQUEST),
        },
        'encode': {
            'directly': lambda: write(found),
            'dmr': lambda: encode(found),
        },
        '+val': {
            'directly': lambda: write(validate(found)),
            'dmr': lambda: checked(found),
        },
    }


def quickest(calls: _Calls, rounds: int) -> dict[str, float]:
    """Return the seconds of the quickest call of each, called in turn."""
    best = dict.fromkeys(calls, float('inf'))
    gc.collect()
    gc.disable()
    for _ in range(rounds):
        for name, call in calls.items():
            started = time.perf_counter()
            call()
            best[name] = min(best[name], time.perf_counter() - started)
    gc.enable()
    return best


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--rounds', type=int, default=100)
    parser.add_argument('--items', type=int, default=10_000)
    parser.add_argument('--only', choices=('msgspec', 'pydantic'))
    options = parser.parse_args()
    kinds = (options.only,) if options.only else ('msgspec', 'pydantic')
    for kind in kinds:
        for name, body in BODIES.items():
            line = f'{kind:9}{name:10}'
            for what, calls in candidates(kind, body, options.items).items():
                seconds = quickest(calls, options.rounds)
                directly = seconds['directly']
                ratio = seconds['dmr'] / directly
                line += f'   {what} {directly * 1e3:6.2f} ms {ratio:5.2f}'
            print(line, flush=True)


if __name__ == '__main__':
    main()
