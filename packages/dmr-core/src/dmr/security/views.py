"""What all controllers that handle credentials have in common."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any, ClassVar, Final, TypeVar

from django.http import HttpRequest, HttpResponseBase
from django.utils.decorators import method_decorator
from django.views.decorators.debug import (
    sensitive_post_parameters,
    sensitive_variables,
)
from typing_extensions import override

from dmr.controller import Controller
from dmr.errors import ErrorModel
from dmr.headers import NewHeader
from dmr.metadata import ResponseSpec
from dmr.security.challenges import unauthorized_headers
from dmr.security.secrets import hide_coroutines
from dmr.serializer import BaseSerializer

_SerializerT_co = TypeVar(
    '_SerializerT_co',
    bound=BaseSerializer,
    covariant=True,
)

#: Answers with secrets must not be kept anywhere (RFC 6749, section 5.1).
NO_STORE: Final = {'Cache-Control': NewHeader(value='no-store')}

#: What is answered when credentials are wrong.
UNAUTHORIZED: Final = ResponseSpec(
    ErrorModel,
    status_code=HTTPStatus.UNAUTHORIZED,
    headers=unauthorized_headers(),
    description='Raised when credentials are wrong',
)


class CredentialsController(Controller[_SerializerT_co]):
    """Base class of controllers that take or give secrets.

    Nobody has to be authenticated to come here. Secrets are left out of error
    reports.
    """

    auth: ClassVar[Any] = None
    responses: ClassVar[Sequence[ResponseSpec]] = [UNAUTHORIZED]

    def __init_subclass__(cls) -> None:
        """Keep secrets out of reports about errors in the subclass."""
        hide_coroutines(cls)
        super().__init_subclass__()

    @override
    @method_decorator(sensitive_post_parameters())
    @sensitive_variables()
    def dispatch(
        self,
        request: HttpRequest,
        *args: Any,
        **kwargs: Any,
    ) -> HttpResponseBase:
        """Run the endpoint, with secrets left out of error reports."""
        return super().dispatch(request, *args, **kwargs)
