"""Walk URLs: every view that they reach, and where."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern, RoutePattern
from django.utils.regex_helper import normalize
from typing_extensions import TypeIs

from dmr.controller import Controller
from dmr.serializer import BaseSerializer


@dataclass(frozen=True, slots=True, kw_only=True)
class ReachedView:
    """One view at one path.

    *path* is as the URL patterns have it, regular expressions simplified.
    *name* is what ``reverse`` takes, with namespaces; empty if there is none.
    *controller* is ``None`` for views that are no controllers.
    """

    path: str
    name: str
    view: Callable[..., Any]
    controller: type[Controller[BaseSerializer]] | None

    @property
    def view_name(self) -> str:
        """Return the import path of the view."""
        found: Any = self.controller or getattr(
            self.view,
            'view_class',
            self.view,
        )
        if not hasattr(found, '__qualname__'):
            found = cast('Any', type(found))
        return f'{found.__module__}.{found.__qualname__}'


def project_views() -> tuple[ReachedView, ...]:
    """Return all views of the project, in the order of its URLs.

    There are none without ``ROOT_URLCONF``. What URL modules raise when they
    are imported is raised here.
    """
    if not _urls_name():
        return ()
    return tuple(
        _reached(resolvers, pattern)
        for resolvers, pattern in walk(get_resolver().url_patterns)
    )


def walk(
    urls: Sequence[URLPattern | URLResolver],
    around: tuple[URLResolver, ...] = (),
) -> Iterator[tuple[tuple[URLResolver, ...], URLPattern]]:
    """Yield the pattern of each view, and the resolvers around it.

    The outermost resolver is the first, those *around* all *urls* included.
    """
    for url in urls:
        if isinstance(url, URLResolver):
            yield from walk(url.url_patterns, (*around, url))
        else:
            yield around, url


def controller_of(view: Any) -> type[Controller[BaseSerializer]] | None:
    """Return the controller that *view* was made of, if it was."""
    found: Any = getattr(view, 'view_class', None)
    return found if _is_controller(found) else None


def broken_urls(exc: Exception) -> str:
    """Say that `project_views` has raised *exc*."""
    return (
        f'The URLs of {_urls_name()} cannot be imported: '
        f'{type(exc).__name__}: {exc}'
    )


def _urls_name() -> str:
    """Return what ``ROOT_URLCONF`` says, an empty text if it is missing."""
    return str(getattr(settings, 'ROOT_URLCONF', None) or '')


def _reached(
    resolvers: tuple[URLResolver, ...],
    pattern: URLPattern,
) -> ReachedView:
    chain: tuple[URLPattern | URLResolver, ...] = (*resolvers, pattern)
    namespaces = [one.namespace for one in resolvers if one.namespace]
    return ReachedView(
        path='/' + ''.join(map(_route, chain)),
        name=':'.join([*namespaces, pattern.name]) if pattern.name else '',
        view=pattern.callback,
        controller=controller_of(pattern.callback),
    )


def _route(url: URLPattern | URLResolver) -> str:
    pattern = url.pattern
    if isinstance(pattern, LocalePrefixPattern):
        # Its text is the prefix of the language that is active just now.
        return '<language>/'
    if isinstance(pattern, RoutePattern):
        return str(pattern)
    # The first possibility is the one without optional parts.
    text, parameters = normalize(str(pattern))[0]
    return str(text) % {name: f'<{name}>' for name in parameters}


def _is_controller(found: Any) -> TypeIs[type[Controller[BaseSerializer]]]:
    return isinstance(found, type) and issubclass(found, Controller)
