"""Odd paths, queries and headers."""

from collections.abc import Iterator

from tests.integration.hostile.table.case import Case, make_case


def request_cases() -> Iterator[Case]:
    """Return those that need no body and no credentials."""
    yield from _methods_and_paths()
    yield from _queries()
    yield from _negotiation()
    yield from _headers()
    yield from _conditions()
    yield from _streams()


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
        yield make_case(f'method {method[:20]}', status, 'hello/', method)
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
        yield make_case(f'path {path[:40]}', status, path)


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
        yield make_case(
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
        yield make_case(
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
        yield make_case(
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
        yield make_case(
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
            yield make_case(
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
        yield make_case(
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
        yield make_case(
            f'{name}: {text[:20]!r} {len(text)}',
            status,
            'file/',
            headers={name: text},
        )
    for text in ('"v7"', 'W/"v7"', '\xff', 'Fri, 02 Jan 2026 03:04:05 GMT', ''):
        yield make_case(
            f'If-Range: {text!r}',
            (200, 206),
            'file/',
            headers={'Range': 'bytes=0-1', 'If-Range': text},
        )
    for text in ('"old"', 'W/"v7"', 'x', '"' * 500):
        yield make_case(
            f'change If-Match: {text[:20]!r}',
            412,
            'note/',
            'PUT',
            body=b'{}',
            headers={'Content-Type': 'application/json', 'If-Match': text},
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
            yield make_case(
                f'Last-Event-ID {text[:20]!r} {len(text)} {accept}',
                status,
                'events/',
                headers={'Last-Event-ID': text, 'Accept': accept},
            )
    yield make_case(
        'stream with a wrong query',
        400,
        'events/?number=x',
        headers={'Accept': 'text/event-stream'},
    )
    yield make_case('lines as JSON', 406, 'lines/', headers={'Accept': 'a/b'})
    yield make_case('problem', 402, 'problem/', headers={'Accept': '*/*'})
    yield make_case(
        'problem details',
        402,
        'problem/',
        headers={'Accept': 'application/problem+json'},
    )
