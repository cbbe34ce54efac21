"""Odd passwords, keys, tokens and sessions."""

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator
from typing import Any, Final

from tests.integration.hostile import guards
from tests.integration.hostile.table.case import Case, make_case

#: Later than any test runs, and early enough for every platform.
FUTURE: Final = 4_000_000_000


def credential_cases(secret: str) -> Iterator[Case]:
    """Return what lets nobody in; tokens are signed with *secret*."""
    yield from _basic()
    yield from _tokens(secret)
    yield from _other_credentials()
    yield from _logins(secret)
    yield from _throttles()


def _basic() -> Iterator[Case]:
    for text in (
        '',
        'Basic',
        'Basic ',
        'Basic =',
        'Basic ====',
        'Basic YQ',
        'Basic YWRh',
        'Basic YWRh Og==',
        'Basic \xff\xfe',
        'Basic ' + 'A' * 100_000,
        'Basic ' + base64.b64encode(b'\xff:\xff').decode(),
        'Basic ' + base64.b64encode(b'ada').decode(),
        'Basic ' + base64.b64encode(b':').decode(),
        'Basic ' + base64.b64encode(b'ada:\x00').decode(),
        'Basic ' + base64.b64encode('ada:\u0663'.encode()).decode(),
        'Basic ' + base64.b64encode(b'ada:correct%20horse').decode(),
        'Basic ' + base64.b64encode(b'ada:wrong').decode() + '\n',
        base64.b64encode(f'ada:{guards.PASSWORD}'.encode()).decode(),
        'Digest username="ada"',
        '\x00',
    ):
        for route in ('basic/', 'any-auth/'):
            yield make_case(
                f'Basic {text[:40]!r} {len(text)} {route}',
                401,
                route,
                headers={'Authorization': text},
            )


_CLAIMS: Final[dict[str, Any]] = {'sub': '1', 'exp': FUTURE, 'iat': 1}


def signed(
    secret: str,
    claims: Any,
    header: Any = None,
    algorithm: str = 'HS256',
) -> str:
    """Return a token with a right signature, whatever it says."""
    head = {'alg': algorithm, 'typ': 'JWT', **(header or {})}
    parts = [
        _base64url(one if isinstance(one, bytes) else json.dumps(one).encode())
        for one in (head, claims)
    ]
    message = '.'.join(parts)
    digest = {'HS256': hashlib.sha256, 'HS512': hashlib.sha512}
    if algorithm not in digest:
        return f'{message}.'
    signature = hmac.new(secret.encode(), message.encode(), digest[algorithm])
    return f'{message}.{_base64url(signature.digest())}'


def _base64url(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b'=').decode()


def hostile_tokens(secret: str) -> dict[str, str]:
    """Return name → token, all of which are to be refused."""
    good = signed(secret, _CLAIMS)
    head, body, signature = good.split('.')
    odd = {
        f'{claim} {found!r:.20}': {**_CLAIMS, claim: found}
        for claim, values in {
            'sub': ['', 'abc', '\u0663', 1, None, [], {}, True, '\x00'],
            'exp': [
                1,
                0,
                -1,
                10**18,
                10**400,
                -(10**30),
                'x',
                str(FUTURE),
                None,
                [],
                {},
                True,
            ],
            'iat': [FUTURE, 10**400, 'x', None, [], {}],
            'nbf': [FUTURE, 10**400, 'x', None, [], {}],
            'jti': [1, [], {}],
            'aud': ['somebody', ['somebody'], 1, {}, [1]],
            'iss': [1, [], {}],
            'extras': [
                'text',
                1,
                [],
                {'type': 'refresh'},
                {'type': 1},
                {'type': ['access']},
            ],
        }.items()
        for found in values
    }
    return {
        **{name: signed(secret, claims) for name, claims in odd.items()},
        **{
            f'without {claim}': signed(
                secret,
                {key: one for key, one in _CLAIMS.items() if key != claim},
            )
            for claim in _CLAIMS
        },
        **{
            f'claims {claims[:20]!r} {len(claims)}': signed(secret, claims)
            for claims in (
                b'',
                b'[]',
                b'null',
                b'"text"',
                b'{',
                b'\xff',
                b'[' * 100_000,
                b'{"a":' * 50_000 + b'1' + b'}' * 50_000,
                b'{"sub":"1","exp":1e999,"iat":1}',
                b'{"sub":"1","exp":NaN,"iat":1}',
                b'{"sub":"1","exp":%s,"iat":1}' % (b'9' * 5000),
                b'{"sub":"\\ud800","exp":4000000000,"iat":1}',
                b'{"sub":"%s","exp":4000000000,"iat":1}' % (b'9' * 5000),
            )
        },
        **{
            f'header {key} {found!r:.20}': signed(
                secret,
                _CLAIMS,
                {key: found},
            )
            for key, found in (
                ('crit', ['exp']),
                ('crit', ['unknown']),
                ('crit', 'x'),
                ('crit', 1),
                ('b64', False),
                ('kid', 1),
                ('kid', []),
            )
        },
        **{
            f'alg {algorithm!r}': signed(secret, _CLAIMS, algorithm=algorithm)
            for algorithm in ('none', 'None', 'NONE', '', 'HS512', 'RS256')
        },
        'alg null': signed(secret, _CLAIMS, {'alg': None}),
        'alg number': signed(secret, _CLAIMS, {'alg': 1}),
        'alg list': signed(secret, _CLAIMS, {'alg': ['HS256']}),
        'wrong key': signed('another key ' * 5, _CLAIMS),
        'empty key': signed('', _CLAIMS),
        'no signature': f'{head}.{body}.',
        'two parts': f'{head}.{body}',
        'four parts': f'{good}.',
        'empty parts': '..',
        'dots': '.' * 1000,
        'no base64': '!.!.!',
        'changed': f'{head}.{body[:-1]}A.{signature}',
        'twice': f'{good}, {good}',
        'a megabyte': f'{head}.{"a" * 1_000_000}.{signature}',
        'latin': 'é.é.é',
    }


def _tokens(secret: str) -> Iterator[Case]:
    for name, token in hostile_tokens(secret).items():
        for route in ('jwt/', 'revocable/', 'any-auth/'):
            yield make_case(
                f'token {name} {route}',
                401,
                route,
                headers={'Authorization': f'Bearer {token}'},
            )
        yield make_case(
            f'token {name} in a cookie',
            401,
            'jwt-cookie/',
            headers={'Cookie': f'access_token={token}'},
        )
    for text in ('Bearer', 'Bearer ', 'Bearer a b', 'bearer\tx', 'BEARER x'):
        yield make_case(
            f'header {text!r}',
            401,
            'jwt/',
            headers={'Authorization': text},
        )


def _other_credentials() -> Iterator[Case]:
    for text in ('', 'x', '\x00', '\xff', 'a' * 100_000, "' OR 1=1 --", '%00'):
        name = f'{text[:20]!r} {len(text)}'
        for route, header in {
            'key/': 'X-API-Key',
            'token/': 'X-API-Token',
        }.items():
            yield make_case(
                f'{header} {name}',
                401,
                route,
                headers={header: text},
            )
        for route, cookie in {
            'token-cookie/': 'api_token',
            'session/': 'sessionid',
            'staff/': 'sessionid',
        }.items():
            yield make_case(
                f'{route} {name}',
                401,
                route,
                headers={'Cookie': f'{cookie}={text}; csrftoken=x'},
            )
            yield make_case(
                f'{route} {name} POST',
                (401, 403),
                route,
                'POST',
                body=b'{}',
                headers={
                    'Content-Type': 'application/json',
                    'Cookie': f'{cookie}={text}',
                    'Origin': 'http://evil.example',
                    'X-CSRFToken': text[:100],
                },
            )


#: Both in the cookie and in the header.
_CSRF: Final = 'a' * 32

_LOGINS: Final = (
    'session-login',
    'obtain',
    'cookie-obtain',
    'token-obtain',
)


def _logins(secret: str) -> Iterator[Case]:
    for sent, status in {
        b'{}': 400,
        b'[]': 400,
        b'{"username": "ada"}': 400,
        b'{"username": 1, "password": []}': 400,
        b'{"username": "", "password": ""}': 401,
        b'{"username": "ada", "password": "wrong"}': 401,
        b'{"username": "nobody", "password": "wrong"}': 401,
        b'{"username": "a\\u0000", "password": "\\u0000"}': 401,
        b'{"username": "\\ud800", "password": "x"}': 400,
        b'{"username": "%s", "password": "x"}' % (b'a' * 100_000): 401,
        b'{"username": "ada", "password": "%s"}' % (b'a' * 100_000): 401,
        b'{"username": "\' OR 1=1 --", "password": "x"}': 401,
    }.items():
        for route in _LOGINS:
            yield make_case(
                f'{route} {sent[:50]!r} {len(sent)}',
                status,
                f'{route}/',
                'POST',
                body=sent,
                headers={'Content-Type': 'application/json'},
            )
    for name, token in hostile_tokens(secret).items():
        if not token.isascii() or 'type' in name:
            continue
        for route in ('refresh', 'rotate', 'verify', 'revoke'):
            yield make_case(
                f'{route} {name}',
                401,
                f'{route}/',
                'POST',
                body=json.dumps(
                    {'refresh_token': token, 'access_token': token},
                ).encode(),
                headers={'Content-Type': 'application/json'},
            )
        yield make_case(
            f'cookie-refresh {name}',
            401,
            'cookie-refresh/',
            'POST',
            headers={
                'Cookie': f'refresh_token={token}; csrftoken={_CSRF}',
                'X-CSRFToken': _CSRF,
            },
        )
    for route in ('session-logout', 'token-revoke'):
        yield make_case(f'{route} by nobody', 401, f'{route}/', 'POST')


def _throttles() -> Iterator[Case]:
    for route, header, text in (
        ('address', 'X-Forwarded-For', ''),
        ('address', 'X-Forwarded-For', ','),
        ('address', 'X-Forwarded-For', 'unknown'),
        ('address', 'X-Forwarded-For', '\xff\x00'),
        ('address', 'X-Forwarded-For', '1.2.3.4,' * 3000),
        ('address', 'X-Forwarded-For', '[::1]:80'),
        ('header', 'X-API-Key', ''),
        ('header', 'X-API-Key', '\xff\x00 \t'),
        ('header', 'X-API-Key', 'a' * 100_000),
        ('jwt', 'Authorization', 'Bearer x'),
        ('user', 'Authorization', 'Bearer x'),
    ):
        yield make_case(
            f'throttle {route} {text[:20]!r} {len(text)}',
            401,
            f'throttled-{route}/',
            headers={header: text},
        )
