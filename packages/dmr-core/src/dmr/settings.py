"""All settings of the framework: their names, defaults and values.

Projects set them in one dictionary:

.. code-block:: python

    DMR_SETTINGS = {'validate_responses': False}

`resolve_setting` gives the value of one key. Values are remembered until
``DMR_SETTINGS`` changes, as ``override_settings`` does in tests.

The environment variable ``DMR_MAX_CACHE_SIZE`` bounds each cache of what was
made for models, it is 256 by default.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from enum import StrEnum, unique
from functools import cache
from http import HTTPStatus
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, TypeAlias, TypedDict, cast, final

from django.utils.module_loading import import_string as import_dotted

from dmr import discovery
from dmr.exceptions import PluginError
from dmr.internal.conf import (
    DEFAULT_MAX_NESTING_DEPTH,
    DEFAULT_TREAT_AS_POST,
    on_settings_change,
    settings_changed,
    user_settings,
)
from dmr.internal.conf import bounded_cache as bounded_cache
from dmr.parsers import JsonParser, Parser
from dmr.renderers import JsonRenderer, Renderer

if TYPE_CHECKING:
    from dmr.errors import SyncErrorHandler
    from dmr.metadata import ResponseSpec
    from dmr.security import AsyncAuth, SyncAuth, SyncOrAsyncAuth
    from dmr.security.permissions import Permission
    from dmr.throttling import (
        AsyncThrottle,
        SyncOrAsyncThrottle,
        SyncThrottle,
    )

    #: The JSON parser that is used when nothing else is configured.
    default_parser: Parser
    #: The JSON renderer that is used when nothing else is configured.
    default_renderer: Renderer


#: What stands for a parser: an instance, a class, an import path, or the name
#: of a plugin.
AnyParser: TypeAlias = Parser | type[Parser] | str
#: The same for renderers.
AnyRenderer: TypeAlias = Renderer | type[Renderer] | str


@final
@unique
class Settings(StrEnum):
    """Keys of ``DMR_SETTINGS``. Plain strings do as well."""

    parsers = 'parsers'
    renderers = 'renderers'
    auth = 'auth'
    permissions = 'permissions'
    www_authenticate = 'www_authenticate'
    throttling = 'throttling'
    throttling_allow_unsafe_cache = 'throttling_allow_unsafe_cache'
    no_validate_http_spec = 'no_validate_http_spec'
    validate_responses = 'validate_responses'
    validate_events = 'validate_events'
    validate_negotiation = 'validate_negotiation'
    semantic_responses = 'semantic_responses'
    exclude_semantic_responses = 'exclude_semantic_responses'
    responses = 'responses'
    global_error_handler = 'global_error_handler'
    openapi_config = 'openapi_config'
    openapi_examples_seed = 'openapi_examples_seed'
    openapi_static_cdn = 'openapi_static_cdn'
    django_treat_as_post = 'django_treat_as_post'
    max_nesting_depth = 'max_nesting_depth'
    disabled_plugins = 'disabled_plugins'


@final
@unique
class HttpSpec(StrEnum):
    """Rules of HTTP that definitions are checked against, at import."""

    #: No request body for methods where it has no meaning (RFC 9110, 9.3).
    empty_request_body = 'empty_request_body'
    #: No response body for 1xx, 204 and 304 (RFC 9110, 6.4.1).
    empty_response_body = 'empty_response_body'


@final
class SettingsDict(TypedDict, total=False):
    """Type of ``DMR_SETTINGS``."""

    parsers: Sequence[AnyParser]
    renderers: Sequence[AnyRenderer]
    auth: 'Sequence[SyncAuth | AsyncAuth | SyncOrAsyncAuth | str]'
    permissions: 'Sequence[Permission | str]'
    www_authenticate: bool
    throttling: (
        'Sequence[SyncThrottle | AsyncThrottle | SyncOrAsyncThrottle | str]'
    )
    throttling_allow_unsafe_cache: bool | None
    no_validate_http_spec: Set[HttpSpec]
    validate_responses: bool
    validate_events: bool | None
    validate_negotiation: bool | None
    semantic_responses: bool
    exclude_semantic_responses: Set[HTTPStatus]
    responses: 'Sequence[ResponseSpec]'
    global_error_handler: 'SyncErrorHandler | str'
    openapi_config: Any
    openapi_examples_seed: int | None
    openapi_static_cdn: dict[str, str]
    django_treat_as_post: Set[str]
    max_nesting_depth: int
    disabled_plugins: Sequence[str]


def _default_pluggable(group: str, fallback: Callable[[], Any]) -> Any:
    try:
        return discovery.make(group, 'json')
    except PluginError as exc:
        if exc.fault != 'missing':
            raise
        # Not installed as a distribution: there is no entry point.
        return fallback()


@cache
def _default_parser() -> Parser:
    parser: Parser = _default_pluggable(discovery.PARSERS, JsonParser)
    return parser


@cache
def _default_renderer() -> Renderer:
    renderer: Renderer = _default_pluggable(discovery.RENDERERS, JsonRenderer)
    return renderer


#: Key → function that returns the default.
DEFAULTS: Final[Mapping[Settings, Callable[[], Any]]] = MappingProxyType(
    {
        Settings.parsers: lambda: [_default_parser()],
        Settings.renderers: lambda: [_default_renderer()],
        Settings.auth: list,
        Settings.permissions: list,
        Settings.www_authenticate: lambda: True,
        Settings.throttling: list,
        Settings.throttling_allow_unsafe_cache: lambda: True,
        Settings.no_validate_http_spec: frozenset,
        Settings.validate_responses: lambda: True,
        Settings.validate_events: lambda: None,
        Settings.validate_negotiation: lambda: None,
        Settings.semantic_responses: lambda: True,
        Settings.exclude_semantic_responses: frozenset,
        Settings.responses: list,
        Settings.global_error_handler: lambda: (
            'dmr.errors.global_error_handler'
        ),
        Settings.openapi_config: lambda: None,
        Settings.openapi_examples_seed: lambda: None,
        Settings.openapi_static_cdn: dict,
        Settings.django_treat_as_post: lambda: DEFAULT_TREAT_AS_POST,
        Settings.max_nesting_depth: lambda: DEFAULT_MAX_NESTING_DEPTH,
        Settings.disabled_plugins: list,
    }
)

#: Settings with objects: plugin group whose names are understood, if any.
_OBJECTS: Final[Mapping[Settings, str | None]] = MappingProxyType(
    {
        Settings.parsers: discovery.PARSERS,
        Settings.renderers: discovery.RENDERERS,
        Settings.auth: None,
        Settings.permissions: None,
        Settings.throttling: None,
    }
)


def resolve_setting(
    setting_name: Settings | str,
    *,
    import_string: bool = False,
) -> Any:
    """Return the value of a setting, or its default.

    In ``parsers``, ``renderers``, ``auth`` and ``throttling`` each item may be
    an instance, a class, an import path or (the first two) a plugin name; the
    result has instances. With *import_string* a dotted path is imported.

    Raises:
        ValueError: there is no such setting.
        ImportError: a dotted path cannot be imported.
        PluginError: a plugin is missing or unusable.
    """
    # Looking a member of an enumeration up takes longer than all the rest.
    if type(setting_name) is not Settings:
        setting_name = Settings(setting_name)
    return (_resolve_imported if import_string else _resolve)(setting_name)


def clear_settings_cache() -> None:
    """Forget all values that were read. ``override_settings`` does so."""
    settings_changed()


@cache
def _resolve(setting_name: Settings) -> Any:
    configured = user_settings()
    if setting_name not in configured:
        return DEFAULTS[setting_name]()
    found = configured[setting_name]
    if setting_name not in _OBJECTS or not isinstance(found, (list, tuple)):
        return found
    items = cast('Sequence[Any]', found)
    where = f'DMR_SETTINGS[{str(setting_name)!r}]'
    return _instances(items, _OBJECTS[setting_name], where)


@cache
def _resolve_imported(setting_name: Settings) -> Any:
    resolved = _resolve(setting_name)
    return import_dotted(resolved) if isinstance(resolved, str) else resolved


def as_parsers(given: Sequence[AnyParser], where: str) -> list[Parser]:
    """Return the parsers that *given* stand for; *where* is for errors.

    Raises:
        ImportError: an import path is wrong.
        PluginError: a plugin is missing or unusable.
    """
    return _instances(given, discovery.PARSERS, where)


def as_renderers(given: Sequence[AnyRenderer], where: str) -> list[Renderer]:
    """Return the renderers that *given* stand for; *where* is for errors.

    Raises:
        ImportError: an import path is wrong.
        PluginError: a plugin is missing or unusable.
    """
    return _instances(given, discovery.RENDERERS, where)


def _instances(
    items: Iterable[Any],
    group: str | None,
    where: str,
) -> list[Any]:
    return [_instance(item, group, where) for item in items]


def _instance(item: Any, group: str | None, where: str) -> Any:
    """Return the object that one item stands for."""
    if isinstance(item, str):
        if group is not None and '.' not in item:
            return _made(group, item, where)
        item = _imported(item, where)
    return item() if isinstance(item, type) else item


def _made(group: str, name: str, where: str) -> Any:
    try:
        return discovery.make(group, name)
    except PluginError as exc:
        raise PluginError(f'{where}: {exc}', fault=exc.fault) from exc


def _imported(dotted_path: str, where: str) -> Any:
    try:
        return import_dotted(dotted_path)
    except ImportError as exc:
        raise ImportError(
            f'{where} names {dotted_path!r}, which cannot be imported: {exc}',
        ) from exc


@on_settings_change
def _forget() -> None:
    _resolve.cache_clear()
    _resolve_imported.cache_clear()
    _default_parser.cache_clear()
    _default_renderer.cache_clear()


# Names of this module that are made on first use, because they ask plugins.
def __getattr__(name: str) -> Any:
    if name == 'default_parser':
        return _default_parser()
    if name == 'default_renderer':
        return _default_renderer()
    raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
