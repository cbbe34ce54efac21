"""Send files, or the part of a file that a client asks for.

Ranges are those of RFC 9110, section 14: one of them, in bytes. A client that
asks for several gets the whole file, as the RFC allows.
"""

import io
import re
from collections.abc import AsyncIterator, Mapping
from http import HTTPStatus
from typing import IO, TYPE_CHECKING, Any, Final, NamedTuple

from django.http import FileResponse
from django.utils.http import parse_http_date_safe
from django.utils.translation import gettext as _

from dmr.conditional import (
    VERSION_HEADERS,
    Version,
    check_conditions,
    conditional_responses,
)
from dmr.errors import ErrorModel, ErrorType
from dmr.files import FileBody, FileResponseSpec
from dmr.headers import HeaderSpec
from dmr.metadata import ResponseSpec
from dmr.response import APIError
from dmr.streaming.threads import ThreadedIterator

if TYPE_CHECKING:
    from dmr.controller import Controller
    from dmr.serializer import BaseSerializer

#: One range: first byte, last byte; the second alone counts from the end.
_RANGE: Final = re.compile(r'bytes=[ \t]*(\d{0,18})-(\d{0,18})[ \t]*', re.ASCII)

_HEADERS: Final[Mapping[str, HeaderSpec]] = {
    'Accept-Ranges': HeaderSpec(),
    'Content-Length': HeaderSpec(),
    'Content-Disposition': HeaderSpec(required=False),
    **VERSION_HEADERS,
}


class ByteRange(NamedTuple):
    """Bytes *first* to *last* of *size*, both included."""

    first: int
    last: int
    size: int

    @property
    def length(self) -> int:
        """Return how many bytes these are."""
        return self.last - self.first + 1

    def __str__(self) -> str:
        return f'bytes {self.first}-{self.last}/{self.size}'


class DownloadResponse(FileResponse):
    """Send a file block by block, whatever the server is.

    Django's own class reads the whole file before the first byte is sent by
    a server with an event loop.
    """

    block_size = 64 * 1024

    def __aiter__(self) -> AsyncIterator[bytes]:
        """Return the blocks, each read in a thread."""
        content: Any = self.streaming_content
        return ThreadedIterator(iter(content))


def download(
    controller: 'Controller[BaseSerializer]',
    file: IO[bytes],
    *,
    filename: str = '',
    content_type: str | None = None,
    as_attachment: bool = False,
    version: Version | None = None,
) -> DownloadResponse:
    """Return *file*, or the part of it that the current request asks for.

    *file* can be seeked and is closed in the end. *filename* is by default its
    own, *content_type* that of the name. With a *version* the conditions of
    the request are checked; give one if clients shall continue downloads.

    Raises:
        NotModified: the client has this version.
        APIError: with 412 when a condition fails, with 416 when the file has
            no such part.
    """
    version = version or Version()
    try:
        check_conditions(controller, version)
        wanted = _wanted_range(controller, file, version)
    except Exception:
        file.close()
        raise
    headers = {'Accept-Ranges': 'bytes', **version.headers}
    content: Any = file
    if wanted is not None:
        headers['Content-Range'] = str(wanted)
        content = _Part(file, wanted)
    response = DownloadResponse(
        content,
        as_attachment=as_attachment,
        filename=filename or _own_name(file),
        content_type=content_type,
        status=HTTPStatus.OK if wanted is None else HTTPStatus.PARTIAL_CONTENT,
        headers=headers,
    )
    if wanted is not None:
        response.headers['Content-Length'] = str(wanted.length)
    return response


def download_responses(
    *,
    file_body: type[FileBody] = FileBody,
    error_model: Any = ErrorModel,
) -> tuple[ResponseSpec, ...]:
    """Describe what `download` may answer.

    Use them with `validate`, and `FileRenderer` as the only renderer.
    """
    content_range = {'Content-Range': HeaderSpec()}
    return (
        FileResponseSpec(file_body=file_body, headers=_HEADERS),
        FileResponseSpec(
            file_body=file_body,
            status_code=HTTPStatus.PARTIAL_CONTENT,
            headers={**_HEADERS, **content_range},
            description='The part of the file that was asked for',
        ),
        *conditional_responses(error_model),
        ResponseSpec(
            error_model,
            status_code=HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE,
            headers=content_range,
            description='The file has no such part',
        ),
    )


class _Part:
    """Read one part of a file, and nothing behind it."""

    def __init__(self, file: IO[bytes], wanted: ByteRange) -> None:
        file.seek(wanted.first)
        self._file = file
        self._left = wanted.length

    def read(self, size: int = -1) -> bytes:
        """Return at most *size* bytes, all that are left if it is negative."""
        wanted = self._left if size < 0 else min(size, self._left)
        block = self._file.read(wanted)
        self._left -= len(block)
        return block

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def _wanted_range(
    controller: 'Controller[BaseSerializer]',
    file: IO[bytes],
    version: Version,
) -> ByteRange | None:
    """Return the range that is asked for, ``None`` if it is the whole file."""
    request = controller.request
    header = request.META.get('HTTP_RANGE')
    if request.method != 'GET' or header is None:
        return None
    asked = _parsed(header)
    if asked is None or not _is_same_version(
        request.META.get('HTTP_IF_RANGE'),
        version,
    ):
        return None
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    wanted = _within(asked, size)
    if wanted.length <= 0:
        raise APIError(
            controller.format_error(
                _('The file has no such part'),
                error_type=ErrorType.value_error,
            ),
            status_code=HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE,
            headers={'Content-Range': f'bytes */{size}'},
        )
    return wanted


def _parsed(header: str) -> tuple[int | None, int | None] | None:
    """Return what stands before and behind the hyphen of one range.

    ``None`` if this is no range, or more than one.
    """
    found = _RANGE.fullmatch(header)
    if found is None:
        return None
    first, last = (int(one) if one else None for one in found.groups())
    if first is None and last is None:
        return None
    if first is not None and last is not None and first > last:
        return None
    return first, last


def _within(asked: tuple[int | None, int | None], size: int) -> ByteRange:
    """Return the range that is asked for, cut to what there is."""
    first, last = asked
    if first is None:
        assert last is not None  # one of them is given
        return ByteRange(max(size - last, 0), size - 1, size)
    end = size - 1 if last is None else min(last, size - 1)
    return ByteRange(first, end, size)


def _is_same_version(condition: str | None, version: Version) -> bool:
    """Tell whether a range of *version* continues what the client has."""
    if condition is None:
        return True
    if '"' in condition:
        return not version.is_weak and condition == version.entity_tag
    return (
        version.timestamp is not None
        and parse_http_date_safe(condition) == version.timestamp
    )


def _own_name(file: IO[bytes]) -> str:
    # File descriptors have numbers instead of names.
    name = getattr(file, 'name', '')
    return name if isinstance(name, str) else ''
