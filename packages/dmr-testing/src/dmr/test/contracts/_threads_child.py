"""Use one serializer for the first time, in several threads at once.

Run as a program with module and name of the serializer and of a model.
"""

import importlib
import json
import sys
from functools import reduce
from typing import Any

import django
from django.conf import settings

from dmr.parsers import JsonParser
from dmr.renderers import JsonRenderer
from dmr.test.contracts._calling import new_request, outcome
from dmr.test.contracts._import_child import MARK
from dmr.test.contracts._races import race


def main(module: str, qualname: str, *point: str) -> None:
    """Print the problems of the first use of a serializer."""
    settings.configure()
    django.setup()
    serializer = _find(module, qualname)
    model = _find(*point)

    def work() -> str:
        decoder = serializer.compile_decoder(
            JsonParser(),
            list[model],  # type: ignore[valid-type]  # a model of the author
            strict=None,
        )
        read = decoder(b'[{"x":1,"label":"a"}]', new_request())
        encoder = serializer.compile_encoder(JsonRenderer(), Any)
        wrong = outcome(decoder, b'[{"x":"a"}]', new_request())
        assert wrong.error is not None
        details = serializer.serialize_validation_error(wrong.error)
        return f'{encoder(read)!r} {details}'

    (found,) = race(work)
    expected = str(outcome(work))
    problems = [
        f'first use in several threads: expected {expected}, got {other}.'
        for other in sorted({str(one) for one in found} - {expected})
    ]
    sys.stdout.write(f'\n{MARK}{json.dumps(problems)}\n')


def _find(module: str, qualname: str) -> Any:
    found: Any = importlib.import_module(module)
    return reduce(getattr, qualname.split('.'), found)


if __name__ == '__main__':
    main(*sys.argv[1:])
