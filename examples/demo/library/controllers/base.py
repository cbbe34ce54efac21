"""What all controllers have in common."""

from http import HTTPStatus
from typing import Final, TypeVar

from django.http import HttpResponse
from typing_extensions import override

from dmr import Controller, ResponseSpec
from dmr.endpoint import Endpoint
from dmr.errors import ErrorModel
from dmr.serializer import BaseSerializer
from library.errors import LibraryError

SerializerT = TypeVar('SerializerT', bound=BaseSerializer)

#: Answers that endpoints name in `extra_responses`, where they can happen.
MISSING: Final = ResponseSpec(
    ErrorModel,
    status_code=HTTPStatus.NOT_FOUND,
    description='There is no such thing',
)
CONFLICT: Final = ResponseSpec(
    ErrorModel,
    status_code=HTTPStatus.CONFLICT,
    description='It contradicts what is already there',
)
OUTDATED: Final = ResponseSpec(
    ErrorModel,
    status_code=HTTPStatus.PRECONDITION_FAILED,
    description='Somebody else was faster',
)


class LibraryController(Controller[SerializerT]):
    """Answer the errors of the services, for any serializer.

    Abstract: subclasses say which serializer they use.
    """

    @override
    def handle_error(
        self,
        endpoint: Endpoint,
        controller: Controller[BaseSerializer],
        exc: Exception,
    ) -> HttpResponse:
        return self._answer(exc)

    @override
    async def handle_async_error(
        self,
        endpoint: Endpoint,
        controller: Controller[BaseSerializer],
        exc: Exception,
    ) -> HttpResponse:
        return self._answer(exc)

    def _answer(self, exc: Exception) -> HttpResponse:
        if not isinstance(exc, LibraryError):
            # Not ours: the next handler may know it.
            raise exc
        return self.to_error(
            self.format_error(
                exc.message,
                loc=exc.loc,
                error_type=exc.error_type,
            ),
            status_code=exc.status_code,
        )
