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
dmr.W004   throttles count the address of a proxy (with ``--deploy``)
dmr.I001   which package serves JSON (with ``--deploy``)
=========  ==============================================================
"""

import difflib
import sys
from collections.abc import Iterator
from typing import Any, Final

from django.apps import apps
from django.conf import settings
from django.core import checks

from dmr import discovery
from dmr.commands.findings.endpoints import places, some
from dmr.commands.survey import (
    DEFAULT_TIMEOUT_SECONDS,
    PluginReport,
    survey,
)
from dmr.exceptions import PluginError
from dmr.internal.conf import raw_settings, user_settings
from dmr.internal.kinds import is_a
from dmr.settings import Settings
from dmr.url_walk import project_views
from dmr.validation.settings import setting_problems

TAG: Final = 'dmr'


def check_settings(**_kwargs: Any) -> list[checks.CheckMessage]:
    """Report unknown keys and wrong values in ``DMR_SETTINGS``."""
    configured = raw_settings()
    if not isinstance(configured, dict):
        return [
            checks.Error(
                f'DMR_SETTINGS is {configured!r}, it must be a dictionary.',
                hint="Write DMR_SETTINGS = {'key': value}.",
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
    found += [
        checks.Error(
            problem,
            hint='The guide to settings lists all keys with their types.',
            id='dmr.E002',
        )
        for problem in problems
    ]
    return found


def check_plugins(**_kwargs: Any) -> list[checks.CheckMessage]:
    """Report plugins that are broken, ambiguous or missing."""
    # Each side of a clash tells about both.
    found: list[checks.CheckMessage] = list(
        {
            report.reason: _unusable(report)
            for report in survey(DEFAULT_TIMEOUT_SECONDS)
            if not report.is_usable
        }.values(),
    )
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
        checks.Info(
            f'JSON is served by {", ".join(serving)}',
            hint="DMR_SETTINGS['disabled_plugins'] lets another package do it.",
            id='dmr.I001',
        ),
    ]


def check_proxies(**_kwargs: Any) -> list[checks.CheckMessage]:
    """Report throttles that count the address of a proxy."""
    proxy_settings = _proxy_settings()
    if not proxy_settings:
        return []
    try:
        throttled = list(_counted_by_address())
    # URL modules import foreign code; Django's own checks report it.
    except Exception:
        return []
    if not throttled:
        return []
    return [
        checks.Warning(
            f'{", ".join(proxy_settings)} says that there is a proxy, but '
            f'throttles of {some(throttled)} count per REMOTE_ADDR: that '
            'is the address of the proxy, so all clients share one counter.',
            hint='Say how many proxies add to X-Forwarded-For, '
            '`cache_key=RemoteAddr(proxies=1)`. Ignore this if your server '
            'sets REMOTE_ADDR to the address of the client.',
            id='dmr.W004',
        ),
    ]


def register() -> None:
    """Register all checks, doing so twice does no harm."""
    for check in _CHECKS:
        checks.register(check, TAG)
    # Nothing is wrong, so it must not be printed whenever a server starts.
    checks.register(check_json, TAG, deploy=True)
    # Nobody has proxies while developing, and all URLs have to be imported.
    checks.register(check_proxies, TAG, deploy=True)


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


def _unusable(report: PluginReport) -> checks.CheckMessage:
    hint = '`python -m dmr plugins` lists all plugins.'
    if report.status == 'clash':
        return checks.Error(report.reason, hint=hint, id='dmr.E004')
    return checks.Error(report.reason, hint=hint, id='dmr.E003')


def _counted_by_address() -> Iterator[str]:
    """Yield endpoints with a throttle that knows nothing of proxies."""
    for place in places(project_views()):
        throttling = place.endpoint.metadata.throttling or ()
        keys = [throttle.cache_key for throttle in throttling]
        if any(map(_knows_no_proxies, keys)):
            yield place.name


def _knows_no_proxies(cache_key: Any) -> bool:
    name = 'dmr.throttling.cache_keys.RemoteAddr'
    return is_a(cache_key, name) and not cache_key.proxies


def _proxy_settings() -> list[str]:
    """Return the settings of Django that only make sense behind a proxy."""
    return [
        name
        for name in (
            'SECURE_PROXY_SSL_HEADER',
            'USE_X_FORWARDED_HOST',
            'USE_X_FORWARDED_PORT',
        )
        if getattr(settings, name, None)
    ]


_CHECKS: Final = (
    check_settings,
    check_plugins,
    check_openapi_app,
)
