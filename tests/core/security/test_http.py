"""HTTP Basic authentication, as RFC 7617 has it."""

import base64
from typing import Any

import pytest
from typing_extensions import override

from dmr import Controller
from dmr.plugins.pydantic import PydanticSerializer
from dmr.security.http import (
    HttpBasicAsyncAuth,
    HttpBasicSyncAuth,
    basic_auth,
)
from tests.core.security.asking import ask, denied, outcome

_CHALLENGE = 'Basic realm="api", charset="UTF-8"'


class _SyncAuth(HttpBasicSyncAuth):
    @override
    def authenticate(
        self,
        endpoint: Any,
        controller: Any,
        username: str,
        password: str,
    ) -> Any:
        controller.seen = [username, password]
        return self


class _AsyncAuth(HttpBasicAsyncAuth):
    @override
    async def authenticate(
        self,
        endpoint: Any,
        controller: Any,
        username: str,
        password: str,
    ) -> Any:
        controller.seen = [username, password]
        return self


class _Sync(Controller[PydanticSerializer]):
    auth = [_SyncAuth()]
    seen: list[str]

    def get(self) -> list[str]:
        return self.seen


class _Async(Controller[PydanticSerializer]):
    auth = [_AsyncAuth()]
    seen: list[str]

    async def get(self) -> list[str]:
        return self.seen


both = pytest.mark.parametrize('controller', [_Sync, _Async])


def _encoded(text: str | bytes) -> str:
    raw = text if isinstance(text, bytes) else text.encode()
    return base64.b64encode(raw).decode()


@both
@pytest.mark.parametrize(
    ('header', 'expected'),
    [
        (basic_auth('ada', 'secret'), ['ada', 'secret']),
        (f'basic {_encoded("ada:secret")}', ['ada', 'secret']),
        (f'BASIC   {_encoded("ada:secret")}', ['ada', 'secret']),
        (basic_auth('ada', 'a:b:c'), ['ada', 'a:b:c']),
        (basic_auth('ada', 'p%41ss'), ['ada', 'p%41ss']),
        (basic_auth('Zoë', '𝒮ecret'), ['Zoë', '𝒮ecret']),
        (basic_auth('', ''), ['', '']),
    ],
)
def test_credentials_are_read(
    controller: Any,
    header: str,
    expected: list[str],
) -> None:
    """Name and password arrive as they were typed."""
    response = ask(controller, Authorization=header)

    assert (200, expected, None) == outcome(response)


@both
@pytest.mark.parametrize(
    'header',
    [
        '',
        'Basic',
        'Basic ',
        _encoded('ada:secret'),
        f'Bearer {_encoded("ada:secret")}',
        f'Basic{_encoded("ada:secret")}',
        f'Basic {_encoded("ada")}',
        f'Basic {_encoded(bytes([0xFF, 0xFE, 0x3A]))}',
        f'Basic {_encoded("ada:secret")} more',
        f'Basic {_encoded("ada:secret")[:-1]}',
        f'Basic !!{_encoded("ada:secret")}',
        'Basic ====',
        'Basic \x00',
        f'Basic {"A" * 100_000}',
        'Basic é',
    ],
)
def test_anything_else_is_not_authenticated(
    controller: Any,
    header: str,
) -> None:
    """No header is an error of the server."""
    response = ask(controller, Authorization=header)

    assert denied(_CHALLENGE) == outcome(response)


def test_missing_header_is_not_authenticated() -> None:
    """Without a header there is nobody."""
    assert denied(_CHALLENGE) == outcome(ask(_Sync))


def test_scheme_may_be_optional() -> None:
    """Old clients that send bare credentials can be let in."""

    class _Lax(Controller[PydanticSerializer]):
        auth = [_SyncAuth(require_scheme=False)]
        seen: list[str]

        def get(self) -> list[str]:
            return self.seen

    response = ask(_Lax, Authorization=_encoded('ada:secret'))

    assert (200, ['ada', 'secret'], None) == outcome(response)


def test_header_and_realm_can_be_chosen() -> None:
    """Credentials for a proxy leave the standard header alone."""

    class _Other(Controller[PydanticSerializer]):
        auth = [_SyncAuth(header='X-Auth', realm='intern "x"')]
        seen: list[str]

        def get(self) -> list[str]:
            return self.seen

    response = ask(_Other, X_Auth=basic_auth('ada', 'secret'))

    assert (200, ['ada', 'secret'], None) == outcome(response)
    assert denied(r'Basic realm="intern \"x\"", charset="UTF-8"') == outcome(
        ask(_Other, Authorization=basic_auth('ada', 'secret')),
    )


@pytest.mark.parametrize('auth_cls', [_SyncAuth, _AsyncAuth])
def test_standard_header_is_described_as_basic(auth_cls: Any) -> None:
    """Descriptions have a name of their own for it."""
    auth = auth_cls()

    assert {'http_basic': {'type': 'http', 'scheme': 'basic'}} == (
        auth.security_schemes
    )
    assert {'http_basic': []} == auth.security_requirement


def test_other_header_is_described_as_key() -> None:
    """Both accepted forms are told when the scheme is optional."""
    auth = _SyncAuth(
        security_scheme_name='intern',
        header='X-Auth',
        require_scheme=False,
    )

    assert {
        'intern': {
            'type': 'apiKey',
            'in': 'header',
            'name': 'X-Auth',
            'description': (
                '`Basic <base64 of name:password>` or '
                '`<base64 of name:password>`'
            ),
        },
    } == auth.security_schemes


@pytest.mark.parametrize(
    ('prefix', 'expected'),
    [('Basic ', 'Basic YTpi'), ('', 'YTpi')],
)
def test_basic_auth_makes_a_header(prefix: str, expected: str) -> None:
    """Clients get the value of the header."""
    assert expected == basic_auth('a', 'b', prefix=prefix)
