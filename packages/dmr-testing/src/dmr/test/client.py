"""Test clients that send JSON by default.

They run the whole project, middleware included, without a network.
"""

from collections.abc import Callable, Mapping
from functools import wraps
from types import CoroutineType
from typing import TYPE_CHECKING, Any, ParamSpec, TypeAlias

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

_P = ParamSpec('_P')
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


def _coroutine_function(
    method: Callable[_P, _AsyncAnswer],
) -> Callable[_P, _AsyncAnswer]:
    """Return *method* as what it is like: `async_to_sync` asks for it."""

    @wraps(method)
    async def send(*args: _P.args, **kwargs: _P.kwargs) -> 'ASGIResponse':
        return await method(*args, **kwargs)

    # For mypy, what such a function returns is any kind of coroutine.
    marked: Callable[_P, Any] = send
    return marked


class DMRAsyncClient(JsonMethods[_AsyncAnswer], AsyncClient):
    """Django's asynchronous test client, with JSON bodies by default."""

    post = _coroutine_function(JsonMethods[_AsyncAnswer].post)
    put = _coroutine_function(JsonMethods[_AsyncAnswer].put)
    patch = _coroutine_function(JsonMethods[_AsyncAnswer].patch)
    delete = _coroutine_function(JsonMethods[_AsyncAnswer].delete)
    options = _coroutine_function(JsonMethods[_AsyncAnswer].options)
    generic = _coroutine_function(JsonMethods[_AsyncAnswer].generic)

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
