"""Show the document with Swagger UI."""

from typing import ClassVar

from dmr.openapi.views.base import PageView


class SwaggerView(PageView):
    """A page with Swagger UI."""

    template_name: ClassVar[str] = 'dmr/swagger.html'
    tool: ClassVar[str] = 'swagger'
