"""Make and check tokens, for controllers of both kinds."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Literal, TypeVar

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.views.decorators.debug import sensitive_variables

from dmr.security.jwt.base import TYPE_CLAIM, check_token_type
from dmr.security.jwt.blocklist import store
from dmr.security.jwt.token import JWToken, invalid_token
from dmr.security.users import find_user, find_user_async, is_active
from dmr.security.views import CredentialsController
from dmr.serializer import BaseSerializer

_SerializerT_co = TypeVar(
    '_SerializerT_co',
    bound=BaseSerializer,
    covariant=True,
)


class TokenController(CredentialsController[_SerializerT_co]):
    """Base class of controllers that make tokens."""

    jwt_audiences: ClassVar[str | Sequence[str] | None] = None
    jwt_issuer: ClassVar[str | None] = None
    jwt_algorithm: ClassVar[str] = 'HS256'
    jwt_expiration: ClassVar[dt.timedelta] = dt.timedelta(days=1)
    jwt_refresh_expiration: ClassVar[dt.timedelta] = dt.timedelta(days=10)
    jwt_secret: ClassVar[Any] = None
    jwt_token_cls: ClassVar[type[JWToken]] = JWToken

    #: Family that new tokens belong to, found when one is exchanged.
    _family: str | None = None

    def create_jwt_token(
        self,
        *,
        expiration: dt.datetime | None = None,
        token_type: Literal['access', 'refresh'] | None = None,
        subject: str | None = None,
        issuer: str | None = None,
        audiences: str | Sequence[str] | None = None,
        jwt_id: str | None = None,
        secret: Any = None,
        algorithm: str | None = None,
        token_headers: Mapping[str, Any] | None = None,
    ) -> str:
        """Return a signed token, by default one for ``request.user``.

        Without *expiration* it ends after ``jwt_expiration``, also a refresh
        token.

        Raises:
            InternalServerError: the algorithm or the key cannot be used.
        """
        now = dt.datetime.now(dt.UTC)
        extras: dict[str, Any] = {}
        if token_type is not None:
            extras[TYPE_CLAIM] = token_type
        if self._family is not None:
            extras[store.FAMILY_CLAIM] = self._family
        return self.jwt_token_cls(
            sub=subject or str(self.request.user.pk),
            exp=expiration or now + self.jwt_expiration,
            iat=now,
            iss=issuer or self.jwt_issuer,
            aud=audiences or self.jwt_audiences,
            jti=jwt_id or self.make_jwt_id(),
            extras=extras,
        ).encode(
            self._secret() if secret is None else secret,
            algorithm or self.jwt_algorithm,
            headers=token_headers,
        )

    def make_jwt_id(self) -> str | None:
        """Return the id of a new token."""
        return uuid.uuid4().hex

    def _secret(self) -> Any:
        return (
            settings.SECRET_KEY
            if self.jwt_secret is None
            else (self.jwt_secret)
        )


class CheckedTokenController(TokenController[_SerializerT_co]):
    """Base class of controllers that take tokens."""

    jwt_user_id_field: ClassVar[str] = 'pk'

    @sensitive_variables()
    def decode_token(self, encoded: str, token_type: str) -> JWToken:
        """Return the token if it is valid, and of type *token_type*.

        Access tokens may be without a type, refresh tokens not.

        Raises:
            NotAuthenticatedError: it is not.
        """
        token = self.jwt_token_cls.decode(
            encoded,
            self._secret(),
            self.jwt_algorithm,
            accepted_audiences=self.jwt_audiences,
            accepted_issuers=self.jwt_issuer,
        )
        check_token_type(token, token_type, required=token_type != 'access')
        return token

    def claim_from_token(self, token: JWToken) -> str:
        """Return the claim that identifies the user."""
        return token.sub

    def _find_user(self, token: JWToken) -> Any:
        user = find_user(self.jwt_user_id_field, self.claim_from_token(token))
        if user is None:
            raise invalid_token()
        return user

    async def _find_user_async(self, token: JWToken) -> Any:
        user = await find_user_async(
            self.jwt_user_id_field,
            self.claim_from_token(token),
        )
        if user is None:
            raise invalid_token()
        return user

    def blocklist_model(self) -> Any:
        """Return the model of revoked tokens, ``None`` if there is none.

        By default that of the app `dmr.security.jwt.blocklist`, if it is
        installed.
        """
        return store.default_model() if store.is_installed() else None

    def _required_blocklist(self) -> Any:
        model = self.blocklist_model()
        if model is None:
            raise ImproperlyConfigured(
                f'{type(self).__qualname__} has to keep revoked tokens. Add '
                "'dmr.security.jwt.blocklist' to INSTALLED_APPS and migrate, "
                'or return a model from `blocklist_model`.',
            )
        return model


def check_user(user: Any) -> None:
    """Check whether *user* may log in at all.

    Raises:
        NotAuthenticatedError: the user may not.
    """
    if not is_active(user):
        raise invalid_token()
