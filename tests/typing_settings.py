"""Django settings for mypy's Django plugin: the apps that define models.

Separate from `tests.settings` so that a fault in one of our apps is reported
by the type checker instead of crashing it.
"""

from typing import Final

SECRET_KEY: Final = 'typing-only-secret-key-of-more-than-32-bytes'
USE_TZ: Final = True

INSTALLED_APPS: Final = [
    'django.contrib.auth',
    'django.contrib.contenttypes',
    'django.contrib.sessions',
    'dmr.security.jwt.blocklist',
    'dmr.security.token.app',
    'library',
]
