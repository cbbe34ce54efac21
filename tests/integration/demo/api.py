"""One way to ask Django's sync and async handlers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
from asgiref.sync import async_to_sync
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from dmr.test import DMRAsyncClient, DMRClient


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A response, with its body as Python data."""

    status_code: int
    headers: Mapping[str, str]
    content: bytes
    data: Any


class Api:
    """Send requests and wait for answers."""

    def __init__(self, client: DMRClient | DMRAsyncClient) -> None:
        self._client = client

    def send(
        self,
        method: str,
        path: str,
        body: Any = None,
        **headers: str,
    ) -> Answer:
        """Send *body* as JSON, or as it is when it is bytes already.

        Underscores in the names of *headers* are hyphens.
        """
        options: dict[str, Any] = {
            'headers': {
                name.replace('_', '-'): value for name, value in headers.items()
            },
        }
        if body is not None:
            options['data'] = body
        send: Any = getattr(self._client, method.lower())
        if isinstance(self._client, DMRAsyncClient):
            send = async_to_sync(send)
        return _answer(send(f'/api/{path}', **options))

    def get(self, path: str, **headers: str) -> Answer:
        """Send GET."""
        return self.send('GET', path, **headers)

    def upload(self, path: str, fields: Mapping[str, Any]) -> Answer:
        """Send PUT with a form that can have files."""
        return self.send(
            'PUT',
            path,
            encode_multipart(BOUNDARY, fields),
            content_type=MULTIPART_CONTENT,
        )


def error(message: str, kind: str, *loc: str) -> Any:
    """Return the error model with one error."""
    detail: dict[str, Any] = {'msg': message, 'type': kind}
    return {'detail': [{**detail, 'loc': list(loc)} if loc else detail]}


def page(*items: Any, per_page: int = 20) -> Any:
    """Return the first and only page of a list."""
    return {
        'count': len(items),
        'num_pages': 1,
        'per_page': per_page,
        'page': {'number': 1, 'object_list': list(items)},
    }


def _answer(response: Any) -> Answer:
    content = (
        b''.join(response.streaming_content)
        if response.streaming
        else response.content
    )
    return Answer(
        status_code=response.status_code,
        headers=response.headers,
        content=content,
        data=_data(response.headers.get('Content-Type', ''), content),
    )


def _data(media_type: str, content: bytes) -> Any:
    if not content:
        return None
    if 'msgpack' in media_type:
        return msgspec.msgpack.decode(content)
    if 'json' in media_type:
        return msgspec.json.decode(content)
    return content
