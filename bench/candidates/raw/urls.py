"""URLs of the raw views, sync ones."""

from importlib import import_module
from os import environ

from django.urls import path

from bench.candidates.django_project import fillers

_views = import_module(
    f'bench.candidates.raw.views_{environ["BENCH_MODELS"]}',
)

urlpatterns = [
    *(path(f'filler{n}/<int:pk>/', _views.tiny_view) for n in fillers()),
    path('tiny/', _views.tiny_view),
    path('small/', _views.small_view),
    path('large/', _views.large_view),
    path('list/', _views.list_view),
    path('echo/', _views.echo_view),
]
