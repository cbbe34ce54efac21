"""django-ninja behind Django's WSGI handler."""

from django.core.wsgi import get_wsgi_application

from bench.candidates.django_project import configure

configure('bench.candidates.ninja.urls')
application = get_wsgi_application()
