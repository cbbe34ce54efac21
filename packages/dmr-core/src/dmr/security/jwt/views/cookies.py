"""Keep both tokens in cookies, for browsers.

Scripts of a page cannot read them. Each answer that sets them also makes
Django's middleware set the CSRF cookie, which unsafe requests need then.
"""

import abc
import datetime as dt
from http import HTTPStatus
from typing import ClassVar, Generic, TypeVar

from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.views.decorators.debug import sensitive_variables

from dmr.components import Body
from dmr.cookies import NewCookie, SameSite
from dmr.exceptions import NotAuthenticatedError
from dmr.headers import HeaderSpec
from dmr.metadata import ResponseSpec
from dmr.security.csrf import check_csrf, csrf_response_specs
from dmr.security.jwt.base import set_request_attrs
from dmr.security.jwt.blocklist import store
from dmr.security.jwt.token import JWToken
from dmr.security.jwt.views.base import TokenController
from dmr.security.jwt.views.obtain import ObtainTokensPayload
from dmr.security.jwt.views.refreshing import (
    RefreshingAsyncController,
    RefreshingController,
    RefreshingSyncController,
)
from dmr.security.users import check_credentials, check_credentials_async
from dmr.serializer import BaseSerializer

_SerializerT_co = TypeVar(
    '_SerializerT_co',
    bound=BaseSerializer,
    covariant=True,
)
_RequestT = TypeVar('_RequestT')

_GONE = dt.timedelta(0)


class CookieTokensController(TokenController[_SerializerT_co]):
    """Base class of controllers that set the two cookies."""

    jwt_access_cookie: ClassVar[str] = 'access_token'
    jwt_refresh_cookie: ClassVar[str] = 'refresh_token'
    jwt_access_cookie_path: ClassVar[str] = '/'
    jwt_refresh_cookie_path: ClassVar[str] = '/'
    jwt_cookie_domain: ClassVar[str | None] = None
    jwt_cookie_secure: ClassVar[bool] = True
    jwt_cookie_httponly: ClassVar[bool] = True
    jwt_cookie_samesite: ClassVar[SameSite] = 'lax'

    #: Set by subclasses whose answer removes the cookies.
    _removes_cookies: ClassVar[bool] = False

    def __init_subclass__(cls) -> None:
        """Describe the cookies, whose names subclasses can change."""
        others = [
            spec
            for spec in cls.responses
            if spec.status_code != HTTPStatus.NO_CONTENT
        ]
        forbidden = csrf_response_specs(
            cls,
            {spec.status_code: spec for spec in others},
        )
        cls.responses = [*others, *forbidden, cls._cookies_spec()]
        super().__init_subclass__()

    @classmethod
    def _cookies_spec(cls) -> ResponseSpec:
        return ResponseSpec(
            None,
            status_code=HTTPStatus.NO_CONTENT,
            headers={'Cache-Control': HeaderSpec()},
            cookies={
                name: cookie.to_spec()
                for name, cookie in cls._cookies('', '').items()
            },
            description='Cookies are set',
        )

    @classmethod
    def _cookies(cls, access: str, refresh: str) -> dict[str, NewCookie]:
        return {
            cls.jwt_access_cookie: cls._cookie(
                access,
                cls.jwt_access_cookie_path,
                cls.jwt_expiration,
            ),
            cls.jwt_refresh_cookie: cls._cookie(
                refresh,
                cls.jwt_refresh_cookie_path,
                cls.jwt_refresh_expiration,
            ),
        }

    @classmethod
    def _cookie(
        cls,
        value: str,
        path: str,
        lifetime: dt.timedelta,
    ) -> NewCookie:
        return NewCookie(
            value=value,
            path=path,
            max_age=int(
                (_GONE if cls._removes_cookies else lifetime).total_seconds(),
            ),
            domain=cls.jwt_cookie_domain,
            secure=cls.jwt_cookie_secure,
            httponly=cls.jwt_cookie_httponly,
            samesite=cls.jwt_cookie_samesite,
        )

    def respond_with_cookies(self) -> HttpResponse:
        """Return the answer with new tokens for ``request.user``."""
        access = self.create_jwt_token(token_type='access')
        refresh = self.create_jwt_token(
            token_type='refresh',
            expiration=dt.datetime.now(dt.UTC) + self.jwt_refresh_expiration,
        )
        # Tells the middleware to set its cookie.
        get_token(self.request)
        return self._answer(access, refresh)

    def _answer(self, access: str, refresh: str) -> HttpResponse:
        return self.to_response(
            None,
            status_code=HTTPStatus.NO_CONTENT,
            headers={'Cache-Control': 'no-store'},
            cookies=self._cookies(access, refresh),
        )


class CookieObtainTokensSyncController(
    CookieTokensController[_SerializerT_co],
    Generic[_SerializerT_co, _RequestT],
):
    """Log in whoever has the right name and password, with cookies."""

    def post(self, parsed_body: Body[_RequestT]) -> HttpResponse:
        """Obtain cookies."""
        return self.login(parsed_body)

    @sensitive_variables()
    def login(self, parsed_body: _RequestT) -> HttpResponse:
        """Return cookies for whoever has these credentials.

        Raises:
            NotAuthenticatedError: nobody has.
        """
        user = check_credentials(
            self.request,
            self.convert_auth_payload(parsed_body),
        )
        if user is None:
            raise NotAuthenticatedError
        set_request_attrs(self.request, user)
        return self.respond_with_cookies()

    @abc.abstractmethod
    def convert_auth_payload(self, payload: _RequestT) -> ObtainTokensPayload:
        """Return what Django's ``authenticate`` takes."""


class CookieObtainTokensAsyncController(
    CookieTokensController[_SerializerT_co],
    Generic[_SerializerT_co, _RequestT],
):
    """Log in whoever has the right name and password, with cookies."""

    @sensitive_variables()
    async def post(self, parsed_body: Body[_RequestT]) -> HttpResponse:
        """Obtain cookies."""
        return await self.login(parsed_body)

    @sensitive_variables()
    async def login(self, parsed_body: _RequestT) -> HttpResponse:
        """Return cookies for whoever has these credentials.

        Raises:
            NotAuthenticatedError: nobody has.
        """
        user = await check_credentials_async(
            self.request,
            await self.convert_auth_payload(parsed_body),
        )
        if user is None:
            raise NotAuthenticatedError
        set_request_attrs(self.request, user)
        return self.respond_with_cookies()

    @abc.abstractmethod
    async def convert_auth_payload(
        self,
        payload: _RequestT,
    ) -> ObtainTokensPayload:
        """Return what Django's ``authenticate`` takes."""


class CookieRefreshTokensSyncController(
    CookieTokensController[_SerializerT_co],
    RefreshingSyncController[_SerializerT_co],
):
    """Set new cookies for whoever has a refresh token in one."""

    def post(self) -> HttpResponse:
        """Refresh cookies."""
        self.use_refresh_token(_refresh_cookie(self))
        return self.respond_with_cookies()


class CookieRefreshTokensAsyncController(
    CookieTokensController[_SerializerT_co],
    RefreshingAsyncController[_SerializerT_co],
):
    """Set new cookies for whoever has a refresh token in one."""

    async def post(self) -> HttpResponse:
        """Refresh cookies."""
        await self.use_refresh_token(_refresh_cookie(self))
        return self.respond_with_cookies()


class _CookieLogoutController(
    CookieTokensController[_SerializerT_co],
    RefreshingController[_SerializerT_co],
):
    _removes_cookies = True

    @sensitive_variables()
    def _valid_tokens(self) -> list[JWToken]:
        """Return the tokens that somebody could still use."""
        found: list[JWToken] = []
        for name, token_type in (
            (self.jwt_access_cookie, 'access'),
            (self.jwt_refresh_cookie, 'refresh'),
        ):
            encoded = self.request.COOKIES.get(name)
            if not encoded:
                continue
            check_csrf(self)
            try:
                found.append(self.decode_token(encoded, token_type))
            except NotAuthenticatedError:
                # It opens nothing any more, so there is nothing to close.
                continue
        return found


class CookieLogoutSyncController(_CookieLogoutController[_SerializerT_co]):
    """Remove the cookies, and revoke the tokens if there is a blocklist."""

    def post(self) -> HttpResponse:
        """Log out."""
        self.revoke_tokens(self._valid_tokens())
        return self._answer('', '')

    def revoke_tokens(self, tokens: list[JWToken]) -> None:
        """Revoke *tokens*, override it to keep other lists."""
        model = self.blocklist_model()
        for token in tokens if model is not None else ():
            user = self._find_user(token)
            store.revoke(model, token, user)
            store.revoke_family(model, token, user, until=self._family_end())


class CookieLogoutAsyncController(_CookieLogoutController[_SerializerT_co]):
    """Remove the cookies, and revoke the tokens if there is a blocklist."""

    async def post(self) -> HttpResponse:
        """Log out."""
        await self.revoke_tokens(self._valid_tokens())
        return self._answer('', '')

    async def revoke_tokens(self, tokens: list[JWToken]) -> None:
        """Revoke *tokens*, override it to keep other lists."""
        model = self.blocklist_model()
        for token in tokens if model is not None else ():
            user = await self._find_user_async(token)
            await store.revoke_async(model, token, user)
            await store.revoke_family_async(
                model,
                token,
                user,
                until=self._family_end(),
            )


@sensitive_variables()
def _refresh_cookie(controller: CookieTokensController[BaseSerializer]) -> str:
    encoded = controller.request.COOKIES.get(controller.jwt_refresh_cookie)
    if not encoded:
        raise NotAuthenticatedError
    check_csrf(controller)
    return encoded
