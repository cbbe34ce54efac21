"""The table of revoked tokens."""

import datetime as dt
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils import timezone
from typing_extensions import override

if TYPE_CHECKING:
    # Generic for type checkers only.
    _User: TypeAlias = models.ForeignKey[Any, Any]
    _Text: TypeAlias = models.CharField[str, str]
    _Moment: TypeAlias = models.DateTimeField[dt.datetime, dt.datetime]

#: Longest id of a token that can be kept.
MAX_JTI_LENGTH: Final = 255


class BlocklistedJWToken(models.Model):
    """A token, or a family of tokens, that must not be accepted any more."""

    user: '_User' = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
    )
    jti: '_Text' = models.CharField(max_length=MAX_JTI_LENGTH, unique=True)
    expires_at: '_Moment' = models.DateTimeField()
    created_at: '_Moment' = models.DateTimeField(auto_now_add=True)
    updated_at: '_Moment' = models.DateTimeField(auto_now=True)

    class Meta:
        # Without the app there is no table, but the model can be imported.
        abstract = not apps.is_installed('dmr.security.jwt.blocklist')
        verbose_name = 'BlocklistedJWToken'
        verbose_name_plural = 'BlocklistedJWTokens'

    @override
    def __str__(self) -> str:
        return f'Blocklisted token {self.jti} of user {self.user}'

    @classmethod
    def delete_expired(cls) -> int:
        """Delete rows of tokens that have ended anyway, return how many.

        Call it now and then, nothing else makes the table smaller.
        """
        rows: Any = cls._default_manager.filter(expires_at__lt=timezone.now())
        count: int = rows.delete()[0]
        return count
