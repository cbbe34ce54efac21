"""What is published is asked of a folder or of an index."""

import hashlib
import http.server
import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

import pytest

from releasing.index import open_index
from releasing.problems import RefusedError
from tests.release.made_wheels import make_wheel

pytestmark = pytest.mark.any_django


class _Simple(http.server.BaseHTTPRequestHandler):
    """The simple API in JSON, over the wheels of one folder."""

    folder: ClassVar[Path]
    yanked: ClassVar[str] = ''
    spoiled: ClassVar[str] = ''
    is_broken: ClassVar[bool] = False

    def do_GET(self) -> None:
        if self.is_broken:
            self.send_error(503)
        elif self.path == '/simple/dmr-core/':
            self._answer(json.dumps({'files': self._files()}).encode())
        elif self.path.startswith('/files/'):
            name = self.path.rpartition('/')[2]
            self._answer((self.folder / name).read_bytes())
        else:
            self.send_error(404)

    def log_message(self, *_arguments: object) -> None:
        """Be quiet."""

    def _files(self) -> list[dict[str, Any]]:
        return [
            {
                'filename': path.name,
                'url': f'../../files/{path.name}',
                'hashes': {'sha256': self._digest(path)},
                'yanked': path.name.split('-')[1] == self.yanked,
            }
            for path in self.folder.iterdir()
        ]

    def _digest(self, path: Path) -> str:
        spoiled = path.name.split('-')[1] == self.spoiled
        content = b'' if spoiled else path.read_bytes()
        return hashlib.sha256(content).hexdigest()

    def _answer(self, body: bytes) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def simple(tmp_path: Path) -> Iterator[tuple[str, type[_Simple]]]:
    """Serve a folder; return the address and what it can be told."""
    folder = tmp_path / 'served'
    folder.mkdir()
    handler = type('Handler', (_Simple,), {'folder': folder})
    with http.server.ThreadingHTTPServer(('127.0.0.1', 0), handler) as server:
        # It looks so often whether it is to end.
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f'http://127.0.0.1:{server.server_port}/simple/', handler
        server.shutdown()
        thread.join()


def _fill(folder: Path) -> None:
    for version in ('0.10.0', '0.9.0', '0.1.0'):
        make_wheel(folder, 'dmr-core', version=version)
    (folder / 'dmr_core-0.1.0.tar.gz').touch()


def test_folder_lists_versions_in_order(tmp_path: Path) -> None:
    """As versions, not as text; an sdist is no wheel."""
    _fill(tmp_path)
    make_wheel(tmp_path, 'dmr-core-extra')

    wheels = open_index(str(tmp_path), tmp_path).wheels('dmr-core')

    assert ['0.1.0', '0.9.0', '0.10.0'] == [str(one.version) for one in wheels]


def test_missing_folder_is_refused(tmp_path: Path) -> None:
    """It is not taken for one in which nothing is published."""
    with pytest.raises(RefusedError, match='There is no folder'):
        open_index(str(tmp_path / 'missing'), tmp_path)


def test_index_gives_wheels(
    simple: tuple[str, type[_Simple]],
    tmp_path: Path,
) -> None:
    """They are downloaded, and can be read."""
    address, handler = simple
    _fill(handler.folder)

    wheels = open_index(address, tmp_path).wheels('dmr-core')

    assert ['0.1.0', '0.9.0', '0.10.0'] == [
        str(one.metadata.version) for one in wheels
    ]


def test_index_leaves_out_what_was_yanked(
    simple: tuple[str, type[_Simple]],
    tmp_path: Path,
) -> None:
    """Installers do not choose it either."""
    address, handler = simple
    _fill(handler.folder)
    handler.yanked = '0.9.0'

    wheels = open_index(address, tmp_path).wheels('dmr-core')

    assert ['0.1.0', '0.10.0'] == [str(one.version) for one in wheels]


def test_unknown_package_has_no_wheels(
    simple: tuple[str, type[_Simple]],
    tmp_path: Path,
) -> None:
    """So it is before the first release."""
    assert [] == open_index(simple[0], tmp_path).wheels('dmr-openapi')


def test_other_content_than_listed_is_an_error(
    simple: tuple[str, type[_Simple]],
    tmp_path: Path,
) -> None:
    """It is not used for anything."""
    address, handler = simple
    _fill(handler.folder)
    handler.spoiled = '0.9.0'

    with pytest.raises(ValueError, match='is not what the index lists'):
        open_index(address, tmp_path).wheels('dmr-core')


def test_index_that_fails_is_refused(
    simple: tuple[str, type[_Simple]],
    tmp_path: Path,
) -> None:
    """It may know of something that would break."""
    address, handler = simple
    handler.is_broken = True

    with pytest.raises(RefusedError, match='does not answer: HTTP Error 503'):
        open_index(address, tmp_path).wheels('dmr-core')
