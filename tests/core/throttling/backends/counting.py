"""Count in several processes: each of them is a server of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

_ROOT = Path(__file__).parents[4]

#: One process: throws requests at an endpoint from several threads, prints
#: how many pass. Arguments: settings, backend, algorithm, limit, requests.
_PROCESS = """
import json, sys, threading
from django.conf import settings
options, backend_code, algorithm, limit, requests = json.loads(sys.argv[1])
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
from dmr.throttling import AsyncThrottle, SyncThrottle
from dmr.throttling import algorithms
namespace = {}
exec(backend_code, namespace)
backend = namespace['backend']

class Sync(Controller[PydanticSerializer]):
    throttling_allow_unsafe_cache = None
    if not namespace.get('is_async'):
        throttling = [
            SyncThrottle(
                limit,
                3600,
                backend=backend,
                algorithm=getattr(algorithms, algorithm)(),
            ),
        ]
        def get(self) -> str:
            return 'passed'
    else:
        throttling = [
            AsyncThrottle(
                limit,
                3600,
                backend=backend,
                algorithm=getattr(algorithms, algorithm)(),
            ),
        ]
        async def get(self) -> str:
            return 'passed'

urlpatterns = [path('', Sync.as_view())]
statuses = []
def ask():
    client = Client(raise_request_exception=False)
    for _ in range(requests):
        statuses.append(client.get('/').status_code)
print('ready', flush=True)
sys.stdin.readline()
threads = [threading.Thread(target=ask) for _ in range(4)]
for thread in threads: thread.start()
for thread in threads: thread.join()
print(json.dumps(statuses))
"""


#: Creates the tables of caches in databases. Argument: settings.
_CREATE_TABLES = """
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
    backend: str,
    algorithm: str,
    limit: int,
    processes: int = 3,
    requests: int = 20,
) -> list[int]:
    """Return all statuses; each process asks from four threads at once.

    *backend* is code that sets ``backend``, and ``is_async`` if it is.
    """
    arguments = json.dumps([settings, backend, algorithm, limit, requests])
    running = [
        subprocess.Popen(
            [sys.executable, '-c', _PROCESS, arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=_ROOT,
            env={**os.environ, 'PYTHONWARNINGS': 'ignore'},
        )
        for _ in range(processes)
    ]
    for one in running:
        assert one.stdout is not None
        assert 'ready\n' == one.stdout.readline()
    for one in running:
        assert one.stdin is not None
        one.stdin.write('go\n')
        one.stdin.flush()
    statuses: list[int] = []
    for one in running:
        output, _ = one.communicate(timeout=60)
        statuses += json.loads(output)
    return statuses
