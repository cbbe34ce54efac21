"""Log in: with a session, with JSON web tokens, with a token for programs."""

import datetime as dt
from collections.abc import Mapping
from http import HTTPStatus
from typing import Final

from django.contrib.auth import logout
from django.utils import timezone

from dmr import Body, CookieSpec, modify
from dmr.plugins.msgspec import MsgspecSerializer
from dmr.security import SyncAuth, request_auth
from dmr.security.django_session import DjangoSessionSyncAuth
from dmr.security.django_session.views import (
    DjangoSessionLogoutSyncController,
    DjangoSessionPayload,
    DjangoSessionSyncController,
)
from dmr.security.jwt import JWTSyncAuth
from dmr.security.jwt.views import (
    ObtainTokensPayload,
    ObtainTokensSyncController,
    RefreshTokenSyncController,
)
from dmr.security.jwt.views.base import TokenController
from dmr.security.token import HeaderTokenSyncAuth, request_token
from dmr.security.token.views import (
    ObtainTokenPayload,
    ObtainTokenSyncController,
    RevokeTokenSyncController,
)
from dmr.security.views import NO_STORE
from dmr.throttling import Rate, SyncThrottle
from library.controllers.base import LibraryController
from library.schemas.accounts import (
    Account,
    ApiToken,
    Credentials,
    RefreshToken,
    Tokens,
    Way,
)

_WAYS: Final[Mapping[type[SyncAuth], Way]] = {
    DjangoSessionSyncAuth: 'session',
    JWTSyncAuth: 'jwt',
    HeaderTokenSyncAuth: 'token',
}

#: Nobody tries passwords all day long.
_FEW_ATTEMPTS: Final = SyncThrottle(20, Rate.minute)


class AccountController(LibraryController[MsgspecSerializer]):
    # The first that vouches for a request decides.
    auth = [way() for way in _WAYS]

    @modify(tags=['Account'])
    def get(self) -> Account:
        """Show who is logged in, and how."""
        return Account(
            username=self.request.user.get_username(),
            logged_in_by=_WAYS[type(request_auth(self.request, strict=True))],
        )


class LoginController(
    DjangoSessionSyncController[MsgspecSerializer, Credentials, Account],
):
    throttling = [_FEW_ATTEMPTS]

    @modify(
        tags=['Account'],
        status_code=HTTPStatus.OK,
        headers=NO_STORE,
        cookies={
            'sessionid': CookieSpec(skip_validation=True),
            'csrftoken': CookieSpec(skip_validation=True),
        },
    )
    def post(self, parsed_body: Body[Credentials]) -> Account:
        """Log in as browsers do, with a cookie."""
        return self.login(parsed_body)

    def convert_auth_payload(
        self,
        payload: Credentials,
    ) -> DjangoSessionPayload:
        return {'username': payload.username, 'password': payload.password}

    def make_api_response(self) -> Account:
        return Account(
            username=self.request.user.get_username(),
            logged_in_by='session',
        )


class LogoutController(DjangoSessionLogoutSyncController[MsgspecSerializer]):
    @modify(tags=['Account'], status_code=HTTPStatus.NO_CONTENT)
    def post(self) -> None:
        """Log out; the header X-CSRFToken has what the cookie has."""
        logout(self.request)


class _MakesTokens(TokenController[MsgspecSerializer]):
    jwt_expiration = dt.timedelta(minutes=10)
    jwt_refresh_expiration = dt.timedelta(days=10)
    throttling = [_FEW_ATTEMPTS]

    def make_api_response(self) -> Tokens:
        end = timezone.now() + self.jwt_refresh_expiration
        return Tokens(
            access_token=self.create_jwt_token(token_type='access'),
            refresh_token=self.create_jwt_token(
                token_type='refresh',
                expiration=end,
            ),
        )


class TokensController(
    _MakesTokens,
    ObtainTokensSyncController[MsgspecSerializer, Credentials, Tokens],
):
    @modify(tags=['Account'], status_code=HTTPStatus.OK, headers=NO_STORE)
    def post(self, parsed_body: Body[Credentials]) -> Tokens:
        """Obtain two JSON web tokens."""
        return self.login(parsed_body)

    def convert_auth_payload(
        self,
        payload: Credentials,
    ) -> ObtainTokensPayload:
        return {'username': payload.username, 'password': payload.password}


class RefreshTokensController(
    _MakesTokens,
    RefreshTokenSyncController[MsgspecSerializer, RefreshToken, Tokens],
):
    #: A refresh token that comes back a second time was stolen.
    jwt_rotate_refresh_tokens = True

    @modify(tags=['Account'], status_code=HTTPStatus.OK, headers=NO_STORE)
    def post(self, parsed_body: Body[RefreshToken]) -> Tokens:
        """Exchange a refresh token for new tokens."""
        return self.refresh(parsed_body)

    def convert_refresh_payload(self, payload: RefreshToken) -> str:
        return payload.refresh_token


class ApiTokenController(
    ObtainTokenSyncController[MsgspecSerializer, Credentials, ApiToken],
):
    throttling = [_FEW_ATTEMPTS]

    @modify(tags=['Account'], status_code=HTTPStatus.OK, headers=NO_STORE)
    def post(self, parsed_body: Body[Credentials]) -> ApiToken:
        """Obtain a token for a program."""
        return self.login(parsed_body)

    def convert_auth_payload(
        self,
        payload: Credentials,
    ) -> ObtainTokenPayload:
        return {'username': payload.username, 'password': payload.password}

    def make_api_response(self) -> ApiToken:
        return ApiToken(token=self.issue_token(name='from the demo'))


class RevokeApiTokenController(RevokeTokenSyncController[MsgspecSerializer]):
    @modify(tags=['Account'], status_code=HTTPStatus.NO_CONTENT)
    def post(self) -> None:
        """Revoke the token that the request has."""
        request_token(self.request, strict=True).revoke()
