"""Settings that all candidates on Django share."""

import logging
from importlib import import_module
from os import environ
from types import ModuleType
from typing import Any

import django
from django.conf import settings


def configure(urlconf: str, *apps: str, **others: Any) -> None:
    """Set Django up: no middleware, no database, no debugging."""
    settings.configure(
        ROOT_URLCONF=urlconf,
        SECRET_KEY='only for benchmarks',
        ALLOWED_HOSTS=['*'],
        MIDDLEWARE=[],
        INSTALLED_APPS=list(apps),
        LOGGING_CONFIG=None,
        DATABASES={},
        TIME_ZONE='UTC',
        USE_TZ=True,
        **others,
    )
    django.setup()
    # What the race refuses on purpose is no news.
    logging.getLogger('django.request').setLevel(logging.ERROR)


def models() -> ModuleType:
    """Return the models of the current entry."""
    return import_module(f'bench.candidates.models_{environ["BENCH_MODELS"]}')


def fillers() -> range:
    """Return the numbers of the routes that stand before the others."""
    return range(int(environ.get('BENCH_ROUTES', '0')))


def wants(option: str) -> bool:
    """Tell whether the current entry switches an option on."""
    return environ.get(option) == '1'
