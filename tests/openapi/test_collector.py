"""Paths of controllers."""

from typing import Any

import pytest
from django.http import HttpResponse
from django.urls import include, re_path
from django.urls import path as django_path

from dmr import Controller
from dmr.openapi.collector import controller_mapping_collector
from dmr.plugins.pydantic import PydanticSerializer
from dmr.routing import path


class _Some(Controller[PydanticSerializer]):
    def get(self) -> int:
        raise NotImplementedError


_VIEW = _Some.as_view()


@pytest.mark.parametrize(
    ('base', 'pattern', 'expected'),
    [
        ('', path('', _VIEW), '/'),
        ('', path('a/', _VIEW), '/a/'),
        ('api/', path('', _VIEW), '/api/'),
        ('api/', path('a/', _VIEW), '/api/a/'),
        ('api', path('a/', _VIEW), '/api/a/'),
        ('/api/', path('/a', _VIEW), '/api/a'),
        ('', path('<int:pk>/<name>', _VIEW), '/{pk}/{name}'),
        ('', re_path(r'^a/(?P<pk>[0-9]+)/$', _VIEW), '/a/{pk}/'),
        ('', django_path('a/', include([path('b/', _VIEW)])), '/a/b/'),
        (
            'api/',
            django_path('<uuid:org>/', include([path('b/', _VIEW)])),
            '/api/{org}/b/',
        ),
    ],
)
def test_path_of_a_controller(base: str, pattern: Any, expected: str) -> None:
    """Prefixes are joined by one slash, parameters stand in braces."""
    collected = controller_mapping_collector([pattern], base)

    assert [(expected, _Some)] == [(one[0], one[2]) for one in collected]


def test_views_without_a_description_are_skipped() -> None:
    """Function views and classes of Django are no controllers."""

    def view(request: Any) -> HttpResponse:
        raise NotImplementedError

    from django.views import View  # noqa: PLC0415

    collected = controller_mapping_collector(
        [django_path('a/', view), django_path('b/', View.as_view())],
    )

    assert [] == collected
