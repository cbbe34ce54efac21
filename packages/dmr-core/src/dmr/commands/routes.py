"""``routes``: list the endpoints of a project and what each one asks for."""

import json
from argparse import ArgumentParser
from collections.abc import Iterable
from itertools import groupby
from typing import Any, Final, cast

from django.core.management.base import CommandError

from dmr.commands.base import Project, Subcommand, Write
from dmr.commands.tables import WIDTH, records
from dmr.endpoint import Endpoint
from dmr.url_walk import ReachedView, broken_urls, project_views

#: What the table of one path tells about each method.
_COLUMNS: Final = ('method', 'components', 'auth', 'statuses')
#: Shown when any endpoint has them.
_RARE: Final = ('throttles', 'permissions')

_INDENT: Final = '  '


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument('--json', action='store_true', help='write JSON')
    parser.add_argument(
        '--all',
        action='store_true',
        help='list views that are no controllers as well',
    )


def run(options: dict[str, Any], write: Write) -> None:
    """List all endpoints.

    Raises:
        CommandError: the URLs of the project cannot be read.
    """
    views = _views()
    shown = [one for one in views if options['all'] or one.controller]
    routes = [route for view in shown for route in _routes(view)]
    if options['json']:
        write(json.dumps(routes, indent=2))
    else:
        write(_as_text(routes, hidden=len(views) - len(shown)))


def _views() -> tuple[ReachedView, ...]:
    try:
        return project_views()
    # URL modules import all views, which can raise anything.
    except Exception as exc:
        raise CommandError(broken_urls(exc)) from exc


def _as_text(routes: list[dict[str, Any]], *, hidden: int) -> str:
    rare = [one for one in _RARE if any(route[one] for route in routes)]
    columns = (*_COLUMNS, *rare)
    header, *lines = records(
        columns,
        [[_cell(route, one) for one in columns] for route in routes],
        indent=len(_INDENT),
    )
    blocks = [header if routes else 'There are no endpoints.']
    described = list(zip(routes, lines, strict=True))
    for place, group in groupby(described, key=lambda pair: _place(pair[0])):
        blocks.append('\n'.join([place, *(line for _route, line in group)]))
    if hidden:
        blocks.append(f'Other views: {hidden}, --all lists them.')
    return '\n'.join(blocks)


def _place(route: dict[str, Any]) -> str:
    """Return the line above the methods of one controller at one path."""
    line = f'{route["path"]}  {route["controller"]}'
    if len(line) <= WIDTH:
        return line
    return f'{route["path"]}\n{_INDENT}{route["controller"]}'


def _cell(route: dict[str, Any], column: str) -> str:
    found: Any = route[column]
    if isinstance(found, list):
        parts = cast('list[object]', found)
        return ', '.join(map(str, parts)) or '-'
    return str(found)


def _routes(view: ReachedView) -> Iterable[dict[str, Any]]:
    if view.controller is None:
        return [_route(view, '*')]
    return [
        {**_route(view, method), **_facts(endpoint)}
        for method, endpoint in sorted(view.controller.api_endpoints.items())
    ]


def _route(view: ReachedView, method: str) -> dict[str, Any]:
    return {
        'method': method,
        'path': view.path,
        'name': view.name,
        'controller': view.view_name,
        'components': [],
        'auth': [],
        'statuses': [],
        'throttles': [],
        'permissions': [],
    }


def _facts(endpoint: Endpoint) -> dict[str, Any]:
    metadata = endpoint.metadata
    return {
        'components': [
            component.context_name.removeprefix('parsed_')
            for component, _model, _meta in metadata.component_parsers
        ],
        'auth': [type(one).__name__ for one in metadata.auth or ()],
        'statuses': sorted(int(status) for status in metadata.responses),
        'throttles': [
            f'{one.max_requests}/{int(one.duration_in_seconds)}s '
            f'{one.cache_key.name}'
            for one in metadata.throttling or ()
        ],
        'permissions': [repr(one) for one in metadata.permissions or ()],
    }


SUBCOMMAND = Subcommand(
    name='routes',
    help='List the endpoints of the project and what each one asks for.',
    add_arguments=add_arguments,
    run=run,
    project=Project.required,
)
