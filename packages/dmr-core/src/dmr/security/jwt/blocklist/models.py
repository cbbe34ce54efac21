"""The table of revoked tokens."""

import datetime as dt
from typing import Any, Final

from django.apps import apps
from django.conf import settings
from django.db import models
from typing_extensions import override

#: Longest id of a token that can be kept.
MAX_JTI_LENGTH: Final = 255


class BlocklistedJWToken(models.Model):
    """A token, or a family of tokens, that must not be accepted any more."""

    user: 'models.ForeignKey[Any, Any]' = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
    )
    jti: 'models.CharField[str, str]' = models.CharField(
        max_length=MAX_JTI_LENGTH, unique=True
    )
    expires_at: 'models.DateTimeField[dt.datetime, dt.datetime]' = (
        models.DateTimeField()
    )
    created_at: 'models.DateTimeField[dt.datetime, dt.datetime]' = (
        models.DateTimeField(auto_now_add=True)
    )
    updated_at: 'models.DateTimeField[dt.datetime, dt.datetime]' = (
        models.DateTimeField(auto_now=True)
    )

    class Meta:
        # Without the app there is no table, but the model can be imported.
        abstract = not apps.is_installed('dmr.security.jwt.blocklist')
        verbose_name = 'BlocklistedJWToken'
        verbose_name_plural = 'BlocklistedJWTokens'

    @override
    def __str__(self) -> str:
        return f'Blocklisted token {self.jti} of user {self.user}'
