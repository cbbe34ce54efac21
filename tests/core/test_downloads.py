"""Files are sent whole or in part."""

import datetime as dt
import io
import json
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from django.core.signals import request_finished
from django.db import close_old_connections
from django.urls import path

from dmr import Controller, validate
from dmr.conditional import Version
from dmr.downloads import DownloadResponse, download, download_responses
from dmr.openapi import build_schema
from dmr.plugins.msgspec import MsgspecSerializer
from dmr.renderers import FileRenderer
from dmr.routing import Router
from dmr.test import DMRAsyncRequestFactory, DMRRequestFactory

_CONTENT: Final = b'0123456789'
_VERSION: Final = Version(
    etag='v7',
    last_modified=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
)
_DATE: Final = 'Thu, 01 Jan 2026 00:00:00 GMT'


class _Download(Controller[MsgspecSerializer]):
    renderers = [FileRenderer()]
    file: io.BytesIO

    @validate(*download_responses())
    def get(self) -> DownloadResponse:
        file = io.BytesIO(_CONTENT)
        type(self).file = file
        return download(
            self,
            file,
            filename='digits.txt',
            as_attachment=True,
            version=_VERSION,
        )

    @validate(*download_responses())
    def post(self) -> DownloadResponse:
        return download(self, io.BytesIO(_CONTENT))


@pytest.fixture(autouse=True)
def no_database() -> Iterator[None]:
    """Keep the end of a request from looking for database connections."""
    request_finished.disconnect(close_old_connections)
    yield
    request_finished.connect(close_old_connections)


def _ask(**headers: str) -> Any:
    request = DMRRequestFactory().get(
        '/',
        headers={name.replace('_', '-'): one for name, one in headers.items()},
    )
    return _Download.as_view()(request)


def test_whole_file_is_sent() -> None:
    """With what clients need to continue later."""
    response = _ask()

    assert response.status_code == 200
    assert dict(response.headers) == {
        'Accept-Ranges': 'bytes',
        'Content-Disposition': 'attachment; filename="digits.txt"',
        'Content-Length': '10',
        'Content-Type': 'text/plain',
        'ETag': '"v7"',
        'Last-Modified': _DATE,
    }
    assert response.getvalue() == _CONTENT


@pytest.mark.parametrize(
    ('asked', 'content_range', 'content'),
    [
        ('bytes=0-0', 'bytes 0-0/10', b'0'),
        ('bytes=2-4', 'bytes 2-4/10', b'234'),
        ('bytes=7-', 'bytes 7-9/10', b'789'),
        ('bytes=7-1000', 'bytes 7-9/10', b'789'),
        ('bytes=-3', 'bytes 7-9/10', b'789'),
        ('bytes=-1000', 'bytes 0-9/10', _CONTENT),
        ('bytes=0-999999999999999999', 'bytes 0-9/10', _CONTENT),
    ],
)
def test_part_of_a_file_is_sent(
    asked: str,
    content_range: str,
    content: bytes,
) -> None:
    """No byte more than was asked for."""
    response = _ask(Range=asked)

    assert response.status_code == 206
    assert response.headers['Content-Range'] == content_range
    assert response.headers['Content-Length'] == str(len(content))
    assert response.headers['ETag'] == '"v7"'
    assert response.getvalue() == content
    response.close()
    assert _Download.file.closed


@pytest.mark.parametrize('asked', ['bytes=10-', 'bytes=99-100', 'bytes=-0'])
def test_part_that_does_not_exist_is_an_error(asked: str) -> None:
    """The client learns how large the file is."""
    response = _ask(Range=asked)

    assert response.status_code == 416
    assert response.headers['Content-Range'] == 'bytes */10'
    assert json.loads(response.content) == {
        'detail': [
            {'msg': 'The file has no such part', 'type': 'value_error'},
        ],
    }
    assert _Download.file.closed


@pytest.mark.parametrize(
    'asked',
    [
        'bytes=4-2',
        'bytes=-',
        'bytes=',
        'bytes=a-b',
        'bytes=0-1,3-4',
        'lines=0-1',
        'bytes=٣-٤',
        'bytes=0-' + '9' * 5000,
        'bytes=' + ','.join(['0-'] * 5000),
    ],
)
def test_other_ranges_are_ignored(asked: str) -> None:
    """The client gets the whole file, as it does from simpler servers."""
    response = _ask(Range=asked)

    assert response.status_code == 200
    assert response.getvalue() == _CONTENT


@pytest.mark.parametrize(
    ('condition', 'status'),
    [
        ('"v7"', 206),
        ('"v6"', 200),
        ('W/"v7"', 200),
        (_DATE, 206),
        ('Thu, 01 Jan 2026 00:00:01 GMT', 200),
        ('odd', 200),
    ],
)
def test_download_continues_the_same_version_only(
    condition: str,
    status: int,
) -> None:
    """Parts of two versions would make a broken file."""
    response = _ask(Range='bytes=1-', If_Range=condition)

    assert response.status_code == status


def test_known_version_is_not_sent_again() -> None:
    """Even if a part is asked for."""
    response = _ask(If_None_Match='"v7"', Range='bytes=1-')

    assert response.status_code == 304
    assert _Download.file.closed


def test_ranges_are_for_get() -> None:
    """As the RFC says."""
    request = DMRRequestFactory().post('/', headers={'Range': 'bytes=1-'})

    response: Any = _Download.as_view()(request)

    assert response.status_code == 200
    assert response.getvalue() == _CONTENT


def test_file_without_content_has_no_parts() -> None:
    """And can be sent nevertheless."""

    class _Empty(Controller[MsgspecSerializer]):
        renderers = [FileRenderer()]

        @validate(*download_responses())
        def get(self) -> DownloadResponse:
            return download(self, io.BytesIO())

    view = _Empty.as_view()
    rf = DMRRequestFactory()

    whole: Any = view(rf.get('/'))
    part: Any = view(rf.get('/', headers={'Range': 'bytes=0-'}))

    assert (whole.status_code, whole.getvalue()) == (200, b'')
    assert part.status_code == 416


async def test_event_loop_reads_block_by_block(tmp_path: Path) -> None:
    """The file is never in memory as a whole."""
    large = tmp_path / 'large.bin'
    large.write_bytes(b'x' * 200_000)

    class _Large(Controller[MsgspecSerializer]):
        renderers = [FileRenderer()]

        @validate(*download_responses())
        async def get(self) -> DownloadResponse:
            return download(self, large.open('rb'))

    request = DMRAsyncRequestFactory().get(
        '/',
        headers={'Range': 'bytes=10-150009'},
    )
    response: Any = await _Large.as_view()(request)

    content: AsyncIterator[bytes] = aiter(response)
    sizes = [len(block) async for block in content]

    response.close()
    assert response.headers['Content-Disposition'] == (
        'inline; filename="large.bin"'
    )
    assert sum(sizes) == 150_000
    assert max(sizes) <= 64 * 1024


def test_downloads_are_described() -> None:
    """With all that can happen."""
    router = Router('', [path('file/', _Download.as_view())])

    document: Any = build_schema(router).convert()

    responses = document['paths']['/file/']['get']['responses']
    assert {'200', '206', '304', '412', '416'} <= {*responses}
    assert responses['206']['content'] == {
        '*/*': {'schema': {'type': 'string', 'format': 'binary'}},
    }
    assert 'Content-Range' in responses['206']['headers']
