"""A Python client, made by openapi-python-client, talks to the demo."""

import json
import re
from pathlib import Path
from typing import Final

import pytest

from tests.clients.tools import HERE, python_tool, run

pytestmark = [pytest.mark.clients, pytest.mark.slow]

#: The generator knows no MessagePack and no files of any type, and leaves them
#: out. All it says is about these; the operations themselves are there.
_UNSUPPORTED: Final = (
    'Unsupported content type application/msgpack',
    'Unsupported content_type */*',
)

#: A required body that can be a form or JSON of the same model: the generator
#: writes `Unset` and does not import it, its issues 1451 and 1276.
_BROKEN: Final = {
    'preferences.put_preferencescontroller_api_preferences': (
        "name 'Unset' is not defined"
    ),
}

_METHODS: Final = ('get', 'put', 'post', 'delete', 'options', 'patch')


@pytest.fixture(scope='module')
def programs() -> Path:
    """Return the folder with the generator, and with what clients import."""
    return python_tool('openapi-python-client')


@pytest.fixture(scope='module')
def generated(
    programs: Path,
    document: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[Path, str]:
    """Return the folder of the client, and what the generator has said."""
    folder = tmp_path_factory.mktemp('client')
    finished = run(
        [
            programs / 'openapi-python-client',
            'generate',
            '--path',
            document,
            '--meta=none',
            '--config',
            HERE / 'python' / 'config.yml',
            '--output-path',
            folder / 'library_client',
        ],
        cwd=folder,
        seconds=60,
    )
    assert finished.returncode == 0, finished.stdout
    return folder, finished.stdout


def test_generator_leaves_out_unknown_formats_only(
    generated: tuple[Path, str],
) -> None:
    """Each warning is about a media type that the generator cannot read."""
    _, said = generated

    warnings = re.split(r'^WARNING parsing ', said, flags=re.MULTILINE)[1:]
    others = [
        warning
        for warning in warnings
        if not any(reason in warning for reason in _UNSUPPORTED)
    ]

    assert all(reason in said for reason in _UNSUPPORTED)
    assert [] == others


def test_client_is_complete_and_talks_to_the_demo(
    generated: tuple[Path, str],
    programs: Path,
    document: Path,
    demo: str,
) -> None:
    """It compiles, has each operation, and parses a page and an error."""
    folder, _ = generated

    compiled = run(
        [programs / 'python', '-m', 'compileall', '-q', folder],
        seconds=60,
    )
    called = run(
        [programs / 'python', HERE / 'python' / 'call.py', demo],
        env={'PYTHONPATH': str(folder)},
        seconds=60,
    )

    assert (0, '') == (compiled.returncode, compiled.stdout)
    assert called.returncode == 0, called.stdout
    answers = json.loads(called.stdout)
    assert _operations(document) == sorted(
        name.replace('_', '') for name in answers.pop('operations')
    )
    assert {
        'failed': _BROKEN,
        'listed': {
            'status': 200,
            'type': 'PaginatedBookSummary',
            'genres': ['mystery'] * 5,
        },
        'missing': {
            'status': 404,
            'type': 'ErrorModel',
            'message': 'There is no book 1000000',
        },
    } == answers


def _operations(document: Path) -> list[str]:
    paths = json.loads(document.read_text('utf-8'))['paths']
    return sorted(
        path_item[method]['operationId'].lower()
        for path_item in paths.values()
        for method in _METHODS
        if method in path_item
    )
