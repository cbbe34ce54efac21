"""Serve views to a client that checks CSRF like a browser's server."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.test import override_settings
from django.urls import path

from dmr.test import DMRClient


@contextmanager
def serving(**views: Any) -> Iterator[DMRClient]:
    """Serve each view or controller at the path that is its name."""
    patterns = tuple(
        path(f'{name}/', view.as_view() if isinstance(view, type) else view)
        for name, view in views.items()
    )
    with override_settings(ROOT_URLCONF=patterns):
        yield DMRClient(enforce_csrf_checks=True)
