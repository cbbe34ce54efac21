"""A TypeScript client, made by openapi-typescript, talks to the demo."""

import json
import shutil
from pathlib import Path
from typing import Final

import pytest

from tests.clients.tools import TYPESCRIPT, run, typescript_tools

pytestmark = [pytest.mark.clients, pytest.mark.slow]

#: What the client has printed: call → what it has got.
_EXPECTED: Final = {
    'listed': {
        'status': 200,
        'perPage': 50,
        'length': 50,
        'genres': ['mystery', 'poetry'],
        'allAvailable': True,
    },
    'created': {
        'status': 201,
        'title': 'The Salt Road',
        'isbn': '9780306406157',
        'author': 'Ines Okafor',
        'branches': ['harbour'],
    },
    'read': {'status': 200, 'isTheSame': True, 'hasEtag': True},
    'conflict': {'status': 409, 'loc': ['parsed_body', 'isbn']},
    'invalid': {'status': 400, 'loc': ['parsed_body', 'published']},
    'removed': {'status': 204},
    'missing': {'status': 404, 'type': 'not_found'},
}


@pytest.fixture
def project(tmp_path: Path, document: Path) -> Path:
    """Return a folder with the client and its generated types."""
    tools = typescript_tools()
    (tmp_path / 'node_modules').symlink_to(tools / 'node_modules')
    for name in ('package.json', 'tsconfig.json', 'client.ts'):
        shutil.copy(TYPESCRIPT / name, tmp_path)
    generated = run(
        [
            'node',
            'node_modules/openapi-typescript/bin/cli.js',
            document,
            '--output=api.d.ts',
        ],
        cwd=tmp_path,
        seconds=30,
    )
    assert generated.returncode == 0, generated.stdout
    return tmp_path


def test_client_compiles_and_talks_to_the_demo(
    project: Path,
    demo: str,
) -> None:
    """Types and answers fit each other, for good calls and for bad ones."""
    compiled = run(
        ['node', 'node_modules/typescript/bin/tsc'],
        cwd=project,
        seconds=60,
    )
    called = run(['node', 'built/client.js', demo], cwd=project, seconds=30)

    assert (0, '') == (compiled.returncode, compiled.stdout)
    assert called.returncode == 0, called.stdout
    answers = json.loads(called.stdout)
    answers['listed']['genres'].sort()
    assert _EXPECTED == answers


def test_types_are_strict(project: Path) -> None:
    """What the document forbids does not compile."""
    client = project / 'client.ts'
    source = client.read_text('utf-8')

    client.write_text(source.replace("'travel'", "'cooking'"), 'utf-8')
    compiled = run(
        ['node', 'node_modules/typescript/bin/tsc', '--noEmit'],
        cwd=project,
        seconds=60,
    )

    assert compiled.returncode != 0
    assert '"cooking"' in compiled.stdout
