"""Controllers behind Django's ASGI handler."""

from django.core.asgi import get_asgi_application

from bench.candidates.django_project import configure

configure('bench.candidates.controller_urls_async')
application = get_asgi_application()
