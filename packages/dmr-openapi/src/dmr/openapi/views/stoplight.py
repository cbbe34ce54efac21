"""Show the document with Stoplight Elements."""

from typing import ClassVar

from dmr.openapi.views.base import PageView


class StoplightView(PageView):
    """A page with Stoplight Elements."""

    template_name: ClassVar[str] = 'dmr/stoplight.html'
    tool: ClassVar[str] = 'stoplight'
