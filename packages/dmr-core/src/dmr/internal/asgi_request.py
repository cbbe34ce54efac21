"""Django's ASGI request, which takes usual headers a shorter way."""

from typing import Any, Final, cast

from django.core.handlers.asgi import ASGIRequest as DjangoASGIRequest
from django.core.handlers.asgi import get_script_prefix

#: Headers that most clients send → where `META` has them.
_META_NAMES: Final = {
    name.encode(): f'HTTP_{name.upper().replace("-", "_")}'
    for name in (
        'accept',
        'accept-encoding',
        'accept-language',
        'authorization',
        'cache-control',
        'connection',
        'cookie',
        'host',
        'if-match',
        'if-modified-since',
        'if-none-match',
        'if-unmodified-since',
        'idempotency-key',
        'origin',
        'pragma',
        'priority',
        'range',
        'referer',
        'sec-ch-ua',
        'sec-ch-ua-mobile',
        'sec-ch-ua-platform',
        'sec-fetch-dest',
        'sec-fetch-mode',
        'sec-fetch-site',
        'traceparent',
        'tracestate',
        'upgrade-insecure-requests',
        'user-agent',
        'x-api-key',
        'x-csrftoken',
        'x-forwarded-for',
        'x-forwarded-host',
        'x-forwarded-proto',
        'x-real-ip',
        'x-request-id',
        'x-requested-with',
    )
} | {b'content-length': 'CONTENT_LENGTH', b'content-type': 'CONTENT_TYPE'}

#: Media types as Django reads them, where there is nothing to read.
_PLAIN_TYPES: Final = frozenset(('', 'application/json'))


class ASGIRequest(DjangoASGIRequest):
    """Be what Django's request is, made in half of the time."""

    def __init__(self, scope: Any, body_file: Any) -> None:
        # 1.7 instead of 3.2 µs.
        if get_script_prefix(scope) or not self._reads(scope, body_file):
            super().__init__(scope, body_file)

    def _reads(self, scope: Any, body_file: Any) -> bool:
        """Set what Django sets, leave whatever is unusual to it."""
        query: bytes | str = scope.get('query_string', '')
        if isinstance(query, bytes):
            query = query.decode()
        method = scope['method'].upper()
        path = scope['path']
        meta: dict[str, Any] = {
            'REQUEST_METHOD': method,
            'QUERY_STRING': query,
            'SCRIPT_NAME': '',
            'PATH_INFO': path,
            'wsgi.multithread': True,
            'wsgi.multiprocess': True,
        }
        client = scope.get('client')
        if client:
            meta['REMOTE_ADDR'] = meta['REMOTE_HOST'] = client[0]
            meta['REMOTE_PORT'] = client[1]
        server = scope.get('server') or ('unknown', 0)
        meta['SERVER_NAME'] = server[0]
        meta['SERVER_PORT'] = str(server[1])
        for name, value in scope.get('headers', ()):
            key = _META_NAMES.get(name) or _meta_name(name)
            # Versions of Django join in different ways what comes twice, and
            # cut cookies or not.
            if key in meta or (key == 'HTTP_COOKIE' and value[-1:] in b'; '):
                return False
            if key:
                meta[key] = value.decode('latin1')
        self.scope = scope
        self._post_parse_error = False
        self._read_started = False
        self.resolver_match = None
        self.path = self.path_info = path
        self.script_name = ''
        self.method = method
        self.META = meta
        self._stream = body_file
        # Last, since a charset makes Django read the query.
        content_type = meta.get('CONTENT_TYPE', '')
        if content_type in _PLAIN_TYPES:
            self.content_type = content_type
            self.content_params = {}
        else:
            cast('Any', self)._set_content_type_params(meta)
        return True


def _meta_name(header: bytes) -> str:
    """Return where `META` has *header*, nothing if it could be forged."""
    name = header.decode('latin1')
    return '' if '_' in name else f'HTTP_{name.upper().replace("-", "_")}'
