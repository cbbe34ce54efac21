"""Options that were merged before are those that would be merged again."""

import types
from typing import Any

from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from dmr import Controller
from dmr.plugins.msgspec import MsgspecSerializer
from dmr.types import EmptyObj
from dmr.validation.options import MergedOptions, merge_options
from dmr.validation.payload import ModifyEndpointPayload

_FLAGS = st.sampled_from([None, True, False])
_LISTS = st.sampled_from([None, ()])
_SETS: Any = st.sampled_from([None, frozenset()])

#: What a class or a decorator says, all of it constant.
_SAID = st.fixed_dictionaries(
    {},
    optional={
        'auth': _LISTS,
        'permissions': _LISTS,
        'throttling': _LISTS,
        'throttling_allow_unsafe_cache': _FLAGS | st.just(EmptyObj),
        'validate_responses': _FLAGS,
        'validate_events': _FLAGS,
        'validate_negotiation': _FLAGS,
        'semantic_responses': _FLAGS,
        'no_validate_http_spec': _SETS,
        'exclude_semantic_responses': _SETS,
    },
)


def _merged(
    of_controller: dict[str, Any],
    of_endpoint: dict[str, Any] | None,
    *,
    is_async: bool,
) -> MergedOptions:
    controller: Any = types.new_class(
        'Made',
        (Controller[MsgspecSerializer],),
        exec_body=lambda namespace: namespace.update(of_controller),
    )
    payload = (
        None if of_endpoint is None else ModifyEndpointPayload(**of_endpoint)
    )
    return merge_options(payload, controller, is_async=is_async)


def _never_remembered(said: dict[str, Any]) -> dict[str, Any]:
    """Say the same with collections that may change."""
    return {'auth': [], **said, 'parsers': []} | {
        name: {(): [], frozenset(): set()}[found]
        for name, found in said.items()
        if found in {(), frozenset()}
    }


@given(_SAID, st.none() | _SAID, st.booleans())
def test_remembered_options_are_those_that_would_be_merged(
    of_controller: dict[str, Any],
    of_endpoint: dict[str, Any] | None,
    is_async: bool,
) -> None:
    """Asked once or again, whoever says it, constant or not."""
    expected = _merged(
        _never_remembered(of_controller),
        of_endpoint,
        is_async=is_async,
    )

    first = _merged(of_controller, of_endpoint, is_async=is_async)
    again = _merged(of_controller, of_endpoint, is_async=is_async)

    assert expected == first == again
    assert first is again


def test_settings_count_again_after_they_changed() -> None:
    """What was merged before is forgotten."""
    before = _merged({}, None, is_async=False)

    with override_settings(DMR_SETTINGS={'validate_responses': False}):
        overridden = _merged({}, None, is_async=False)

    assert (True, False) == (
        before.validate_responses,
        overridden.validate_responses,
    )


def test_collections_that_change_are_looked_at_again() -> None:
    """A list of the class may get another item before the next endpoint."""
    parsers: list[Any] = ['json']
    before = _merged({'parsers': parsers}, None, is_async=False)

    parsers.append('msgpack')

    after = _merged({'parsers': parsers}, None, is_async=False)
    assert ['application/json'] == list(before.parsers)
    assert ['application/json', 'application/msgpack'] == list(after.parsers)
