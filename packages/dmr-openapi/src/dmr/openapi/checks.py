"""System checks: a configuration, or a document, that is wrong."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning  # noqa: A004
from django.urls import get_resolver

from dmr.exceptions import UnsolvableAnnotationsError
from dmr.openapi.config import config_problems, default_config
from dmr.openapi.exceptions import DocumentError
from dmr.openapi.validation import can_validate, validate_document
from dmr.openapi.views.base import OpenAPIView
from dmr.url_walk import walk


def check_config(
    app_configs: Any = None,
    **kwargs: Any,
) -> list[CheckMessage]:
    """Report wrong fields of the setting ``openapi_config``."""
    try:
        config = default_config()
    except TypeError as exc:
        return [Error(str(exc), id='dmr_openapi.E001')]
    return [
        Error(
            f"Wrong OpenAPIConfig in DMR_SETTINGS['openapi_config']: {problem}",
            hint='Correct this field.',
            id='dmr_openapi.E001',
        )
        for problem in config_problems(config)
    ]


def check_documents(
    app_configs: Any = None,
    **kwargs: Any,
) -> list[CheckMessage]:
    """Build and validate each document that a URL serves."""
    if not getattr(settings, 'ROOT_URLCONF', None):
        return []
    try:
        views = list(_document_views())
    except (DocumentError, UnsolvableAnnotationsError) as exc:
        # Raised by a `build_schema()` at the top of a URL module.
        return [_cannot_build(exc)]
    checked: list[Any] = []
    messages: list[CheckMessage] = []
    for view in views:
        document = view.view_initkwargs['document']
        if not any(document.source is known for known in checked):
            checked.append(document.source)
            messages.extend(_check_document(document))
    return messages


def _document_views() -> Iterator[Any]:
    for _resolvers, pattern in walk(get_resolver().url_patterns):
        view: Any = pattern.callback
        view_class = getattr(view, 'view_class', None)
        if isinstance(view_class, type) and issubclass(view_class, OpenAPIView):
            yield view


def _check_document(document: Any) -> Iterator[CheckMessage]:
    try:
        converted = document.openapi.convert()
    except (DocumentError, UnsolvableAnnotationsError) as exc:
        yield _cannot_build(exc)
        return
    if document.skip_validation:
        return
    if not can_validate():
        yield Warning(
            'OpenAPI documents are not validated: openapi-spec-validator is '
            'not installed.',
            hint="Run `pip install 'dmr-openapi[validation]'`, or pass "
            '`skip_validation=True` to `as_view`.',
            id='dmr_openapi.W001',
        )
        return
    try:
        validate_document(converted)
    # Different versions of the validator raise different exceptions.
    except Exception as exc:
        yield Error(
            f'The OpenAPI document {converted["info"]["title"]!r} is invalid: '
            f'{_reason(exc)}',
            hint='Correct the schema or the override that made it.',
            id='dmr_openapi.E003',
        )


def _cannot_build(exc: Exception) -> Error:
    return Error(
        f'An OpenAPI document cannot be built: {exc}',
        id='dmr_openapi.E002',
    )


def _reason(exc: Exception) -> str:
    """Return what is wrong and where, without the document itself."""
    path = '/'.join(str(part) for part in getattr(exc, 'path', ()))
    message = getattr(exc, 'message', None) or str(exc)
    return f'{message} at #/{path}' if path else message
