"""Every exception of the framework; they carry data and nothing else.

::

    Exception
    ├── EndpointMetadataError       a definition is wrong        (import time)
    ├── UnsolvableAnnotationsError  annotations cannot be read   (import time)
    ├── PluginError                 an installed plugin is unusable
    ├── DataParsingError            a parser cannot read bytes
    ├── RequestSerializationError   a request cannot be read     → 400
    ├── InvalidCursorError          a page does not exist        → 400
    ├── RequestTooLargeError        a request is over a limit    → 413
    ├── NotAuthenticatedError       nobody vouches for the user  → 401
    ├── NotAcceptableError          no renderer fits ``Accept``  → 406
    ├── TooManyRequestsError        a rate limit is hit          → 429
    ├── ValidationError             data do not fit their model  → 400 or 422
    ├── ResponseSchemaError         a response breaks its spec   → 422
    └── InternalServerError         our side is broken           → 500
        DataRenderingError          data cannot be rendered      → 500

`dmr.response.APIError` and `dmr.response.RedirectTo` are answers rather than
faults, they live beside the code that builds responses. Which exception gives
which error type is one table in `dmr.errors`.
"""

from collections.abc import Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING, ClassVar, Literal, TypeAlias, final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from dmr.errors import ErrorDetail

#: What can be wrong with a plugin.
PluginFault: TypeAlias = Literal['missing', 'clash', 'broken', 'incompatible']


@final
class UnsolvableAnnotationsError(Exception):
    """Raised at import when annotations of an endpoint cannot be evaluated."""


@final
class EndpointMetadataError(Exception):
    """Raised at import when a definition is incomplete or wrong."""


@final
class PluginError(Exception):
    """Raised when an installed plugin is missing, broken or ambiguous.

    *fault* says which of these it is, for those who list plugins.
    """

    def __init__(self, message: str, *, fault: PluginFault = 'broken') -> None:
        super().__init__(message)
        self.fault: PluginFault = fault


@final
class DataParsingError(Exception):
    """Raised by parsers when bytes are not of the format they promise."""


@final
class DataRenderingError(Exception):
    """Raised when response data cannot be rendered. Answered with 500."""


@final
class RequestSerializationError(Exception):
    """Raised when some part of a request cannot be read. Answered with 400."""


@final
class InvalidCursorError(Exception):
    """Raised when a client asks for a page with a cursor that is not ours.

    Answered with 400.
    """


@final
class RequestTooLargeError(Exception):
    """Raised when a request exceeds a limit of the server.

    Answered with 413 (RFC 9110, section 15.5.14). The limits are Django's
    ``DATA_UPLOAD_MAX_*`` settings.
    """


@final
class ResponseSchemaError(Exception):
    """Raised when a response does not match its specs. Answered with 422.

    Can only happen when responses are validated.
    """


@final
class ValidationError(Exception):
    """Raised when data do not fit their model, whatever the serializer.

    *payload* is a non-empty list of error details, *status_code* is 400 for
    requests and 422 for responses.
    """

    def __init__(
        self,
        payload: 'list[ErrorDetail]',
        *,
        status_code: HTTPStatus = HTTPStatus.UNPROCESSABLE_ENTITY,
    ) -> None:
        super().__init__(payload)
        self.payload = payload
        self.status_code = status_code


@final
class NotAcceptableError(Exception):
    """Raised when no renderer satisfies ``Accept``. Answered with 406."""


@final
class NotAuthenticatedError(Exception):
    """Raised when nobody vouches for the user. Answered with 401.

    *headers* are sent with the answer.
    """

    default_message: ClassVar[str | Promise] = _('Not authenticated')

    def __init__(
        self,
        msg: str | Promise | None = None,
        *,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(self.default_message if msg is None else msg)
        self.headers = headers


@final
class TooManyRequestsError(Exception):
    """Raised when a rate limit is hit. Answered with 429.

    *headers* are sent with the answer.
    """

    default_message: ClassVar[str | Promise] = _('Too many requests')

    def __init__(
        self,
        msg: str | Promise | None = None,
        *,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(self.default_message if msg is None else msg)
        self.headers = headers


@final
class InternalServerError(Exception):
    """Raised when something is broken on our side. Answered with 500.

    The client sees the message only when ``settings.DEBUG`` is on.
    """

    default_message: ClassVar[str | Promise] = _('Internal server error')
