"""Keys in a header."""

from typing import Any

import pytest
from typing_extensions import override

from dmr import Controller
from dmr.plugins.pydantic import PydanticSerializer
from dmr.security.api_key import ApiKeyAsyncAuth, ApiKeySyncAuth
from tests.core.security.asking import ask, denied, outcome


class _SyncAuth(ApiKeySyncAuth):
    @override
    def authenticate(
        self,
        endpoint: Any,
        controller: Any,
        api_key: str,
    ) -> Any:
        return self if api_key == 'right' else None


class _AsyncAuth(ApiKeyAsyncAuth):
    @override
    async def authenticate(
        self,
        endpoint: Any,
        controller: Any,
        api_key: str,
    ) -> Any:
        return self if api_key == 'right' else None


class _Sync(Controller[PydanticSerializer]):
    auth = [_SyncAuth()]

    def get(self) -> str:
        return 'in'


class _Async(Controller[PydanticSerializer]):
    auth = [_AsyncAuth()]

    async def get(self) -> str:
        return 'in'


both = pytest.mark.parametrize('controller', [_Sync, _Async])


@both
def test_right_key_opens(controller: Any) -> None:
    """The subclass decides about keys."""
    response = ask(controller, X_API_Key='right')

    assert (200, 'in', None) == outcome(response)


@both
@pytest.mark.parametrize('headers', [{}, {'X_API_Key': ''}, {'X_API_Key': 'x'}])
def test_other_keys_do_not(controller: Any, headers: dict[str, str]) -> None:
    """Missing, empty and wrong keys are the same."""
    response = ask(controller, **headers)

    assert denied('ApiKey header="X-API-Key"') == outcome(response)


def test_header_is_described() -> None:
    """Descriptions know where the key goes."""
    auth = _SyncAuth(header_name='X-Key', security_scheme_name='key')

    assert {
        'key': {'type': 'apiKey', 'in': 'header', 'name': 'X-Key'},
    } == auth.security_schemes
    assert {'key': []} == auth.security_requirement
