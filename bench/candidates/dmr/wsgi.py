"""Controllers behind the WSGI handler of dmr."""

from bench.candidates.django_project import configure

configure('bench.candidates.controller_urls', 'dmr')

from dmr.wsgi import get_wsgi_application  # noqa: E402

application = get_wsgi_application()
