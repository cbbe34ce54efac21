"""Test clients that send JSON by default.

They run the whole project, middleware included, without a network.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.http.request import HttpHeaders
from django.test import AsyncClient, Client
from typing_extensions import override

from dmr.test._bodies import (
    JsonByDefault,
    split_content_type,
    without_content_type,
)

if TYPE_CHECKING:
    # The stubs have no public names for these types.
    from django.test.client import (
        _MonkeyPatchedASGIResponse as ASGIResponse,  # pyright: ignore[reportPrivateUsage]
    )
    from django.test.client import (
        _MonkeyPatchedWSGIResponse as WSGIResponse,  # pyright: ignore[reportPrivateUsage]
    )
    from django.utils.functional import (
        _StrOrPromise as StrOrPromise,  # pyright: ignore[reportPrivateUsage]
    )


class DMRClient(JsonByDefault, Client):
    """Django's test client; bodies are JSON unless said otherwise."""

    def __init__(
        self,
        enforce_csrf_checks: bool = False,
        raise_request_exception: bool = True,
        *,
        headers: Mapping[str, str] | None = None,
        query_params: Mapping[Any, Any] | None = None,
        **defaults: Any,
    ) -> None:
        """Take *headers*, *query_params* and environment of all requests."""
        headers, content_type = split_content_type(headers)
        super().__init__(
            enforce_csrf_checks,
            raise_request_exception,
            headers=headers,
            query_params=query_params,
            **defaults,
        )
        if content_type:
            self.default_content_type = content_type

    @override
    def post(
        self,
        path: 'StrOrPromise',
        data: Any = None,
        content_type: str | None = None,
        *args: Any,
        **options: Any,
    ) -> 'WSGIResponse':
        """Send a POST request; plain *data* is encoded as JSON."""
        chosen = self._content_type(content_type, options)
        return super().post(
            path,
            self._encoded(
                {} if data is None else data,
                chosen,
                is_post=True,
            ),
            chosen,
            *args,
            **options,
        )

    @override
    def put(
        self,
        path: 'StrOrPromise',
        data: Any = '',
        content_type: str | None = None,
        *args: Any,
        **options: Any,
    ) -> 'WSGIResponse':
        """Send a PUT request; plain *data* is encoded as JSON."""
        chosen = self._content_type(content_type, options)
        return super().put(
            path,
            self._encoded(data, chosen),
            chosen,
            *args,
            **options,
        )

    @override
    def patch(
        self,
        path: 'StrOrPromise',
        data: Any = '',
        content_type: str | None = None,
        *args: Any,
        **options: Any,
    ) -> 'WSGIResponse':
        """Send a PATCH request; plain *data* is encoded as JSON."""
        chosen = self._content_type(content_type, options)
        return super().patch(
            path,
            self._encoded(data, chosen),
            chosen,
            *args,
            **options,
        )

    @override
    def delete(
        self,
        path: 'StrOrPromise',
        data: Any = '',
        content_type: str | None = None,
        *args: Any,
        **options: Any,
    ) -> 'WSGIResponse':
        """Send a DELETE request; plain *data* is encoded as JSON."""
        chosen = self._content_type(content_type, options)
        return super().delete(
            path,
            self._encoded(data, chosen),
            chosen,
            *args,
            **options,
        )

    @override
    def options(
        self,
        path: 'StrOrPromise',
        data: Any = '',
        content_type: str | None = None,
        *args: Any,
        **options: Any,
    ) -> 'WSGIResponse':
        """Send an OPTIONS request; plain *data* is encoded as JSON."""
        chosen = self._content_type(content_type, options)
        return super().options(
            path,
            self._encoded(data, chosen),
            chosen,
            *args,
            **options,
        )

    @override
    def generic(
        self,
        method: str,
        path: 'StrOrPromise',
        data: Any = '',
        content_type: str | None = None,
        *args: Any,
        **options: Any,
    ) -> 'WSGIResponse':
        """Send a request of any method; *data* is text or bytes."""
        chosen = self._content_type(content_type, options)
        # An empty body has a content type only where a header says so.
        kept = without_content_type(options) if data else options
        return super().generic(method, path, data, chosen, *args, **kept)


class DMRAsyncClient(JsonByDefault, AsyncClient):
    """Django's asynchronous test client, with JSON bodies by default."""

    def __init__(
        self,
        enforce_csrf_checks: bool = False,
        raise_request_exception: bool = True,
        *,
        headers: Mapping[str, str] | None = None,
        query_params: Mapping[Any, Any] | None = None,
        **defaults: Any,
    ) -> None:
        """Take *headers*, *query_params* and scope of all requests."""
        headers, content_type = split_content_type(headers)
        super().__init__(
            enforce_csrf_checks,
            raise_request_exception,
            query_params=query_params,
            # Django writes WSGI names, which an ASGI scope does not know.
            **{**HttpHeaders.to_asgi_names(headers), **defaults},
        )
        if content_type:
            self.default_content_type = content_type

    @override
    async def post(
        self,
        path: 'StrOrPromise',
        data: Any = None,
        content_type: str | None = None,
        *args: Any,
        **options: Any,
    ) -> 'ASGIResponse':
        """Send a POST request; plain *data* is encoded as JSON."""
        chosen = self._content_type(content_type, options)
        return await super().post(
            path,
            self._encoded(
                {} if data is None else data,
                chosen,
                is_post=True,
            ),
            chosen,
            *args,
            **options,
        )

    @override
    async def put(
        self,
        path: 'StrOrPromise',
        data: Any = '',
        content_type: str | None = None,
        *args: Any,
        **options: Any,
    ) -> 'ASGIResponse':
        """Send a PUT request; plain *data* is encoded as JSON."""
        chosen = self._content_type(content_type, options)
        return await super().put(
            path,
            self._encoded(data, chosen),
            chosen,
            *args,
            **options,
        )

    @override
    async def patch(
        self,
        path: 'StrOrPromise',
        data: Any = '',
        content_type: str | None = None,
        *args: Any,
        **options: Any,
    ) -> 'ASGIResponse':
        """Send a PATCH request; plain *data* is encoded as JSON."""
        chosen = self._content_type(content_type, options)
        return await super().patch(
            path,
            self._encoded(data, chosen),
            chosen,
            *args,
            **options,
        )

    @override
    async def delete(
        self,
        path: 'StrOrPromise',
        data: Any = '',
        content_type: str | None = None,
        *args: Any,
        **options: Any,
    ) -> 'ASGIResponse':
        """Send a DELETE request; plain *data* is encoded as JSON."""
        chosen = self._content_type(content_type, options)
        return await super().delete(
            path,
            self._encoded(data, chosen),
            chosen,
            *args,
            **options,
        )

    @override
    async def options(
        self,
        path: 'StrOrPromise',
        data: Any = '',
        content_type: str | None = None,
        *args: Any,
        **options: Any,
    ) -> 'ASGIResponse':
        """Send an OPTIONS request; plain *data* is encoded as JSON."""
        chosen = self._content_type(content_type, options)
        return await super().options(
            path,
            self._encoded(data, chosen),
            chosen,
            *args,
            **options,
        )

    @override
    async def generic(
        self,
        method: str,
        path: 'StrOrPromise',
        data: Any = '',
        content_type: str | None = None,
        *args: Any,
        **options: Any,
    ) -> 'ASGIResponse':
        """Send a request of any method; *data* is text or bytes."""
        chosen = self._content_type(content_type, options)
        # An empty body has a content type only where a header says so.
        kept = without_content_type(options) if data else options
        return await super().generic(method, path, data, chosen, *args, **kept)
