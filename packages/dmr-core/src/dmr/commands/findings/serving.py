"""Findings about how a project is served."""

from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from typing import Any, Final

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning  # noqa: A004
from django.core.checks import Info as Information
from django.core.handlers.asgi import ASGIHandler
from django.core.handlers.wsgi import WSGIHandler

from dmr.commands.findings.endpoints import Place, base_paths, imported, some

_GZIP: Final = 'django.middleware.gzip.GZipMiddleware'


def production_findings() -> Iterator[CheckMessage]:
    """Yield settings that must not go into production."""
    if settings.DEBUG:
        yield Warning(
            'DEBUG is on: responses with status 500 tell clients what has '
            'happened inside.',
            hint='Set DEBUG = False where others can reach the project.',
            id='dmr.D011',
        )
    limit: Any = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    if limit is None:
        yield Warning(
            'DATA_UPLOAD_MAX_MEMORY_SIZE is None: one request can fill the '
            'memory.',
            hint='Set it to the largest body that you expect, in bytes.',
            id='dmr.D012',
        )


def server_findings(found: Sequence[Place]) -> Iterator[CheckMessage]:
    """Yield handlers that do not fit the protocol, or the endpoints."""
    wsgi, asgi = getattr(settings, 'WSGI_APPLICATION', None), _asgi_path()
    if wsgi and isinstance(imported(wsgi), ASGIHandler):
        yield _mixed_up(wsgi, 'WSGI', 'ASGI')
    application = imported(asgi) if asgi else None
    if asgi and isinstance(application, WSGIHandler):
        yield _mixed_up(asgi, 'ASGI', 'WSGI')
    asynchronous = [one.name for one in found if one.is_async]
    streaming = [one.name for one in found if one.streams]
    # Of subclasses nobody knows what they do, they may wrap another handler.
    if asynchronous and type(application) is ASGIHandler:
        yield Information(
            f'{asgi} is the handler of Django, which starts threads for each '
            f'request; {some(asynchronous)} do not need them.',
            hint='Import get_asgi_application from dmr.asgi instead.',
            id='dmr.D014',
        )
    if streaming and application is None:
        yield Warning(
            f'{some(streaming)} stream, but there is no ASGI application: '
            'over WSGI each client occupies a thread as long as it listens.',
            hint='Write an asgi.py with dmr.asgi.get_asgi_application and '
            'serve it with an ASGI server.',
            id='dmr.D015',
        )


def middleware_findings(found: Sequence[Place]) -> Iterator[CheckMessage]:
    """Yield middlewares that do not fit the endpoints."""
    streaming = [one.name for one in found if one.streams]
    asynchronous = [one.name for one in found if one.is_async]
    for path in settings.MIDDLEWARE:
        if streaming and _GZIP in base_paths(path):
            yield Warning(
                f'{path} compresses streams and keeps events back until there '
                f'is enough to compress: {some(streaming)}.',
                hint='Let the web server compress instead, for other media '
                'types than those of streams.',
                id='dmr.D016',
            )
        if asynchronous and not getattr(imported(path), 'async_capable', True):
            yield Warning(
                f'{path} is synchronous: requests of asynchronous endpoints '
                f'go through a thread because of it, {some(asynchronous)}.',
                hint='Set `async_capable = True` when it can work with both, '
                'or derive it from MiddlewareMixin.',
                id='dmr.D017',
            )


def _mixed_up(path: str, expected: str, actual: str) -> CheckMessage:
    return Error(
        f'{path} is an {actual} application, a server of {expected} gets it.',
        hint=f'Import get_{expected.lower()}_application from '
        f'dmr.{expected.lower()} there.',
        id='dmr.D013',
    )


def _asgi_path() -> str | None:
    """Return where the ASGI application is, else where it usually would be."""
    configured: str | None = getattr(settings, 'ASGI_APPLICATION', None)
    if configured:
        return configured
    urls: object = getattr(settings, 'ROOT_URLCONF', None)
    package = urls.rpartition('.')[0] if isinstance(urls, str) else ''
    try:
        is_there = bool(package) and find_spec(f'{package}.asgi') is not None
    except ImportError:
        return None
    return f'{package}.asgi.application' if is_there else None
