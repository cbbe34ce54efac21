"""Show and revoke tokens in the admin site. They cannot be read there."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from typing_extensions import override

from dmr.security.token.app.models import Token

if TYPE_CHECKING:
    _ModelAdmin = admin.ModelAdmin[Token]
else:
    # Generic for type checkers only.
    _ModelAdmin = admin.ModelAdmin


class TokenAdmin(_ModelAdmin):
    """Look for tokens, and revoke them."""

    list_display = ('name', 'user', 'expires_at', 'revoked_at', 'last_used_at')
    list_filter = ('expires_at', 'revoked_at')
    search_fields = ('name',)
    raw_id_fields = ('user',)
    readonly_fields = ('last_used_at', 'created_at', 'updated_at')
    actions = ('revoke_selected',)

    @override
    def has_add_permission(self, request: HttpRequest) -> bool:
        """Refuse to add tokens by hand: nobody would know them."""
        return False

    @admin.action(description='Revoke selected tokens')
    def revoke_selected(self, request: HttpRequest, queryset: Any) -> None:
        """Stop accepting the selected tokens."""
        now = timezone.now()
        queryset.filter(revoked_at=None).update(revoked_at=now, updated_at=now)


if not Token._meta.abstract:
    admin.site.register(Token, TokenAdmin)
