"""What the installed packages offer: serializers, parsers, renderers.

Packages announce their parts as entry points, which are read once: nothing
here runs per request, and nothing runs when `dmr` is imported. A plugin is
imported when it is used, so a broken one harms only who uses it.

Within a group the name of a plugin is its role (``json``). A plugin's part
wins over the core's own of the same name; two plugins that claim one name are
an error for whoever asks for that name.
"""

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Any, Final, cast

from dmr.exceptions import PluginError
from dmr.internal import installed
from dmr.internal.conf import user_settings
from dmr.internal.installed import Distribution as Distribution

#: Classes derived from `dmr.serializer.BaseSerializer`.
SERIALIZERS: Final = 'dmr.serializers'
#: Factories of parsers, callable without arguments.
PARSERS: Final = 'dmr.parsers'
#: Factories of renderers, callable without arguments.
RENDERERS: Final = 'dmr.renderers'
#: Description writers.
OPENAPI: Final = 'dmr.openapi'

GROUPS: Final = (SERIALIZERS, PARSERS, RENDERERS, OPENAPI)

#: Group → base class of what its plugins are, or make.
_EXPECTED: Final[Mapping[str, str | None]] = MappingProxyType(
    {
        SERIALIZERS: 'dmr.serializer.BaseSerializer',
        PARSERS: 'dmr.parsers.Parser',
        RENDERERS: 'dmr.renderers.Renderer',
        OPENAPI: None,
    }
)

#: Versions of the plugin contract that this core understands.
SUPPORTED_PLUGIN_API: Final = frozenset((1,))

_CORE: Final = 'dmr-core'


@dataclass(frozen=True, slots=True, kw_only=True)
class Plugin:
    """One entry point, not imported yet.

    *value* is its import path, *distribution* and *version* say who brings it.
    *problem* says what is wrong with the metadata of that distribution, which
    may be half removed.
    """

    group: str
    name: str
    value: str
    distribution: str
    version: str
    problem: str | None = None
    load_entry_point: Callable[[], Any] = field(repr=False, compare=False)

    @property
    def is_core(self) -> bool:
        """Tell whether the core itself brings it."""
        return self.distribution == _CORE

    @property
    def spec(self) -> str:
        """Return how the ``disabled_plugins`` setting names this plugin."""
        return f'{self.group}:{self.name}@{self.distribution}'

    def __str__(self) -> str:
        """Say what it is and who brings it."""
        return (
            f'{self.group} {self.name!r} = {self.value} '
            f'({self.distribution} {self.version})'
        )


def plugins(group: str) -> tuple[Plugin, ...]:
    """Return the plugins of *group* that are switched on, sorted by name."""
    disabled = _disabled_specs()
    only_core = _is_autoload_disabled()
    return tuple(
        plugin
        for plugin in _scan().get(group, ())
        if plugin.spec not in disabled and (plugin.is_core or not only_core)
    )


def installed_plugins() -> tuple[Plugin, ...]:
    """Return all plugins, also those that are switched off."""
    found = _scan()
    return tuple(plugin for group in GROUPS for plugin in found[group])


def disabled_by(plugin: Plugin) -> str | None:
    """Return what switches *plugin* off, ``None`` if it is on."""
    if not plugin.is_core and _is_autoload_disabled():
        return 'DMR_DISABLE_PLUGIN_AUTOLOAD'
    if plugin.spec in _specs_of_environment():
        return 'DMR_DISABLED_PLUGINS'
    if plugin.spec in _disabled_specs():
        return "DMR_SETTINGS['disabled_plugins']"
    return None


def distributions() -> tuple[Distribution, ...]:
    """Return the distributions of dmr and those that bring plugins, by name."""
    return installed.distributions('dmr-', GROUPS)


def find(group: str, name: str) -> Plugin:
    """Return the plugin that has *name* in *group*, without importing it.

    Raises:
        PluginError: nobody offers it, or several packages do.
    """
    candidates = [one for one in plugins(group) if one.name == name]
    foreign = [one for one in candidates if not one.is_core] or candidates
    if not foreign:
        raise PluginError(_missing_message(group, name), fault='missing')
    if len(foreign) > 1:
        raise PluginError(_clash_message(foreign), fault='clash')
    return foreign[0]


def get(group: str, name: str) -> Any:
    """Import and return what the plugin *name* of *group* points to.

    Raises:
        PluginError: it is missing, ambiguous, broken, or was written for
            another version of the plugin contract.
    """
    return load(find(group, name))


def make(group: str, name: str) -> Any:
    """Return a new parser or renderer of the plugin *name* of *group*.

    Raises:
        PluginError: like `get`, or its factory does not make one.
    """
    return build(find(group, name))


def load(plugin: Plugin) -> Any:
    """Import and return what *plugin* points to.

    Raises:
        PluginError: it is broken, or was written for another version of the
            plugin contract.
    """
    try:
        loaded = plugin.load_entry_point()
    # Imports run foreign code, which can raise anything, `sys.exit` included.
    except (Exception, SystemExit) as exc:
        raise PluginError(
            f'{plugin} cannot be imported: {_told(exc)}. {_advice(plugin)}',
            fault='broken',
        ) from exc
    if isinstance(loaded, type):
        _check_kind(plugin, loaded, f'points to {loaded!r}')
        _check_contract(plugin, loaded)
    elif plugin.group == SERIALIZERS or not callable(loaded):
        raise PluginError(
            f'{plugin} points to {loaded!r}, which is no '
            f'{_EXPECTED[plugin.group] or "class"}. {_advice(plugin)}',
            fault='broken',
        )
    return loaded


def build(plugin: Plugin) -> Any:
    """Return a new parser or renderer, made by *plugin*.

    Raises:
        PluginError: like `load`, or its factory does not make one.
    """
    factory = load(plugin)
    try:
        made = factory()
    # The factory is foreign code, too.
    except Exception as exc:
        raise PluginError(
            f'{plugin} cannot be called without arguments: {_told(exc)}. '
            f'{_advice(plugin)}',
            fault='broken',
        ) from exc
    made_by = cast('type[Any]', type(made))
    _check_kind(plugin, made_by, f'made {made!r}')
    if factory is not made_by:
        _check_contract(plugin, made_by)
    return made


def plugin_api(cls: type[Any]) -> object:
    """Return for which version of the plugin contract *cls* was written.

    That is what *cls* itself says: an inherited version would be the one that
    its base class was written for. ``None`` if it says nothing.
    """
    return vars(cls).get('dmr_plugin_api')


def _check_kind(plugin: Plugin, cls: type[Any], what: str) -> None:
    # By name: these classes live above this module.
    bases = {f'{base.__module__}.{base.__qualname__}' for base in cls.__mro__}
    expected = _EXPECTED[plugin.group]
    if expected is not None and expected not in bases:
        raise PluginError(
            f'{plugin} {what}, which is no {expected}. {_advice(plugin)}',
            fault='broken',
        )


def _check_contract(plugin: Plugin, cls: type[Any]) -> None:
    version = plugin_api(cls)
    if plugin.group == OPENAPI or version in SUPPORTED_PLUGIN_API:
        return
    supported = sorted(SUPPORTED_PLUGIN_API)
    if version is None:
        raise PluginError(
            f'{plugin} does not say for which version of the plugin contract '
            f'it was written, this core has {supported}. Its author writes '
            f'`dmr_plugin_api = 1` into the class {cls.__qualname__} itself: '
            'what a base class says does not count.',
            fault='incompatible',
        )
    raise PluginError(
        f'{plugin} was written for version {version!r} of the plugin '
        f'contract, this core has {supported}. Install versions of '
        f'{plugin.distribution} and {_CORE} that fit each other.',
        fault='incompatible',
    )


def _told(exc: BaseException) -> str:
    return f'{type(exc).__name__}: {exc}'


def _advice(plugin: Plugin) -> str:
    advice = (
        f'Reinstall or upgrade {plugin.distribution}, or switch it off '
        f"with DMR_SETTINGS['disabled_plugins'] = [{plugin.spec!r}]."
    )
    return f'{plugin.problem} {advice}' if plugin.problem else advice


def _clash_message(offers: list[Plugin]) -> str:
    first, last = offers[0], offers[-1]
    told = ', '.join(str(one) for one in offers)
    clash = f'{first.group} {first.name!r} is offered more than once: {told}.'
    if first.spec == last.spec:
        return (
            f'{clash} That is a mistake of {first.distribution}: tell its '
            'authors, and uninstall it or take another version.'
        )
    return (
        f"{clash} Keep one: add the others to DMR_SETTINGS['disabled_plugins'],"
        f' for example {last.spec!r}, or uninstall a package.'
    )


def _is_autoload_disabled() -> bool:
    return os.environ.get('DMR_DISABLE_PLUGIN_AUTOLOAD') == '1'


def _specs_of_environment() -> frozenset[str]:
    listed = os.environ.get('DMR_DISABLED_PLUGINS', '').split(',')
    return frozenset(one.strip() for one in listed)


def _disabled_specs() -> frozenset[str]:
    configured: Iterable[str] = user_settings().get('disabled_plugins') or ()
    return frozenset((*configured, *_specs_of_environment()))


def _missing_message(group: str, name: str) -> str:
    known = sorted({one.name for one in plugins(group)})
    offered = ', '.join(known) if known else 'none'
    # Only these are called after their plugin, formats come with libraries.
    advice = (
        f'the package that brings it: `pip install dmr-{name}`'
        if group in {SERIALIZERS, OPENAPI}
        else 'the package that brings this format'
    )
    return (
        f'No installed package offers {name!r} for {group} '
        f'(installed: {offered}). Check the spelling, and install {advice}.'
    )


@cache
def _scan() -> Mapping[str, tuple[Plugin, ...]]:
    found = [_plugin(one) for one in installed.entry_points(GROUPS)]
    return {
        group: _sorted(one for one in found if one.group == group)
        for group in GROUPS
    }


def _sorted(found: Iterable[Plugin]) -> tuple[Plugin, ...]:
    # The order of a scan is that of the file system.
    unique = {(one.spec, one.value): one for one in found}
    return tuple(unique[key] for key in sorted(unique))


def _plugin(found: installed.EntryPoint) -> Plugin:
    return Plugin(
        group=found.group,
        name=found.name,
        value=found.value,
        distribution=found.distribution.name,
        version=found.distribution.version,
        problem=found.distribution.problem,
        load_entry_point=found.load,
    )
