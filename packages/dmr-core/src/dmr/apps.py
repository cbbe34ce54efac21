"""The Django app of the core, for its translations."""

from pathlib import Path

from django.apps import AppConfig


class DMRConfig(AppConfig):
    """Add ``'dmr'`` to ``INSTALLED_APPS`` for its translations."""

    name = 'dmr'
    label = 'dmr'
    verbose_name = 'dmr'
    # The import package has one folder per distribution; this one has
    # `locale` and `management`.
    path = str(Path(__file__).parent)
