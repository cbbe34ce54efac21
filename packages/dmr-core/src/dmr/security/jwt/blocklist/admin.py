"""Show revoked tokens in the admin site."""

from typing import TYPE_CHECKING

from django.contrib import admin

from dmr.security.jwt.blocklist.models import BlocklistedJWToken

if TYPE_CHECKING:
    _ModelAdmin = admin.ModelAdmin[BlocklistedJWToken]
else:
    # Generic for type checkers only.
    _ModelAdmin = admin.ModelAdmin


class BlocklistedJWTokenAdmin(_ModelAdmin):
    """Look for revoked tokens, and revoke by id."""

    list_display = ('jti', 'user', 'expires_at', 'created_at')
    list_filter = ('expires_at',)
    search_fields = ('jti',)
    raw_id_fields = ('user',)
    readonly_fields = ('created_at', 'updated_at')


if not BlocklistedJWToken._meta.abstract:
    admin.site.register(BlocklistedJWToken, BlocklistedJWTokenAdmin)
