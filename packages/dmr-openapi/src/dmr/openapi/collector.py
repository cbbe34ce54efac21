"""Find the controllers below a router, with their paths as OpenAPI has them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any, Final, TypeAlias

from django.contrib.admindocs.utils import (
    remove_non_capturing_groups,
    replace_metacharacters,
    replace_named_groups,
    replace_unnamed_groups,
)
from django.urls import URLPattern, URLResolver
from django.urls.resolvers import RoutePattern

from dmr.controller import Controller
from dmr.serializer import BaseSerializer
from dmr.url_walk import controller_of, walk

CollectedController: TypeAlias = tuple[
    str,
    URLPattern,
    type[Controller[BaseSerializer]],
]

_Chain: TypeAlias = tuple[URLPattern | URLResolver, ...]

_CONVERTER: Final = re.compile(r'<(?:[^<>:]+:)?([^<>:]+)>')


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One controller at one path.

    *converters* maps the name of each path parameter to its URL converter,
    those of including patterns are there, too.
    """

    path: str
    pattern: URLPattern
    controller_cls: type[Controller[BaseSerializer]]
    converters: Mapping[str, Any]


def controller_mapping_collector(
    urls: Sequence[URLPattern | URLResolver],
    base_path: str = '',
) -> list[CollectedController]:
    """Return path, pattern and controller of every route, in URL order.

    Views that are not controllers are skipped. Paths start with a slash and
    have their parameters in braces.
    """
    return [
        (route.path, route.pattern, route.controller_cls)
        for route in collect_routes(urls, base_path)
    ]


def collect_routes(
    urls: Sequence[URLPattern | URLResolver],
    base_path: str = '',
) -> Iterator[Route]:
    """Return every controller below *urls*, in URL order."""
    for resolvers, pattern in walk(urls):
        controller_cls = controller_of(pattern.callback)
        if controller_cls is None:
            continue
        chain: _Chain = (*resolvers, pattern)
        path = reduce(_join_paths, map(_route, chain), base_path)
        yield Route(
            path=_normalize_path(path),
            pattern=pattern,
            controller_cls=controller_cls,
            converters={
                name: converter
                for one in chain
                for name, converter in one.pattern.converters.items()
            },
        )


def _route(url: URLPattern | URLResolver) -> str:
    """Return the route of one pattern; regular expressions are simplified."""
    pattern = url.pattern
    if isinstance(pattern, RoutePattern):
        return str(pattern)
    simplified: str = replace_metacharacters(
        replace_unnamed_groups(
            replace_named_groups(remove_non_capturing_groups(str(pattern))),
        ),
    )
    return simplified


def _join_paths(base_path: str, route: str) -> str:
    if not route or not base_path:
        return base_path or route.removeprefix('/')
    return f'{base_path.removesuffix("/")}/{route.removeprefix("/")}'


def _normalize_path(path: str) -> str:
    """Return *path* with a leading slash and its parameters in braces.

    >>> _normalize_path('api/users/<int:pk>/')
    '/api/users/{pk}/'
    """
    bare = _CONVERTER.sub(r'{\1}', path)
    return bare if bare.startswith('/') else f'/{bare}'
