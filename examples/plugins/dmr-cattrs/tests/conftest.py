"""A Django project for the tests, as small as can be."""

import django
from django.conf import settings


def pytest_configure() -> None:
    """Set Django up before tests are collected."""
    settings.configure(
        SECRET_KEY='only-for-tests',
        ALLOWED_HOSTS=['*'],
        INSTALLED_APPS=['dmr'],
        USE_TZ=True,
    )
    django.setup()
