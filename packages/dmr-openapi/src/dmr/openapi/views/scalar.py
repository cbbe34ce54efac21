"""Show the document with Scalar."""

from typing import ClassVar

from dmr.openapi.views.base import PageView


class ScalarView(PageView):
    """A page with Scalar."""

    template_name: ClassVar[str] = 'dmr/scalar.html'
    tool: ClassVar[str] = 'scalar'
