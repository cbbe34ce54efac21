"""Merge the options of an endpoint, its controller and the settings.

Each option has one of four rules; layers are given nearest first.
"""

from collections.abc import Iterable, Mapping, Sequence, Set
from operator import attrgetter
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

from dmr.internal.conf import MAX_CACHE_SIZE, on_settings_change
from dmr.internal.kinds import is_a
from dmr.security import SyncOrAsyncAuth
from dmr.settings import (
    HttpSpec,
    Settings,
    as_parsers,
    as_renderers,
    resolve_setting,
)
from dmr.types import Empty, EmptyObj

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
    """Options after all layers were asked, not to be changed."""

    parsers: dict[str, Any]
    renderers: dict[str, Any]
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


#: Option → what stands for an endpoint without a decorator.
_ABSENT: Final[Mapping[str, Any]] = MappingProxyType(
    {
        Settings.parsers: None,
        Settings.renderers: None,
        Settings.auth: (),
        Settings.permissions: (),
        Settings.throttling: (),
        Settings.throttling_allow_unsafe_cache: EmptyObj,
        Settings.validate_responses: None,
        Settings.validate_events: None,
        Settings.validate_negotiation: None,
        Settings.semantic_responses: None,
        Settings.no_validate_http_spec: frozenset(),
        Settings.exclude_semantic_responses: frozenset(),
    }
)
_said_by: Final = attrgetter(*_ABSENT)

#: What says the same by itself, whoever says it.
_CONSTANTS: Final = frozenset((bool, type(None), Empty))
#: Identities of what was said → that, so that it stays, and what it gave.
_remembered: Final[dict[tuple[int, ...], tuple[Any, MergedOptions]]] = {}
on_settings_change(_remembered.clear)


def merge_options(
    payload: 'Payload | None',
    controller_cls: 'type[Controller[BaseSerializer]]',
    *,
    is_async: bool,
) -> MergedOptions:
    """Merge every option of an endpoint, *payload* is that of its decorator.

    Of twins in the settings an endpoint gets the one of its colour.
    """
    said: tuple[Any, ...] = (
        *(_ABSENT.values() if payload is None else _said_by(payload)),
        *_said_by(controller_cls),
        is_async,
    )
    # 12 µs for each endpoint that says the same as another, most say nothing.
    key = tuple(map(id, said))
    known = _remembered.get(key)
    if known is not None:
        return known[1]
    merged = _merge(said, controller_cls.__qualname__)
    if all(map(_is_constant, said)):
        if len(_remembered) >= MAX_CACHE_SIZE:
            _remembered.clear()
        _remembered[key] = said, merged
    return merged


def _is_constant(said: object) -> bool:
    # A list may change, and a class in it makes a new object each time.
    return type(said) in _CONSTANTS or (
        not said and type(said) in {tuple, frozenset}
    )


def _merge(said: tuple[Any, ...], where: str) -> MergedOptions:
    *layers, is_async = said
    of_endpoint, of_controller = layers[: len(_ABSENT)], layers[len(_ABSENT) :]
    options = {
        option: (own, above, resolve_setting(option))
        for option, own, above in zip(
            _ABSENT,
            of_endpoint,
            of_controller,
            strict=True,
        )
    }
    validate_responses = bool(first_set(*options['validate_responses']))
    return MergedOptions(
        parsers=_by_content_type(
            as_parsers(
                first_filled(*options['parsers']),
                f'parsers of {where}',
            ),
        ),
        renderers=_by_content_type(
            as_renderers(
                first_filled(*options['renderers']),
                f'renderers of {where}',
            ),
        ),
        auth=_resolved(joined(*options['auth']), is_async=is_async),
        permissions=joined(*options['permissions']),
        throttling=_resolved(
            joined(*options['throttling']),
            is_async=is_async,
        ),
        throttling_allow_unsafe_cache=_first_given(
            *options['throttling_allow_unsafe_cache'],
        ),
        validate_responses=validate_responses,
        validate_events=_or_default(
            first_set(*options['validate_events']),
            default=validate_responses,
        ),
        validate_negotiation=_or_default(
            first_set(*options['validate_negotiation']),
            default=validate_responses,
        ),
        semantic_responses=bool(first_set(*options['semantic_responses'])),
        no_validate_http_spec=frozenset(
            HttpSpec(one) for one in united(*options['no_validate_http_spec'])
        ),
        exclude_semantic_responses=united(
            *options['exclude_semantic_responses'],
        ),
    )


def _by_content_type(pluggables: Sequence[Any]) -> dict[str, Any]:
    # Plain strings, because messages show them: members of enums look odd.
    # What has no media type is refused by the rules, which name the endpoint.
    return {str(getattr(one, 'content_type', one)): one for one in pluggables}


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
        if isinstance(one, SyncOrAsyncAuth)
        or is_a(one, 'dmr.throttling.throttles.SyncOrAsyncThrottle')
        else one
        for one in found
    ]


def _or_default(found: bool | None, *, default: bool) -> bool:
    return default if found is None else found
