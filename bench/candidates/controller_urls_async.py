"""URLs of the async controllers, as flat as those of the raw views."""

from django.urls import include

from bench.candidates.controllers import (
    AsyncEcho,
    AsyncLarge,
    AsyncLines,
    AsyncSmall,
    AsyncTiny,
)
from bench.candidates.django_project import fillers
from dmr.routing import path

_routes = [
    *(path(f'filler{n}/<int:pk>/', AsyncTiny.as_view()) for n in fillers()),
    path('tiny/', AsyncTiny.as_view()),
    path('small/', AsyncSmall.as_view()),
    path('large/', AsyncLarge.as_view()),
    path('list/', AsyncLines.as_view()),
    path('echo/', AsyncEcho.as_view()),
]

# Whoever has many routes includes a router.
urlpatterns = [path('', include((_routes, 'bench')))] if fillers() else _routes
