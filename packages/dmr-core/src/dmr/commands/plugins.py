"""``plugins``: list what installed packages offer."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from dmr.commands.base import Project, Subcommand, Write
from dmr.commands.survey import (
    DEFAULT_TIMEOUT_SECONDS,
    PluginReport,
    survey,
)
from dmr.commands.tables import paragraph, table


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument('--json', action='store_true', help='write JSON')
    parser.add_argument(
        '--check',
        action='store_true',
        help='fail if a plugin cannot be used',
    )
    parser.add_argument(
        '--timeout',
        type=float,
        default=DEFAULT_TIMEOUT_SECONDS,
        metavar='SECONDS',
        help='how long the import of one plugin may take (%(default)g)',
    )


def run(options: dict[str, Any], write: Write) -> None:
    """List all plugins.

    Raises:
        CommandError: one cannot be used, and the command is to check that.
    """
    reports = survey(options['timeout'])
    if options['json']:
        write(json.dumps([_as_json(one) for one in reports], indent=2))
    else:
        write(_as_text(reports))
    unusable = [one for one in reports if not one.is_usable]
    if options['check'] and unusable:
        raise CommandError(
            f'{len(unusable)} of {len(reports)} plugins cannot be used: '
            f'{", ".join(one.plugin.spec for one in unusable)}',
        )


def _as_text(reports: tuple[PluginReport, ...]) -> str:
    headers = ('kind', 'name', 'distribution', 'version', 'contract', 'status')
    listed = table(headers, [_row(one) for one in reports])
    reasons = [
        paragraph(f'{one.plugin.spec}: {one.reason}')
        for one in reports
        if one.reason
    ]
    return '\n\n'.join([listed, *reasons])


def _row(report: PluginReport) -> tuple[str, ...]:
    plugin = report.plugin
    serves = ', serves JSON' if report.serves_json else ''
    return (
        _kind(report),
        plugin.name,
        plugin.distribution,
        plugin.version,
        '-' if report.contract is None else str(report.contract),
        f'{report.status}{serves}',
    )


def _as_json(report: PluginReport) -> dict[str, Any]:
    plugin = report.plugin
    return {
        'name': plugin.name,
        'kind': _kind(report),
        'value': plugin.value,
        'distribution': plugin.distribution,
        'version': plugin.version,
        'contract': report.contract,
        'status': report.status,
        'reason': report.reason,
        'serves_json': report.serves_json,
        'spec': plugin.spec,
    }


def _kind(report: PluginReport) -> str:
    """Return ``parser`` for the group ``dmr.parsers``."""
    return report.plugin.group.removeprefix('dmr.').removesuffix('s')


SUBCOMMAND = Subcommand(
    name='plugins',
    help='List serializers, parsers and renderers that packages offer.',
    add_arguments=add_arguments,
    run=run,
    project=Project.optional,
)
