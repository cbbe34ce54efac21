"""Request factories that send JSON by default.

They build requests without running middleware: call a view with the result.
"""

import json
from collections.abc import Awaitable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from django.core.handlers.asgi import ASGIRequest
from django.core.handlers.wsgi import WSGIRequest
from django.core.serializers.json import DjangoJSONEncoder
from django.http.request import HttpHeaders
from django.test import AsyncRequestFactory, RequestFactory
from typing_extensions import override

from dmr.test._bodies import (
    JsonByDefault,
    split_content_type,
    without_content_type,
)

if TYPE_CHECKING:
    # The stubs have no public name for this type.
    from django.utils.functional import (
        _StrOrPromise as StrOrPromise,  # pyright: ignore[reportPrivateUsage]
    )

_ThingT = TypeVar('_ThingT')


class DMRRequestFactory(JsonByDefault, RequestFactory):
    """Build WSGI requests; bodies are JSON unless said otherwise.

    >>> request = DMRRequestFactory().post('/users/', {'name': 'Ada'})
    >>> request.content_type, request.body
    ('application/json', b'{"name":"Ada"}')
    """

    def __init__(
        self,
        *,
        json_encoder: type[json.JSONEncoder] = DjangoJSONEncoder,
        headers: Mapping[str, str] | None = None,
        query_params: Mapping[Any, Any] | None = None,
        **defaults: Any,
    ) -> None:
        """Take *headers*, *query_params* and environment of all requests."""
        headers, content_type = split_content_type(headers)
        super().__init__(
            json_encoder=json_encoder,
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
    ) -> WSGIRequest:
        """Build a POST request; plain *data* is encoded as JSON."""
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
    ) -> WSGIRequest:
        """Build a PUT request; plain *data* is encoded as JSON."""
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
    ) -> WSGIRequest:
        """Build a PATCH request; plain *data* is encoded as JSON."""
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
    ) -> WSGIRequest:
        """Build a DELETE request; plain *data* is encoded as JSON."""
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
    ) -> WSGIRequest:
        """Build an OPTIONS request; plain *data* is encoded as JSON."""
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
    ) -> WSGIRequest:
        """Build a request of any method; *data* is text or bytes."""
        chosen = self._content_type(content_type, options)
        # An empty body has a content type only where a header says so.
        kept = without_content_type(options) if data else options
        return super().generic(method, path, data, chosen, *args, **kept)


class DMRAsyncRequestFactory(JsonByDefault, AsyncRequestFactory):
    """Build ASGI requests; bodies are JSON unless said otherwise.

    The methods are plain functions, as those of the synchronous factory.
    """

    def __init__(
        self,
        *,
        json_encoder: type[json.JSONEncoder] = DjangoJSONEncoder,
        headers: Mapping[str, str] | None = None,
        query_params: Mapping[Any, Any] | None = None,
        **defaults: Any,
    ) -> None:
        """Take *headers*, *query_params* and scope of all requests."""
        headers, content_type = split_content_type(headers)
        super().__init__(
            json_encoder=json_encoder,
            query_params=query_params,
            # Django writes WSGI names, which an ASGI scope does not know.
            **{**HttpHeaders.to_asgi_names(headers), **defaults},
        )
        if content_type:
            self.default_content_type = content_type

    def wrap(self, thing: _ThingT) -> Awaitable[_ThingT]:
        """Return *thing* as it is, typed as something to await.

        ``as_view()`` is typed as a synchronous function, also for controllers
        with asynchronous endpoints.
        """
        return cast('Awaitable[_ThingT]', thing)

    @override
    def post(
        self,
        path: 'StrOrPromise',
        data: Any = None,
        content_type: str | None = None,
        *args: Any,
        **options: Any,
    ) -> ASGIRequest:
        """Build a POST request; plain *data* is encoded as JSON."""
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
    ) -> ASGIRequest:
        """Build a PUT request; plain *data* is encoded as JSON."""
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
    ) -> ASGIRequest:
        """Build a PATCH request; plain *data* is encoded as JSON."""
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
    ) -> ASGIRequest:
        """Build a DELETE request; plain *data* is encoded as JSON."""
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
    ) -> ASGIRequest:
        """Build an OPTIONS request; plain *data* is encoded as JSON."""
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
    ) -> ASGIRequest:
        """Build a request of any method; *data* is text or bytes."""
        chosen = self._content_type(content_type, options)
        # An empty body has a content type only where a header says so.
        kept = without_content_type(options) if data else options
        return super().generic(method, path, data, chosen, *args, **kept)
