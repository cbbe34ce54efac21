"""What the installed packages offer: serializers, parsers, renderers.

Packages announce their parts as entry points. This is the only module that
reads them, and it reads them once: nothing here runs per request, and nothing
runs when `dmr` is imported. A plugin is imported when it is used, so a broken
one harms only who uses it.

Within a group the name of a plugin is its role (``json``). A plugin's part
wins over the core's own of the same name; two plugins that claim one name are
an error for whoever asks for that name.
"""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final, cast

from dmr.exceptions import PluginError
from dmr.internal.conf import user_settings

#: Classes derived from `dmr.serializer.BaseSerializer`.
SERIALIZERS: Final = 'dmr.serializers'
#: Factories of parsers, callable without arguments.
PARSERS: Final = 'dmr.parsers'
#: Factories of renderers, callable without arguments.
RENDERERS: Final = 'dmr.renderers'
#: Description writers.
OPENAPI: Final = 'dmr.openapi'

GROUPS: Final = (SERIALIZERS, PARSERS, RENDERERS, OPENAPI)

#: Versions of the plugin contract that this core understands.
SUPPORTED_PLUGIN_API: Final = frozenset((1,))

_CORE: Final = 'dmr-core'
_UNKNOWN: Final = 'unknown'


@dataclass(frozen=True, slots=True, kw_only=True)
class Plugin:
    """One entry point, not imported yet.

    *value* is its import path, *distribution* and *version* say who brings it
    (``'unknown'`` when that package is only half installed).
    """

    group: str
    name: str
    value: str
    distribution: str
    version: str
    entry_point: Any = field(repr=False, compare=False)

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
    only_core = os.environ.get('DMR_DISABLE_PLUGIN_AUTOLOAD') == '1'
    return tuple(
        plugin
        for plugin in _scan().get(group, ())
        if plugin.spec not in disabled and (plugin.is_core or not only_core)
    )


def find(group: str, name: str) -> Plugin:
    """Return the plugin that has *name* in *group*, without importing it.

    Raises:
        PluginError: nobody offers it, or several packages do.
    """
    candidates = [one for one in plugins(group) if one.name == name]
    foreign = [one for one in candidates if not one.is_core] or candidates
    if not foreign:
        raise PluginError(_missing_message(group, name))
    if len(foreign) > 1:
        offers = ', '.join(str(one) for one in foreign)
        raise PluginError(
            f'{group} {name!r} is offered more than once: {offers}. Keep one: '
            "add the others to DMR_SETTINGS['disabled_plugins'], for example "
            f'{foreign[-1].spec!r}, or uninstall a package.',
        )
    return foreign[0]


def get(group: str, name: str) -> Any:
    """Import and return what the plugin *name* of *group* points to.

    Raises:
        PluginError: it is missing, ambiguous, broken, or was written for
            another version of the plugin contract.
    """
    return load(find(group, name))


def load(plugin: Plugin) -> Any:
    """Import and return what *plugin* points to.

    Raises:
        PluginError: it is broken, or was written for another version of the
            plugin contract.
    """
    try:
        loaded = plugin.entry_point.load()
    # Imports run foreign code, which can raise anything.
    except Exception as exc:
        raise PluginError(
            f'{plugin} cannot be imported: {type(exc).__name__}: {exc}. '
            f'Reinstall or upgrade {plugin.distribution}, or switch it off '
            f"with DMR_SETTINGS['disabled_plugins'] = [{plugin.spec!r}].",
        ) from exc
    version = getattr(loaded, 'dmr_plugin_api', 1)
    if version not in SUPPORTED_PLUGIN_API:
        raise PluginError(
            f'{plugin} was written for version {version!r} of the plugin '
            f'contract, this core has {sorted(SUPPORTED_PLUGIN_API)}. '
            f'Install versions of {plugin.distribution} and {_CORE} that '
            'fit each other.',
        )
    return loaded


def _disabled_specs() -> frozenset[str]:
    configured: Iterable[str] = user_settings().get('disabled_plugins') or ()
    from_environment = os.environ.get('DMR_DISABLED_PLUGINS', '').split(',')
    return frozenset((*configured, *(one.strip() for one in from_environment)))


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
    # Importing it takes 20-30 ms, and only processes that serve need it.
    import importlib_metadata  # noqa: PLC0415

    # One scan for all groups: asking per group reads all metadata again.
    everything: Any = cast('Any', importlib_metadata).entry_points()
    return {
        group: _sorted(
            _plugin(entry_point)
            for entry_point in everything.select(group=group)
        )
        for group in GROUPS
    }


def _sorted(found: Iterable[Plugin]) -> tuple[Plugin, ...]:
    # The order of a scan is that of the file system.
    unique = {(one.spec, one.value): one for one in found}
    return tuple(unique[key] for key in sorted(unique))


def _plugin(entry_point: Any) -> Plugin:
    distribution, version = _provenance(entry_point)
    return Plugin(
        group=entry_point.group,
        name=entry_point.name,
        value=entry_point.value,
        distribution=distribution,
        version=version,
        entry_point=entry_point,
    )


def _provenance(entry_point: Any) -> tuple[str, str]:
    try:
        name, version = entry_point.dist.name, entry_point.dist.version
    # The metadata of a half-removed package raise various errors.
    except Exception:
        return _UNKNOWN, _UNKNOWN
    return str(name or _UNKNOWN).lower(), str(version or _UNKNOWN)
