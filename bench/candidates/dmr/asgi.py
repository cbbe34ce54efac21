"""Controllers behind the ASGI handler of dmr.

Two options tell the handler from the controllers: raw views behind this
handler, and controllers behind Django's.
"""

from importlib import import_module
from typing import Final

from bench.candidates.django_project import configure, wants

URLS: Final = (
    'bench.candidates.raw.urls_async'
    if wants('BENCH_RAW_VIEWS')
    else 'bench.candidates.controller_urls_async'
)
HANDLER: Final = (
    'django.core.asgi' if wants('BENCH_DJANGO_HANDLER') else 'dmr.asgi'
)

configure(URLS, 'dmr')
application = import_module(HANDLER).get_asgi_application()
