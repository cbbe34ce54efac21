"""Requests that no honest client sends, and the status that each deserves."""

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from tests.integration.hostile import guards
from tests.integration.hostile.sending import Request

#: Later than any test runs, and early enough for every platform.
FUTURE: Final = 4_000_000_000


class Case(NamedTuple):
    """A request; its *target* is below the site, *serializer* may matter."""

    name: str
    request: Request
    statuses: frozenset[int]


def cases(secret: str) -> list[Case]:
    """Return all cases; tokens are signed with *secret*."""
    return [
        *_methods_and_paths(),
        *_queries(),
        *_negotiation(),
        *_json(),
        *_msgpack(),
        *_forms(),
        *_uploads(),
        *_headers(),
        *_conditions(),
        *_basic(),
        *_tokens(secret),
        *_other_credentials(),
        *_logins(secret),
        *_throttles(),
        *_streams(),
    ]


def _case(
    name: str,
    statuses: int | tuple[int, ...],
    target: str,
    method: str = 'GET',
    *,
    body: bytes = b'',
    headers: Mapping[str, bytes | str] | None = None,
) -> Case:
    return Case(
        name,
        Request(
            method=method,
            target=target,
            body=body,
            headers=tuple(
                (
                    key,
                    text.encode('latin-1') if isinstance(text, str) else text,
                )
                for key, text in (headers or {}).items()
            ),
        ),
        frozenset([statuses] if isinstance(statuses, int) else statuses),
    )


def _methods_and_paths() -> Iterator[Case]:
    for method, status in {
        'DELETE': 405,
        'PATCH': 405,
        'TRACE': 405,
        'CONNECT': 405,
        'HEAD': 405,
        'QUERY': 405,
        'get': 200,
        'FOO': 405,
        'G\xcbT': 405,
        '<script>': 405,
        'A' * 5000: 405,
        'OPTIONS': 204,
    }.items():
        yield _case(f'method {method[:20]}', status, 'hello/', method)
    for path, status in {
        'missing/': 404,
        'hello//': 404,
        'hello/%00/': 404,
        '%2e%2e/hello/': 404,
        '..%2f..%2fetc%2fpasswd/': 404,
        'hello;a=b/': 404,
        '%ff%fe/': 404,
        '%F0%9F%98%80/': 404,
        f'{"a" * 5000}/': 404,
        f'{"a/" * 2000}': 404,
        '<script>alert(1)</script>/': 404,
        'numbers/99999999999999999999999/': 200,
        f'numbers/{"9" * 5000}/': 404,
        'numbers/-1/': 404,
        'numbers/%D9%A3/': 404,
        'texts/%D9%A3/': (200, 400),
        'texts/1e5/': (200, 400),
        'texts/%20/': 400,
        'texts/%00/': 400,
        f'texts/{"9" * 5000}/': 400,
        'texts/0x10/': 400,
        'texts/NaN/': 400,
        'names/%00/': (200, 400),
        'names/%0D%0AX-Injected:%201/': (200, 404),
        'names/%ED%A0%80/': 200,
        'names/%ff/': 200,
        'names/%E2%80%AE/': 200,
        'paths/../../etc/passwd/': 200,
        'paths/%2e%2e%2f%2e%2e/': 200,
    }.items():
        yield _case(f'path {path[:40]}', status, path)


def _queries() -> Iterator[Case]:
    for query, status in {
        'number=abc': 400,
        'number=': 400,
        'number=null': 200,
        'number=1e5': (200, 400),
        'number=1.0': (200, 400),
        'number=%D9%A3': (200, 400),
        'number=99999999999999999999': (200, 400),
        f'number={"9" * 5000}': 400,
        'number=%00': 400,
        'number=-0': 200,
        'number=1_0': (200, 400),
        'number=1&number=x': 400,
        'number=x&number=1': 200,
        'ratio=1e999': 400,
        'ratio=NaN': 400,
        'ratio=-inf': 400,
        'ratio=Infinity': 400,
        'ratio=1e-999': 200,
        'flag=maybe': 400,
        'flag=%00': 400,
        'day=2026-02-30': 400,
        'day=0000-01-01': 400,
        'day=99999-01-01': 400,
        'ident=x': 400,
        'ident=00000000000000000000000000000000': 200,
        'choice=c': 400,
        f'choice={"c" * 20_000}': 400,
        'choice=%ff': 400,
        'text=%ff%fe': 200,
        'text=%ED%A0%80': 200,
        'text=%00': 200,
        'text=%0d%0aX-Injected:%201': 200,
        f'text={"a" * 100_000}': 200,
        'tags=null&tags=': (200, 400),
        '=&==&&&;;': 200,
        'tags[]=1&tags[x]=2': 200,
        '%00=1': 200,
        '__class__=1&__init__=2': 200,
        '&'.join(['tags=a'] * 1000): 200,
        '&'.join(['tags=a'] * 1001): 413,
        '&'.join(f'a{number}=1' for number in range(1001)): 413,
    }.items():
        yield _case(
            f'query {query[:40]} {len(query)}', status, f'query/?{query}'
        )
    for route, query, status in (
        ('page', 'page=0', 400),
        ('page', 'page=-1', 400),
        ('page', 'page=x', 400),
        ('page', 'page=2147483647', 200),
        ('page', 'page=2147483648', 400),
        ('page', f'page={"9" * 30}', 400),
        ('page', 'per_page=0', 400),
        ('page', 'per_page=101', 400),
        ('slice', 'offset=-1', 400),
        ('slice', 'offset=2147483647', 200),
        ('slice', 'limit=0', 400),
        ('slice', 'limit=101', 400),
        ('slice', 'limit=1e3', 400),
        ('cursor', 'per_page=0', 400),
        ('cursor', 'cursor=', 400),
        ('cursor', 'cursor=x', 400),
        ('cursor', 'cursor=.eJw:1:x', 400),
        ('cursor', 'cursor=::::', 400),
        ('cursor', 'cursor=%00', 400),
        ('cursor', 'cursor=%ED%A0%80', 400),
        ('cursor', 'cursor=%F0%9F%98%80:a:b', 400),
        ('cursor', f'cursor={"A" * 100_000}', 400),
        ('cursor', 'cursor=W10:1abcde:AAAAAAAAAAAAAAAAAAAAAAAAAAA', 400),
    ):
        yield _case(
            f'{route} {query[:30]}',
            status,
            f'{route}/?{query}',
        )


def _negotiation() -> Iterator[Case]:
    for accept, status in {
        '': 200,
        ' ': 200,
        ',': (200, 406),
        ';': (200, 406),
        '*/*;q=0': 406,
        'application/json;q=0': 406,
        'application/json;q=inf': (200, 406),
        'application/json;q=nan': (200, 406),
        'application/json;q=-1': (200, 406),
        'application/json;q=1e400': (200, 406),
        'application/json;q=1.0001': (200, 406),
        'application/json;q="1"': (200, 406),
        'application/json;q=\xb2': (200, 406),
        '*/json': (200, 406),
        'text/html': 406,
        'text/event-stream': 406,
        'image/*': 406,
        'application': 406,
        'application/': 406,
        '/json': 406,
        '\xff\xfe': 406,
        '\x00': 406,
        '"': 406,
        'a' * 10_001: 406,
        'a/b,' * 5000: 406,
        'application/json;' + 'a=b;' * 3000: (200, 406),
        '(' * 5000: 406,
        '<script>alert(1)</script>': 406,
    }.items():
        yield _case(
            f'accept {accept[:30]!r} {len(accept)}',
            status,
            'hello/',
            headers={'Accept': accept},
        )
    for content_type, status in {
        '': 400,
        '/': 400,
        '*/*': 400,
        'application/*': 400,
        'text/plain': 400,
        'text/html': 400,
        'application/xml': 400,
        'application/json, text/html': 400,
        'multipart/form-data': 400,
        'APPLICATION/JSON': 201,
        'application/json;charset=nope': (201, 400),
        'application/json; charset=utf-16': (201, 400),
        'application/json; charset=\xff': (201, 400),
        'application/json;' + ';' * 1000: 201,
        'a' * 10_000: 400,
        '\x00': 400,
        '\xff': 400,
        "application/json; charset*=UTF-8''x": (201, 400),
        'application/json; charset="': (201, 400),
    }.items():
        yield _case(
            f'content type {content_type[:40]!r} {len(content_type)}',
            status,
            'body/',
            'POST',
            body=b'{}',
            headers={'Content-Type': content_type},
        )
    for length in ('-1', 'x', '9' * 20, '0', '1', '2147483648', '+2', ''):
        for route, content_type in {
            'body/': 'application/json',
            'form/': 'multipart/form-data; boundary=x',
            'upload/': 'multipart/form-data; boundary=x',
        }.items():
            yield _case(
                f'length {length} {route}',
                (201, 400, 413),
                route,
                'POST',
                body=b'{}',
                headers={
                    'Content-Type': content_type,
                    'Content-Length': length,
                },
            )


def _json() -> Iterator[Case]:
    for body in (
        b'',
        b' ',
        b'{',
        b'[',
        b'nul',
        b'tru',
        b'"',
        b"{'text': 'a'}",
        b'{"text": "a",}',
        b'{"text": "a"}}',
        b'{"text": "a"} x',
        b'\xff',
        b'\x00',
        b'\xef\xbb\xbf{}',
        b'{"text": "\xff"}',
        b'{"text": "\xed\xa0\x80"}',
        b'{"text": "\\ud800"}',
        b'{"text": "\\udc00\\ud800"}',
        b'{"text": "\\x41"}',
        b'{"text": "\t"}',
        b'{}'.decode().encode('utf-16'),
        b'{}'.decode().encode('utf-32'),
        b'[' * 100_000,
        b'{"text":' * 50_000,
        b'[' * 100_000 + b']' * 100_000,
        b'{"number": 1e999}',
        b'{"number": 1.5}',
        b'{"number": "x"}',
        b'{"number": %s}' % (b'9' * 5000),
        b'{"number": 01}',
        b'{"number": NaN}',
        b'{"ratio": -Infinity}',
        b'{"ratio": 1e400}',
        b'{"flag": "maybe"}',
        b'{"flag": 2}',
        b'{"day": "2026-02-30"}',
        b'{"day": 1e30}',
        b'{"day": "-2026-01-01"}',
        b'{"moment": "2026-01-01T99:00:00"}',
        b'{"moment": 99999999999999999999}',
        b'{"span": "P99999999999D"}',
        b'{"span": 1e308}',
        b'{"ident": "x"}',
        b'{"ident": 1}',
        b'{"choice": "c"}',
        b'{"choice": "%s"}' % (b'c' * 100_000),
        b'{"texts": "a"}',
        b'{"texts": [1]}',
        b'{"texts": [%s1]}' % (b'1,' * 50_000),
        b'{"numbers": {"a": "x"}}',
        b'{"numbers": {"%s": "x"}}' % (b'a' * 100_000),
        b'{"numbers": [1]}',
        b'{"maybe": "x"}',
        b'{"text": null}',
        b'{"text": {}}',
        b'[]',
        b'"text"',
        b'0',
        b'null',
        b'true',
        b'a' * 3_000_000,
    ):
        for method in ('POST', 'PUT'):
            yield _case(
                f'JSON {body[:40]!r} {len(body)} {method}',
                413 if len(body) > 2_621_440 else 400,
                'body/',
                method,
                body=body,
                headers={'Content-Type': 'application/json'},
            )
    for body, status in {
        b'{"text": "\\u0000"}': 201,
        b'{"text": "a", "text": "b"}': 201,
        b'{"__proto__": 1, "__class__": 2}': 201,
        b'{"unknown": %s}' % (b'[' * 100 + b']' * 100): 201,
        b'{"text": "%s"}' % (b'a' * 1_000_000): 201,
        b'{"one": 1}': 201,
        b'{"two": 2}': 400,
    }.items():
        yield _case(
            f'JSON {body[:40]!r} {len(body)}',
            status,
            'either/' if b'one' in body or b'two' in body else 'body/',
            'POST',
            body=body,
            headers={'Content-Type': 'application/json; charset=utf-8'},
        )


def _msgpack() -> Iterator[Case]:
    for body in (
        b'',
        b'\xc1',
        b'\x81',
        b'\x81\xa4text',
        b'\x81\xa4text\xa1\xff',
        b'\x81\xa4text\xa3\xed\xa0\x80',
        b'\xdd\xff\xff\xff\xff',
        b'\xdf\xff\xff\xff\xff',
        b'\xdb\xff\xff\xff\xffabc',
        b'\xc6\xff\xff\xff\xffabc',
        b'\xc9\xff\xff\xff\xff\x01',
        b'\x91' * 100_000,
        b'\x81\xa4text' * 50_000,
        b'\x81\xa5ratio\xcb\x7f\xf8\x00\x00\x00\x00\x00\x00',
        b'\x81\xa5ratio\xcb\x7f\xf0\x00\x00\x00\x00\x00\x00',
        b'\x81\xa6number\xcb\x7f\xf0\x00\x00\x00\x00\x00\x00',
        b'\x81\xa6moment\xc7\x0c\xff' + b'\xff' * 12,
        b'\x81\xa6moment\xd7\xff' + b'\xff' * 8,
        b'\x81\xa4text\xd4\x05\x00',
        b'\x81\xa4text\xc4\x01\xff',
        b'\x80\x80',
        b'\x90',
        b'\xc0',
    ):
        yield _case(
            f'MessagePack {body[:20]!r} {len(body)}',
            400,
            'body/',
            'POST',
            body=body,
            headers={
                'Content-Type': 'application/msgpack',
                'Accept': 'application/json',
            },
        )


def _forms() -> Iterator[Case]:
    for body, status in {
        b'': 400,
        b'text': 201,
        b'text=%ff': 400,
        b'text=\xff': 400,
        b'text=%00': 201,
        b'text=%ED%A0%80': 400,
        b'text=a&number=x': 400,
        b'text=a&number=%s' % (b'9' * 5000): 400,
        b'text=a&tags=%ff': 400,
        b'text=a&%ff=1': 400,
        b'&&&;;;===': 400,
        b'text=a&' + b'a=1&' * 1001: 413,
        b'text=' + b'a' * 3_000_000: 413,
    }.items():
        for method in ('POST', 'PUT'):
            yield _case(
                f'form {body[:30]!r} {len(body)} {method}',
                200 if (status, method) == (201, 'PUT') else status,
                'form/',
                method,
                body=body,
                headers={'Content-Type': 'application/x-www-form-urlencoded'},
            )
    for charset in ('utf-16', 'latin-1', 'rot13', 'nope', '\xff'):
        yield _case(
            f'form in {charset!r}',
            (201, 400),
            'form/',
            'POST',
            body=b'text=a',
            headers={
                'Content-Type': (
                    f'application/x-www-form-urlencoded; charset={charset}'
                ),
            },
        )


def _uploads() -> Iterator[Case]:
    text = b'Content-Disposition: form-data; name="text"\r\n\r\na'
    for name, parts in {
        'empty': [],
        'no name': [b'Content-Disposition: form-data\r\n\r\na'],
        'no disposition': [b'\r\n\r\na'],
        'no head': [b'a'],
        'text without file': [text],
        'text twice': [text, text],
        'broken text': [text[:-1] + b'\xff'],
        'base64': [
            text.replace(
                b'\r\n\r\na',
                b'\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!',
            ),
        ],
        'long head': [b'X-Long: ' + b'a' * 5000 + b'\r\n\r\na'],
        'many heads': [b'X: a\r\n' * 5000 + b'\r\na'],
        'mixed': [b'Content-Type: multipart/mixed; boundary=y\r\n\r\na'],
        'many fields': [text] * 1001,
        'many files': [
            text.replace(b'"text"', b'"file"; filename="a"'),
        ]
        * 101,
    }.items():
        body = b''.join(b'--x\r\n' + part + b'\r\n' for part in parts)
        for end in (b'--x--\r\n', b''):
            yield _case(
                f'multipart {name} {end!r}',
                (400, 413),
                'upload/',
                'POST',
                body=body + end,
                headers={'Content-Type': 'multipart/form-data; boundary=x'},
            )
    for boundary in ('', '""', 'x' * 300, '\xff', 'x; charset=utf-16', 'a b'):
        yield _case(
            f'boundary {boundary[:20]!r}',
            400,
            'upload/',
            'POST',
            body=b'--x\r\n' + text + b'\r\n--x--\r\n',
            headers={
                'Content-Type': f'multipart/form-data; boundary={boundary}'
            },
        )
    for filename, status in {
        b'a.png': 201,
        b'../../etc/passwd': 201,
        b'C:\\boot.ini': 201,
        b'a\x00.png': 201,
        b'..': 400,
        b'': 400,
        b'\xff.png': 400,
        b'\xe2\x80\xaegnp.exe': 201,
        b'a' * 10_000: (201, 400),
        b'<script>.png': 201,
        b'"; name="text': (201, 400),
        b'%00%0d%0a': 201,
    }.items():
        yield _case(
            f'file name {filename[:20]!r}',
            status,
            'upload/',
            'POST',
            body=b''.join(
                (
                    b'--x\r\n' + text + b'\r\n--x\r\n',
                    b'Content-Disposition: form-data; name="file"; filename="',
                    filename,
                    b'"\r\nContent-Type: image/png\r\n\r\na\r\n--x--\r\n',
                )
            ),
            headers={'Content-Type': 'multipart/form-data; boundary=x'},
        )
    for content_type, size, status in (
        (b'text/html', 1, 400),
        (b'image/svg', 1, 201),
        (b'image/png\xff', 1, (201, 400)),
        (b'', 1, 400),
        (b'image/png; charset=nope', 1, 201),
        (b'image/png; x=' + b'y' * 900, 1, (201, 400)),
        (b'image/png', 1001, 413),
        (b'image/png', 3_000_000, 413),
    ):
        yield _case(
            f'file of type {content_type[:20]!r} {len(content_type)} {size}',
            status,
            'upload/',
            'POST',
            body=b''.join(
                (
                    b'--x\r\n' + text + b'\r\n--x\r\n',
                    b'Content-Disposition: form-data; name="file"; ',
                    b'filename="a"\r\nContent-Type: '
                    + content_type
                    + b'\r\n\r\n',
                    b'a' * size + b'\r\n--x--\r\n',
                )
            ),
            headers={'Content-Type': 'multipart/form-data; boundary=x'},
        )


def _headers() -> Iterator[Case]:
    for name, text, status in (
        ('X-Number', 'x', 400),
        ('X-Number', '9' * 5000, 400),
        ('X-Number', '\xb2', 400),
        ('X-Number', '1e5', (200, 400)),
        ('X-Text', '\xff', 200),
        ('X-Text', '\x00', 200),
        ('X-Text', 'a' * 100_000, 200),
        ('Accept-Language', 'de;q=x', 200),
        ('Accept-Language', 'a,' * 3000, 200),
        ('Accept-Language', '\xff', 200),
        ('X-HTTP-Method-Override', 'DELETE', 200),
        ('Cookie', 'number=x', 400),
        ('Cookie', f'number={"9" * 5000}', 400),
        ('Cookie', 'text="\\303\\777"', 200),
        ('Cookie', 'text=\xff', 200),
        ('Cookie', '=; ;;; =a; $Version=1', 200),
        ('Cookie', 'a=b;' * 3000, 200),
        ('Cookie', 'sessionid=\xff; csrftoken=\xff', 200),
        ('Expect', '100-continue', 200),
        ('Transfer-Encoding', 'chunked', 200),
        ('Range', 'bytes=0-1', 200),
    ):
        yield _case(
            f'{name}: {text[:20]!r} {len(text)}',
            status,
            'headers/',
            headers={name: text},
        )


def _conditions() -> Iterator[Case]:
    for name, text, status in (
        ('Range', 'bytes=0-0', 206),
        ('Range', 'bytes=-0', (200, 416)),
        ('Range', 'bytes=1000-', 416),
        ('Range', 'bytes=5-1', 200),
        ('Range', 'bytes=', 200),
        ('Range', 'bytes=a-b', 200),
        ('Range', 'bytes=\xb2-\xb3', 200),
        ('Range', 'items=0-1', 200),
        ('Range', f'bytes={"9" * 18}-', 416),
        ('Range', f'bytes={"9" * 5000}-', (200, 416)),
        ('Range', f'bytes=-{"9" * 18}', (200, 206)),
        ('Range', 'bytes=' + '0-1,' * 5000, 200),
        ('Range', '\xff\x00', 200),
        ('If-Match', '"old"', 412),
        ('If-Match', 'v7', 412),
        ('If-Match', '"\xff', 412),
        ('If-Match', '"a",' * 5000, 412),
        ('If-Match', '*', 200),
        ('If-Match', '', 200),
        ('If-None-Match', '*', 304),
        ('If-None-Match', '"v7"', 304),
        ('If-None-Match', '"' * 5000, 200),
        ('If-None-Match', '\xff', 200),
        ('If-Modified-Since', 'Fri, 02 Jan 2026 03:04:05 GMT', 304),
        ('If-Modified-Since', 'Fri, 99 Jan 2026 99:99:99 GMT', 200),
        ('If-Modified-Since', 'Fri, 02 Jan 0000 03:04:05 GMT', 200),
        ('If-Modified-Since', 'Fri, 31 Dec 9999 23:59:60 GMT', 200),
        ('If-Modified-Since', 'Fri, 02 Jan 99999 03:04:05 GMT', 200),
        ('If-Modified-Since', 'Friday, 02-Jan-26 03:04:05 GMT', 304),
        ('If-Modified-Since', 'x', 200),
        ('If-Modified-Since', '\xff', 200),
        ('If-Modified-Since', '0', 200),
        ('If-Unmodified-Since', 'Fri, 02 Jan 1970 03:04:05 GMT', 412),
        ('If-Unmodified-Since', 'x', 200),
    ):
        yield _case(
            f'{name}: {text[:20]!r} {len(text)}',
            status,
            'file/',
            headers={name: text},
        )
    for text in ('"v7"', 'W/"v7"', '\xff', 'Fri, 02 Jan 2026 03:04:05 GMT', ''):
        yield _case(
            f'If-Range: {text!r}',
            (200, 206),
            'file/',
            headers={'Range': 'bytes=0-1', 'If-Range': text},
        )
    for text in ('"old"', 'W/"v7"', 'x', '"' * 500):
        yield _case(
            f'change If-Match: {text[:20]!r}',
            412,
            'note/',
            'PUT',
            body=b'{}',
            headers={'Content-Type': 'application/json', 'If-Match': text},
        )


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
            yield _case(
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
            yield _case(
                f'token {name} {route}',
                401,
                route,
                headers={'Authorization': f'Bearer {token}'},
            )
        yield _case(
            f'token {name} in a cookie',
            401,
            'jwt-cookie/',
            headers={'Cookie': f'access_token={token}'},
        )
    for text in ('Bearer', 'Bearer ', 'Bearer a b', 'bearer\tx', 'BEARER x'):
        yield _case(
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
            yield _case(
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
            yield _case(
                f'{route} {name}',
                401,
                route,
                headers={'Cookie': f'{cookie}={text}; csrftoken=x'},
            )
            yield _case(
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
        for route in (
            'session-login',
            'obtain',
            'cookie-obtain',
            'token-obtain',
        ):
            yield _case(
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
            yield _case(
                f'{route} {name}',
                401,
                f'{route}/',
                'POST',
                body=json.dumps(
                    {'refresh_token': token, 'access_token': token},
                ).encode(),
                headers={'Content-Type': 'application/json'},
            )
        yield _case(
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
        yield _case(f'{route} by nobody', 401, f'{route}/', 'POST')


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
        yield _case(
            f'throttle {route} {text[:20]!r} {len(text)}',
            401,
            f'throttled-{route}/',
            headers={header: text},
        )


def _streams() -> Iterator[Case]:
    for text in (
        '',
        '\x00',
        '\xff',
        'a\tb',
        'a' * 100_000,
        '-1',
        '\xe2\x80\xa8',
    ):
        for accept, status in {
            'text/event-stream': 200,
            'application/json': 406,
            '*/*;q=0': 406,
        }.items():
            yield _case(
                f'Last-Event-ID {text[:20]!r} {len(text)} {accept}',
                status,
                'events/',
                headers={'Last-Event-ID': text, 'Accept': accept},
            )
    yield _case(
        'stream with a wrong query',
        400,
        'events/?number=x',
        headers={'Accept': 'text/event-stream'},
    )
    yield _case('lines as JSON', 406, 'lines/', headers={'Accept': 'a/b'})
    yield _case('problem', 402, 'problem/', headers={'Accept': '*/*'})
    yield _case(
        'problem details',
        402,
        'problem/',
        headers={'Accept': 'application/problem+json'},
    )
