"""What several test modules need to make documents."""

from typing import Any

from dmr import Controller
from dmr.openapi import OpenAPIConfig, OpenAPIContext, build_schema
from dmr.routing import Router, path


def config(**fields: Any) -> OpenAPIConfig:
    """Return a configuration with *fields* of your own."""
    return OpenAPIConfig(**{'title': 'T', 'version': '1', **fields})


def document_of(
    *controllers: type[Controller[Any]],
    context: OpenAPIContext | None = None,
    route: str = '',
    **fields: Any,
) -> Any:
    """Return the valid document of *controllers*, each at a path of its own.

    The path is the name of the class, in lower case.
    """
    urls = [
        path(f'{controller.__name__.lower()}/{route}', controller.as_view())
        for controller in controllers
    ]
    document = build_schema(
        Router('', urls),
        context=context,
        config=None if context else config(**fields),
    )
    return document.convert(skip_validation=False)


def operation_of(
    controller: type[Controller[Any]],
    method: str = 'get',
    **options: Any,
) -> Any:
    """Return one operation of the document of one controller."""
    (path_item,) = document_of(controller, **options)['paths'].values()
    return path_item[method]


def schemas_of(document: Any) -> Any:
    """Return the component schemas, without those of errors."""
    return {
        name: schema
        for name, schema in document['components']['schemas'].items()
        if name not in {'ErrorModel', 'ErrorDetail'}
    }
