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

from dmr.test.contracts._calling import list_of, outcome
from dmr.test.contracts._import_child import MARK
from dmr.test.contracts._races import first_use, race
from dmr.test.contracts.samples import Format


def main(module: str, qualname: str, *point: str) -> None:
    """Print the problems of the first use of a serializer."""
    settings.configure()
    django.setup()
    serializer = _find(module, qualname)
    model = _find(*point)
    body = [{'x': 1, 'label': 'a'}]
    work = first_use(serializer, Format(), list_of(model), body)
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
