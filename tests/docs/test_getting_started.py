"""The tutorial, followed word by word: real files, real processes."""

import http.client
import json
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import pytest

from tests.docs.console import Command, commands, curl_request
from tests.docs.documents import TUTORIAL

_HOST: Final = '127.0.0.1'
_BLOCK: Final = re.compile(r'^```(\w+)\n(.*?)^```', re.MULTILINE | re.DOTALL)

pytestmark = pytest.mark.slow


def _blocks(language: str) -> list[str]:
    text = TUTORIAL.read_text('utf-8')
    return [block for kind, block in _BLOCK.findall(text) if kind == language]


def _curls() -> list[Command]:
    return [
        command
        for block in _blocks('console')
        for command in commands(block)
        if command.arguments[0] == 'curl'
    ]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((_HOST, 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture(scope='module')
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the two files of the tutorial."""
    folder = tmp_path_factory.mktemp('tutorial')
    for name, block in zip(
        ('app.py', 'test_app.py'),
        _blocks('python'),
        strict=True,
    ):
        (folder / name).write_text(block, 'utf-8')
    return folder


@pytest.fixture(scope='module')
def port(folder: Path) -> Iterator[int]:
    """Run the application as the tutorial says, without the reloader."""
    port = _free_port()
    server = subprocess.Popen(
        [sys.executable, 'app.py', 'runserver', '--noreload', str(port)],
        cwd=folder,
        env={},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(server, port)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=10)


def _wait_for(server: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and server.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex((_HOST, port)) == 0:
                return
        time.sleep(0.05)
    pytest.fail('The server of the tutorial does not start.')


def _fetch(
    port: int,
    url: str,
    *,
    method: str = 'GET',
    headers: dict[str, str] | None = None,
    body: str = '',
) -> tuple[int, str]:
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(_HOST, port, timeout=10)
    try:
        connection.request(
            method,
            f'{parts.path}?{parts.query}',
            body or None,
            {'Accept': '*/*', **(headers or {})},
        )
        response = connection.getresponse()
        return response.status, response.read().decode()
    finally:
        connection.close()


def test_commands_answer_what_is_shown(port: int) -> None:
    """All requests of the tutorial in order, with the answers shown there."""
    for command in _curls():
        request = curl_request(command.arguments[1:])

        _, answer = _fetch(
            port,
            request.url,
            method=request.method,
            headers=request.headers,
            body=request.body,
        )

        assert json.loads(command.output) == json.loads(answer), command


@pytest.mark.parametrize('url', ['/docs/', '/openapi.json'])
def test_documentation_is_served(port: int, url: str) -> None:
    """The links of the tutorial lead somewhere."""
    status, answer = _fetch(port, url)

    assert 200 == status
    assert '/api/books/{book_id}/' in answer
    assert f'http://127.0.0.1:8000{url}' in TUTORIAL.read_text('utf-8')


def test_assets_of_the_page_are_served(port: int) -> None:
    """The page needs nothing from elsewhere."""
    _, page = _fetch(port, '/docs/')
    assets = re.findall(r'(?:src|href)="(/static/[^"]+)"', page)

    assert assets
    assert {200} == {_fetch(port, asset)[0] for asset in assets}


def test_test_of_the_tutorial_passes(folder: Path) -> None:
    """The test that readers write works, with no other configuration."""
    finished = subprocess.run(
        [sys.executable, '-m', 'pytest', '-q', 'test_app.py'],
        cwd=folder,
        env={},
        check=False,
        capture_output=True,
        text=True,
    )

    assert finished.returncode == 0, finished.stdout
