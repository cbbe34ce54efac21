"""Merge the options of an endpoint, its controller and the settings.

Each option has one of four rules; layers are given nearest first.
"""

from collections.abc import Iterable, Sequence, Set
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from dmr.security import SyncOrAsyncAuth
from dmr.settings import (
    HttpSpec,
    Settings,
    as_parsers,
    as_renderers,
    resolve_setting,
)
from dmr.throttling import SyncOrAsyncThrottle
from dmr.types import EmptyObj

if TYPE_CHECKING:
    from http import HTTPStatus

    from dmr.controller import Controller
    from dmr.serializer import BaseSerializer
    from dmr.validation.payload import Payload

_ItemT = TypeVar('_ItemT')


def first_set(*layers: _ItemT | None) -> _ItemT | None:
    """Return the nearest layer that says anything."""
    return next((layer for layer in layers if layer is not None), None)


def first_filled(*layers: Sequence[_ItemT] | None) -> Sequence[_ItemT]:
    """Return the nearest layer that lists anything."""
    return next((layer for layer in layers if layer), ())


def joined(*layers: Iterable[_ItemT] | None) -> list[_ItemT] | None:
    """Return what all layers list; one ``None`` switches it off."""
    found: list[_ItemT] = []
    for layer in layers:
        if layer is None:
            return None
        found.extend(layer)
    return found or None


def united(*layers: Set[_ItemT] | None) -> frozenset[_ItemT]:
    """Return the union of all layers; one ``None`` empties it."""
    found: set[_ItemT] = set()
    for layer in layers:
        if layer is None:
            return frozenset()
        found.update(layer)
    return frozenset(found)


class MergedOptions(NamedTuple):
    """Options after all layers were asked."""

    parsers: Sequence[Any]
    renderers: Sequence[Any]
    auth: list[Any] | None
    permissions: list[Any] | None
    throttling: list[Any] | None
    throttling_allow_unsafe_cache: bool | None
    validate_responses: bool
    validate_events: bool
    validate_negotiation: bool
    semantic_responses: bool
    no_validate_http_spec: frozenset[HttpSpec]
    exclude_semantic_responses: 'frozenset[HTTPStatus]'


def merge_options(
    payload: 'Payload | None',
    controller_cls: 'type[Controller[BaseSerializer]]',
    *,
    is_async: bool,
) -> MergedOptions:
    """Merge every option of an endpoint, *payload* is that of its decorator.

    Of twins in the settings an endpoint gets the one of its colour.
    """
    layers = _Layers(payload, controller_cls)
    where = controller_cls.__qualname__
    validate_responses = bool(first_set(*layers.get('validate_responses')))
    return MergedOptions(
        parsers=as_parsers(
            first_filled(*layers.get('parsers')),
            f'parsers of {where}',
        ),
        renderers=as_renderers(
            first_filled(*layers.get('renderers')),
            f'renderers of {where}',
        ),
        auth=_resolved(
            joined(*layers.get('auth', absent=())),
            is_async=is_async,
        ),
        permissions=joined(*layers.get('permissions', absent=())),
        throttling=_resolved(
            joined(*layers.get('throttling', absent=())),
            is_async=is_async,
        ),
        throttling_allow_unsafe_cache=_first_given(
            *layers.get('throttling_allow_unsafe_cache', absent=EmptyObj),
        ),
        validate_responses=validate_responses,
        validate_events=_or_default(
            first_set(*layers.get('validate_events')),
            default=validate_responses,
        ),
        validate_negotiation=_or_default(
            first_set(*layers.get('validate_negotiation')),
            default=validate_responses,
        ),
        semantic_responses=bool(first_set(*layers.get('semantic_responses'))),
        no_validate_http_spec=frozenset(
            HttpSpec(one)
            for one in united(
                *layers.get('no_validate_http_spec', absent=frozenset()),
            )
        ),
        exclude_semantic_responses=united(
            *layers.get('exclude_semantic_responses', absent=frozenset()),
        ),
    )


class _Layers(NamedTuple):
    payload: 'Payload | None'
    controller_cls: 'type[Controller[BaseSerializer]]'

    def get(self, option: str, *, absent: Any = None) -> tuple[Any, Any, Any]:
        """Return the values of an option, nearest layer first.

        *absent* stands for the endpoint when it has no decorator.
        """
        own = absent
        if self.payload is not None:
            own = getattr(self.payload, option)
        return (
            own,
            getattr(self.controller_cls, option),
            resolve_setting(Settings(option)),
        )


def _first_given(*layers: Any) -> Any:
    """Like `first_set`, for options where ``None`` is an answer."""
    return next(layer for layer in layers if layer is not EmptyObj)


def _resolved(
    found: list[Any] | None,
    *,
    is_async: bool,
) -> list[Any] | None:
    if found is None:
        return None
    return [
        one.resolve(is_async=is_async)
        if isinstance(one, (SyncOrAsyncAuth, SyncOrAsyncThrottle))
        else one
        for one in found
    ]


def _or_default(found: bool | None, *, default: bool) -> bool:
    return default if found is None else found
