"""What all controllers that handle credentials have in common."""

from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus
from types import new_class
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


class ReadyMadeController(Controller[_SerializerT_co]):
    """Base class of controllers that miss nothing but a serializer.

    They need no subclass, their URL says the rest:

    .. code-block:: python

        path('login/', LoginView.as_view(serializer=MySerializer))
    """

    @classmethod
    @override
    def as_view(
        cls,
        *,
        serializer: type[BaseSerializer] | None = None,
        **options: Any,
    ) -> Callable[..., HttpResponseBase]:
        """Return the view with *serializer*, and *options* of its own.

        Options are attributes of the controller, such as ``throttling``. They
        are those of a subclass, which is made here.

        Raises:
            TypeError: there is no serializer, or no such option.
        """
        if serializer is None and not hasattr(cls, 'serializer'):
            raise TypeError(
                f'{cls.__qualname__} needs a serializer: write '
                f'`{cls.__name__}.as_view(serializer=MySerializer)`.',
            )
        if serializer is not None or options:
            return _subclass(cls, serializer, options).as_view()
        return super().as_view()


def _subclass(
    controller_cls: Any,
    serializer: type[BaseSerializer] | None,
    options: Mapping[str, Any],
) -> type[Controller[BaseSerializer]]:
    """Return the controller with *serializer* and *options* filled in."""
    for name in options:
        if name.startswith('_') or not hasattr(controller_cls, name):
            raise TypeError(
                f'{controller_cls.__qualname__} has no option {name!r}. '
                'Options are the names of its class attributes.',
            )

    def fill(namespace: dict[str, Any]) -> None:
        namespace['__module__'] = controller_cls.__module__
        namespace['__qualname__'] = controller_cls.__qualname__
        namespace['__doc__'] = controller_cls.__doc__
        namespace.update(options)

    return new_class(
        controller_cls.__name__,
        (controller_cls if serializer is None else controller_cls[serializer],),
        exec_body=fill,
    )
