"""The demo as a program: first start, restart, mistakes, Ctrl-C."""

import json
import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any, Final

import msgspec
import pytest

from tests.docs.console import Command, commands
from tests.integration.demo.server import (
    DEMO,
    RunningDemo,
    StoppedDemo,
    command,
    environment,
    running_demo,
)

pytestmark = pytest.mark.slow

_BOOK: Final[dict[str, Any]] = {
    'title': 'What the Ferry Knows',
    'author': {'name': 'Ebba Nyberg'},
    'genre': 'poetry',
    'published': 2020,
    'copies': [{'branch': 'hill'}],
}

needs_curl = pytest.mark.skipif(
    shutil.which('curl') is None and 'CI' not in os.environ,
    reason='curl is not installed.',
)


@pytest.fixture(scope='module')
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return where the database of the shared demo is."""
    return tmp_path_factory.mktemp('demo') / 'library.sqlite3'


@pytest.fixture(scope='module')
def demo(database: Path) -> Iterator[RunningDemo]:
    """Share one demo between the tests that only read."""
    with running_demo(database) as running:
        yield running


def _ask(url: str, body: Any = None) -> Any:
    request = urllib.request.Request(
        url,
        data=None if body is None else json.dumps(body).encode(),
        headers={'Content-Type': 'application/json'},
    )
    with urllib.request.urlopen(request, timeout=30) as response:
        return json.load(response)


def _status(url: str, body: Any) -> int:
    try:
        _ask(url, body)
    except urllib.error.HTTPError as exc:
        with exc:
            return exc.code
    return 201


def _refused(arguments: list[str]) -> tuple[int, str]:
    """Start a demo that cannot run, return its status and what it says."""
    finished = subprocess.run(
        arguments,
        capture_output=True,
        check=False,
        env=environment(),
        text=True,
        timeout=60,
    )
    assert 'Traceback' not in finished.stderr
    return finished.returncode, finished.stderr.strip()


def _shown_commands() -> list[Command]:
    """Return the commands in the documentation of the demo."""
    readme = (DEMO / 'README.md').read_text('utf-8')
    blocks = re.findall(r'```console\n(.*?)```', readme, re.DOTALL)
    return [one for block in blocks for one in commands(block)]


def _filled_in(line: str, known: dict[str, str]) -> str:
    """Return *line* with what earlier answers have given for the dots."""
    for shown, name in (
        ('Bearer eyJ...', 'access_token'),
        ('"refresh_token": "eyJ..."', 'refresh_token'),
        ('X-API-Token: ...', 'token'),
    ):
        if shown in line:
            dots = 'eyJ...' if 'eyJ' in shown else '...'
            line = line.replace(shown, shown.replace(dots, known[name]))
    return line


def _curl(
    line: str,
    address: str = 'http://127.0.0.1:8000',
    folder: Path | None = None,
) -> bytes:
    return subprocess.run(
        line.replace('http://127.0.0.1:8000', address),
        cwd=folder,
        capture_output=True,
        check=True,
        shell=True,
        timeout=60,
    ).stdout


def test_library_is_filled(demo: RunningDemo) -> None:
    """There are thousands of rows, and all branches have copies."""
    statistics = _ask(f'{demo.address}/api/statistics/')

    assert 1500 == statistics['books']
    assert 800 == statistics['members']
    assert statistics['copies'] > 2000
    assert 0 < statistics['overdue_loans'] < statistics['open_loans']
    assert all(statistics['copies_by_branch'].values())
    assert 5 == len(statistics['most_wanted'])


@needs_curl
def test_first_curl_line_lists_books(demo: RunningDemo) -> None:
    """It filters and cuts pages."""
    listed = json.loads(_curl(demo.curl_lines[0]))

    assert 2 == len(listed['page']['object_list'])
    assert {'mystery'} == {
        book['genre'] for book in listed['page']['object_list']
    }


@needs_curl
def test_second_curl_line_adds_a_book(demo: RunningDemo) -> None:
    """It works as often as somebody likes."""
    added = [json.loads(_curl(demo.curl_lines[1])) for _time in range(2)]

    assert ['The Salt Road', 'The Salt Road'] == [
        book['title'] for book in added
    ]
    assert added[0]['author'] == added[1]['author']
    assert added[0]['id'] != added[1]['id']


@needs_curl
def test_third_curl_line_gets_messagepack(demo: RunningDemo) -> None:
    """The answer is the member of the JSON answer."""
    member = msgspec.msgpack.decode(_curl(demo.curl_lines[2]))

    assert member == _ask(f'{demo.address}/api/members/1/')


@needs_curl
def test_fourth_curl_line_gets_tokens(demo: RunningDemo) -> None:
    """With the access token the account can be seen."""
    tokens = json.loads(_curl(demo.curl_lines[3]))

    account = json.loads(
        _curl(
            f'curl {demo.address}/api/account/ '
            f'-H "Authorization: Bearer {tokens["access_token"]}"',
        ),
    )

    assert {'username': 'reader', 'logged_in_by': 'jwt'} == account


@needs_curl
def test_fifth_curl_line_runs_out(demo: RunningDemo) -> None:
    """The sixth suggestion in a minute is refused."""
    suggested = [_curl(demo.curl_lines[4]) for _time in range(6)]

    assert [b'HTTP/1.1 200'] * 5 + [b'HTTP/1.1 429'] == [
        one[:12] for one in suggested
    ]
    assert b'retry-after: ' in suggested[5].lower()


@needs_curl
def test_last_curl_line_follows_events(demo: RunningDemo) -> None:
    """A book that is added meanwhile is on the screen at once."""
    with subprocess.Popen(
        demo.curl_lines[5].split(),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as following:
        assert following.stdout is not None
        first = following.stdout.readline()
        _ask(f'{demo.address}/api/books/', _BOOK)
        lines = [following.stdout.readline() for _line in range(5)]
        following.terminate()

    assert b': listening\r\n' == first
    assert b'event: added\r\n' == lines[3]
    assert b'data: {"title":"What the Ferry Knows"' == lines[4][:37]


@needs_curl
def test_commands_of_the_readme_print_what_is_shown(
    demo: RunningDemo,
    tmp_path: Path,
) -> None:
    """Three dots stand for what is different every time."""
    known: dict[str, str] = {}
    asked = 0
    for one in _shown_commands():
        if one.output.startswith('{'):
            line = _filled_in(shlex.join(one.arguments), known)
            answer = json.loads(_curl(line, demo.address, tmp_path))
            shown = json.loads(one.output)
            assert shown == {
                name: shown[name] if shown[name].endswith('...') else value
                for name, value in answer.items()
            }
            known |= answer
            asked += 1

    assert 7 == asked


def test_readme_of_the_repository_shows_commands_of_the_demo() -> None:
    """They are among those that are tested above and below."""
    readme = (DEMO.parents[1] / 'README.md').read_text('utf-8')

    shown = re.search(r'```sh\n(.*?)```', readme, re.DOTALL)

    assert shown is not None
    lines = [shlex.split(line) for line in shown[1].splitlines()]
    tested = [one.arguments for one in _shown_commands()]
    assert 2 == len(lines)
    assert all(line in tested for line in lines)


def test_there_are_six_curl_lines(demo: RunningDemo) -> None:
    """Two of them send data, and all are tested above."""
    assert 6 == len(demo.curl_lines)
    assert 2 == sum(' -d ' in line for line in demo.curl_lines)


def test_streams_do_not_stand_in_the_way(tmp_path: Path) -> None:
    """With many of them open others are answered, and Ctrl-C ends them all."""
    path, stopped = tmp_path / 'library.sqlite3', StoppedDemo()
    with ExitStack() as streams:
        with running_demo(path, stopped) as running:
            url = f'{running.address}/api/events/'
            opened = [
                streams.enter_context(urllib.request.urlopen(url, timeout=30))
                for _stream in range(60)
            ]
            assert {b': listening\r\n'} == {one.readline() for one in opened}
            statuses = [
                _status(f'{running.address}/api/books/', _BOOK),
                len(_ask(f'{running.address}/api/loans/')['page']),
            ]
            pressed_at = time.monotonic()
        seconds = time.monotonic() - pressed_at

        ends = {one.read()[-26:] for one in opened}

    assert [201, 2] == statuses
    # Each stream has had its event, and has ended as a whole.
    assert 1 == len(ends)
    assert (0, True) == (stopped.status, seconds < 5)
    assert 'Traceback' not in stopped.errors


def test_only_one_member_gets_the_copy(demo: RunningDemo) -> None:
    """However many ask at the same time, the database decides once."""
    book = _ask(f'{demo.address}/api/books/', _BOOK)
    wanted = {'barcode': book['copies'][0]['barcode'], 'member': 1}

    with ThreadPoolExecutor(max_workers=8) as pool:
        statuses = pool.map(
            lambda _number: _status(f'{demo.address}/api/loans/', wanted),
            range(16),
        )

    assert Counter({201: 1, 409: 15}) == Counter(statuses)


def test_writers_do_not_lock_each_other_out(demo: RunningDemo) -> None:
    """Sync and async controllers write to one file at the same time."""
    paths = {
        'api/books/': {**_BOOK, 'copies': [{}, {}, {}]},
        'api/authors/': {'name': 'Onni Lehtonen'},
        'api/loans/': {'barcode': 'LIB-000001', 'member': 7777},
    }

    with ThreadPoolExecutor(max_workers=8) as pool:
        statuses = pool.map(
            lambda path: _status(f'{demo.address}/{path}', paths[path]),
            list(paths) * 20,
        )

    assert Counter({201: 40, 404: 20}) == Counter(statuses)


def test_data_survive_a_restart(tmp_path: Path) -> None:
    """The second start finds everything, and fills nothing."""
    path = tmp_path / 'new folder' / 'library.sqlite3'
    first, second = StoppedDemo(), StoppedDemo()
    author = {'name': 'Ines Okafor', 'born': 1971, 'country': 'Portugal'}
    with running_demo(path, first) as running:
        added = _ask(f'{running.address}/api/authors/', author)
        before = _ask(f'{running.address}/api/statistics/')

    with running_demo(path, second) as running:
        found = _ask(f'{running.address}/api/authors/{added["id"]}/')
        after = _ask(f'{running.address}/api/statistics/')

    assert found == added == {**author, 'id': added['id'], 'book_count': 0}
    assert before == after
    assert 'Filling the library: 100%' in first.errors
    assert 'Filling' not in second.errors


def test_ctrl_c_ends_quietly(tmp_path: Path) -> None:
    """There is no traceback, and the status says that all is well."""
    path, stopped = tmp_path / 'library.sqlite3', StoppedDemo()
    with running_demo(path):
        pass

    with running_demo(path, stopped) as running:
        _ask(f'{running.address}/api/loans/')

    assert (0, '') == (stopped.status, stopped.errors)


def test_port_in_use_is_explained(tmp_path: Path) -> None:
    """The message says what to type instead; nothing was made."""
    database = tmp_path / 'library.sqlite3'
    with socket.socket() as other:
        other.bind(('127.0.0.1', 0))
        other.listen()
        port = other.getsockname()[1]

        refused = _refused(command(database, port=port))

    message = (
        f'Port {port} on 127.0.0.1 is in use. Choose another one: '
        f'hatch run demo --port {port + 1}'
    )
    assert (1, message) == refused
    assert not database.exists()


def test_other_file_is_no_database(tmp_path: Path) -> None:
    """A file that is something else stays what it is."""
    path = tmp_path / 'library.sqlite3'
    path.write_text('Dear diary, this is not a database.' * 100)

    refused = _refused(command(path))

    assert refused == (
        1,
        f'Cannot use the database {path}: file is not a database',
    )
    assert path.read_text().startswith('Dear diary')


def test_impossible_port_is_explained(tmp_path: Path) -> None:
    """Typing errors end in one line."""
    status, message = _refused(command(tmp_path / 'new.sqlite3', port=70000))

    assert 2 == status
    assert message.endswith('argument --port: ports are from 0 to 65535')


def test_admin_works(demo: RunningDemo, database: Path) -> None:
    """The staff logs in and sees the books."""
    subprocess.run(
        [sys.executable, DEMO / 'manage.py', 'createsuperuser', '--noinput'],
        check=True,
        capture_output=True,
        env=environment(
            LIBRARY_DATABASE=str(database),
            DJANGO_SUPERUSER_USERNAME='staff',
            DJANGO_SUPERUSER_EMAIL='staff@example.org',
            DJANGO_SUPERUSER_PASSWORD='a-long-password-for-tests',
        ),
    )
    cookies = CookieJar()
    browser = urllib.request.build_opener(
        urllib.request.HTTPCookieProcessor(cookies),
    )
    login = f'{demo.address}/admin/login/?next=/admin/library/book/'
    browser.open(login).read()
    token = next(one.value for one in cookies if one.name == 'csrftoken')

    form = {
        'csrfmiddlewaretoken': token,
        'username': 'staff',
        'password': 'a-long-password-for-tests',
    }
    page = browser.open(login, urllib.parse.urlencode(form).encode())

    assert f'{demo.address}/admin/library/book/' == page.url
    assert b'Select book to change' in page.read()


@pytest.mark.parametrize(
    'path',
    ['dmr/swagger/swagger-ui-bundle.js', 'admin/css/base.css'],
)
def test_static_files_are_served(demo: RunningDemo, path: str) -> None:
    """Neither the docs page nor the admin needs another server."""
    with urllib.request.urlopen(f'{demo.address}/static/{path}') as response:
        content = response.read()

    assert (200, True) == (response.status, len(content) > 1000)
