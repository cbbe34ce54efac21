"""The requests of the race, their answers, and what has to be refused.

Runs in the environment of each candidate: standard library only.
"""

import json
from dataclasses import dataclass, field
from typing import Any, Final


def _line(number: int) -> dict[str, Any]:
    return {
        'sku': f'SKU-{number}',
        'title': f'A title {number}',
        'quantity': number,
        'price': number + 0.5,
    }


_USER: Final = {'email': 'ann@example.com', 'age': 41, 'is_active': True}
_ORDER: Final = {
    'uid': '6e1bf8a5-2d6f-4d1c-8f3b-7a2f0f1c9e55',
    'placed_at': '2026-01-02T03:04:05Z',
    'customer': _USER,
    'address': {
        'street': 'Main Street 1',
        'city': 'Berlin',
        'zip_code': '10115',
    },
    'lines': [_line(number) for number in range(20)],
    'notes': 'leave it at the door',
}
_LINES: Final = [_line(number) for number in range(100)]

#: What a client of the large case sends beside its body.
_TENANT: Final = {'X-Request-Id': 'abc', 'X-Tenant': 'acme'}

#: What a framework may answer to a request that is wrong.
REFUSALS: Final = frozenset((400, 422))


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request, as plain as it goes over the wire."""

    method: str
    path: str
    query: str = ''
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b''


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A request, its answer, and similar requests that are wrong."""

    name: str
    title: str
    request: Request
    status: int
    answer: Any
    wrong: tuple[Request, ...] = ()


def _small(**changes: Any) -> Request:
    return Request(
        method='POST',
        path='/small/',
        body=json.dumps(_USER | changes).encode(),
    )


def _large(
    query: str = 'page=2&size=50&sort=name&dry_run=false',
    headers: dict[str, str] = _TENANT,
    **changes: Any,
) -> Request:
    return Request(
        method='POST',
        path='/large/',
        query=query,
        headers=headers,
        body=json.dumps(_ORDER | changes).encode(),
    )


CASES: Final = {
    one.name: one
    for one in (
        Case(
            name='tiny',
            title='GET, tiny',
            request=Request(method='GET', path='/tiny/'),
            status=200,
            answer={'id': 1, 'name': 'one'},
        ),
        Case(
            name='small',
            title='POST, small',
            request=_small(),
            status=201,
            answer=_USER,
            wrong=(_small(age='old'), _small(email=None)),
        ),
        Case(
            name='large',
            title='POST, large body, query, headers',
            request=_large(),
            status=201,
            answer=_ORDER,
            wrong=(
                _large(placed_at='yesterday'),
                _large(query='page=two&size=50&sort=name'),
                _large(query='page=2&sort=name'),
                _large(headers={'X-Tenant': 'acme'}),
            ),
        ),
        Case(
            name='list',
            title='GET, list of 100',
            request=Request(method='GET', path='/list/'),
            status=200,
            answer=_LINES,
        ),
    )
}


def echo(count: int) -> Request:
    """Return a request with that many lines, which come back."""
    body = json.dumps([_line(number) for number in range(count)])
    return Request(method='POST', path='/echo/', body=body.encode())


def same_answer(case: Case, status: int, content: bytes) -> bool:
    """Tell whether an answer is the expected one, by its value."""
    return status == case.status and json.loads(content) == case.answer


def headers_of(request: Request) -> dict[str, str]:
    """Return all headers that a client sends with a request."""
    found = {
        'Host': 'localhost',
        'Accept': 'application/json',
        'User-Agent': 'bench',
        **request.headers,
    }
    if request.body:
        found.setdefault('Content-Type', 'application/json')
        found['Content-Length'] = str(len(request.body))
    return found
