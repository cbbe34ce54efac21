"""Django system checks: ``python manage.py check --tag dmr``.

They report what concerns the whole project: settings and plugins. Ids are
stable, they can be silenced with Django's ``SILENCED_SYSTEM_CHECKS``.

=========  ==============================================================
dmr.E001   a key of ``DMR_SETTINGS`` is unknown
dmr.E002   a value of ``DMR_SETTINGS`` is of the wrong kind
dmr.E003   an installed plugin cannot be used
dmr.E004   several packages offer the same plugin
dmr.E005   ``DMR_SETTINGS`` is no dictionary
dmr.W001   no serializer is installed
dmr.W002   ``dmr.openapi`` is used but is not in ``INSTALLED_APPS``
dmr.W003   ``SECRET_KEY`` is too short for JSON web tokens, if they are used
dmr.I001   which package serves JSON (with ``--deploy``)
=========  ==============================================================
"""

import difflib
import sys
from collections.abc import Sequence
from typing import Any, Final

from django.apps import apps
from django.core import checks

from dmr import discovery
from dmr.exceptions import PluginError
from dmr.internal.conf import raw_settings, user_settings
from dmr.settings import Settings
from dmr.validation.settings import setting_problems

TAG: Final = 'dmr'


def check_settings(**_kwargs: Any) -> list[checks.CheckMessage]:
    """Report unknown keys and wrong values in ``DMR_SETTINGS``."""
    configured = raw_settings()
    if not isinstance(configured, dict):
        return [
            checks.Error(
                f'DMR_SETTINGS is {configured!r}, it must be a dictionary.',
                id='dmr.E005',
            ),
        ]
    found: list[checks.CheckMessage] = [
        _unknown(str(name))
        for name in user_settings()
        if name not in Settings.__members__
    ]
    try:
        problems = setting_problems()
    except (ImportError, PluginError) as exc:
        problems = [str(exc)]
    found += [checks.Error(problem, id='dmr.E002') for problem in problems]
    return found


def check_plugins(**_kwargs: Any) -> list[checks.CheckMessage]:
    """Report plugins that are broken, ambiguous or missing."""
    found: list[checks.CheckMessage] = []
    for group in discovery.GROUPS:
        names = {plugin.name for plugin in discovery.plugins(group)}
        for name in sorted(names):
            found += _check_plugin(group, name)
    if not discovery.plugins(discovery.SERIALIZERS):
        found.append(
            checks.Warning(
                'No serializer is installed.',
                hint='Install a package that brings one, the README of '
                'dmr-core lists some. Ignore this if you wrote your own.',
                id='dmr.W001',
            ),
        )
    return found


def check_openapi_app(**_kwargs: Any) -> list[checks.CheckMessage]:
    """Report that templates and static files of dmr.openapi are not found."""
    is_used = 'dmr.openapi.views' in sys.modules
    if not is_used or apps.is_installed('dmr.openapi'):
        return []
    return [
        checks.Warning(
            'dmr.openapi is used but is not in INSTALLED_APPS.',
            hint="Add 'dmr.openapi' to INSTALLED_APPS, its pages have "
            'templates and static files.',
            id='dmr.W002',
        ),
    ]


def check_json(**_kwargs: Any) -> list[checks.CheckMessage]:
    """Report which packages read and write JSON by default."""
    try:
        serving = [
            str(discovery.find(group, 'json'))
            for group in (discovery.PARSERS, discovery.RENDERERS)
        ]
    except PluginError:
        # Reported as broken or ambiguous already.
        return []
    return [
        checks.Info(f'JSON is served by {", ".join(serving)}', id='dmr.I001'),
    ]


def register() -> None:
    """Register all checks, doing so twice does no harm."""
    for check in _CHECKS:
        checks.register(check, TAG)
    # Nothing is wrong, so it must not be printed whenever a server starts.
    checks.register(check_json, TAG, deploy=True)


def _unknown(name: str) -> checks.CheckMessage:
    close = difflib.get_close_matches(name, Settings.__members__, n=1)
    hint = (
        f'Did you mean {close[0]!r}?'
        if close
        else f'Known keys: {", ".join(sorted(Settings.__members__))}.'
    )
    return checks.Error(
        f'DMR_SETTINGS has an unknown key {name!r}.',
        hint=hint,
        id='dmr.E001',
    )


def _check_plugin(group: str, name: str) -> Sequence[checks.CheckMessage]:
    try:
        plugin = discovery.find(group, name)
    except PluginError as exc:
        return [checks.Error(str(exc), id='dmr.E004')]
    try:
        discovery.load(plugin)
    except PluginError as exc:
        return [checks.Error(str(exc), id='dmr.E003')]
    return []


_CHECKS: Final = (
    check_settings,
    check_plugins,
    check_openapi_app,
)
