"""Read ``settings.DMR_SETTINGS``, and forget what was read when it changes.

The lowest rooms (parsers) need single values before `dmr.settings` exists in
their world; both read through here, so that a value has one source.
"""

import os
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from typing import Any, Final, ParamSpec, TypeVar, cast

from django.conf import settings
from django.core.signals import setting_changed

#: Deepest nesting of a request body, unless the setting says otherwise.
DEFAULT_MAX_NESTING_DEPTH: Final = 128

#: Methods whose forms are read like those of POST, unless set otherwise.
DEFAULT_TREAT_AS_POST: Final = frozenset(('PUT', 'PATCH'))

#: Bound of each cache of what was made for models, per process.
MAX_CACHE_SIZE: Final = int(os.environ.get('DMR_MAX_CACHE_SIZE', '256'))

_ParamT = ParamSpec('_ParamT')
_MadeT = TypeVar('_MadeT')

_on_change: Final[list[Callable[[], None]]] = []


def user_settings() -> Mapping[str, Any]:
    """Return ``DMR_SETTINGS`` of the project, empty if there are none."""
    found = raw_settings()
    return cast('dict[str, Any]', found) if isinstance(found, dict) else {}


def raw_settings() -> object:
    """Return ``DMR_SETTINGS`` as it is, which should be a dictionary."""
    return getattr(settings, 'DMR_SETTINGS', {})


@cache
def max_nesting_depth() -> int:
    """Return how deep a request body may be nested."""
    # Every request with a body asks, reading Django's settings takes 2 µs.
    depth: int = user_settings().get(
        'max_nesting_depth',
        DEFAULT_MAX_NESTING_DEPTH,
    )
    return depth


def treat_as_post() -> frozenset[str]:
    """Return the methods whose forms are read like those of POST."""
    methods = user_settings().get('django_treat_as_post')
    if methods is None:
        return DEFAULT_TREAT_AS_POST
    return frozenset(method.upper() for method in methods)


def on_settings_change(forget: Callable[[], None]) -> Callable[[], None]:
    """Call *forget* whenever ``DMR_SETTINGS`` changes, as in tests."""
    _on_change.append(forget)
    return forget


def bounded_cache(make: Callable[_ParamT, _MadeT]) -> Callable[_ParamT, _MadeT]:
    """Remember what *make* returns, for as many arguments as are allowed.

    ``DMR_MAX_CACHE_SIZE`` says how many. All of it is forgotten whenever
    ``DMR_SETTINGS`` changes. Arguments must be hashable, as for `functools`;
    equal ones of different types are different.
    """
    cached = lru_cache(maxsize=MAX_CACHE_SIZE, typed=True)(make)
    on_settings_change(cached.cache_clear)
    return cast('Callable[_ParamT, _MadeT]', cached)


def settings_changed() -> None:
    """Forget everything that was derived from settings."""
    for forget in _on_change:
        forget()


def _receive(*, setting: str, **_kwargs: Any) -> None:
    if setting in {'DMR_SETTINGS', 'INSTALLED_APPS'}:
        settings_changed()


on_settings_change(max_nesting_depth.cache_clear)
setting_changed.connect(_receive, dispatch_uid='dmr.internal.conf')
