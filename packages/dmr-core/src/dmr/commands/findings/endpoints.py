"""What the findings need to know: endpoints, and what settings name."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.module_loading import import_string

from dmr.endpoint import Endpoint
from dmr.url_walk import ReachedView


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """An endpoint and where it is, such as ``GET /api/``."""

    name: str
    endpoint: Endpoint
    is_async: bool

    @property
    def streams(self) -> bool:
        """Tell whether a response of it is a stream."""
        return any(
            spec.streaming for spec in self.endpoint.metadata.responses.values()
        )

    @property
    def auths(self) -> Sequence[Any]:
        """Return its auths, of any kind."""
        return self.endpoint.metadata.auth or ()


def places(views: Sequence[ReachedView]) -> Iterator[Place]:
    """Return all endpoints of *views*."""
    for view in views:
        if view.controller is None:
            continue
        for method, endpoint in sorted(view.controller.api_endpoints.items()):
            yield Place(
                name=f'{method} {view.path}',
                endpoint=endpoint,
                is_async=bool(view.controller.is_async),
            )


def some(names: Sequence[str]) -> str:
    """Return the first of *names* and how many more there are.

    >>> some(['GET /a/', 'GET /b/', 'GET /c/'])
    'GET /a/ and 2 more'
    """
    more = len(names) - 1
    return f'{names[0]} and {more} more' if more else names[0]


def imported(path: str) -> object:
    """Return what *path* names, ``None`` if it cannot be imported.

    Django itself says so as soon as it is used.
    """
    try:
        found: object = import_string(path)
    # It is foreign code, which can raise anything.
    except Exception:
        return None
    return found


def base_paths(path: str) -> frozenset[str]:
    """Return the import paths of the class at *path* and of its bases.

    By name, because some classes of Django need models when imported.
    """
    found = imported(path)
    bases = found.__mro__ if isinstance(found, type) else ()
    return frozenset(f'{one.__module__}.{one.__qualname__}' for one in bases)
