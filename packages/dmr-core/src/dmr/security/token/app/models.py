"""The table of opaque tokens. It has hashes, nobody can read a token here."""

import datetime as dt
from typing import TYPE_CHECKING, Any, Final, Self, TypeAlias

from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables
from typing_extensions import override

from dmr.security.token.hashing import TokenHasher, new_raw_token
from dmr.types import Empty, EmptyObj

if TYPE_CHECKING:
    # Generic for type checkers only.
    _User: TypeAlias = models.ForeignKey[Any, Any]
    _Text: TypeAlias = models.CharField[str, str]
    _Moment: TypeAlias = models.DateTimeField[dt.datetime, dt.datetime]
    _OptionalMoment: TypeAlias = models.DateTimeField[
        dt.datetime | None,
        dt.datetime | None,
    ]

#: How long tokens live, unless said otherwise.
DEFAULT_LIFETIME: Final = dt.timedelta(days=30)

_DEFAULT_HASHER: Final = TokenHasher()


class Token(models.Model):
    """A token of a user: to be shown once, kept as a hash."""

    user: '_User' = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name='+',
    )
    name: '_Text' = models.CharField(max_length=255, blank=True, default='')
    token_hash: '_Text' = models.CharField(
        max_length=128, unique=True, editable=False
    )
    expires_at: '_OptionalMoment' = models.DateTimeField(null=True, blank=True)
    revoked_at: '_OptionalMoment' = models.DateTimeField(null=True, blank=True)
    last_used_at: '_OptionalMoment' = models.DateTimeField(
        null=True, blank=True
    )
    created_at: '_Moment' = models.DateTimeField(auto_now_add=True)
    updated_at: '_Moment' = models.DateTimeField(auto_now=True)

    class Meta:
        # Without the app there is no table, but the model can be imported.
        abstract = not apps.is_installed('dmr.security.token.app')
        verbose_name = 'API token'
        verbose_name_plural = 'API tokens'

    @override
    def __str__(self) -> str:
        return f'Token {self.name or self.pk} of user {self.user}'

    @property
    def is_expired(self) -> bool:
        """Tell whether its end is over; without one it never is."""
        return self.expires_at is not None and self.expires_at <= timezone.now()

    @property
    def is_active(self) -> bool:
        """Tell whether it is neither revoked nor expired."""
        return self.revoked_at is None and not self.is_expired

    @classmethod
    @sensitive_variables()
    def issue(
        cls,
        user: Any,
        *,
        name: str = '',
        expires_at: dt.datetime | Empty | None = EmptyObj,
        hasher: TokenHasher = _DEFAULT_HASHER,
    ) -> tuple[Self, str]:
        """Return a new token, and what its owner has to send.

        It ends after 30 days, never if *expires_at* is ``None``.
        """
        raw = new_raw_token()
        token = cls(**_columns(user, name, expires_at, hasher.new_hash(raw)))
        token.save()
        return token, raw

    @classmethod
    @sensitive_variables()
    async def aissue(
        cls,
        user: Any,
        *,
        name: str = '',
        expires_at: dt.datetime | Empty | None = EmptyObj,
        hasher: TokenHasher = _DEFAULT_HASHER,
    ) -> tuple[Self, str]:
        """Return a new token, and what its owner has to send.

        It ends after 30 days, never if *expires_at* is ``None``.
        """
        raw = new_raw_token()
        token = cls(**_columns(user, name, expires_at, hasher.new_hash(raw)))
        await token.asave()
        return token, raw

    @classmethod
    @sensitive_variables()
    def find_raw(
        cls,
        raw: str,
        *,
        hasher: TokenHasher = _DEFAULT_HASHER,
    ) -> Self | None:
        """Return the token that *raw* is, with its user, if there is one."""
        return cls._matching(hasher.possible_hashes(raw)).first()

    @classmethod
    @sensitive_variables()
    async def afind_raw(
        cls,
        raw: str,
        *,
        hasher: TokenHasher = _DEFAULT_HASHER,
    ) -> Self | None:
        """Return the token that *raw* is, with its user, if there is one."""
        return await cls._matching(hasher.possible_hashes(raw)).afirst()

    def revoke(self) -> None:
        """Stop accepting it from now on."""
        if self.revoked_at is None:
            self.revoked_at = timezone.now()
            self.save(update_fields=['revoked_at', 'updated_at'])

    async def arevoke(self) -> None:
        """Stop accepting it from now on."""
        if self.revoked_at is None:
            self.revoked_at = timezone.now()
            await self.asave(update_fields=['revoked_at', 'updated_at'])

    def mark_used(self) -> None:
        """Remember that it was used now."""
        self.last_used_at = timezone.now()
        self.save(update_fields=['last_used_at', 'updated_at'])

    async def amark_used(self) -> None:
        """Remember that it was used now."""
        self.last_used_at = timezone.now()
        await self.asave(update_fields=['last_used_at', 'updated_at'])

    @classmethod
    def _matching(cls, hashes: list[str]) -> models.QuerySet[Self]:
        found: Any = cls._default_manager.filter(token_hash__in=hashes)
        matching: models.QuerySet[Self] = found.select_related('user')
        return matching


def _columns(
    user: Any,
    name: str,
    expires_at: dt.datetime | Empty | None,
    token_hash: str,
) -> dict[str, Any]:
    if isinstance(expires_at, Empty):
        expires_at = timezone.now() + DEFAULT_LIFETIME
    return {
        'user': user,
        'name': name,
        'expires_at': expires_at,
        'token_hash': token_hash,
    }
