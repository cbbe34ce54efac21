"""Answer requests with conditions (RFC 9110, section 13).

A client says which version of a resource it knows. It gets 304 if that is
still the current one, and 412 if it would overwrite a newer one.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from django.http import HttpRequest
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, parse_etags, quote_etag
from django.utils.translation import gettext as _

from dmr.errors import ErrorModel, ErrorType
from dmr.headers import HeaderSpec
from dmr.internal.immediate import ImmediateResponse
from dmr.metadata import ResponseSpec
from dmr.response import APIError

if TYPE_CHECKING:
    from dmr.controller import Controller
    from dmr.serializer import BaseSerializer

#: Describes the headers of `Version`.
VERSION_HEADERS: Final[Mapping[str, HeaderSpec]] = {
    'ETag': HeaderSpec(required=False),
    'Last-Modified': HeaderSpec(required=False),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """What tells one state of a resource from the next.

    *etag* is any text that changes with the resource, without quotes. It is
    *weak* when responses with it may differ in details. *last_modified* is
    aware of its time zone; clients see whole seconds of it.

    >>> Version(etag='v7', is_weak=True).headers
    {'ETag': 'W/"v7"'}
    """

    etag: str | None = None
    is_weak: bool = False
    last_modified: dt.datetime | None = None

    @property
    def entity_tag(self) -> str | None:
        """Return the value of the ``ETag`` header."""
        if self.etag is None:
            return None
        return (
            f'W/{quote_etag(self.etag)}'
            if self.is_weak
            else (quote_etag(self.etag))
        )

    @property
    def timestamp(self) -> int | None:
        """Return the seconds since the epoch, as clients see them."""
        if self.last_modified is None:
            return None
        return int(self.last_modified.timestamp())

    @property
    def headers(self) -> dict[str, str]:
        """Return the headers of responses with this version."""
        headers: dict[str, str] = {}
        if self.entity_tag is not None:
            headers['ETag'] = self.entity_tag
        if self.timestamp is not None:
            headers['Last-Modified'] = http_date(self.timestamp)
        return headers


class NotModified(ImmediateResponse):
    """Answer 304: the client has this version already."""

    def __init__(self, version: Version) -> None:
        super().__init__(version)
        self.raw_data = None
        self.status_code = HTTPStatus.NOT_MODIFIED
        self.headers = version.headers
        self.cookies = None


def check_conditions(
    controller: 'Controller[BaseSerializer]',
    version: Version,
) -> None:
    """Return if the current request may go on, *version* is the current one.

    Call it before anything is changed. It takes no time, and is the same for
    sync and async endpoints.

    Raises:
        NotModified: the client asks for what it has.
        APIError: with 412, the client changes what it does not know.
    """
    request = controller.request
    if not _has_malformed_match(request):
        failed = get_conditional_response(
            request,
            etag=version.entity_tag,
            last_modified=version.timestamp,
        )
        if failed is None:
            return
        if failed.status_code == HTTPStatus.NOT_MODIFIED:
            raise NotModified(version)
    raise APIError(
        controller.format_error(
            _('The resource has changed since you have read it'),
            error_type=ErrorType.value_error,
        ),
        status_code=HTTPStatus.PRECONDITION_FAILED,
        headers=version.headers,
    )


def _has_malformed_match(request: HttpRequest) -> bool:
    """Tell whether the client demands a version that nobody can read.

    Django would take that for no demand, and something would be overwritten.
    """
    demanded = request.META.get('HTTP_IF_MATCH', '').strip()
    return bool(demanded) and not parse_etags(demanded)


def conditional_responses(error_model: Any = ErrorModel) -> list[ResponseSpec]:
    """Describe what `check_conditions` may answer.

    List it in ``responses`` of a controller, or in a decorator.
    """
    return [
        ResponseSpec(
            None,
            status_code=HTTPStatus.NOT_MODIFIED,
            headers=VERSION_HEADERS,
            description='The client has the current version already',
        ),
        ResponseSpec(
            error_model,
            status_code=HTTPStatus.PRECONDITION_FAILED,
            headers=VERSION_HEADERS,
            description='The client does not know the current version',
        ),
    ]
