"""Print the time of whole WSGI requests as ratios to hand-written views.

Batches of all candidates alternate, so that drift of the machine hits all of
them alike; the medians of the batches are compared.
"""

import argparse
import io
import json
import statistics
import time
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler

from bench.inprocess import project

ORDER = json.dumps(
    {
        'uid': '6e1bf8a5-2d6f-4d1c-8f3b-7a2f0f1c9e55',
        'placed_at': '2026-01-02T03:04:05+00:00',
        'customer': {'email': 'ann@example.com', 'age': 41, 'is_active': True},
        'address': {
            'street': 'Main Street 1',
            'city': 'Berlin',
            'zip_code': '1',
        },
        'lines': [
            {
                'sku': f'SKU-{n}',
                'title': f'A title {n}',
                'quantity': n,
                'price': n,
            }
            for n in range(20)
        ],
        'notes': 'leave it at the door',
    }
).encode()
USER = b'{"email":"ann@example.com","age":41,"is_active":true}'

#: Case → method, body, query string.
CASES = {
    'tiny': ('GET', b'', ''),
    'small': ('POST', USER, ''),
    'large': ('POST', ORDER, 'page=2&size=50&sort=name&dry_run=false'),
    'list': ('GET', b'', ''),
}


def environ(case: str) -> dict[str, Any]:
    method, body, query = CASES[case]
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
        'HTTP_X_REQUEST_ID': 'abc',
        'HTTP_X_TENANT': 'acme',
        'wsgi.input': body,
    }
    if body:
        found['CONTENT_TYPE'] = 'application/json'
        found['CONTENT_LENGTH'] = str(len(body))
    return found


def call(handler: WSGIHandler, template: dict[str, Any]) -> tuple[str, bytes]:
    current = dict(template)
    current['wsgi.input'] = io.BytesIO(template['wsgi.input'])
    status: list[str] = []
    response = handler(current, lambda line, _headers: status.append(line))
    content = b''.join(response)
    response.close()
    return status[0], content


def batch(
    handler: WSGIHandler,
    template: dict[str, Any],
    urls: tuple[Any, ...],
    size: int,
) -> float:
    settings.ROOT_URLCONF = urls
    started = time.perf_counter()
    for _ in range(size):
        call(handler, template)
    return (time.perf_counter() - started) / size


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--rounds', type=int, default=60)
    parser.add_argument('--size', type=int, default=60)
    options = parser.parse_args()
    handler = WSGIHandler()
    print(f'{project.__name__}: µs of the raw view, then ratios to it')
    for kind, name in (('m', 'msgspec'), ('p', 'pydantic')):
        for case in CASES:
            template = environ(case)
            urls = {
                who: project.urlconf(who, kind, case)
                for who in ('raw', 'dmr', 'val')
            }
            times: dict[str, list[float]] = {who: [] for who in urls}
            answers = set()
            for one in urls.values():
                settings.ROOT_URLCONF = one
                answers.add(call(handler, template))
            assert len(answers) == 1, answers
            for _ in range(options.rounds):
                for who, one in urls.items():
                    times[who].append(
                        batch(handler, template, one, options.size),
                    )
            medians = {
                who: statistics.median(one) for who, one in times.items()
            }
            raw = medians['raw']
            print(
                f'{name:9}{case:6} raw {raw * 1e6:7.1f} µs'
                f'   dmr {medians["dmr"] / raw:.3f}'
                f'   +val {medians["val"] / raw:.3f}',
            )


if __name__ == '__main__':
    main()
