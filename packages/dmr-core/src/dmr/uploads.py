"""Limit uploaded files, while they arrive."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final, get_origin

from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest
from django.utils.translation import gettext as _
from typing_extensions import get_type_hints, override

from dmr.errors import ErrorDetail, ErrorType, quoted
from dmr.exceptions import ValidationError
from dmr.types import annotated_metadata

#: Reported instead of the one that the client has named.
_NO_TYPE: Final = 'application/octet-stream'


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadLimit:
    """Say what a file may be, in ``Annotated`` around its field.

    A file over *max_bytes* is answered with 413, and what follows is not
    stored any more. One that is none of *content_types* (``image/*`` is all
    images) is answered with 400. The type is what the client says: look into
    files that you do not trust.
    """

    max_bytes: int | None = None
    content_types: tuple[str, ...] = ()

    def allows_type(self, content_type: str) -> bool:
        """Tell whether files of *content_type* are allowed."""
        if not self.content_types:
            return True
        wanted = content_type.partition(';')[0].strip().lower()
        return any(
            wanted == one
            or (one.endswith('/*') and wanted.startswith(one[:-1]))
            for one in self.content_types
        )


def upload_limits(model: Any) -> Mapping[str, UploadLimit]:
    """Return field → limit, for the fields of *model* that have one."""
    origin = get_origin(model) or model
    if not isinstance(origin, type):
        return {}
    try:
        hints = get_type_hints(origin, include_extras=True)
    # Whoever reads all of the model says what is wrong with it.
    except (NameError, TypeError):
        return {}
    found = {
        name: annotated_metadata(hint, (), UploadLimit)
        for name, hint in hints.items()
    }
    return {
        name: limit
        for name, limit in found.items()
        if isinstance(limit, UploadLimit)
    }


def watch_uploads(
    request: HttpRequest,
    limits: Mapping[str, UploadLimit],
) -> None:
    """Stop storing files of *request* as soon as one is too large.

    Does nothing if they are stored already.
    """
    # Django makes a tuple of them when it has read the files.
    if isinstance(request.upload_handlers, list):
        request.upload_handlers.insert(0, _SizeWatch(request, limits))


def check_uploads(
    request: HttpRequest,
    limits: Mapping[str, UploadLimit],
    component: str,
) -> None:
    """Check the files of *request*, *component* begins each ``loc``.

    Raises:
        ValidationError: with 413 if one is too large, else with 400.
    """
    too_large = [*_too_large(request, limits, component)]
    if too_large:
        raise ValidationError(
            too_large,
            status_code=HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        )
    wrong_type = [*_wrong_type(request, limits, component)]
    if wrong_type:
        raise ValidationError(wrong_type, status_code=HTTPStatus.BAD_REQUEST)


class _SizeWatch(FileUploadHandler):
    """Count the bytes of each file, store nothing."""

    def __init__(
        self,
        request: HttpRequest,
        limits: Mapping[str, UploadLimit],
    ) -> None:
        super().__init__(request)
        self._limits = limits
        #: Name of the field whose file was too large.
        self.exceeded: str | None = None

    @override
    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Hand on what has arrived, unless it is too much."""
        name = self.field_name or ''
        limit = self._limits.get(name)
        if (
            limit is not None
            and limit.max_bytes is not None
            and start + len(raw_data) > limit.max_bytes
        ):
            self.exceeded = name
            # The client may go on sending, or it would not see the answer.
            raise StopUpload(connection_reset=False)
        return raw_data

    @override
    def file_complete(self, file_size: int) -> None:
        """Leave the file to the other handlers."""
        return


def _too_large(
    request: HttpRequest,
    limits: Mapping[str, UploadLimit],
    component: str,
) -> Iterator[ErrorDetail]:
    stopped = {
        handler.exceeded
        for handler in request.upload_handlers
        if isinstance(handler, _SizeWatch)
    }
    for name, limit in limits.items():
        if limit.max_bytes is None:
            continue
        if name in stopped or any(
            (file.size or 0) > limit.max_bytes
            for file in request.FILES.getlist(name)
        ):
            yield {
                'msg': _('File is larger than {limit} bytes').format(
                    limit=limit.max_bytes,
                ),
                'loc': [component, name],
                'type': str(ErrorType.value_error),
            }


def _wrong_type(
    request: HttpRequest,
    limits: Mapping[str, UploadLimit],
    component: str,
) -> Iterator[ErrorDetail]:
    for name, limit in limits.items():
        for file in request.FILES.getlist(name):
            content_type = file.content_type or _NO_TYPE
            if not limit.allows_type(content_type):
                yield {
                    'msg': _(
                        'File of type {found} is not one of {allowed}',
                    ).format(
                        found=repr(quoted(content_type)),
                        allowed=repr([*limit.content_types]),
                    ),
                    'loc': [component, name, 'content_type'],
                    'type': str(ErrorType.value_error),
                }
