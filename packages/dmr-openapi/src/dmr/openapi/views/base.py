"""What all views of a document have in common."""

import abc
from collections.abc import Callable
from http import HTTPMethod
from typing import Any, ClassVar, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import get_script_prefix
from django.utils.cache import get_conditional_response
from django.utils.html import json_script
from django.utils.safestring import SafeString
from django.views import View
from django.views.decorators.csrf import ensure_csrf_cookie
from typing_extensions import override

from dmr.openapi.objects import OpenAPI
from dmr.openapi.views.served import DocumentSource, ServedDocument
from dmr.settings import Settings, resolve_setting


class OpenAPIView(View):
    """Serve one document.

    Give the document to `as_view`, or a function without arguments that
    builds it. The function is called on first use, so mistakes in the
    description are reported by ``manage.py check`` instead of at import.
    """

    content_type: ClassVar[str]
    http_method_names = [
        HTTPMethod.GET.lower(),
        HTTPMethod.HEAD.lower(),
        HTTPMethod.OPTIONS.lower(),
    ]

    #: Set by `as_view`.
    document: ServedDocument = cast('ServedDocument', None)

    # Django's `as_view` has keyword arguments only.
    @override
    @classmethod
    def as_view(  # type: ignore[override]
        cls,
        schema: DocumentSource,
        skip_validation: bool = False,
        **initkwargs: Any,
    ) -> Callable[..., HttpResponseBase]:
        """Return the view of *schema*.

        Requests never wait for validation. ``manage.py check`` validates,
        except with *skip_validation*.
        """
        view = super().as_view(
            document=ServedDocument(schema, skip_validation=skip_validation),
            **initkwargs,
        )
        return ensure_csrf_cookie(view)

    @property
    def schema(self) -> OpenAPI:
        """Return the document."""
        return self.document.openapi

    @property
    def skip_validation(self) -> bool:
        """Return whether ``manage.py check`` leaves this document alone."""
        return self.document.skip_validation


class DocumentView(OpenAPIView):
    """Serve the document itself, with an ETag."""

    def get(
        self,
        request: HttpRequest,
        *args: Any,
        **kwargs: Any,
    ) -> HttpResponseBase:
        """Return the document, or 304 if the client has it."""
        body = self.document.body(get_script_prefix(), self.write)
        response = HttpResponse(
            body.content,
            content_type=self.content_type,
            headers={'ETag': body.etag},
        )
        conditional: HttpResponseBase | None = get_conditional_response(
            request,
            etag=body.etag,
            response=response,
        )
        return conditional or response

    @classmethod
    @abc.abstractmethod
    def write(cls, converted: dict[str, Any]) -> bytes:
        """Return the document as bytes, called once."""


class PageView(OpenAPIView):
    """Show the document on a page.

    The page carries the document with it, as inert JSON. Its scripts and
    styles come from static files, or from the setting
    ``openapi_static_cdn``.
    """

    content_type: ClassVar[str] = 'text/html'
    template_name: ClassVar[str]
    #: Names the page in the setting, in its template and in its scripts.
    tool: ClassVar[str]

    def get(
        self,
        request: HttpRequest,
        *args: Any,
        **kwargs: Any,
    ) -> HttpResponse:
        """Return the page."""
        body = self.document.body(get_script_prefix(), self.write_script)
        return render(
            request,
            self.template_name,
            {
                'title': self.schema.info.title,
                'schema': self.document.converted(get_script_prefix()),
                'schema_script': _safe(body.content),
                'csrf_header': _csrf_header(),
                'csrf_cookie': settings.CSRF_COOKIE_NAME,
                f'{self.tool}_cdn': _cdn(self.tool),
            },
            content_type=self.content_type,
        )

    @classmethod
    def write_script(cls, converted: dict[str, Any]) -> bytes:
        """Return the element that carries the document, called once."""
        return json_script(converted, f'{cls.tool}-schema').encode()


def _safe(script: bytes) -> SafeString:
    # Written by Django's `json_script`, which escapes what could end it.
    return SafeString(script.decode())


def _cdn(tool: str) -> str | None:
    """Return where the assets of *tool* are, ``None`` for static files."""
    cdn: str | None = resolve_setting(Settings.openapi_static_cdn).get(tool)
    return cdn


def _csrf_header() -> str:
    """Return the header in which Django expects the CSRF token.

    The setting has the name that it has in ``request.META``.
    """
    name: str = settings.CSRF_HEADER_NAME
    return name.removeprefix('HTTP_').replace('_', '-')
