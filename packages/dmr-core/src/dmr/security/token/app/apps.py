"""The Django app of opaque tokens."""

from django.apps import AppConfig


class TokenConfig(AppConfig):
    """Keeps hashes of tokens in the database."""

    name = 'dmr.security.token.app'
    label = 'dmr_token'
    verbose_name = 'API tokens'
    default_auto_field = 'django.db.models.BigAutoField'
