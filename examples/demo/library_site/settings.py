"""Settings of the demo: safe as they are, except that it has no HTTPS.

Three environment variables change them: ``LIBRARY_DATABASE`` is the path of the
database, ``LIBRARY_HOSTS`` the names under which the site is reached (separated
by commas), ``LIBRARY_SECRET_KEY`` keeps sessions and tokens over a restart.
"""

import os
from pathlib import Path
from typing import Any, Final

from django.core.management.utils import get_random_secret_key

from dmr.openapi import OpenAPIConfig
from dmr.openapi.objects import Tag

FOLDER: Final = Path(__file__).parents[1]

DEBUG = False
SECRET_KEY = os.environ.get('LIBRARY_SECRET_KEY') or get_random_secret_key()
ALLOWED_HOSTS = [
    'localhost',
    '127.0.0.1',
    '[::1]',
    *filter(None, os.environ.get('LIBRARY_HOSTS', '').split(',')),
]

INSTALLED_APPS = [
    'django.contrib.admin',
    'django.contrib.auth',
    'django.contrib.contenttypes',
    'django.contrib.sessions',
    'django.contrib.messages',
    'django.contrib.staticfiles',
    'dmr',
    'dmr.openapi',
    'dmr.security.jwt.blocklist',
    'dmr.security.token.app',
    'library',
]

MIDDLEWARE = [
    'django.middleware.security.SecurityMiddleware',
    'django.contrib.sessions.middleware.SessionMiddleware',
    'django.middleware.common.CommonMiddleware',
    'django.middleware.csrf.CsrfViewMiddleware',
    'django.contrib.auth.middleware.AuthenticationMiddleware',
    'django.contrib.messages.middleware.MessageMiddleware',
    'django.middleware.clickjacking.XFrameOptionsMiddleware',
]

ROOT_URLCONF = 'library_site.urls'
ASGI_APPLICATION = 'library_site.asgi.application'
STATIC_URL = '/static/'

TEMPLATES: list[dict[str, Any]] = [
    {
        'BACKEND': 'django.template.backends.django.DjangoTemplates',
        'APP_DIRS': True,
        'OPTIONS': {
            'context_processors': [
                'django.template.context_processors.request',
                'django.contrib.auth.context_processors.auth',
                'django.contrib.messages.context_processors.messages',
            ],
        },
    },
]

DATABASES = {
    'default': {
        'ENGINE': 'django.db.backends.sqlite3',
        'NAME': os.environ.get('LIBRARY_DATABASE')
        or FOLDER / 'library.sqlite3',
        'OPTIONS': {
            # Readers do not wait for a writer, and writers queue up.
            'init_command': (
                'PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;'
            ),
            'transaction_mode': 'IMMEDIATE',
            'timeout': 20,
        },
    },
}

AUTH_PASSWORD_VALIDATORS = [
    {'NAME': f'django.contrib.auth.password_validation.{name}'}
    for name in (
        'UserAttributeSimilarityValidator',
        'MinimumLengthValidator',
        'CommonPasswordValidator',
    )
]

# With DEBUG off, Django sends errors by mail only.
LOGGING: dict[str, Any] = {
    'version': 1,
    'disable_existing_loggers': False,
    'handlers': {'console': {'class': 'logging.StreamHandler'}},
    'loggers': {
        'django.request': {
            'handlers': ['console'],
            'level': 'ERROR',
            'propagate': False,
        },
    },
}

# Attempts are counted here. There is one process, so its memory will do.
CACHES = {
    'default': {'BACKEND': 'django.core.cache.backends.locmem.LocMemCache'},
}

USE_TZ = True
TIME_ZONE = 'UTC'

DMR_SETTINGS = {
    # Clients choose with Content-Type and Accept; the first is the default.
    'parsers': ['json', 'msgpack'],
    'renderers': ['json', 'msgpack'],
    # The cache above counts right, no warning is needed.
    'throttling_allow_unsafe_cache': None,
    'openapi_config': OpenAPIConfig(
        title='Library',
        version='1.0.0',
        description=(
            'A public library: its catalogue, its members and their loans. '
            'Everything is on a real database, try it out.'
        ),
        tags=[
            Tag(
                name='Books',
                description='The catalogue, with pydantic models.',
            ),
            Tag(name='Authors', description='Who wrote the books.'),
            Tag(name='Copies', description='The volumes on the shelves.'),
            Tag(name='Covers', description='Uploads and downloads.'),
            Tag(
                name='Search',
                description='One generic controller, three serializers.',
            ),
            Tag(
                name='Members',
                description='Who may borrow, with msgspec structs.',
            ),
            Tag(
                name='Loans',
                description='Who has which copy. All of it is asynchronous.',
            ),
            Tag(
                name='Preferences',
                description='What a visitor likes: forms and cookies.',
            ),
            Tag(name='Statistics', description='The library in numbers.'),
            Tag(
                name='Account',
                description=(
                    'Log in as `reader` with the password `open the books`: '
                    'with a cookie, or for a token.'
                ),
            ),
            Tag(
                name='Live',
                description='A stream of events, and a limit per minute.',
            ),
        ],
    ),
}
