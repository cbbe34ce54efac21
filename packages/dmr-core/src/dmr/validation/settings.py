"""Check the values of settings, once the first controller is created."""

import dataclasses
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar, Final, cast

from dmr.exceptions import EndpointMetadataError
from dmr.internal.conf import on_settings_change, raw_settings, user_settings
from dmr.internal.kinds import is_a
from dmr.metadata import ResponseSpec
from dmr.parsers import Parser
from dmr.renderers import Renderer
from dmr.security import AsyncAuth, SyncAuth, SyncOrAsyncAuth
from dmr.security.permissions import Permission
from dmr.settings import Settings, resolve_setting

if TYPE_CHECKING:
    from dmr.serializer import BaseSerializer


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SettingsValidator:
    """Check that every setting has a value of the right kind."""

    #: Settings are checked once, and again after they have changed.
    is_validated: ClassVar[bool] = False

    serializer: 'type[BaseSerializer]'

    def __call__(self) -> None:
        """Check all settings.

        Raises:
            EndpointMetadataError: a value is of the wrong kind.
        """
        if SettingsValidator.is_validated:
            return
        for problem in setting_problems():
            raise EndpointMetadataError(
                f'Settings validation failed: {problem}',
            )
        SettingsValidator.is_validated = True


def setting_problems() -> list[str]:
    """Return what is wrong with the values of known settings."""
    known = {str(one) for one in Settings}
    problems: list[str] = []
    if not isinstance(raw_settings(), dict):
        problems.append(f'DMR_SETTINGS is no dictionary: {raw_settings()!r}')
    for name in user_settings():
        if name in known:
            problems += _problems(Settings(name))
    return problems


def _problems(setting: Settings) -> list[str]:
    must, is_right = _CHECKS[setting]
    raw = user_settings()[setting]
    if setting in _OF_OBJECTS and not isinstance(raw, (list, tuple)):
        return [f'Settings.{setting} must be a list, not {raw!r}']
    found = resolve_setting(setting)
    if is_right(found):
        return []
    return [f'Settings.{setting} must {must}, not {found!r}']


def _all_of(*types: type[Any]) -> Callable[[Any], bool]:
    def is_right(found: Any) -> bool:
        return _all(found, (list, tuple), types)

    return is_right


def _are_throttles(found: Any) -> bool:
    return isinstance(found, (list, tuple)) and all(
        is_a(
            one,
            'dmr.throttling.throttles.SyncThrottle',
            'dmr.throttling.throttles.AsyncThrottle',
            'dmr.throttling.throttles.SyncOrAsyncThrottle',
        )
        for one in cast('list[Any]', found)
    )


def _all(
    found: Any,
    collections: tuple[type[Any], ...],
    types: tuple[type[Any], ...],
) -> bool:
    return isinstance(found, collections) and all(
        isinstance(one, types) for one in found
    )


def _a(*types: type[Any]) -> Callable[[Any], bool]:
    def is_right(found: Any) -> bool:
        # A bool is an int for Python, but not for who writes settings.
        return isinstance(found, types) and (
            bool in types or not isinstance(found, bool)
        )

    return is_right


def _set_of(item_type: type[Any]) -> Callable[[Any], bool]:
    def is_right(found: Any) -> bool:
        return _all(found, (set, frozenset, list, tuple), (item_type,))

    return is_right


def _string_or_callable(found: Any) -> bool:
    return isinstance(found, str) or callable(found)


def _positive(found: Any) -> bool:
    return _a(int)(found) and found > 0


def _is_string_mapping(found: Any) -> bool:
    if not isinstance(found, dict):
        return False
    mapping = cast('dict[Any, Any]', found)
    return _all([*mapping, *mapping.values()], (list,), (str,))


_OF_OBJECTS: Final = frozenset(
    (
        Settings.parsers,
        Settings.renderers,
        Settings.auth,
        Settings.permissions,
        Settings.throttling,
        Settings.responses,
    )
)

_NONE: Final = type(None)

#: Setting → what it must do, and whether a value does.
_CHECKS: Final[Mapping[Settings, tuple[str, Callable[[Any], bool]]]] = (
    MappingProxyType(
        {
            Settings.parsers: ('all be Parser instances', _all_of(Parser)),
            Settings.renderers: (
                'all be Renderer instances',
                _all_of(Renderer),
            ),
            Settings.auth: (
                'all be SyncAuth or AsyncAuth instances',
                _all_of(SyncAuth, AsyncAuth, SyncOrAsyncAuth),
            ),
            Settings.permissions: (
                'all be Permission instances',
                _all_of(Permission),
            ),
            Settings.www_authenticate: ('be a bool', _a(bool)),
            Settings.throttling: (
                'all be SyncThrottle or AsyncThrottle instances',
                _are_throttles,
            ),
            Settings.responses: (
                'all be ResponseSpec instances',
                _all_of(ResponseSpec),
            ),
            Settings.throttling_allow_unsafe_cache: (
                'be a bool or None',
                _a(bool, _NONE),
            ),
            Settings.no_validate_http_spec: (
                'be a set of HttpSpec',
                _set_of(str),
            ),
            Settings.exclude_semantic_responses: (
                'be a set of HTTPStatus',
                _set_of(int),
            ),
            Settings.validate_responses: ('be a bool', _a(bool)),
            Settings.validate_events: ('be a bool or None', _a(bool, _NONE)),
            Settings.validate_negotiation: (
                'be a bool or None',
                _a(bool, _NONE),
            ),
            Settings.semantic_responses: ('be a bool', _a(bool)),
            Settings.global_error_handler: (
                'be a string or callable',
                _string_or_callable,
            ),
            Settings.openapi_config: (
                'be an OpenAPIConfig instance',
                lambda found: not isinstance(found, (str, int, dict, list)),
            ),
            Settings.openapi_examples_seed: (
                'be an int or None',
                _a(int, _NONE),
            ),
            Settings.openapi_static_cdn: (
                'be a dict of strings',
                _is_string_mapping,
            ),
            Settings.django_treat_as_post: (
                'be a set of strings',
                _set_of(str),
            ),
            Settings.max_nesting_depth: ('be a positive int', _positive),
            Settings.disabled_plugins: ('be a list of strings', _set_of(str)),
        }
    )
)


@on_settings_change
def _check_again() -> None:
    SettingsValidator.is_validated = False
