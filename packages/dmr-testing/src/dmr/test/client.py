"""Test clients that send JSON by default.

They run the whole project, middleware included, without a network.
"""

from collections.abc import Mapping
from types import CoroutineType
from typing import TYPE_CHECKING, Any, TypeAlias

from django.http.request import HttpHeaders
from django.test import AsyncClient, Client

from dmr.test._bodies import split_content_type
from dmr.test._methods import JsonMethods

if TYPE_CHECKING:
    # The stubs have no public names for these types.
    from django.test.client import (
        _MonkeyPatchedASGIResponse as ASGIResponse,  # pyright: ignore[reportPrivateUsage]
    )
    from django.test.client import (
        _MonkeyPatchedWSGIResponse as WSGIResponse,  # pyright: ignore[reportPrivateUsage]
    )

_Answer: TypeAlias = 'WSGIResponse'
_AsyncAnswer: TypeAlias = 'CoroutineType[Any, Any, ASGIResponse]'


# Type arguments are annotations too.
class DMRClient(JsonMethods[_Answer], Client):  # pyright: ignore[reportGeneralTypeIssues]
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


class DMRAsyncClient(JsonMethods[_AsyncAnswer], AsyncClient):
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
