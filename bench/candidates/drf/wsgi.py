"""Django REST framework behind Django's WSGI handler, JSON only."""

from django.core.wsgi import get_wsgi_application

from bench.candidates.django_project import configure

configure(
    'bench.candidates.drf.urls',
    'rest_framework',
    REST_FRAMEWORK={
        'DEFAULT_AUTHENTICATION_CLASSES': [],
        'DEFAULT_PERMISSION_CLASSES': [],
        'DEFAULT_RENDERER_CLASSES': ['rest_framework.renderers.JSONRenderer'],
        'DEFAULT_PARSER_CLASSES': ['rest_framework.parsers.JSONParser'],
        'UNAUTHENTICATED_USER': None,
    },
)
application = get_wsgi_application()
