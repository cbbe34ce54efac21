"""Print what large bodies cost beside calling msgspec or pydantic directly."""

import argparse
import time
from collections.abc import Callable, Mapping
from typing import Any, Final

import msgspec
import pydantic
from django.test import RequestFactory

# The first import of these sets Django up.
from bench.inprocess import project
from dmr.plugins.msgspec import MsgspecSerializer
from dmr.plugins.pydantic import PydanticSerializer
from dmr.settings import default_parser, default_renderer

_REQUEST: Final = RequestFactory().post('/')


def candidates(kind: str, count: int) -> dict[str, dict[str, Any]]:
    """Return what reads and what writes *count* items, directly and ours."""
    is_msgspec = kind == 'msgspec'
    serializer: Any = MsgspecSerializer if is_msgspec else PydanticSerializer
    model: Any = list[project.MLine if is_msgspec else project.PLine]
    items = [
        {'sku': f'SKU-{n}', 'title': f'A title {n}', 'quantity': n, 'price': n}
        for n in range(count)
    ]
    body = msgspec.json.encode(items)
    adapter = pydantic.TypeAdapter(model) if not is_msgspec else None
    decode = serializer.compile_decoder(default_parser, model, strict=None)
    encode = serializer.compile_encoder(default_renderer, model)
    checked = serializer.compile_checked_encoder(default_renderer, model)
    if adapter is None:
        read: Any = msgspec.json.Decoder(model).decode
        write: Any = msgspec.json.Encoder().encode
    else:
        read, write = adapter.validate_json, adapter.dump_json
    found = read(body)
    return {
        'decode': {
            'directly': lambda: read(body),
            'dmr': lambda: decode(body, _REQUEST),
        },
        'encode': {
            'directly': lambda: write(found),
            'dmr': lambda: encode(found),
            'dmr +val': lambda: checked(found),
        },
    }


def quickest(
    calls: Mapping[str, Callable[[], Any]],
    rounds: int,
) -> dict[str, float]:
    """Return the seconds of the quickest call of each, called in turn."""
    best = dict.fromkeys(calls, float('inf'))
    for _ in range(rounds):
        for name, call in calls.items():
            started = time.perf_counter()
            call()
            best[name] = min(best[name], time.perf_counter() - started)
    return best


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--rounds', type=int, default=100)
    parser.add_argument('--items', type=int, default=10_000)
    options = parser.parse_args()
    for kind in ('msgspec', 'pydantic'):
        for what, calls in candidates(kind, options.items).items():
            seconds = quickest(calls, options.rounds)
            directly = seconds.pop('directly')
            ratios = '   '.join(
                f'{name} {one / directly:.2f}' for name, one in seconds.items()
            )
            print(f'{kind:9}{what:8}{directly * 1e3:6.2f} ms   {ratios}')


if __name__ == '__main__':
    main()
