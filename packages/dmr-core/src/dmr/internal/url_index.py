"""Resolve one of many URL patterns without trying all of them.

Django tries the patterns of an include one by one. Here they are sorted into a
tree by the literal segments that they start with, so that only those which can
match are tried, in their order and by Django's own code.
"""

import copy
from typing import Any, TypeAlias

from django.conf import settings
from django.urls import Resolver404, URLPattern, URLResolver
from django.urls.resolvers import ResolverMatch, RoutePattern
from django.utils.functional import cached_property
from typing_extensions import override

_Pattern: TypeAlias = URLPattern | URLResolver


class PrefixRoutePattern(RoutePattern):
    """Django's pattern, which compares the literal start of a route first."""

    def __init__(
        self,
        route: str,
        *,
        name: str | None,
        is_endpoint: bool,
    ) -> None:
        super().__init__(route, name=name, is_endpoint=is_endpoint)
        self._literal = route.partition('<')[0]

    @override
    def match(self, path: str) -> Any:
        if not path.startswith(self._literal):
            return None
        return super().match(path)


class IndexedURLResolver(URLResolver):
    """Django's resolver for includes, with an index of its patterns.

    With 1000 patterns the last one takes as long as the first. Django's own
    way is taken in ``DEBUG`` mode and for errors, which tell what was tried.
    """

    @override
    def resolve(self, path: Any) -> ResolverMatch:
        """Return the match for *path*.

        Raises:
            Resolver404: no pattern matches.
        """
        path = str(path)
        match = None if settings.DEBUG else self.pattern.match(path)
        if not match:
            return super().resolve(path)
        node = self._index
        for segment in match[0].split('/'):
            child = node.children.get(segment)
            if child is None:
                break
            node = child
        try:
            return URLResolver.resolve(node.resolver, path)
        except Resolver404:
            # The error says everything that was tried.
            return super().resolve(path)

    @cached_property
    def _index(self) -> '_Node':
        root = _Node()
        for pattern in self.url_patterns:
            root.add(pattern, _literal_segments(pattern))
        order = {id(one): place for place, one in enumerate(self.url_patterns)}
        root.complete(self, order, [])
        return root


class _Node:
    """The patterns that start with certain literal segments."""

    __slots__ = ('_patterns', 'children', 'resolver')

    resolver: URLResolver

    def __init__(self) -> None:
        self._patterns: list[_Pattern] = []
        self.children: dict[str, _Node] = {}

    def add(self, pattern: _Pattern, segments: list[str]) -> None:
        node = self
        for segment in segments:
            node = node.children.setdefault(segment, _Node())
        node._patterns.append(pattern)

    def complete(
        self,
        resolver: URLResolver,
        order: dict[int, int],
        inherited: list[_Pattern],
    ) -> None:
        """Make a resolver of what can match here, in *order* by identity."""
        candidates = sorted(
            [*inherited, *self._patterns],
            key=lambda pattern: order[id(pattern)],
        )
        self.resolver = copy.copy(resolver)
        # The name under which Django remembers the patterns of an include.
        vars(self.resolver)['url_patterns'] = candidates
        for child in self.children.values():
            child.complete(resolver, order, candidates)


def _literal_segments(pattern: _Pattern) -> list[str]:
    """Return the segments that every match of *pattern* starts with."""
    route: Any = getattr(pattern.pattern, '_route', None)
    if not isinstance(pattern.pattern, RoutePattern) or type(route) is not str:
        # Regular expressions, and routes that depend on the language.
        return []
    literal, parameter, _rest = route.partition('<')
    *complete, last = literal.split('/')
    is_whole = not parameter and isinstance(pattern, URLPattern)
    return [*complete, last] if is_whole and last else complete
