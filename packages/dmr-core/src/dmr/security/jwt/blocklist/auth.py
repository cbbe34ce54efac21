"""Let auths refuse tokens that were revoked.

Mixins come first: ``class MyAuth(JWTokenBlocklistSyncMixin, JWTSyncAuth)``.
"""

from typing import TYPE_CHECKING, Any

from typing_extensions import override

from dmr.security.jwt.base import JWTAsyncBase, JWTSyncBase
from dmr.security.jwt.blocklist import store
from dmr.security.jwt.token import JWToken
from dmr.security.users import find_user, find_user_async

if TYPE_CHECKING:
    from dmr.security.jwt.blocklist.models import BlocklistedJWToken


class JWTokenBlocklistSyncMixin(JWTSyncBase):
    """Refuse revoked tokens, for sync endpoints. Tokens need an id."""

    __slots__ = ()

    def blocklist_model(self) -> 'type[BlocklistedJWToken]':
        """Return the model of revoked tokens, override it for your own."""
        model: type[BlocklistedJWToken] = store.default_model()
        return model

    @override
    def check_auth(self, user: Any, token: JWToken) -> None:
        """Check *user*, then whether *token* is revoked.

        Raises:
            NotAuthenticatedError: it is, or it has no id.
        """
        super().check_auth(user, token)
        store.check(self.blocklist_model(), token)

    def blocklist(
        self,
        token: JWToken,
    ) -> 'tuple[BlocklistedJWToken, bool]':
        """Revoke *token*, return its row and whether that is new.

        Raises:
            NotAuthenticatedError: the token has no usable id.
        """
        return store.revoke(
            self.blocklist_model(),
            token,
            find_user(self.user_id_field, self.claim_from_token(token)),
        )


class JWTokenBlocklistAsyncMixin(JWTAsyncBase):
    """Refuse revoked tokens, for async endpoints. Tokens need an id."""

    __slots__ = ()

    def blocklist_model(self) -> 'type[BlocklistedJWToken]':
        """Return the model of revoked tokens, override it for your own."""
        model: type[BlocklistedJWToken] = store.default_model()
        return model

    @override
    async def check_auth(self, user: Any, token: JWToken) -> None:
        """Check *user*, then whether *token* is revoked.

        Raises:
            NotAuthenticatedError: it is, or it has no id.
        """
        await super().check_auth(user, token)
        await store.check_async(self.blocklist_model(), token)

    async def blocklist(
        self,
        token: JWToken,
    ) -> 'tuple[BlocklistedJWToken, bool]':
        """Revoke *token*, return its row and whether that is new.

        Raises:
            NotAuthenticatedError: the token has no usable id.
        """
        return await store.revoke_async(
            self.blocklist_model(),
            token,
            await find_user_async(
                self.user_id_field,
                self.claim_from_token(token),
            ),
        )
