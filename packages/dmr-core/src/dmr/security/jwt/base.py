"""Authenticate with a JSON web token, wherever it is sent."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, Literal, Self, overload

from django.conf import settings
from django.http import HttpRequest
from django.views.decorators.debug import sensitive_variables
from typing_extensions import override

from dmr.internal.request_state import request_jwt as _request_jwt
from dmr.internal.request_state import set_jwt
from dmr.security.base import AsyncAuth, BaseAuth, SyncAuth
from dmr.security.jwt.token import JWToken, invalid_token
from dmr.security.users import (
    find_user,
    find_user_async,
    is_active,
    set_request_user,
)

if TYPE_CHECKING:
    from dmr.controller import Controller
    from dmr.endpoint import Endpoint
    from dmr.serializer import BaseSerializer

#: The extra claim that says what a token is for.
TYPE_CLAIM: Final = 'type'


@overload
def request_jwt(
    request: HttpRequest,
    *,
    strict: Literal[True],
) -> JWToken: ...


@overload
def request_jwt(
    request: HttpRequest,
    *,
    strict: bool = False,
) -> JWToken | None: ...


def request_jwt(
    request: HttpRequest,
    *,
    strict: bool = False,
) -> JWToken | None:
    """Return the token that authenticated *request*.

    Raises:
        AttributeError: there is none and *strict* is set.
    """
    token: JWToken | None = _request_jwt(request, strict=strict)
    return token


def set_request_attrs(
    request: HttpRequest,
    user: Any,
    *,
    token: JWToken | None = None,
) -> None:
    """Make *user* the user of *request*, and remember the *token*."""
    set_request_user(request, user)
    if token is not None:
        set_jwt(request, token)


class BaseJWTAuth(BaseAuth):
    """What all auths with JSON web tokens share, it needs no user."""

    __slots__ = (
        'accepted_audiences',
        'accepted_issuers',
        'algorithm',
        'allow_unexpected_audience',
        'enforce_minimum_key_length',
        'expected_token_type',
        'leeway',
        'require_claims',
        'require_token_type',
        'secret',
        'security_scheme_name',
        'strict_audience',
        'token_cls',
        'user_id_field',
        'verify_expiry',
        'verify_issued_at',
        'verify_jwt_id',
        'verify_not_before',
        'verify_subject',
    )

    def __init__(
        self,
        *,
        user_id_field: str = 'pk',
        algorithm: str = 'HS256',
        security_scheme_name: str = 'jwt',
        secret: Any = None,
        token_cls: type[JWToken] = JWToken,
        leeway: int = 0,
        accepted_audiences: str | Sequence[str] | None = None,
        accepted_issuers: str | Sequence[str] | None = None,
        require_claims: Sequence[str] | None = None,
        verify_expiry: bool = True,
        verify_issued_at: bool = True,
        verify_jwt_id: bool = True,
        verify_not_before: bool = True,
        verify_subject: bool = True,
        strict_audience: bool = False,
        enforce_minimum_key_length: bool = True,
        allow_unexpected_audience: bool = False,
        expected_token_type: str | None = 'access',
        require_token_type: bool = False,
    ) -> None:
        """Accept tokens signed with *secret*, by default ``SECRET_KEY``.

        A token that says it is of another type than *expected_token_type* is
        refused; with *require_token_type* also one that says nothing.
        """
        self.user_id_field = user_id_field
        self.algorithm = algorithm
        self.security_scheme_name = security_scheme_name
        self.secret = secret
        self.token_cls = token_cls
        self.leeway = leeway
        self.accepted_audiences = accepted_audiences
        self.accepted_issuers = accepted_issuers
        self.require_claims = require_claims
        self.verify_expiry = verify_expiry
        self.verify_issued_at = verify_issued_at
        self.verify_jwt_id = verify_jwt_id
        self.verify_not_before = verify_not_before
        self.verify_subject = verify_subject
        self.strict_audience = strict_audience
        self.enforce_minimum_key_length = enforce_minimum_key_length
        self.allow_unexpected_audience = allow_unexpected_audience
        self.expected_token_type = expected_token_type
        self.require_token_type = require_token_type

    @property
    @override
    def security_requirement(self) -> Mapping[str, list[str]]:
        """Return the name of the scheme, there are no scopes."""
        return {self.security_scheme_name: []}

    def get_encoded_token(self, request: HttpRequest) -> str | None:
        """Return the token of *request* as it was sent, ``None`` if none."""
        raise NotImplementedError

    def check_origin(self, controller: 'Controller[BaseSerializer]') -> None:
        """Do nothing: other sites cannot send what is asked for here."""

    @sensitive_variables()
    def prepare_token(self, request: HttpRequest) -> JWToken | None:
        """Return the token of *request*, ``None`` if there is none.

        Raises:
            NotAuthenticatedError: it is not valid.
        """
        encoded = self.get_encoded_token(request)
        return None if encoded is None else self.decode_token(encoded)

    @sensitive_variables()
    def decode_token(self, encoded_token: str) -> JWToken:
        """Return the token that was encoded.

        Raises:
            NotAuthenticatedError: it is not valid, or for something else.
        """
        token = self.token_cls.decode(
            encoded_token,
            settings.SECRET_KEY if self.secret is None else self.secret,
            self.algorithm,
            leeway=self.leeway,
            accepted_audiences=self.accepted_audiences,
            accepted_issuers=self.accepted_issuers,
            require_claims=self.require_claims,
            verify_exp=self.verify_expiry,
            verify_iat=self.verify_issued_at,
            verify_jti=self.verify_jwt_id,
            verify_nbf=self.verify_not_before,
            verify_sub=self.verify_subject,
            strict_audience=self.strict_audience,
            enforce_minimum_key_length=self.enforce_minimum_key_length,
            allow_unexpected_audience=self.allow_unexpected_audience,
        )
        check_token_type(
            token,
            self.expected_token_type,
            required=self.require_token_type,
        )
        return token

    def claim_from_token(self, token: JWToken) -> str:
        """Return the claim that identifies the user."""
        return token.sub


class JWTSyncBase(BaseJWTAuth, SyncAuth):
    """Authenticate sync endpoints with JSON web tokens from anywhere."""

    __slots__ = ()

    @override
    @sensitive_variables()
    def __call__(
        self,
        endpoint: 'Endpoint',
        controller: 'Controller[BaseSerializer]',
    ) -> Self | None:
        """Vouch for the user that the token is about.

        Raises:
            NotAuthenticatedError: the token or its user is not valid.
            APIError: the request may come from another site (403).
        """
        token = self.prepare_token(controller.request)
        if token is None:
            return None
        self.check_origin(controller)
        self.authenticate(controller.request, token)
        return self

    def authenticate(self, request: HttpRequest, token: JWToken) -> None:
        """Make the user of *token* the user of *request*.

        Raises:
            NotAuthenticatedError: there is no such user.
        """
        user = self.get_user(token)
        self.check_auth(user, token)
        set_request_attrs(request, user, token=token)

    def get_user(self, token: JWToken) -> Any:
        """Return the user that *token* is about.

        Raises:
            NotAuthenticatedError: there is no such user.
        """
        user = find_user(self.user_id_field, self.claim_from_token(token))
        if user is None:
            raise invalid_token()
        return user

    def check_auth(self, user: Any, token: JWToken) -> None:
        """Check whether *user* may log in, override it to check more.

        Raises:
            NotAuthenticatedError: the user may not.
        """
        if not is_active(user):
            raise invalid_token()


class JWTAsyncBase(BaseJWTAuth, AsyncAuth):
    """Authenticate async endpoints with JSON web tokens from anywhere."""

    __slots__ = ()

    @override
    @sensitive_variables()
    async def __call__(
        self,
        endpoint: 'Endpoint',
        controller: 'Controller[BaseSerializer]',
    ) -> Self | None:
        """Vouch for the user that the token is about.

        Raises:
            NotAuthenticatedError: the token or its user is not valid.
            APIError: the request may come from another site (403).
        """
        token = self.prepare_token(controller.request)
        if token is None:
            return None
        self.check_origin(controller)
        await self.authenticate(controller.request, token)
        return self

    async def authenticate(self, request: HttpRequest, token: JWToken) -> None:
        """Make the user of *token* the user of *request*.

        Raises:
            NotAuthenticatedError: there is no such user.
        """
        user = await self.get_user(token)
        await self.check_auth(user, token)
        set_request_attrs(request, user, token=token)

    async def get_user(self, token: JWToken) -> Any:
        """Return the user that *token* is about.

        Raises:
            NotAuthenticatedError: there is no such user.
        """
        user = await find_user_async(
            self.user_id_field,
            self.claim_from_token(token),
        )
        if user is None:
            raise invalid_token()
        return user

    async def check_auth(self, user: Any, token: JWToken) -> None:
        """Check whether *user* may log in, override it to check more.

        Raises:
            NotAuthenticatedError: the user may not.
        """
        if not is_active(user):
            raise invalid_token()


def check_token_type(
    token: JWToken,
    expected: str | None,
    *,
    required: bool,
) -> None:
    """Check what *token* is for; *required* refuses tokens without a type.

    Raises:
        NotAuthenticatedError: it is for something else.
    """
    if expected is None:
        return
    found = token.extras.get(TYPE_CLAIM)
    if found is None and not required:
        return
    if found != expected:
        raise invalid_token()
