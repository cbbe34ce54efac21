"""Describe files: bodies of downloads, and what is known about uploads."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from dmr.headers import HeaderSpec
from dmr.metadata import ResponseSpec

if TYPE_CHECKING:
    from dmr.description import DescriptionContext


class FileBody:
    """Stand for the content of a file wherever a model is expected.

    Subclass it to describe files differently, the class methods are called
    when a description is written.
    """

    __slots__ = ()

    @classmethod
    def get_schema(
        cls,
        context: 'DescriptionContext',
        schema: Any | None = None,
    ) -> Any:
        """Describe one file, or many when *schema* describes an array."""
        return context.file_schema(schema)

    @classmethod
    def encoding(
        cls,
        model: Any,
        context: 'DescriptionContext',
    ) -> Mapping[str, Any] | None:
        """Describe how the files of *model* are encoded, field → encoding."""
        return context.file_encoding(model)


def _file_headers() -> dict[str, HeaderSpec]:
    return {
        'Content-Length': HeaderSpec(),
        'Content-Disposition': HeaderSpec(),
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class FileResponseSpec(ResponseSpec):
    """Describe a response that is a file.

    Return ``django.http.FileResponse``, and set up `FileRenderer` as the only
    renderer of the endpoint:

    >>> from dmr.files import FileResponseSpec
    >>> sorted(FileResponseSpec().headers)
    ['Content-Disposition', 'Content-Length']
    """

    file_body: type[FileBody] = FileBody

    def __init__(
        self,
        return_type: Any = FileBody,
        *,
        status_code: HTTPStatus = HTTPStatus.OK,
        headers: Mapping[str, HeaderSpec] | None = None,
        file_body: type[FileBody] = FileBody,
        **options: Any,
    ) -> None:
        """Fill in what all files have in common."""
        ResponseSpec.__init__(
            self,
            return_type,
            status_code=status_code,
            headers=_file_headers() if headers is None else headers,
            **options,
        )
        object.__setattr__(self, 'file_body', file_body)
