"""What can go wrong with a reasonable request.

Services raise these errors and know nothing of HTTP but the status; the base
controller answers them.
"""

from http import HTTPStatus
from typing import ClassVar

from dmr.errors import ErrorType


class LibraryError(Exception):
    """Base of all errors below; *loc* is the part of the request at fault."""

    status_code: ClassVar[HTTPStatus]
    error_type: ClassVar[ErrorType] = ErrorType.user_msg

    def __init__(self, message: str, *loc: str | int) -> None:
        super().__init__(message)
        self.message = message
        self.loc = list(loc) or None


class MissingError(LibraryError):
    """There is no such thing."""

    status_code = HTTPStatus.NOT_FOUND
    error_type = ErrorType.not_found


class ConflictError(LibraryError):
    """It contradicts what is already there."""

    status_code = HTTPStatus.CONFLICT


class OutdatedError(LibraryError):
    """Somebody else was faster."""

    status_code = HTTPStatus.PRECONDITION_FAILED
