"""Time whole WSGI requests of several candidates, interleaved.

Short batches of all candidates alternate, so that drift of the machine hits
all of them alike. What counts is how long the fastest twentieth of the batches
took: what else runs on the machine only ever makes a batch slower.
"""

import io
import time
from collections.abc import Mapping
from typing import Any, NamedTuple

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler

_HANDLER = WSGIHandler()


class Candidate(NamedTuple):
    """Who answers: URL patterns, and the ``environ`` of the request."""

    urls: tuple[Any, ...]
    environ: Mapping[str, Any]


class Answer(NamedTuple):
    """What a client gets."""

    status: str
    headers: tuple[tuple[str, str], ...]
    content: bytes


def environ(
    method: str,
    *,
    body: bytes = b'',
    query: str = '',
    **extra: str,
) -> dict[str, Any]:
    """Return a request as a WSGI server gives it, its input is *body*."""
    found: dict[str, Any] = {
        'REQUEST_METHOD': method,
        'PATH_INFO': '/bench/',
        'SCRIPT_NAME': '',
        'QUERY_STRING': query,
        'SERVER_NAME': 'localhost',
        'SERVER_PORT': '80',
        'SERVER_PROTOCOL': 'HTTP/1.1',
        'REMOTE_ADDR': '127.0.0.1',
        'wsgi.version': (1, 0),
        'wsgi.url_scheme': 'http',
        'wsgi.multithread': False,
        'wsgi.multiprocess': True,
        'wsgi.run_once': False,
        'HTTP_HOST': 'localhost',
        'HTTP_ACCEPT': 'application/json',
        'HTTP_USER_AGENT': 'bench',
        'wsgi.input': body,
    }
    if body:
        found['CONTENT_TYPE'] = 'application/json'
        found['CONTENT_LENGTH'] = str(len(body))
    return {**found, **extra}


def ask(candidate: Candidate) -> Answer:
    """Return the answer of *candidate*."""
    settings.ROOT_URLCONF = candidate.urls
    return _call(candidate.environ)


def compare(
    candidates: Mapping[str, Candidate],
    *,
    rounds: int,
    size: int,
) -> dict[str, float]:
    """Return the seconds that each of *candidates* needs for a request."""
    times: dict[str, list[float]] = {name: [] for name in candidates}
    for _ in range(rounds):
        for name, candidate in candidates.items():
            times[name].append(_batch(candidate, size))
    return {name: sorted(one)[rounds // 20] for name, one in times.items()}


def _batch(candidate: Candidate, size: int) -> float:
    # Django makes a resolver when it sees URLs for the first time.
    ask(candidate)
    started = time.perf_counter()
    for _ in range(size):
        _call(candidate.environ)
    return (time.perf_counter() - started) / size


def _call(template: Mapping[str, Any]) -> Answer:
    current = dict(template)
    current['wsgi.input'] = io.BytesIO(template['wsgi.input'])
    started: list[Any] = []
    response = _HANDLER(current, lambda *line: started.extend(line))
    content = b''.join(response)
    response.close()
    status, headers = started
    return Answer(status, tuple(headers), content)
