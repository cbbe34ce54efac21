"""The only place that imports schemathesis."""

from collections.abc import Callable, Collection, Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final, cast

from django.core.wsgi import get_wsgi_application
from django.test import Client

try:
    import hypothesis
    import pytest
    import schemathesis
    import schemathesis.checks
except ImportError as exc:
    raise ImportError(
        'dmr.test.schemathesis needs schemathesis. '
        "Run `pip install 'dmr-testing[schemathesis]'`.",
    ) from exc

if TYPE_CHECKING:
    from dmr.test.schemathesis import Document

#: The host that Django allows in tests.
_HOST: Final = 'testserver'


def bound_schema(document: 'Document') -> Any:
    """Return *document* as schemathesis knows it, bound to this project.

    Raises:
        ValueError: the project serves no document at this path.
    """
    schema: Any = schemathesis.openapi.from_dict(_raw(document))
    schema.app = _application(get_wsgi_application())
    return schema


def operation_test(
    schema: Any,
    *,
    headers: Mapping[str, str],
    headers_fixture: str | None,
    max_examples: int,
    excluded_paths: Collection[str],
    excluded_checks: Collection[str],
    database: bool,
) -> Callable[..., None]:
    """Return a test of every operation in *schema*.

    Raises:
        ValueError: there is no such check.
    """
    for path in excluded_paths:
        schema = schema.exclude(path=path)
    checks = _checks(excluded_checks)

    def test(case: Any, request: pytest.FixtureRequest) -> None:
        sent = dict(headers)
        if headers_fixture is not None:
            sent |= request.getfixturevalue(headers_fixture)
        case.call_and_validate(headers=sent, excluded_checks=checks)

    limited: Any = hypothesis.settings(
        max_examples=max_examples,
        # Requests take as long as they take.
        deadline=None,
        # The project is the same for all examples of an operation.
        suppress_health_check=[*cast('Any', hypothesis.HealthCheck)],
    )(test)
    found: Callable[..., None] = schema.parametrize()(limited)
    return pytest.mark.django_db(found) if database else found


def _raw(document: 'Document') -> dict[str, Any]:
    """Return *document* as plain data.

    Raises:
        ValueError: the project serves no document at this path.
    """
    if isinstance(document, Mapping):
        return dict(document)
    if not isinstance(document, str):
        return dict(document.convert())
    response: Any = Client().get(document)
    if response.status_code != HTTPStatus.OK:
        raise ValueError(
            f'There is no document at {document!r}: the project answers '
            f'{response.status_code}.',
        )
    return dict(response.json())


def _checks(names: Collection[str]) -> list[Any]:
    """Return the checks of these names.

    Raises:
        ValueError: there is no such check.
    """
    checks = cast('Any', schemathesis.checks)
    checks.load_all_checks()
    registry = checks.CHECKS
    known: list[str] = registry.get_all_names()
    unknown = sorted(set(names) - set(known))
    if unknown:
        raise ValueError(f'There are no checks {unknown}, only {known}.')
    return [*registry.get_by_names(sorted(names))]


def _application(project: Callable[..., Any]) -> Callable[..., Any]:
    """Return the WSGI application *project*, under the host of tests."""

    def application(environ: dict[str, Any], start_response: Any) -> Any:
        environ['SERVER_NAME'] = environ['HTTP_HOST'] = _HOST
        return project(environ, start_response)

    return application
