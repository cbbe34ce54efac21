"""URLs of the sync controllers, as flat as those of the raw views."""

from django.urls import include

from bench.candidates.controllers import Echo, Large, Lines, Small, Tiny
from bench.candidates.django_project import fillers
from dmr.routing import path

_routes = [
    *(path(f'filler{n}/<int:pk>/', Tiny.as_view()) for n in fillers()),
    path('tiny/', Tiny.as_view()),
    path('small/', Small.as_view()),
    path('large/', Large.as_view()),
    path('list/', Lines.as_view()),
    path('echo/', Echo.as_view()),
]

# Whoever has many routes includes a router.
urlpatterns = [path('', include((_routes, 'bench')))] if fillers() else _routes
