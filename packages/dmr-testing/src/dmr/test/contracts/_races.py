"""Do one thing in many threads at the same time."""

import sys
import threading
from collections.abc import Callable, Iterator
from typing import Any, Final

from dmr.serializer import BaseSerializer
from dmr.test.contracts._calling import (
    Outcome,
    invalid,
    new_request,
    outcome,
    write,
)
from dmr.test.contracts.samples import Format

_THREADS: Final = 6
#: Threads take turns this often, so that they meet everywhere.
_SWITCH_SECONDS: Final = 1e-6
_PATIENCE_SECONDS: Final = 30


def race(*works: Callable[[], Any]) -> list[list[Outcome]]:
    """Return what each thread got, for each of *works*; all begin at once."""
    start = threading.Barrier(_THREADS)
    found: list[list[Outcome]] = [[] for _ in works]

    def run(number: int) -> None:
        start.wait(_PATIENCE_SECONDS)
        chosen = number % len(works)
        found[chosen].append(outcome(works[chosen]))

    running = [
        threading.Thread(target=run, args=(number,), daemon=True)
        for number in range(_THREADS)
    ]
    interval = sys.getswitchinterval()
    sys.setswitchinterval(_SWITCH_SECONDS)
    try:
        for thread in running:
            thread.start()
        for thread in running:
            thread.join(_PATIENCE_SECONDS)
    finally:
        sys.setswitchinterval(interval)
    if any(thread.is_alive() for thread in running):
        found[0].append(Outcome(error=TimeoutError('A thread does not end.')))
    return found


def race_problems(work: Callable[[], Any]) -> Iterator[str]:
    """Yield the first result of many threads that differs from that of one."""
    expected = outcome(work)
    (together,) = race(work)
    for found in together:
        if str(found) != str(expected):
            yield f'in several threads: expected {expected}, got {found}.'
            return


def first_use(
    serializer: type[BaseSerializer],
    one: Format,
    model: Any,
    body: list[Any],
) -> Callable[[], str]:
    """Return what uses *model* in all ways, and tells what came of it."""
    request = new_request(one.parser.content_type)

    def work() -> str:
        decoder = serializer.compile_decoder(one.parser, model, strict=None)
        read = decoder(write(one, body), request)
        encoder = serializer.compile_encoder(one.renderer, model)
        error = invalid(serializer, model, [*body, {'x': 'a'}])
        assert error is not None, 'Expected an error of validation.'
        details = serializer.serialize_validation_error(error)
        return f'{encoder(read)!r} {details}'

    return work
