"""Look at each installed plugin: who brings it, and whether it is usable.

One that never finishes its import is given up, so that the others are seen.
"""

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias

from dmr import discovery
from dmr.discovery import Plugin
from dmr.exceptions import PluginError

Status: TypeAlias = Literal[
    'ok',
    'disabled',
    'broken',
    'incompatible',
    'clash',
]

#: Seconds that the import of one plugin may take.
DEFAULT_TIMEOUT_SECONDS: Final = 10.0

_MAKES: Final = frozenset((discovery.PARSERS, discovery.RENDERERS))


@dataclass(frozen=True, slots=True, kw_only=True)
class PluginReport:
    """What is known about one plugin.

    *contract* is the version of the plugin contract that it was written for,
    ``None`` if nobody could ask. *reason* explains every status but ``ok``.
    """

    plugin: Plugin
    status: Status
    contract: Any = None
    reason: str = ''
    serves_json: bool = False

    @property
    def is_usable(self) -> bool:
        """Tell whether nothing is wrong; to be switched off is right."""
        return self.status in {'ok', 'disabled'}


def survey(timeout_seconds: float) -> tuple[PluginReport, ...]:
    """Import every plugin that is switched on and report on each."""
    serving = frozenset(_json_plugins())
    return tuple(
        _report(plugin, serving, timeout_seconds)
        for plugin in discovery.installed_plugins()
    )


def _json_plugins() -> Iterator[Plugin]:
    """Return the parser and the renderer of JSON, what there is of them."""
    for group in sorted(_MAKES):
        try:
            yield discovery.find(group, 'json')
        except PluginError:
            continue


def _report(
    plugin: Plugin,
    serving: frozenset[Plugin],
    timeout_seconds: float,
) -> PluginReport:
    switched_off_by = discovery.disabled_by(plugin)
    if switched_off_by is not None:
        return PluginReport(
            plugin=plugin,
            status='disabled',
            reason=f'switched off by {switched_off_by}',
        )
    clash = _clash(plugin)
    if clash is not None:
        return PluginReport(plugin=plugin, status='clash', reason=clash)
    status, contract, reason = _within(timeout_seconds, plugin)
    return PluginReport(
        plugin=plugin,
        status=status,
        contract=contract,
        reason=reason,
        serves_json=status == 'ok' and plugin in serving,
    )


def _clash(plugin: Plugin) -> str | None:
    if plugin.is_core:
        # What others offer under its name replaces it.
        return None
    try:
        discovery.find(plugin.group, plugin.name)
    except PluginError as exc:
        return str(exc)
    return None


def _within(
    timeout_seconds: float,
    plugin: Plugin,
) -> tuple[Status, Any, str]:
    """Import *plugin* in a thread, which is left alone when time is up."""
    outcome: list[tuple[Status, Any, str]] = []
    thread = threading.Thread(
        target=lambda: outcome.append(_examine(plugin)),
        daemon=True,
    )
    thread.start()
    thread.join(timeout_seconds)
    if outcome:
        return outcome[0]
    reason = (
        f'{plugin} has not been imported within {timeout_seconds:g} s. '
        'Its module must not do work when it is imported.'
    )
    return 'broken', None, reason


def _examine(plugin: Plugin) -> tuple[Status, Any, str]:
    try:
        loaded = discovery.load(plugin)
        made: Any = discovery.build(plugin) if plugin.group in _MAKES else None
    except PluginError as exc:
        status: Status = 'broken' if exc.fault == 'missing' else exc.fault
        return status, None, str(exc)
    cls: Any = loaded if isinstance(loaded, type) else type(made)
    return 'ok', discovery.plugin_api(cls), ''
