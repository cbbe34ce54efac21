"""Run the commands of console blocks, compare what they print.

``curl`` goes to the ``urlpatterns`` of the document, through the test client.
Commands of dmr that only look are run, in a project with these URLs.
Other commands change the machine: they are not run, but the packages and
scripts that they name must be there.
"""

import argparse
import contextlib
import io
import json
import re
import shlex
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client, override_settings
from sybil import Example

from dmr.__main__ import main

ROOT: Final = Path(__file__).parents[2]

#: Commands of dmr that change nothing.
_LOOKING: Final = frozenset(
    (
        '--version',
        'plugins',
        'routes',
        'doctor',
        'dmr_plugins',
        'dmr_routes',
        'dmr_doctor',
    )
)

#: Programs of which nothing is checked but that they are well known.
_WELL_KNOWN: Final = frozenset(('cd', 'git', 'python', 'hatch'))


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One command of a console block, and the output shown below it."""

    arguments: list[str]
    output: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CurlRequest:
    """What a ``curl`` command sends; *shows_head* is its ``-i``."""

    url: str
    method: str
    headers: dict[str, str]
    body: str
    shows_head: bool


def commands(text: str) -> Iterator[Command]:
    """Return the commands of a block; a backslash continues a line."""
    for part in re.split(r'^\$ ', text, flags=re.MULTILINE)[1:]:
        joined = part.replace('\\\n', ' ')
        line, _, output = joined.partition('\n')
        yield Command(arguments=shlex.split(line), output=output.strip())


def curl_request(arguments: list[str]) -> CurlRequest:
    """Read the arguments of ``curl`` that our documents use.

    Anything else ends in an error: it would not be tested.
    """
    parser = argparse.ArgumentParser(prog='curl', exit_on_error=False)
    parser.add_argument('url')
    parser.add_argument('-X', '--request')
    parser.add_argument('-H', '--header', action='append', default=[])
    parser.add_argument('-d', '--data', '--json', default='')
    parser.add_argument('-i', '--include', action='store_true')
    parser.add_argument('-s', '--silent', action='store_true')
    parsed = parser.parse_args(arguments)
    headers = dict(re.split(r':\s*', one, maxsplit=1) for one in parsed.header)
    if parsed.data:
        headers.setdefault('Content-Type', _default_type(arguments))
    return CurlRequest(
        url=parsed.url,
        method=parsed.request or ('POST' if parsed.data else 'GET'),
        headers=headers,
        body=parsed.data,
        shows_head=parsed.include,
    )


def run_console(example: Example) -> str | None:
    """Evaluate one console block; return what differs from the document."""
    for command in commands(str(example.parsed)):
        program, *arguments = command.arguments
        if program == 'curl':
            _assert_same(command.output, _run_curl(arguments, example))
        elif _only_looks(command):
            _assert_same(
                _without_versions(command.output),
                _without_versions(_run_dmr(arguments, example)),
            )
        else:
            _check(program, arguments)
    return None


def _default_type(arguments: list[str]) -> str:
    if '--json' in arguments:
        return 'application/json'
    return 'application/x-www-form-urlencoded'


def _run_curl(arguments: list[str], example: Example) -> str:
    request = curl_request(arguments)
    parts = urlsplit(request.url)
    content_type = request.headers.pop('Content-Type', '')
    with override_settings(ROOT_URLCONF=example.namespace['__name__']):
        response = Client(raise_request_exception=False).generic(
            request.method,
            f'{parts.path}?{parts.query}' if parts.query else parts.path,
            request.body,
            content_type,
            headers=request.headers,
        )
    if not request.shows_head:
        return response.content.decode()
    return f'{_head(response)}\n\n{response.content.decode()}'.strip()


def _only_looks(command: Command) -> bool:
    _program, first, *others = [*command.arguments, '', '', '']
    is_ours = first == 'manage.py' or [first, *others[:1]] == ['-m', 'dmr']
    return is_ours and any(one in _LOOKING for one in others)


def _run_dmr(arguments: list[str], example: Example) -> str:
    """Run ``python -m dmr`` or ``manage.py``, return what both print."""
    printed = io.StringIO()
    name = example.namespace['__name__']
    with (
        override_settings(ROOT_URLCONF=name),
        contextlib.redirect_stdout(printed),
        contextlib.redirect_stderr(printed),
    ):
        if arguments[0] == '-m':
            main(arguments[2:])
        else:
            _managed(arguments[1:])
    # Readers have URLs of their own.
    return printed.getvalue().replace(name, 'project.urls')


def _managed(arguments: list[str]) -> None:
    try:
        call_command(*arguments)
    except CommandError as exc:
        print(f'CommandError: {exc}')


def _without_versions(output: str) -> str:
    return re.sub(r'\d+\.\d+(\.\d+)?(rc\d+)?', 'VERSION', output)


def _head(response: Any) -> str:
    return '\n'.join(
        [
            f'HTTP/1.1 {response.status_code} {response.reason_phrase}',
            *(f'{name}: {value}' for name, value in response.headers.items()),
        ]
    )


def _assert_same(expected: str, actual: str) -> None:
    """Compare line by line, and JSON by its value."""
    assert _comparable(expected) == _comparable(actual)


def _comparable(output: str) -> Any:
    try:
        return json.loads(output)
    except ValueError:
        return output.strip().splitlines()


def _check(program: str, arguments: list[str]) -> None:
    assert program in _WELL_KNOWN, f'nobody checks {program}'
    for before, after in pairwise(arguments):
        if (program, before) == ('hatch', 'run'):
            assert after.partition(':')[0] in _hatch_words()
        if before == 'install' and after.startswith('dmr-'):
            name = after.partition('[')[0]
            assert any(
                (ROOT / folder / name).is_dir()
                for folder in ('packages', 'examples/plugins')
            )


def _hatch_words() -> set[str]:
    """Return what may follow ``hatch run``: scripts, tools, environments."""
    configuration = tomllib.loads((ROOT / 'hatch.toml').read_text('utf-8'))
    environments = configuration['envs']
    tools = {'pytest', 'mypy', 'pyright', 'ruff', 'python'}
    return {*environments['default']['scripts'], *environments, *tools}
