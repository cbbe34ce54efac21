"""``doctor``: say what is wrong with a project, each time with the way out."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any, Final

from django.core.checks import CheckMessage, Error
from django.core.checks.registry import registry
from django.core.management.base import CommandError

from dmr.commands.base import Project, Subcommand, Write
from dmr.commands.findings import guards, installation, serving
from dmr.commands.findings.endpoints import Place, places
from dmr.commands.tables import paragraph
from dmr.url_walk import broken_urls, project_views

#: Level of a message → what it is called, worst first.
_LEVELS: Final = ((40, 'error'), (30, 'warning'), (0, 'info'))


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument('--json', action='store_true', help='write JSON')
    parser.add_argument(
        '--fail-level',
        choices=[name for _level, name in _LEVELS],
        default='error',
        help='fail if there is a finding of this level or a worse one '
        '(%(default)s)',
    )


def run(options: dict[str, Any], write: Write) -> None:
    """Report everything that was found, worst first.

    Raises:
        CommandError: something as bad as the level that is to fail was found.
    """
    found = sorted(findings(), key=lambda one: (-one.level, str(one.id)))
    if options['json']:
        write(json.dumps([_as_json(one) for one in found], indent=2))
    else:
        write(_as_text(found))
    levels = [name for _level, name in _LEVELS]
    failing = levels[: levels.index(options['fail_level']) + 1]
    bad = [one for one in found if _level_name(one) in failing]
    if bad:
        raise CommandError(f'{len(bad)} of {len(found)} findings are serious.')


def findings() -> Iterator[CheckMessage]:
    """Yield everything that is wrong and not silenced."""
    for message in _all_findings():
        if not message.is_silenced():
            yield message


def _all_findings() -> Iterator[CheckMessage]:
    yield from _system_checks()
    yield from installation.app_findings()
    yield from installation.distribution_findings()
    yield from installation.plugin_findings()
    yield from installation.handler_findings()
    yield from serving.production_findings()
    try:
        found = tuple(places(project_views()))
    # URL modules import all views, which can raise anything.
    except Exception as exc:
        yield Error(
            broken_urls(exc),
            hint='Correct this first, endpoints have not been looked at.',
            id='dmr.D005',
        )
    else:
        yield from _endpoint_findings(found)


def _system_checks() -> Iterator[CheckMessage]:
    """Run what ``manage.py check --tag dmr --deploy`` runs."""
    for check in registry.get_checks(include_deployment_checks=True):
        if 'dmr' not in check.tags:
            continue
        name: str = getattr(check, '__name__', repr(check))
        try:
            yield from check(app_configs=None, databases=None)
        # A check imports foreign code, one that fails must not end the others.
        except Exception as exc:
            yield Error(
                f'The system check {name} has failed: '
                f'{type(exc).__name__}: {exc}',
                hint='Correct what it names, often a module with URLs.',
                id='dmr.D007',
            )


def _endpoint_findings(found: tuple[Place, ...]) -> Iterator[CheckMessage]:
    yield from serving.server_findings(found)
    yield from serving.middleware_findings(found)
    yield from guards.throttle_findings(found)
    yield from guards.token_findings(found)
    yield from guards.session_findings(found)


def _as_text(found: list[CheckMessage]) -> str:
    if not found:
        return 'Nothing is wrong.'
    return '\n\n'.join(
        '\n'.join(
            [
                f'{one.id} {_level_name(one)}',
                paragraph(str(one.msg), indent=2),
                *([paragraph(f'→ {one.hint}', indent=2)] if one.hint else []),
            ]
        )
        for one in found
    )


def _as_json(message: CheckMessage) -> dict[str, Any]:
    return {
        'id': message.id,
        'level': _level_name(message),
        'message': str(message.msg),
        'hint': message.hint,
    }


def _level_name(message: CheckMessage) -> str:
    return next(name for level, name in _LEVELS if message.level >= level)


SUBCOMMAND = Subcommand(
    name='doctor',
    help='Say what is wrong with the project, and the way out.',
    add_arguments=add_arguments,
    run=run,
    project=Project.required,
)
