"""What all auths have in common."""

from http import HTTPStatus
from typing import Any, ClassVar

import pytest
from django.test import override_settings
from typing_extensions import override

from dmr import Controller, modify
from dmr.exceptions import EndpointMetadataError
from dmr.plugins.pydantic import PydanticSerializer
from dmr.security import AsyncAuth, SyncAuth, SyncOrAsyncAuth, request_auth
from dmr.test import DMRRequestFactory
from tests.core.security.asking import ask, denied, outcome


class _Sync(SyncAuth):
    security_schemes: ClassVar[Any] = {}
    security_requirement: ClassVar[Any] = {'sync': []}

    def __init__(self, *, vouches: bool = True) -> None:
        self.vouches = vouches

    @override
    def __call__(self, endpoint: Any, controller: Any) -> Any:
        return self if self.vouches else None


class _Async(AsyncAuth):
    security_schemes: ClassVar[Any] = {}
    security_requirement: ClassVar[Any] = {'async': []}

    @override
    async def __call__(self, endpoint: Any, controller: Any) -> Any:
        return self


def test_first_auth_that_vouches_is_remembered() -> None:
    """``request_auth`` tells which one it was."""
    first, second = _Sync(vouches=False), _Sync()

    class _Guarded(Controller[PydanticSerializer]):
        auth = [first, second, _Sync()]

        def get(self) -> bool:
            return request_auth(self.request, strict=True) is second

    assert (200, True, None) == outcome(ask(_Guarded))


def test_unauthenticated_requests_have_no_auth() -> None:
    """There is nothing to find, and strict callers are told so."""
    request = DMRRequestFactory().get('/')

    assert request_auth(request) is None
    with pytest.raises(AttributeError, match='__dmr_auth__'):
        request_auth(request, strict=True)


@pytest.mark.parametrize('level', ['endpoint', 'controller'])
def test_none_switches_all_auth_off(level: str) -> None:
    """One ``None`` on endpoint or controller opens the endpoint."""
    refusing = _Sync(vouches=False)

    class _Open(Controller[PydanticSerializer]):
        auth = None if level == 'controller' else [refusing]

        @modify(auth=None if level == 'endpoint' else [refusing])
        def get(self) -> str:
            return 'open'

    with override_settings(DMR_SETTINGS={'auth': [refusing]}):
        assert (200, 'open', None) == outcome(ask(_Open))


def test_none_rescues_an_async_endpoint_from_sync_settings() -> None:
    """What is switched off is not checked for its colour."""
    with override_settings(DMR_SETTINGS={'auth': [_Sync(vouches=False)]}):

        class _Open(Controller[PydanticSerializer]):
            auth = None

            async def get(self) -> str:
                return 'open'

        assert (200, 'open', None) == outcome(ask(_Open))


def test_sync_settings_do_not_fit_async_endpoints() -> None:
    """The error names the endpoint and the base class that it needs."""
    with (
        override_settings(DMR_SETTINGS={'auth': [_Sync()]}),
        pytest.raises(
            EndpointMetadataError, match=r'base\.AsyncAuth'
        ) as caught,
    ):

        class _Wrong(Controller[PydanticSerializer]):
            async def get(self) -> str:
                raise AssertionError('must not be called')

    assert '_Wrong.get' in str(caught.value)


def test_twins_in_settings_serve_endpoints_of_both_kinds() -> None:
    """Each endpoint gets the one that it can call."""
    twins = SyncOrAsyncAuth(_Sync(), _Async())
    with override_settings(DMR_SETTINGS={'auth': [twins]}):

        class _SyncGuarded(Controller[PydanticSerializer]):
            def get(self) -> bool:
                return request_auth(self.request) is twins.sync_auth

        class _AsyncGuarded(Controller[PydanticSerializer]):
            async def get(self) -> bool:
                return request_auth(self.request) is twins.async_auth

        outcomes = [outcome(ask(_SyncGuarded)), outcome(ask(_AsyncGuarded))]

    assert [(200, True, None)] * 2 == outcomes


def test_401_is_described_with_the_error_model_of_the_controller() -> None:
    """The spec is the controller's, unless there is one already."""

    class _Guarded(Controller[PydanticSerializer]):
        auth = [_Sync()]
        error_model = dict[str, int]

        def get(self) -> str:
            raise AssertionError('must not be called')

    spec = _Guarded.api_endpoints['GET'].metadata.responses[
        HTTPStatus.UNAUTHORIZED
    ]

    assert dict[str, int] == spec.return_type


def test_exceptions_of_an_auth_are_never_a_success() -> None:
    """A database that is gone is an error, not a way in."""

    class _Broken(_Sync):
        @override
        def __call__(self, endpoint: Any, controller: Any) -> Any:
            raise OSError('database is gone')

    class _Guarded(Controller[PydanticSerializer]):
        auth = [_Broken(), _Sync()]

        def get(self) -> str:
            raise AssertionError('must not be called')

    with pytest.raises(OSError, match='database is gone'):
        ask(_Guarded)


def test_denied_request_never_reaches_the_endpoint() -> None:
    """401 comes before anything is parsed."""

    class _Guarded(Controller[PydanticSerializer]):
        auth = [_Sync(vouches=False)]

        def get(self) -> str:
            raise AssertionError('must not be called')

    assert denied('sync') == outcome(ask(_Guarded))
