"""All URLs: the API, its docs, the live page, and the admin."""

from django.contrib import admin
from django.urls import include
from django.views.generic import RedirectView

from dmr.openapi.views import OpenAPIJsonView, SwaggerView
from dmr.plugins.msgspec import MsgspecSerializer
from dmr.routing import (
    build_400_handler,
    build_404_handler,
    build_500_handler,
    path,
)
from library.pages import live
from library.urls import router, schema

urlpatterns = [
    path('', RedirectView.as_view(pattern_name='docs')),
    path(router.prefix, include((router.urls, 'library'))),
    path('docs/', SwaggerView.as_view(schema), name='docs'),
    path('docs/openapi.json', OpenAPIJsonView.as_view(schema), name='openapi'),
    path('live/', live, name='live'),
    path('admin/', admin.site.urls),
]

# Errors outside of controllers are in the format of the API, too.
handler400 = build_400_handler(router.prefix, serializer=MsgspecSerializer)
handler404 = build_404_handler(router.prefix, serializer=MsgspecSerializer)
handler500 = build_500_handler(router.prefix, serializer=MsgspecSerializer)
