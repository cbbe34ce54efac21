"""Call documented methods that users override, whichever form they have.

The *router* argument is optional: overrides may have it or not.
"""

import inspect
from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dmr.routing import Router


def call_with_router(
    method: Callable[..., Any],
    *arguments: Any,
    router: 'Router | None',
) -> Any:
    """Call *method*, with *router* only if it takes one."""
    function = getattr(method, '__func__', method)
    if _takes_router(function):
        return method(*arguments, router=router)
    return method(*arguments)


@lru_cache(maxsize=256)
def _takes_router(function: Callable[..., Any]) -> bool:
    parameters = inspect.signature(function).parameters
    return 'router' in parameters or any(
        parameter.kind is inspect.Parameter.VAR_KEYWORD
        for parameter in parameters.values()
    )
