"""Imports of the core point down its layers."""

from collections.abc import Iterator, Mapping
from typing import Final

import pytest

from tests.architecture.source import SOURCES, Import, all_imports, modules

#: Rooms of the core, lowest row first. A room imports from the rows below its
#: own, and within a row from the rooms to its left.
ROWS: Final = (
    ('exceptions', 'internal', 'types', 'headers', 'cookies'),
    ('discovery', 'errors', 'description', 'metadata'),
    ('files', 'uploads', 'limits', 'parsers', 'renderers'),
    ('settings', 'negotiation', 'serializer'),
    ('response', 'components', 'security', 'throttling'),
    ('validation',),
    ('endpoint',),
    ('controller',),
    (
        'security.views',
        'pagination',
        'streaming',
        'conditional',
        'downloads',
        'problem_details',
        'routing',
        'asgi',
        'wsgi',
        'options_mixins',
        'decorators',
        'url_walk',
        'scaffold',
        'commands',
        'checks',
        'apps',
        '_exports',
        'management',
        '__main__',
    ),
)

#: Types that signatures name upwards, imported for type checkers only.
TYPES: Final = frozenset(
    (
        'AsyncAuth',
        'AsyncErrorHandler',
        'AsyncThrottle',
        'ComponentParser',
        'Controller',
        'DescriptionContext',
        'Endpoint',
        'EndpointMetadata',
        'ErrorDetail',
        'HttpSpec',
        'Parser',
        'Permission',
        'Renderer',
        'ResponseSpec',
        'Router',
        'BaseSerializer',
        'SyncAuth',
        'SyncErrorHandler',
        'SyncOrAsyncAuth',
        'SyncOrAsyncThrottle',
        'SyncThrottle',
    )
)

_PLACES: Final[Mapping[str, tuple[int, int]]] = {
    room: (row, place)
    for row, rooms in enumerate(ROWS)
    for place, room in enumerate(rooms)
}

#: Heavy libraries that no request needs, imported inside of functions.
_DEFERRED: Final = frozenset(
    (
        'importlib_metadata',
        'openapi_spec_validator',
        'polyfactory',
        'yaml',
    )
)


def _room(module: str) -> str:
    _dmr, room, *parts = module.split('.')
    # Views of a lower room are controllers, they live above those.
    is_view = bool({'views', 'concrete_views'} & {*parts})
    return f'{room}.views' if is_view else room


def _target(found: Import) -> str | None:
    """Return the module that *found* imports, None if it is not ours."""
    if found.module.split('.')[0] != 'dmr':
        return None
    return f'dmr.{found.name}' if found.module == 'dmr' else found.module


def _between_rooms() -> Iterator[tuple[Import, str, str]]:
    for found in all_imports('dmr-core'):
        target = _target(found)
        if target is not None and _room(found.importer) != _room(target):
            yield found, _room(found.importer), _room(target)


def test_every_room_has_its_place() -> None:
    """A new room is put into a row, a removed one is taken out."""
    rooms = {_room(module) for module in modules('dmr-core')}

    assert set(_PLACES) == rooms


def test_imports_point_down() -> None:
    """No module imports from a row above its own, not even in a function."""
    upwards = [
        str(found)
        for found, room, target in _between_rooms()
        if not found.typing_only and _PLACES[target] >= _PLACES[room]
    ]

    assert [] == upwards


def test_upward_imports_for_type_checkers_are_types_on_the_list() -> None:
    """``TYPE_CHECKING`` is no way around the layers."""
    unlisted = [
        str(found)
        for found, room, target in _between_rooms()
        if found.typing_only
        and _PLACES[target] >= _PLACES[room]
        and found.name not in TYPES
    ]

    assert [] == unlisted


# The pytest plugin must not import `dmr` when it is loaded.
@pytest.mark.parametrize('distribution', sorted({*SOURCES} - {'dmr-testing'}))
def test_only_heavy_libraries_are_imported_inside_of_functions(
    distribution: str,
) -> None:
    """Everything else stands at the top, where it can be seen."""
    deferred = [
        str(found)
        for found in all_imports(distribution)
        if found.deferred and found.module.split('.')[0] not in _DEFERRED
    ]

    assert [] == deferred
