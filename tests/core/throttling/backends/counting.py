"""Count in several processes: each of them is a server of its own."""

import itertools
import json
import os
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final, TypeAlias

_ROOT: Final = Path(__file__).parents[4]

#: A way to count: which colour, and with which algorithm.
Kind: TypeAlias = tuple[str, str]

KINDS: Final[tuple[Kind, ...]] = tuple(
    itertools.product(('Sync', 'Async'), ('SimpleRate', 'LeakyBucket')),
)

#: One process: for each kind, throws requests at an endpoint from several
#: threads, prints their statuses, and waits for the other processes.
#: Arguments: settings, code of backends, kinds, limit, requests.
_PROCESS: Final = """
import json, sys
from concurrent.futures import ThreadPoolExecutor
from django.conf import settings
options, code, kinds, limit, requests = json.loads(sys.argv[1])
settings.configure(
    SECRET_KEY='a secret key of more than thirty-two bytes',
    ALLOWED_HOSTS=['*'],
    ROOT_URLCONF='__main__',
    **options,
)
import django
django.setup()
from django.test import Client
from django.urls import path
from dmr import Controller
from dmr.plugins.pydantic import PydanticSerializer
from dmr.throttling import AsyncThrottle, SyncThrottle, algorithms
backends = {}
exec(code, backends)

def controller(colour, algorithm):
    is_async = colour == 'Async'
    throttle = (AsyncThrottle if is_async else SyncThrottle)(
        limit,
        3600,
        backend=backends[colour],
        algorithm=getattr(algorithms, algorithm)(),
    )

    class Counted(Controller[PydanticSerializer]):
        throttling = [throttle]
        throttling_allow_unsafe_cache = None
        if is_async:
            async def get(self) -> str:
                return 'passed'
        else:
            def get(self) -> str:
                return 'passed'

    return Counted

urlpatterns = [
    path('/'.join(kind), controller(*kind).as_view()) for kind in kinds
]
for kind in kinds:
    def ask(_thread):
        client = Client(raise_request_exception=False)
        url = '/' + '/'.join(kind)
        return [client.get(url).status_code for _ in range(requests)]
    print('ready', flush=True)
    sys.stdin.readline()
    with ThreadPoolExecutor(4) as pool:
        print(json.dumps(sum(pool.map(ask, range(4)), [])), flush=True)
"""


#: Creates the tables of caches in databases. Argument: settings.
_CREATE_TABLES: Final = """
import json, sys
from django.conf import settings
settings.configure(**json.loads(sys.argv[1]))
import django
django.setup()
from django.core.management import call_command
call_command('createcachetable')
"""


def create_cache_tables(settings: dict[str, Any]) -> None:
    """Create the tables of all caches that are in a database."""
    subprocess.run(
        [sys.executable, '-c', _CREATE_TABLES, json.dumps(settings)],
        check=True,
    )


def ask_from_processes(
    *,
    settings: dict[str, Any],
    backends: str,
    limit: int,
    processes: int = 3,
    requests: int = 20,
) -> dict[Kind, list[int]]:
    """Return all statuses by kind; each process asks from four threads at once.

    *backends* is code that sets ``Sync`` and ``Async``.
    """
    arguments = json.dumps([settings, backends, KINDS, limit, requests])
    with ExitStack() as stack:
        running = [
            stack.enter_context(
                subprocess.Popen(
                    [sys.executable, '-c', _PROCESS, arguments],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    text=True,
                    cwd=_ROOT,
                    env={**os.environ, 'PYTHONWARNINGS': 'ignore'},
                ),
            )
            for _ in range(processes)
        ]
        return {kind: _ask_all(running) for kind in KINDS}


def _ask_all(running: 'list[subprocess.Popen[str]]') -> list[int]:
    """Let all processes begin at the same time, return what they have got."""
    for one in running:
        assert one.stdout is not None
        assert 'ready\n' == one.stdout.readline()
    for one in running:
        assert one.stdin is not None
        one.stdin.write('go\n')
        one.stdin.flush()
    statuses: list[int] = []
    for one in running:
        assert one.stdout is not None
        statuses += json.loads(one.stdout.readline())
    return statuses
