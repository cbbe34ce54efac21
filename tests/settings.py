"""Django settings of the whole test suite; tests override what they need."""

import sys
from pathlib import Path
from typing import Any, Final

# The demo is a project of its own, its app is tested here, too.
sys.path.append(str(Path(__file__).parents[1] / 'examples' / 'demo'))

SECRET_KEY: Final = 'tests-only-secret-key-of-more-than-32-bytes'
DEBUG: Final = False
ALLOWED_HOSTS: Final = ['*']
USE_TZ: Final = True
TIME_ZONE: Final = 'UTC'
ROOT_URLCONF: Final = 'tests.urls'
STATIC_URL: Final = '/static/'
DEFAULT_AUTO_FIELD: Final = 'django.db.models.BigAutoField'

INSTALLED_APPS: Final = [
    'django.contrib.admin',
    'django.contrib.auth',
    'django.contrib.contenttypes',
    'django.contrib.sessions',
    'django.contrib.messages',
    'django.contrib.staticfiles',
    'dmr.security.jwt.blocklist',
    'dmr.security.token.app',
    'dmr',
    'dmr.openapi',
    'library',
]

MIDDLEWARE: Final = [
    'django.middleware.security.SecurityMiddleware',
    'django.contrib.sessions.middleware.SessionMiddleware',
    'django.middleware.common.CommonMiddleware',
    'django.middleware.csrf.CsrfViewMiddleware',
    'django.contrib.auth.middleware.AuthenticationMiddleware',
    'django.contrib.messages.middleware.MessageMiddleware',
]

TEMPLATES: Final[list[dict[str, Any]]] = [
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

DATABASES: Final = {
    'default': {
        'ENGINE': 'django.db.backends.sqlite3',
        'NAME': ':memory:',
    },
}

PASSWORD_HASHERS: Final = ['django.contrib.auth.hashers.MD5PasswordHasher']
