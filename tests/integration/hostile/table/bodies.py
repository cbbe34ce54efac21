"""Odd bodies in every format."""

from collections.abc import Iterator

from tests.integration.hostile.table.case import Case, make_case


def body_cases() -> Iterator[Case]:
    """Return bodies that are broken, too large, or mean something else."""
    yield from _json()
    yield from _msgpack()
    yield from _forms()
    yield from _uploads()


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
            yield make_case(
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
        yield make_case(
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
        yield make_case(
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
            yield make_case(
                f'form {body[:30]!r} {len(body)} {method}',
                200 if (status, method) == (201, 'PUT') else status,
                'form/',
                method,
                body=body,
                headers={'Content-Type': 'application/x-www-form-urlencoded'},
            )
    for charset in ('utf-16', 'latin-1', 'rot13', 'nope', '\xff'):
        yield make_case(
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
            yield make_case(
                f'multipart {name} {end!r}',
                (400, 413),
                'upload/',
                'POST',
                body=body + end,
                headers={'Content-Type': 'multipart/form-data; boundary=x'},
            )
    for boundary in ('', '""', 'x' * 300, '\xff', 'x; charset=utf-16', 'a b'):
        yield make_case(
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
        yield make_case(
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
        yield make_case(
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
