"""Request factories that send JSON by default.

They build requests without running middleware: call a view with the result.
"""

import json
from collections.abc import Awaitable, Mapping
from typing import Any, TypeVar, cast

from django.core.handlers.asgi import ASGIRequest
from django.core.handlers.wsgi import WSGIRequest
from django.core.serializers.json import DjangoJSONEncoder
from django.http.request import HttpHeaders
from django.test import AsyncRequestFactory, RequestFactory

from dmr.test._bodies import split_content_type
from dmr.test._methods import JsonMethods

_ThingT = TypeVar('_ThingT')


class DMRRequestFactory(JsonMethods[WSGIRequest], RequestFactory):
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


class DMRAsyncRequestFactory(JsonMethods[ASGIRequest], AsyncRequestFactory):
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
