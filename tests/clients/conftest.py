"""One demo, and one document of it, for all clients."""

import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.demo.server import running_demo

#: Scripts for the environments of the tools; they cannot be imported here.
collect_ignore = ['python']


@pytest.fixture(scope='session')
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a demo that tests may write to."""
    folder = tmp_path_factory.mktemp('demo')
    with running_demo(folder / 'library.sqlite3') as running:
        yield running.address


@pytest.fixture(scope='session')
def document(demo: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file with the document that the demo serves."""
    file = tmp_path_factory.mktemp('document') / 'openapi.json'
    with urllib.request.urlopen(f'{demo}/docs/openapi.json') as response:
        file.write_bytes(response.read())
    return file
