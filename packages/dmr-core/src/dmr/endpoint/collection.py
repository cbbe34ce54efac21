"""Collect the endpoints of a controller, in an order that never changes."""

from typing import TYPE_CHECKING, Any, Final

from dmr.endpoint.endpoint import Endpoint

if TYPE_CHECKING:
    from dmr.controller import Controller

#: Endpoints are built, listed and described in this order, others by name.
_METHOD_ORDER: Final = (
    'get',
    'head',
    'post',
    'put',
    'patch',
    'delete',
    'meta',
    'connect',
    'trace',
)


def collect_endpoints(
    controller_cls: 'type[Controller[Any]]',
) -> dict[str, Endpoint]:
    """Return method → endpoint, inherited ones included.

    Methods are upper case, ``meta`` serves OPTIONS. Whatever is raised has a
    note that says which endpoint it is about.
    """
    allowed = controller_cls.allowed_http_methods
    known = [name for name in _METHOD_ORDER if name in allowed]
    endpoints: dict[str, Endpoint] = {}
    for name in (*known, *sorted(set(allowed) - set(known))):
        func = getattr(controller_cls, name, None)
        if func is not None and name != 'options':
            method = 'OPTIONS' if name == 'meta' else name.upper()
            try:
                endpoints[method] = controller_cls.endpoint_cls(
                    func,
                    controller_cls=controller_cls,
                )
            # Serializers know models, but nothing of endpoints.
            except Exception as exc:
                place = f'{controller_cls.__qualname__}.{name}'
                exc.add_note(f'While making the endpoint {place}.')
                raise
    return endpoints
