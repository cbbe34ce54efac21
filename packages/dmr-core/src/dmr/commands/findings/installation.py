"""Findings about what is installed, and how it is made known to Django."""

from collections.abc import Iterator, Sequence

from django.apps import apps
from django.core.checks import CheckMessage, Error, Warning  # noqa: A004

from dmr import discovery
from dmr.commands.requirements import unmet_name
from dmr.internal.conf import user_settings
from dmr.settings import Settings, resolve_setting


def app_findings() -> Iterator[CheckMessage]:
    """Yield what is missing in ``INSTALLED_APPS``."""
    if not apps.is_installed('dmr'):
        yield Warning(
            "'dmr' is not in INSTALLED_APPS.",
            hint="Add 'dmr' to INSTALLED_APPS: without it messages are not "
            'translated, and `manage.py` does not know `dmr_routes` and its '
            'neighbours.',
            id='dmr.D001',
        )


def distribution_findings() -> Iterator[CheckMessage]:
    """Yield distributions that do not fit together, or are half removed."""
    found = discovery.distributions()
    versions = {one.name: one.version for one in found}
    for one in found:
        if one.problem is not None:
            yield Error(
                f'{one.name} {one.version} is half removed, or its '
                f'installation was interrupted. {one.problem}',
                hint=f'Remove {one.location or "its metadata"} and install '
                f'{one.name} again, if you need it.',
                id='dmr.D003',
            )
        for requirement in one.requirements:
            name = unmet_name(requirement, versions)
            if name is not None:
                yield Error(
                    f'{one.name} {one.version} requires {requirement}, but '
                    f'{name} {versions[name]} is installed.',
                    hint='Install versions that fit each other: '
                    f'`pip install --upgrade {one.name} {name}`.',
                    id='dmr.D002',
                )


def plugin_findings() -> Iterator[CheckMessage]:
    """Yield names of plugins that switch nothing off."""
    specs = {one.spec for one in discovery.installed_plugins()}
    for spec in _disabled_specs():
        if spec not in specs:
            yield Warning(
                f'{spec!r} is switched off, but nobody offers it.',
                hint='Names have the form `group:name@distribution`; those '
                f'that are installed are {", ".join(sorted(specs))}.',
                id='dmr.D004',
            )


def handler_findings() -> Iterator[CheckMessage]:
    """Yield that the global error handler cannot be imported."""
    try:
        resolve_setting(Settings.global_error_handler, import_string=True)
    except ImportError as exc:
        yield Error(
            f"DMR_SETTINGS['global_error_handler']: {exc}",
            hint='Name a function by its import path, `module.function`.',
            id='dmr.D006',
        )


def _disabled_specs() -> Sequence[str]:
    listed = user_settings().get('disabled_plugins') or ()
    return [one for one in listed if isinstance(one, str)]
