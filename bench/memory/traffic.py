"""Requests at random: some right, most of them wrong, none like another."""

import json
import string
from collections.abc import Iterator
from random import Random
from typing import Any, Final

from bench.cases import CASES, Request

_METHODS: Final = ('GET', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'HEAD')
#: Path → the method that it has, most of the time.
_PATHS: Final = {
    '/tiny/': 'GET',
    '/small/': 'POST',
    '/large/': 'POST',
    '/open/': 'PUT',
    '/secret/': 'GET',
}
_PREFIXES: Final = ('/api', '/pydantic')
_TYPES: Final = ('application/json', 'application/msgpack', 'text/html', '*/*')
_ALPHABET: Final = string.ascii_letters + string.digits + '-_.~'

#: Longer than what any cache keeps, and shorter.
_LENGTHS: Final = (3, 12, 40, 300)


def requests(count: int, seed: int = 1) -> Iterator[Request]:
    """Return that many requests, the same for the same *seed*."""
    random = Random(seed)
    for _ in range(count):
        yield _request(random)


def _request(random: Random) -> Request:
    if random.random() < 0.2:
        return _right(random)
    path = _path(random)
    usual = _PATHS.get(path, 'GET')
    return Request(
        method=usual if random.random() < 0.8 else random.choice(_METHODS),
        path=random.choice(_PREFIXES) + path,
        query=_query(random),
        headers=_headers(random),
        body=_body(random) if random.random() < 0.7 else b'',
    )


def _right(random: Random) -> Request:
    """Return a request that succeeds, with values that nobody sent before."""
    user = {
        'email': f'{_word(random)}@example.com',
        'age': random.randrange(100),
        'is_active': True,
    }
    return Request(
        method='POST',
        path=f'{random.choice(_PREFIXES)}/small/',
        headers={'X-Request-Id': _word(random)},
        body=json.dumps(user).encode(),
    )


def _path(random: Random) -> str:
    chance = random.random()
    if chance < 0.6:
        return random.choice(list(_PATHS))
    if chance < 0.8:
        return f'/named/{_word(random)}/'
    return '/' + '/'.join(_word(random) for _ in range(random.randint(1, 4)))


def _query(random: Random) -> str:
    pairs = [f'{_word(random)}={_word(random)}' for _ in _few(random)]
    if random.random() < 0.5:
        page = random.choice((random.randrange(10**9), _word(random)))
        pairs.append(f'page={page}&size=5&sort={_word(random)}')
    return '&'.join(pairs)


def _headers(random: Random) -> dict[str, str]:
    found = {f'X-{_word(random)}': _word(random) for _ in _few(random)}
    if random.random() < 0.5:
        found['Accept'] = _accept(random)
    if random.random() < 0.5:
        found['Content-Type'] = _accept(random)
    if random.random() < 0.5:
        found['X-Request-Id'] = _word(random)
        found['X-Tenant'] = _word(random)
    if random.random() < 0.3:
        found['Authorization'] = f'Basic {_word(random)}'
    if random.random() < 0.3:
        found['Cookie'] = f'{_word(random)}={_word(random)}; theme=dark'
    return found


def _accept(random: Random) -> str:
    if random.random() < 0.5:
        return f'{random.choice(_TYPES)};q={random.random():.3f}'
    return f'{_word(random)}/{_word(random)}, {random.choice(_TYPES)}'


def _body(random: Random) -> bytes:
    chance = random.random()
    if chance < 0.4:
        return random.randbytes(random.choice(_LENGTHS))
    right = CASES['small' if chance < 0.7 else 'large'].request.body
    value: dict[str, Any] = json.loads(right)
    value[random.choice(list(value))] = _word(random)
    value[_word(random)] = _word(random)
    text = json.dumps(value).encode()
    return text if random.random() < 0.8 else text[: random.randrange(200)]


def _word(random: Random) -> str:
    return ''.join(random.choices(_ALPHABET, k=random.choice(_LENGTHS)))


def _few(random: Random) -> range:
    return range(random.randrange(4))
