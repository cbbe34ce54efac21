"""Start the library: make its database, fill it, serve it.

``hatch run demo`` calls this. ``hatch run demo --help`` lists the options.
"""

import argparse
import errno
import json
import os
import socket
import sys
from copy import deepcopy
from pathlib import Path
from typing import Final

import django
import uvicorn
from django.core.management import call_command
from django.db import DatabaseError
from django.utils import timezone
from uvicorn.config import LOGGING_CONFIG

MAX_PORT: Final = 65535
FOLDER: Final = Path(__file__).parent
ANY_HOST: Final = frozenset(('0.0.0.0', '::'))  # noqa: S104

WELCOME: Final = """
{books} books, {members} members and {loans} loans are in {database}

  Docs page:  {address}/docs/
  Live page:  {address}/live/
  Admin:      {address}/admin/
              make yourself a user first: {createsuperuser}

There is an account to log in with: {reader}, with the password "{password}".

Try these in another terminal:

  curl '{address}/api/books/?genre=mystery&available=true&page_size=2'

  curl {address}/api/books/ {json} -d '{new_book}'

  curl -H 'Accept: application/msgpack' {address}/api/members/{member}/ -o -

  curl {address}/api/account/tokens/ {json} -d '{credentials}'

  curl -i {address}/api/suggestion/

  curl -N {address}/api/events/

Ctrl-C stops the server, the data stay.
"""

NEW_BOOK: Final = (
    '{"title": "The Salt Road", "author": {"name": "Ines Okafor"}, '
    '"genre": "travel", "published": 2024, "copies": [{"branch": "harbour"}]}'
)


def main(arguments: list[str] | None = None) -> int:
    """Return the exit status."""
    options = _options(arguments)
    try:
        listener = _bind(options.host, options.port)
        _set_up(options.host, options.database)
        _prepare(options.database)
    except _StartError as exc:
        print(exc, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print('\nStopped before it was ready.', file=sys.stderr)
        return 130
    print(_welcome(listener, options.database), flush=True)
    _serve(listener)
    return 0


class _StartError(Exception):
    """The server cannot start; the text is for the user."""


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog='hatch run demo',
        description='Serve a public library on a real database.',
    )
    parser.add_argument(
        '--host',
        default='127.0.0.1',
        help='address to listen on (default: %(default)s, this machine only)',
    )
    parser.add_argument(
        '--port',
        type=_port,
        default=8000,
        help='port to listen on, 0 for any free one (default: %(default)s)',
    )
    parser.add_argument(
        '--database',
        type=Path,
        default=FOLDER / 'library.sqlite3',
        help='SQLite file, made if it is missing (default: %(default)s)',
    )
    return parser.parse_args(arguments)


def _port(text: str) -> int:
    port = int(text)
    if not 0 <= port <= MAX_PORT:
        raise argparse.ArgumentTypeError(f'ports are from 0 to {MAX_PORT}')
    return port


def _bind(host: str, port: int) -> socket.socket:
    """Take the port before anything else, so that mistakes show at once."""
    family = socket.AF_INET6 if ':' in host else socket.AF_INET
    # Asyncio sends small packets at once (TCP_NODELAY) only if it is told that
    # this is TCP. Else a body waits 40 ms until its headers are acknowledged.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    if os.name == 'posix':
        # A restart need not wait until old connections are forgotten.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        # A second server on the port is refused only when the first listens.
        listener.listen(2048)
    except OSError as exc:
        listener.close()
        if exc.errno == errno.EADDRINUSE:
            raise _StartError(
                f'Port {port} on {host} is in use. Choose another one: '
                f'hatch run demo --port {port + 1}',
            ) from exc
        raise _StartError(
            f'Cannot listen on {host}, port {port}: {exc}',
        ) from exc
    return listener


def _set_up(host: str, database: Path) -> None:
    os.environ['DJANGO_SETTINGS_MODULE'] = 'library_site.settings'
    os.environ['LIBRARY_DATABASE'] = str(database.absolute())
    os.environ.setdefault('LIBRARY_HOSTS', '*' if host in ANY_HOST else host)
    django.setup()


def _prepare(database: Path) -> None:
    """Bring the database up to date, and fill it when it is new."""
    # Models exist only after Django was set up.
    from library.dataset.load import is_empty, load  # noqa: PLC0415
    from library.services.accounts import add_reader  # noqa: PLC0415

    try:
        database.parent.mkdir(parents=True, exist_ok=True)
        call_command('migrate', verbosity=0, interactive=False)
        if is_empty():
            load(timezone.localdate())
        add_reader()
    except (DatabaseError, OSError) as exc:
        raise _StartError(f'Cannot use the database {database}: {exc}') from exc


def _welcome(listener: socket.socket, database: Path) -> str:
    from library.models import Book, Loan, Member  # noqa: PLC0415
    from library.services import accounts  # noqa: PLC0415

    is_default = database == FOLDER / 'library.sqlite3'
    first_member = Member.objects.order_by('id').first()
    return WELCOME.format(
        address=_address(listener),
        books=Book.objects.count(),
        members=Member.objects.count(),
        loans=Loan.objects.count(),
        database=_short(database),
        createsuperuser=(
            ('' if is_default else f'LIBRARY_DATABASE={_short(database)} ')
            + f'hatch run python {_short(FOLDER / "manage.py")} createsuperuser'
        ),
        json="-H 'Content-Type: application/json'",
        new_book=NEW_BOOK,
        reader=accounts.READER,
        password=accounts.READER_PASSWORD,
        credentials=json.dumps(
            {
                'username': accounts.READER,
                'password': accounts.READER_PASSWORD,
            },
        ),
        member=first_member.pk if first_member else 1,
    )


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    if host in ANY_HOST:
        host = '127.0.0.1'
    return f'http://[{host}]:{port}' if ':' in host else f'http://{host}:{port}'


def _short(path: Path) -> Path:
    """Return *path* as somebody who is here would type it."""
    here = Path.cwd()
    absolute = path.absolute()
    return absolute.relative_to(here) if here in absolute.parents else absolute


class _Server(uvicorn.Server):
    """End the streams of events first: they would never end by themselves."""

    async def shutdown(
        self, sockets: list[socket.socket] | None = None
    ) -> None:
        from library.services.live import FEED  # noqa: PLC0415

        FEED.close()
        await super().shutdown(sockets)


def _serve(listener: socket.socket) -> None:
    from library_site.asgi import application  # noqa: PLC0415

    logging = deepcopy(LOGGING_CONFIG)
    # Requests are worth a line each, that the server runs is said above.
    logging['loggers']['uvicorn.error']['level'] = 'WARNING'
    server = _Server(
        uvicorn.Config(
            application,
            lifespan='off',
            log_config=logging,
            # For clients that do not read to the end.
            timeout_graceful_shutdown=2,
        ),
    )
    try:
        server.run(sockets=[listener])
    except KeyboardInterrupt:
        # Uvicorn has stopped already and passes the signal on.
        print('Stopped.')


if __name__ == '__main__':
    sys.exit(main())
