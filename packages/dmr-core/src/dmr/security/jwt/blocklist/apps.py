"""The Django app of revoked tokens."""

from django.apps import AppConfig


class BlocklistConfig(AppConfig):
    """Keeps revoked tokens in the database."""

    name = 'dmr.security.jwt.blocklist'
    label = 'blocklist'
    verbose_name = 'Token Blocklist'
    default_auto_field = 'django.db.models.BigAutoField'
