"""Show the document with Redoc."""

from typing import ClassVar

from dmr.openapi.views.base import PageView


class RedocView(PageView):
    """A page with Redoc."""

    template_name: ClassVar[str] = 'dmr/redoc.html'
    tool: ClassVar[str] = 'redoc'
