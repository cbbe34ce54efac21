"""Mixins with a default endpoint for OPTIONS."""

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from django.http import HttpResponse

from dmr.endpoint import validate
from dmr.exceptions import EndpointMetadataError
from dmr.headers import HeaderSpec
from dmr.metadata import ResponseSpec

if TYPE_CHECKING:
    from dmr.controller import Controller
    from dmr.serializer import BaseSerializer

#: What both mixins answer.
OptionsResponse: Final = ResponseSpec(
    None,
    status_code=HTTPStatus.NO_CONTENT,
    headers={'Allow': HeaderSpec()},
)


class _MetaMixinBase:
    def __init_subclass__(cls) -> None:
        """Refuse a controller that is both sync and async."""
        mixins = [one for one in cls.__mro__ if _MetaMixinBase in one.__bases__]
        if len(mixins) > 1:
            raise EndpointMetadataError(
                f'{cls.__qualname__}: use one of MetaMixin and '
                'AsyncMetaMixin, not both meta mixins.',
            )
        super().__init_subclass__()


class MetaMixin(_MetaMixinBase):
    """Answer OPTIONS with the allowed methods, for sync controllers."""

    @validate(OptionsResponse)
    def meta(self) -> HttpResponse:
        """Return 204 with the ``Allow`` header (RFC 9110, section 9.3.7)."""
        return _allowed_methods(self)


class AsyncMetaMixin(_MetaMixinBase):
    """Answer OPTIONS with the allowed methods, for async controllers."""

    @validate(OptionsResponse)
    async def meta(self) -> HttpResponse:
        """Return 204 with the ``Allow`` header (RFC 9110, section 9.3.7)."""
        return _allowed_methods(self)


def _allowed_methods(mixin: Any) -> HttpResponse:
    controller: Controller[BaseSerializer] = mixin
    return controller.to_response(
        None,
        status_code=HTTPStatus.NO_CONTENT,
        headers={'Allow': ', '.join(sorted(controller.api_endpoints))},
    )
