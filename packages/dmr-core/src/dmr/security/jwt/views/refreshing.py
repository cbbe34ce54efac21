"""Exchange a refresh token, whichever way it came here."""

import datetime as dt
from typing import Any, ClassVar, TypeVar

from django.views.decorators.debug import sensitive_variables

from dmr.security.jwt.base import set_request_attrs
from dmr.security.jwt.blocklist import store
from dmr.security.jwt.token import JWToken, invalid_token
from dmr.security.jwt.views.base import CheckedTokenController, check_user
from dmr.serializer import BaseSerializer

_SerializerT_co = TypeVar(
    '_SerializerT_co',
    bound=BaseSerializer,
    covariant=True,
)


class RefreshingController(CheckedTokenController[_SerializerT_co]):
    """What all controllers that take refresh tokens share.

    With *jwt_rotate_refresh_tokens* each refresh token works once. When one
    comes again somebody has stolen it, so all its relatives are revoked.
    """

    jwt_rotate_refresh_tokens: ClassVar[bool] = False

    def _family_end(self) -> dt.datetime:
        return dt.datetime.now(dt.UTC) + max(
            self.jwt_refresh_expiration,
            self.jwt_expiration,
        )


class RefreshingSyncController(RefreshingController[_SerializerT_co]):
    """Take refresh tokens in sync endpoints."""

    @sensitive_variables()
    def use_refresh_token(self, encoded: str) -> None:
        """Make the user of a refresh token the user of the request.

        Raises:
            NotAuthenticatedError: the token or its user is not valid.
        """
        token = self.decode_token(encoded, 'refresh')
        user = self.get_user(token)
        self.check_auth(user)
        self._check_revoked(token, user)
        set_request_attrs(self.request, user)

    def get_user(self, token: JWToken) -> Any:
        """Return the user that *token* is about.

        Raises:
            NotAuthenticatedError: there is no such user.
        """
        return self._find_user(token)

    def check_auth(self, user: Any) -> None:
        """Check whether *user* may log in, override it to check more.

        Raises:
            NotAuthenticatedError: the user may not.
        """
        check_user(user)

    def _check_revoked(self, token: JWToken, user: Any) -> None:
        if not self.jwt_rotate_refresh_tokens:
            model = self.blocklist_model()
            if model is not None:
                store.check(model, token)
            return
        model = self._required_blocklist()
        self._family = store.family_of(token)
        _row, is_first_use = store.revoke(model, token, user)
        if not is_first_use:
            store.revoke_family(model, token, user, until=self._family_end())
        if not is_first_use or store.is_family_revoked(model, token):
            raise invalid_token()


class RefreshingAsyncController(RefreshingController[_SerializerT_co]):
    """Take refresh tokens in async endpoints."""

    @sensitive_variables()
    async def use_refresh_token(self, encoded: str) -> None:
        """Make the user of a refresh token the user of the request.

        Raises:
            NotAuthenticatedError: the token or its user is not valid.
        """
        token = self.decode_token(encoded, 'refresh')
        user = await self.get_user(token)
        await self.check_auth(user)
        await self._check_revoked(token, user)
        set_request_attrs(self.request, user)

    async def get_user(self, token: JWToken) -> Any:
        """Return the user that *token* is about.

        Raises:
            NotAuthenticatedError: there is no such user.
        """
        return await self._find_user_async(token)

    async def check_auth(self, user: Any) -> None:
        """Check whether *user* may log in, override it to check more.

        Raises:
            NotAuthenticatedError: the user may not.
        """
        check_user(user)

    async def _check_revoked(self, token: JWToken, user: Any) -> None:
        if not self.jwt_rotate_refresh_tokens:
            model = self.blocklist_model()
            if model is not None:
                await store.check_async(model, token)
            return
        model = self._required_blocklist()
        self._family = store.family_of(token)
        _row, is_first_use = await store.revoke_async(model, token, user)
        if not is_first_use:
            await store.revoke_family_async(
                model,
                token,
                user,
                until=self._family_end(),
            )
        if not is_first_use or await store.is_family_revoked_async(
            model,
            token,
        ):
            raise invalid_token()
