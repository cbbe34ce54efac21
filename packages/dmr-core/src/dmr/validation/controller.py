"""Check a controller once all of its endpoints are built."""

from types import FunctionType
from typing import TYPE_CHECKING, Final

from dmr.exceptions import EndpointMetadataError
from dmr.internal.overriding import defined

if TYPE_CHECKING:
    from dmr.controller import Controller
    from dmr.serializer import BaseSerializer


class ControllerValidator:
    """Check the definition of a controller as a whole."""

    __slots__ = ()

    def __call__(
        self,
        controller: 'type[Controller[BaseSerializer]]',
    ) -> bool | None:
        """Return whether the controller is async, ``None`` if it is empty.

        Raises:
            EndpointMetadataError: the definition contradicts itself.
        """
        is_async = _colour(controller)
        _check_error_handlers(controller, is_async=is_async)
        _check_stray_decorators(controller)
        return is_async


_WRONG_HANDLER: Final = {
    True: ('handle_error', 'handle_async_error'),
    False: ('handle_async_error', 'handle_error'),
}


def _colour(controller: 'type[Controller[BaseSerializer]]') -> bool | None:
    colours = {one.is_async for one in controller.api_endpoints.values()}
    if len(colours) > 1:
        raise EndpointMetadataError(
            f'Endpoints of {controller.__qualname__} must either be all sync '
            'or all async. Split it into two controllers.',
        )
    return next(iter(colours), None)


def _check_error_handlers(
    controller: 'type[Controller[BaseSerializer]]',
    *,
    is_async: bool | None,
) -> None:
    if is_async is None:
        return
    wrong, right = _WRONG_HANDLER[is_async]
    if wrong in vars(controller):
        colour = 'async' if is_async else 'sync'
        raise EndpointMetadataError(
            f'{controller.__qualname__} is {colour}, its `{wrong}` would '
            f'never be called. Use `{right}` instead.',
        )


def _check_stray_decorators(
    controller: 'type[Controller[BaseSerializer]]',
) -> None:
    """Refuse decorated methods that are no endpoints."""
    for name in _decorated(controller):
        if name not in controller.allowed_http_methods:
            raise EndpointMetadataError(
                f'{controller.__qualname__}.{name}: {name!r} is not a valid '
                'HTTP method name, but it is decorated as an endpoint. '
                'Rename it, remove the decorator, or add the name to '
                '`allowed_http_methods`.',
            )


def _decorated(
    controller: 'type[Controller[BaseSerializer]]',
) -> list[str]:
    """Return the names of all decorated functions."""
    # `inspect.getmembers_static` finds them in 500 times the time.
    return [
        name
        for base in controller.__mro__
        for name, member in base.__dict__.items()
        if isinstance(member, FunctionType)
        and '__dmr_payload__' in member.__dict__
        and defined(controller, name) is member
    ]
