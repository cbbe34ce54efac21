"""Send parts of a request with any client, or build it with any factory."""

from collections.abc import Mapping
from http.cookies import SimpleCookie
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from dmr.test._bodies import encoded_text

if TYPE_CHECKING:
    from dmr.test.payloads import RequestParts

#: Methods of clients that encode bodies.
_WITH_BODY: Final = frozenset(('post', 'put', 'patch', 'delete', 'options'))


def send_parts(parts: 'RequestParts', client: Any, url: str) -> Any:
    """Return what *client* returns for the request to *url*."""
    name = {'meta': 'options'}.get(parts.method, parts.method)
    options: dict[str, Any] = {'headers': _headers(parts)}
    if parts.query:
        options['query_params'] = parts.query
    target = url.format_map(
        {field: quote(text, safe='') for field, text in parts.path.items()},
    )
    if parts.content_type is None:
        return client.generic(name.upper(), target, **options)
    options['content_type'] = parts.content_type
    body = parts.body
    if isinstance(body, str):
        # Clients take text for a body that was encoded already.
        body = encoded_text(body, parts.content_type)
    if name in _WITH_BODY:
        return getattr(client, name)(target, body, **options)
    # Methods that clients do not know, and bodies where they have no meaning.
    encoded = client._encoded(body, parts.content_type)
    return client.generic(name.upper(), target, encoded, **options)


def _headers(parts: 'RequestParts') -> Mapping[str, str]:
    if not parts.cookies:
        return parts.headers
    jar: SimpleCookie = SimpleCookie(parts.cookies)
    sent = jar.output(attrs=[], header='', sep=';').strip()
    return {**parts.headers, 'Cookie': sent}
