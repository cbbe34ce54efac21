"""The Django app of dmr-openapi: its templates, static files and commands."""

from pathlib import Path

from django.apps import AppConfig
from django.core import checks

from dmr.openapi.checks import check_config, check_documents


class OpenAPIAppConfig(AppConfig):
    """Add ``'dmr.openapi'`` to ``INSTALLED_APPS`` to use pages and commands."""

    name = 'dmr.openapi'
    label = 'dmr_openapi'
    verbose_name = 'OpenAPI documents'
    # `dmr` spans several source trees, so Django cannot guess the folder.
    path = str(Path(__file__).parent)

    def ready(self) -> None:
        """Register the system checks."""
        checks.register(check_config, 'dmr')
        checks.register(check_documents, 'dmr')
